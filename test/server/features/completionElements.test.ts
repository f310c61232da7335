import assert from 'node:assert/strict';
import test from 'node:test';
import { snippets } from '../../../server/src/features/completion/snippets.ts';
import { plainText } from '../../../server/src/features/completion/snippetText.ts';
import { chosen, completionAt, labels, offered } from '../../harness/completion.ts';
import { expand } from '../../snippets/expand.ts';

const vip = (body: string) => `\t<virtualip>\n\t\t<vip>\n${body}\n\t\t</vip>\n\t</virtualip>\n`;

test('elements: those that may stand there and do not yet, in the order of the form', () => {
  const source = vip('\t\t\t<mode>carp</mode>\n\t\t\t<$0\n\t\t\t<vhid>1</vhid>');
  const found = labels(source);
  assert.deepEqual(found.slice(0, 4), ['interface', 'noexpand', 'advskew', 'advbase']);
  assert.ok(!found.includes('mode') && !found.includes('vhid'));
  const [first] = offered(source);
  assert.equal(first, 'interface: The interface; of an IP alias also a CARP address or lo0.');
});

/** What is offered but for the snippets. */
function elements(source: string): readonly string[] {
  return offered(source).filter(each => !snippets.some(({ prefix }) => each.startsWith(`${prefix}: `)));
}

test('elements: a list tag may stand again', () => {
  assert.deepEqual(labels('\t<virtualip>\n\t\t<vip></vip>\n\t\t<$0\n\t</virtualip>'), [
    'vip',
    'carp-vip',
    'ipalias-on-vip',
  ]);
  assert.ok(labels('\t<aliases><alias></alias>\n<$0</aliases>').includes('alias'));
});

test('elements: written as pfSense writes them, in CDATA, on lines, or empty', () => {
  const text = (source: string, label: string) => completionAt(source).items.find(each => each.label === label)?.text;
  assert.equal(text(vip('<$0'), 'descr'), 'descr><![CDATA[$1]]></descr>$0');
  assert.equal(text(vip('<$0'), 'subnet'), 'subnet>$1</subnet>$0');
  assert.equal(text(vip('<$0'), 'noexpand'), 'noexpand></noexpand>$0');
  assert.match(text(vip('<$0'), 'mode') ?? '', /^mode>\$\{1\|ipalias,carp,proxyarp,other\|\}<\/mode>\$0$/);
  assert.equal(text('\t<virtualip>\n\t\t<$0\n\t</virtualip>', 'vip'), 'vip>\n\t$0\n</vip>');
});

test('elements: CDATA goes by the version of the file', () => {
  const gateway = (version: string) =>
    completionAt(`<pfsense>\n<version>${version}</version>\n<system><user><$0</user></system></pfsense>`);
  const text = (version: string) => gateway(version).items.find(({ label }) => label === 'name')?.text;
  assert.equal(text('22.2'), 'name>$1</name>$0');
  const password = (version: string) =>
    completionAt(`<pfsense><version>${version}</version><hasync><$0</hasync></pfsense>`).items.find(
      ({ label }) => label === 'password',
    )?.text;
  assert.equal(password('18.0'), 'password>$1</password>$0');
  assert.equal(password('22.2'), 'password><![CDATA[$1]]></password>$0');
});

test('elements: not those that the version of the file does not read', () => {
  const rule = (version: string) =>
    labels(`<pfsense><version>${version}</version><nat><outbound><rule><$0</rule></outbound></nat></pfsense>`);
  assert.ok(rule('22.2').includes('targetip') && !rule('22.2').includes('target_subnet'));
  assert.ok(rule('23.3').includes('target_subnet') && !rule('23.3').includes('targetip'));
});

