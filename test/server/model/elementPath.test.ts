import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import {
  elementAround,
  hasElementAt,
  isWithinPath,
  parseElementPath,
  pathOfElement,
} from '../../../server/src/model/elementPath.ts';
import { listsWithKeys, naturalKeysOf } from '../../../server/src/model/naturalKeys.ts';
import { isListTag } from '../../../server/src/schema/listTags.ts';
import type { Element } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

function configOf(body: string): Config {
  return new Config(new XmlDocument('file:///w/a.xml', `<pfsense><version>22.2</version>${body}</pfsense>`));
}

/** Every element of a section with its path. */
function* walk(config: Config): Iterable<Element> {
  const below = function* (element: Element): Iterable<Element> {
    yield element;
    for (const child of element.children()) yield* below(child);
  };
  for (const branch of config.document.tree.branches) yield* below(branch.top);
}

function paths(body: string): string[] {
  const config = configOf(body);
  return [...walk(config)].map(element => pathOfElement(config, element)).filter(path => path !== 'version');
}

test('element paths: items of lists are called by what tells them from the others', () => {
  assert.deepEqual(
    paths(
      '<virtualip><vip><interface>lan</interface><vhid>2</vhid></vip><vip><interface>wan</interface><vhid>2</vhid></vip></virtualip>',
    ).filter(path => path.endsWith('vhid')),
    ['virtualip/vip[interface=lan,vhid=2]/vhid', 'virtualip/vip[interface=wan,vhid=2]/vhid'],
  );
  assert.deepEqual(paths('<cert><refid>5f00</refid></cert><cert><refid>6f00</refid></cert>'), [
    'cert[refid=5f00]',
    'cert[refid=5f00]/refid',
    'cert[refid=6f00]',
    'cert[refid=6f00]/refid',
  ]);
  assert.deepEqual(paths('<Interfaces><OPT3><If>vmx0</If></OPT3></Interfaces>'), [
    'interfaces',
    'interfaces/opt3',
    'interfaces/opt3/if',
  ]);
});

test('element paths: where the first key is missing or stands twice the next one is taken, at last a number', () => {
  const rule = (text: string) => `<rule>${text}</rule>`;
  const rules = (...texts: string[]) =>
    paths(`<filter>${texts.map(rule).join('')}</filter>`).filter(path => /^filter\/rule[^/]*$/.test(path));
  assert.deepEqual(rules('<tracker>1700000000</tracker>', '<descr>to [web], "all"</descr>'), [
    'filter/rule[tracker=1700000000]',
    'filter/rule[descr="to [web], \\"all\\""]',
  ]);
  assert.deepEqual(rules('<tracker>1</tracker><descr>a</descr>', '<tracker>1</tracker><descr>b</descr>'), [
    'filter/rule[descr=a]',
    'filter/rule[descr=b]',
  ]);
  assert.deepEqual(rules('<tracker>1</tracker>', '<tracker>2</tracker>', '<tracker>1</tracker>'), [
    'filter/rule[tracker=1][1]',
    'filter/rule[tracker=2]',
    'filter/rule[tracker=1][2]',
  ]);
  assert.deepEqual(rules('', ''), ['filter/rule[1]', 'filter/rule[2]']);
  assert.deepEqual(rules(''), ['filter/rule']);
});

test('element paths: no secret stands in one, and no long text', () => {
  const secret = paths('<sshdata><sshkeyfile>c2VjcmV0</sshkeyfile><sshkeyfile>b3RoZXI=</sshkeyfile></sshdata>');
  assert.deepEqual(secret.slice(1), ['sshdata/sshkeyfile[1]', 'sshdata/sshkeyfile[2]']);
  const inside = paths('<x><password><member>hunter</member><member>other</member></password></x>');
  assert.deepEqual(inside.slice(2), ['x/password/member[1]', 'x/password/member[2]']);
  const long = paths(`<filter><rule><descr>${'a'.repeat(200)}</descr></rule></filter>`);
  assert.ok(long.every(path => path.length < 50));
});

