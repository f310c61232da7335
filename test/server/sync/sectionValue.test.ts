import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { readVersion } from '../../../server/src/model/version.ts';
import { readSection, sectionSource } from '../../../server/src/sync/sectionValue.ts';
import { decodeCall, sectionsOf } from '../../../server/src/sync/xmlRpc/decode.ts';
import { SoundSections } from '../../../server/src/sync/xmlRpc/soundSections.ts';
import type { SectionValue } from '../../../server/src/sync/xmlRpc/value.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { configOf } from '../model/readers.ts';
import { version } from './support.ts';

function sectionOf(config: Config, name: string): SectionValue | undefined {
  const reading = readSection(config, name);
  assert.notEqual(reading.kind, 'refused');
  return reading.kind === 'value' ? reading.value : undefined;
}

const config = (text: string, of = '23.3') => configOf(`<version>${of}</version>\n${text}`);

test('section: list tags are lists, even with one item and at the top', () => {
  const text =
    '<aliases><alias><name>a</name></alias></aliases><cert><refid>1</refid></cert><cert><refid>2</refid></cert>';
  assert.deepEqual(sectionOf(config(text), 'aliases'), new Map([['alias', [new Map([['name', 'a']])]]]));
  assert.deepEqual(sectionOf(config(text), 'cert'), [new Map([['refid', '1']]), new Map([['refid', '2']])]);
  assert.equal(sectionOf(config(text), 'crl'), undefined);
  assert.deepEqual(readSection(config(text), 'crl'), { kind: 'absent' });
});

test('section: what is empty is an empty text, however it is written', () => {
  const text = '<a></a><b/><c>\n\t</c><d>  </d><e><!-- x --></e><f><any></any></f>';
  for (const name of ['a', 'b', 'c', 'd', 'e']) assert.equal(sectionOf(config(text), name), '', name);
  assert.deepEqual(sectionOf(config(text), 'f'), new Map([['any', '']]));
});

test('section: empty items are kept up to 2.6 and dropped from 2.7 on', () => {
  const text = '<x><dnsserver></dnsserver><dnsserver>192.0.2.1</dnsserver><rule></rule></x>';
  const kept = new Map<string, SectionValue>([
    ['dnsserver', ['', '192.0.2.1']],
    ['rule', ['']],
  ]);
  const dropped = new Map<string, SectionValue>([
    ['dnsserver', ['192.0.2.1']],
    ['rule', []],
  ]);
  assert.deepEqual(sectionOf(config(text, '22.2'), 'x'), kept);
  assert.deepEqual(sectionOf(config(text, '22.9'), 'x'), dropped);
});

test('section: texts are decoded as the version decodes them', () => {
  const text = '<x><descr><![CDATA[&eacute; &amp;amp; &#039;]]></descr><name>a&amp;b</name></x>';
  const read = (of: string) => sectionOf(config(text, of), 'x');
  assert.deepEqual(
    read('23.3'),
    new Map([
      ['descr', "é &amp; '"],
      ['name', 'a&b'],
    ]),
  );
  assert.deepEqual(
    read('24.5'),
    new Map([
      ['descr', "&eacute; &amp; '"],
      ['name', 'a&b'],
    ]),
  );
});

test('section: names are read in lower case, and the parts of a split list stand together', () => {
  const text = '<X><Rule>1</Rule><b>2</b><rule>3</rule></X>';
  const value = sectionOf(config(text), 'x');
  assert.ok(value instanceof Map);
  assert.deepEqual(
    [...value],
    [
      ['rule', ['1', '3']],
      ['b', '2'],
    ],
  );
});

test('section: what pfSense would refuse is refused', () => {
  const reading = readSection(config('<system><hostname>a</hostname><hostname>b</hostname></system>'), 'system');
  assert.ok(reading.kind === 'refused');
  assert.deepEqual(
    reading.refusals.map(({ kind, path }) => [kind, path]),
    [['twice', 'system/hostname']],
  );
  assert.equal(readSection(config('<nat></nat><nat></nat>'), 'nat').kind, 'refused');
});