test('elements: not those that releases of the version of the file do not read, though the next one does', () => {
  /** The version of the last release that does not read it, and that of the next. */
  const came: readonly (readonly [last: string, next: string, place: string, names: readonly string[]])[] = [
    ['18.9', '19.1', 'openvpn/openvpn-server', ['exit_notify', 'username_as_common_name']],
    ['21.5', '21.7', 'ipsec/client', ['radius_sockets']],
    ['21.7', '22.2', 'hasync', ['synchronizedhcrelay', 'synchronizedhcrelay6']],
    ['21.7', '22.2', 'dhcrelay', ['carpstatusvip']],
    ['22.2', '22.9', 'gateways/gateway_item', ['dpinger_dont_add_static_route']],
    ['19.1', '21.4', 'filter/rule', ['nottagged']],
    ['19.1', '21.4', 'dhcpd/lan', ['filename64arm', 'omapi_key_algorithm']],
    ['19.1', '21.4', 'dhcpdv6/lan', ['dhcp6c-dns', 'radvd-dns']],
    ['21.7', '22.2', 'dhcpd/lan', ['uefihttpboot']],
    ['22.2', '22.9', 'dnshaper/queue', ['pie_onoff']],
    ['23.9', '24.1', 'unbound/dns64', ['allow_dns64_for_localhost']],
    ['23.3', '23.9', 'hasync', ['synchronizekea6']],
    ['23.3', '23.9', '', ['kea', 'kea6']],
    ['23.3', '23.9', 'dhcpd/lan', ['custom_kea_config', 'dnsregpolicy']],
    ['23.3', '23.9', 'filter/rule', ['statepolicy']],
    ['23.3', '23.9', 'gateways/gateway_group', ['keep_failover_states']],
    ['23.3', '23.9', 'system', ['statepolicy', 'sctpfirsttimeout', 'keep_failover_states']],
  ];
  for (const [last, next, place, names] of came) {
    const steps = place.split('/').filter(Boolean);
    const [open, close] = [steps.map(step => `<${step}>`), steps.toReversed().map(step => `</${step}>`)];
    const found = (version: string) =>
      labels(`<pfsense>\n<version>${version}</version>\n${open.join('')}<$0${close.join('')}\n</pfsense>`);
    for (const name of names) {
      assert.ok(!found(last).includes(name), `${place}/${name} in ${last}`);
      assert.ok(found(next).includes(name), `${place}/${name} in ${next}`);
    }
  }
});

test('elements: the ends of outbound rules have no ports, and the destination is a network or an address by the version', () => {
  const end = (version: string, side: string) =>
    labels(
      `<pfsense><version>${version}</version><nat><outbound><rule><${side}><$0</${side}></rule></outbound></nat></pfsense>`,
    );
  assert.deepEqual(end('22.9', 'destination'), ['any', 'address', 'not']);
  assert.deepEqual(end('23.3', 'destination'), ['any', 'network', 'not']);
  assert.deepEqual(end('22.9', 'source'), ['network', 'not']);
});

test('elements: sections at the top, and interfaces by their keys', () => {
  const top = labels('\t<system></system>\n\t<$0');
  assert.ok(top.includes('interfaces') && top.includes('cert') && !top.includes('system'));
  const interfaces = '<interfaces><wan></wan><opt1><descr>SYNC</descr></opt1></interfaces>';
  assert.deepEqual(elements(`${interfaces}<dhcpd><wan></wan><$0</dhcpd>`), ['opt1: SYNC, disabled']);
  assert.deepEqual(elements('<interfaces><wan></wan><$0</interfaces>'), ['lan: The next free interface']);
});

test('elements: interfaces that only the other node has come first', () => {
  const source = `
--- primary.xml
<interfaces><wan></wan><lan></lan><$0</interfaces>
--- secondary.xml
<interfaces><wan></wan><lan></lan><opt1><enable></enable><descr>SYNC</descr><if>vmx2</if></opt1></interfaces>
`;
  assert.deepEqual(elements(source), ['opt1: SYNC, vmx2', 'opt2: The next free interface']);
});

test('elements: choosing one replaces what is written of the name, and the bracket that closes it', () => {
  assert.equal(chosen(vip('\t\t\t<adv$0'), 'advskew'), '<advskew></advskew>');
  assert.equal(chosen(vip('\t\t\t<a$0dv'), 'advskew'), '<advskew></advskew>');
  assert.equal(chosen(vip('\t\t\t<$0>'), 'advskew'), '<advskew></advskew>');
  assert.equal(chosen(vip('\t\t\tadvs$0'), 'advskew'), '<advskew></advskew>');
  assert.equal(chosen(vip('\t\t\t$0'), 'descr'), '<descr><![CDATA[]]></descr>');
});

test('elements: within the name of a whole element only its two names change', () => {
  assert.equal(chosen(vip('\t\t\t<sub$0net>192.0.2.1</subnet>'), 'advskew'), '<advskew>192.0.2.1</advskew>');
  assert.equal(chosen(vip('\t\t\t<des$0cr/>'), 'advskew'), '<advskew/>');
});