test('element paths: each leads back to its element and to no other', () => {
  const config = configOf(`
    <aliases><alias><name>WEB</name><address>192.0.2.1</address></alias><alias><name>web</name></alias></aliases>
    <filter><rule><tracker>1</tracker><source><any/></source></rule><rule/><rule><descr>a/b, "c"]</descr></rule><rule/></filter>
    <system><dnsserver>192.0.2.53</dnsserver><dnsserver>2001:db8::53</dnsserver><dnsserver>192.0.2.53</dnsserver>
      <user><name>admin</name><priv>page-all</priv><priv>shell</priv></user></system>
    <staticroutes><route><network>192.0.2.0/24</network><gateway>GW</gateway></route></staticroutes>
    <cert><refid>1</refid></cert><cert><refid>1</refid></cert><odd><a/><a/><b/></odd>`);
  const all = [...walk(config)];
  for (const element of all) {
    const text = pathOfElement(config, element);
    const path = parseElementPath(text);
    assert.ok(path, text);
    assert.ok(hasElementAt(config, path), text);
    const meant = all.filter(each => isWithinPath(config, each, path));
    assert.equal(meant[0]?.start, element.start, text);
    assert.ok(
      meant.every(each => each.start >= element.start && each.end <= element.end),
      text,
    );
  }
});

test('element paths: one stays right over other edits', () => {
  const config = configOf('<aliases><alias><name>A</name></alias><alias><name>B</name></alias></aliases>');
  const last = () => config.find('aliases')?.childrenNamed('alias').at(-1) as Element;
  const before = pathOfElement(config, last());
  const text = config.document.buffer.toString();
  const from = text.indexOf('<alias>');
  config.document.edit({ from, to: from, text: '<alias><name>B</name></alias>' });
  assert.equal(pathOfElement(config, last()), 'aliases/alias[name=B][2]', 'a second one of the name');
  config.document.edit({ from, to: from + '<alias><name>B</name></alias>'.length, text: '' });
  assert.equal(pathOfElement(config, last()), before);
});

test('element paths: what people write', () => {
  const config = configOf(
    '<virtualip><vip><interface>lan</interface><vhid>2</vhid><advskew>0</advskew></vip></virtualip>',
  );
  const skew = config.find('virtualip/vip/advskew') as Element;
  for (const written of [
    'virtualip',
    'virtualip/vip',
    'virtualip/vip[vhid=2]',
    'VirtualIP/vip[ vhid = 2 , interface="lan" ]/advskew',
    'virtualip/vip[vhid=2][interface=lan]',
    'virtualip/vip[1]/advskew[1]',
  ]) {
    const path = parseElementPath(written);
    assert.ok(path && isWithinPath(config, skew, path), written);
  }
  for (const written of [
    'nat',
    'virtualip/vip[vhid=3]',
    'virtualip/vip[2]',
    'virtualip/vip/vhid',
    'virtualip/vip/advskew/x',
  ]) {
    const path = parseElementPath(written);
    assert.ok(path && !isWithinPath(config, skew, path), written);
  }
  for (const written of [
    '',
    '/',
    '/virtualip',
    'virtualip/',
    'virtualip//vip',
    'vip[',
    'vip]',
    'vip[vhid]',
    'vip[=2]',
    'vip[0]',
    'vip[vhid=2]x',
    'vip[name="a]',
    'vip[name="\\q"]',
    'a b',
  ]) {
    assert.equal(parseElementPath(written), undefined, written);
  }
});

test('element paths: the element around a place', () => {
  const config = configOf('<a><b>text</b><c><d>x</d></c></a>');
  const d = config.find('a/c/d') as Element;
  const path = (element: Element | undefined) => element && pathOfElement(config, element);
  assert.equal(path(elementAround(d.contentPlace)), 'a/c/d');
  assert.equal(path(elementAround(d.namePlace)), 'a/c/d');
  assert.equal(path(elementAround({ ...d.contentPlace, to: d.contentPlace.to + 5 })), 'a/c');
  assert.equal(elementAround({ anchor: config.document.tree.spine, from: 0, to: 3 }), undefined);
});

test('element paths: every list of the table is one to pfSense', () => {
  for (const name of listsWithKeys) assert.ok(isListTag(name), name);
  const config = configOf('<x><constructor/><toString/></x>');
  for (const element of config.find('x')?.children() ?? []) assert.deepEqual(naturalKeysOf(element), []);
});