test('section: a value is written as pfSense writes it', () => {
  const value = new Map<string, SectionValue>([
    ['rule', [new Map([['descr', 'it’s "é" & <b>'.replace('’', "'")]]), '']],
    ['separator', new Map([['wan', '']])],
    ['alias', []],
  ]);
  assert.equal(
    sectionSource('filter', value, version('23.3')),
    `	<filter>
		<rule>
			<descr><![CDATA[it&#039;s &quot;&eacute;&quot; &amp; &lt;b&gt;]]></descr>
		</rule>
		<rule></rule>
		<separator>
			<wan></wan>
		</separator>
	</filter>
`,
  );
  assert.equal(sectionSource('cert', ['a', 'b'], version('23.3')), '\t<cert>a</cert>\n\t<cert>b</cert>\n');
  assert.equal(sectionSource('cert', [], version('23.3')), '');
});

const recordings = join('..', 'shared', 'pfsense');
const skip = !existsSync(recordings);

test('section: every section of the recorded files is written again byte for byte', { skip }, () => {
  const folder = join(recordings, 'pairs');
  let sections = 0;
  for (const file of readdirSync(folder)) {
    const node = configFile(join(folder, file));
    const names = new Set(node.document.tree.branches.map(branch => branch.nameAt(0)));
    for (const name of names) {
      const value = sectionOf(node, name);
      assert.ok(value !== undefined);
      // A list that was emptied leaves a line break, which goes with the next save (facts.md §3).
      const source = node.section(name).map(({ top }) => `\t${top.source}\n`);
      const tidy = source.join('').replace(/<([\w-]+)>\n\t*<\/\1>/g, '<$1></$1>');
      assert.equal(sectionSource(name, value, node.query(readVersion)), tidy, `${file}: ${name}`);
      sections++;
    }
  }
  assert.ok(sections > 250, `${sections} sections`);
});

test('section: what a primary sent is what we read in its file', { skip }, () => {
  let same = 0;
  for (const release of ['RELENG_2_5_2', 'RELENG_2_6_0', 'RELENG_2_7_2', 'pre29', 'master']) {
    const node = configFile(join(recordings, 'pairs', `${release}.primary.config.xml`));
    const body = readFileSync(join(recordings, 'wire', `${release}.restore_config_section.request.xml`), 'utf8');
    const parameter = decodeCall(body)?.parameters[0];
    const sent = parameter === undefined ? undefined : sectionsOf(parameter);
    assert.ok(sent);
    // These pfSense sends as they stand in the file; the others it rewrites.
    for (const name of ['filter', 'nat', 'aliases', 'openvpn', 'ipsec', 'wol', 'unbound', 'dnsmasq']) {
      const value = sectionOf(node, name);
      if (value === undefined) continue;
      assert.deepEqual(sent.get(name), value, `${release}: ${name}`);
      same++;
    }
  }
  assert.ok(same >= 30, `${same} sections`);
});

test('section: all sections of the recorded files may be sent', { skip }, () => {
  const folder = join(recordings, 'pairs');
  for (const file of readdirSync(folder)) {
    const node = configFile(join(folder, file));
    const sections = new Map<string, SectionValue>();
    for (const branch of node.document.tree.branches) {
      const value = sectionOf(node, branch.nameAt(0));
      if (value !== undefined) sections.set(branch.nameAt(0), value);
    }
    const check = SoundSections.check(sections, node.query(readVersion));
    assert.equal(check.kind, 'sound', `${file}: ${check.kind === 'refused' ? check.refusals[0]?.path : ''}`);
  }
});

function configFile(path: string): Config {
  return new Config(new XmlDocument(`file:///${path}`, readFileSync(path, 'utf8')));
}