test('closing tags: the innermost open element first', () => {
  assert.deepEqual(labels('<interfaces>\n<wan>\n</$0\n</interfaces>'), ['</wan>', '</interfaces>', '</pfsense>']);
  assert.equal(chosen('<interfaces>\n<wan>\n</w$0\n</interfaces>', '</wan>'), '</wan>');
  assert.equal(chosen('<interfaces>\n<wan>\n</w$0>\n</interfaces>', '</wan>'), '</wan>');
  assert.ok(labels('<interfaces>\n<wan>\n<$0\n</interfaces>').includes('</wan>'));
  assert.ok(!labels('<interfaces>\n<wan>\n<$0\n</wan>\n</interfaces>').includes('</wan>'));
  assert.equal(chosen('<virtualip>\n<vip>\n<vhid>1$0\n</vip></virtualip>', '</vhid>'), '<vhid>1</vhid>');
});

test('closing tags: none where another extension has them', () => {
  const left = { endTags: 'left to another extension' } as const;
  assert.deepEqual(labels('<interfaces>\n<wan>\n</$0\n</interfaces>', left), []);
  assert.ok(!labels('<interfaces>\n<wan>\n<$0\n</interfaces>', left).includes('</wan>'));
});

test('snippets: where they belong, and never in a value', () => {
  const found = labels('\t<virtualip>\n\t\tcarp$0\n\t</virtualip>');
  assert.ok(found.includes('carp-vip') && found.includes('ipalias-on-vip') && !found.includes('vlan'));
  assert.ok(labels('\t<$0').includes('hasync-primary'));
  assert.ok(!labels('\t<virtualip><vip><descr>carp$0</descr></vip></virtualip>').includes('carp-vip'));
  assert.ok(!labels('\t<interfaces>\n\t\tcarp$0\n\t</interfaces>').includes('carp-vip'));
  assert.match(chosen('\t<virtualip>\n\t\t<car$0\n\t</virtualip>', 'carp-vip'), /^<vip>\n\t<mode>carp/);
});

test('snippets: those of the version, and no second one of what stands there once', () => {
  const nat = (version: string) =>
    labels(`<pfsense>\n<version>${version}</version>\n<nat><outbound>\nnat$0\n</outbound></nat>\n</pfsense>`);
  assert.ok(nat('22.9').includes('nat-outbound-vip-before-23') && !nat('22.9').includes('nat-outbound-vip'));
  assert.ok(nat('23.0').includes('nat-outbound-vip') && !nat('23.0').includes('nat-outbound-vip-before-23'));
  assert.ok(nat('').includes('nat-outbound-vip') && nat('').includes('nat-outbound-vip-before-23'));
  assert.ok(!labels('<hasync></hasync>\nha$0').includes('hasync-primary'));
});

test('snippets: each names a place that the schema has, and is plain text where an editor knows no snippets', () => {
  assert.equal(snippets.length, 17);
  for (const { body, prefix, place } of snippets) {
    const open = place === 'outbound' ? '<nat><outbound>' : place === '' ? '' : `<${place}>`;
    assert.ok(labels(`${open}\n$0`).includes(prefix), prefix);
    const variables = { RANDOM_HEX: '', CURRENT_SECONDS_UNIX: '' };
    const plain = body.replace(/\$\{(?:RANDOM_HEX|CURRENT_SECONDS_UNIX)\}/g, '');
    assert.equal(plainText(plain), expand([body], {}, variables), prefix);
  }
});

test('snippets: numbers that must be unique are the next of both nodes', () => {
  const source = `
--- primary.xml
<virtualip><vip><uniqid>62a84e3a5d2f0</uniqid></vip>
$0
</virtualip>
--- secondary.xml
<virtualip><vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a84e3a5d2ff</uniqid></vip></virtualip>
`;
  assert.match(chosen(source, 'carp-vip'), /<vhid>2<\/vhid>[\s\S]*<uniqid>62a84e3a5d300<\/uniqid>/);
});

test('an empty document, or one that begins, gets a whole config', () => {
  const whole = (source: string) => {
    const item = completionAt(source).items[0];
    return item && plainText(item.text);
  };
  const skeleton = '<pfsense>\n\t<version></version>\n\t\n</pfsense>\n';
  assert.equal(whole('<?xml version="1.0"?>\n$0'), skeleton);
  assert.equal(whole('<?xml version="1.0"?>\n<pf$0'), skeleton);
  assert.deepEqual(labels('<?xml version="1.0"?>\n<pfsense></pfsense>\n$0'), []);
  assert.deepEqual(labels('<?xml version="1.0"?>\n$0<pfsense></pfsense>\n'), []);
});

test('nothing is offered in comments, attributes, instructions and free text', () => {
  for (const source of ['<!-- <$0 -->', '<system x="$0"></system>', '<system><hostname>$0</hostname></system>']) {
    assert.deepEqual(labels(source), [], source);
  }
  assert.deepEqual(labels('<system>$0</system>', { trigger: '>' }), []);
});
