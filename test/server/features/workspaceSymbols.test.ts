import assert from 'node:assert/strict';
import test from 'node:test';
import { workspaceSymbols } from '../../../server/src/features/workspaceSymbols.ts';
import { parseFixture } from '../../harness/fixture.ts';

function found(source: string, query: string): readonly string[] {
  const nodes = parseFixture(source).files.map(({ config }) => config);
  return workspaceSymbols(nodes, query).map(({ name, kind, container }) => `${kind} ${name} (${container})`);
}

const node = (host: string) => `
	<system><hostname>${host}</hostname><user><name>ann</name><sha512-hash>secret</sha512-hash></user></system>
	<interfaces><wan><descr><![CDATA[WAN]]></descr><if>vmx0</if><ipaddr>192.0.2.2</ipaddr><subnet>24</subnet></wan></interfaces>
	<aliases>
		<alias><name>MY_WEB</name><type>host</type></alias>
		<alias><name>WEB</name><type>host</type></alias>
		<alias><name>WEBS</name><type>host</type></alias>
		<alias><name>W_E_B</name><type>host</type></alias>
	</aliases>
	<nat><outbound><rule><interface>wan</interface><descr><![CDATA[Servers]]></descr></rule></outbound></nat>
	<dhcpd><lan><staticmap><hostname>printer</hostname><ipaddr>192.0.2.9</ipaddr></staticmap></lan></dhcpd>
`;
const pair = `--- primary.xml\n${node('fw-a')}\n--- secondary.xml\n${node('fw-b')}`;

test('workspace symbols: of both nodes, each with the node it is of', () => {
  assert.deepEqual(found(pair, 'printer'), [
    'row printer 192.0.2.9 (dhcpd on fw-a)',
    'row printer 192.0.2.9 (dhcpd on fw-b)',
  ]);
  assert.deepEqual(found(pair, 'vmx0'), [
    'interface WAN (vmx0) 192.0.2.2/24 (interfaces on fw-a)',
    'interface WAN (vmx0) 192.0.2.2/24 (interfaces on fw-b)',
  ]);
  assert.deepEqual(found(pair, 'printer fw-b'), ['row printer 192.0.2.9 (dhcpd on fw-b)']);
});

test('workspace symbols: letters in their order are enough, and the best come first', () => {
  assert.deepEqual(
    found(node('fw-a'), 'web').map(each => each.split(' ')[1]),
    ['WEB', 'WEBS', 'MY_WEB', 'W_E_B'],
  );
  assert.deepEqual(
    found(node('fw-a'), 'mwb').map(each => each.split(' ')[1]),
    ['MY_WEB'],
  );
  assert.deepEqual(found(node('fw-a'), 'servers'), ['row WAN any → interface address: Servers (nat on fw-a)']);
  assert.deepEqual(found(node('fw-a'), 'zzz'), []);
});

test('workspace symbols: sections too, never a secret, and with an empty query all of it', () => {
  assert.ok(found(node('fw-a'), 'hasy').length === 0);
  assert.ok(found(node('fw-a'), 'aliases').includes('section aliases (aliases on fw-a)'));
  assert.ok(!found(node('fw-a'), '').some(each => each.includes('secret')));
  assert.equal(found(node('fw-a'), '').length, 14);
});

test('workspace symbols: never more than 500, and of a broken or empty file what is there', () => {
  const many = Array.from({ length: 700 }, (_, i) => `<alias><name>A${i}</name></alias>`).join('');
  assert.equal(found(`<aliases>${many}</aliases>`, 'a').length, 500);
  assert.deepEqual(found('', 'a'), []);
  assert.deepEqual(found('<pfsense><aliases><alias><name>WEB', 'web'), ['row WEB (aliases on pfSense)']);
});

test('workspace symbols: after an edit they bear the new names, also where another section changes them', () => {
  const [file] = parseFixture(node('fw-a')).files;
  assert.ok(file);
  const { config } = file;
  workspaceSymbols([config], 'x');
  const at = config.document.buffer.toString().indexOf('[WAN]') + 1;
  config.document.edit({ from: at, to: at + 3, text: 'UPLINK' });
  assert.deepEqual(
    workspaceSymbols([config], 'uplink').map(({ name }) => name),
    ['UPLINK (vmx0) 192.0.2.2/24', 'UPLINK any → interface address: Servers'],
  );
});
