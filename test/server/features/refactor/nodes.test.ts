import assert from 'node:assert/strict';
import test from 'node:test';
import { parseFixture } from '../../../harness/fixture.ts';
import { offered, refactored } from '../../../harness/refactoring.ts';

const aliases = (rows: string) => `	<version>22.2</version>\n	<aliases>\n${rows}	</aliases>\n`;
const alias = (name: string, address: string) =>
  `		<alias>\n			<name>${name}</name>\n			<type>host</type>\n			<address>${address}</address>\n			<descr></descr>\n		</alias>\n`;

const copies = (source: string) => offered(source).filter(title => title.startsWith('Copy'));

test('copy: what the secondary lacks, or has otherwise, goes there as a synchronisation would bring it', () => {
  const missing = `--- primary.xml\n${aliases(alias('A', '192.0.2.1') + alias('B$0', '192.0.2.2'))}--- secondary.xml\n${aliases(alias('A', '192.0.2.1'))}`;
  assert.deepEqual(copies(missing), ['Copy alias B to the secondary']);
  const after = refactored(missing, 'Copy alias B to the secondary');
  assert.deepEqual(Object.keys(after), ['secondary.xml']);
  assert.ok(after['secondary.xml']?.includes(alias('A', '192.0.2.1') + alias('B', '192.0.2.2')));
  const differs = `--- primary.xml\n${aliases(alias('A', '192.0.$02.7'))}--- secondary.xml\n${aliases(alias('A', '192.0.2.1'))}`;
  assert.match(refactored(differs, 'Copy alias A to the secondary')['secondary.xml'] ?? '', /<address>192\.0\.2\.7</);
});

test('copy: a text of several lines stays as it is', () => {
  const text = 'server=/example.org/192.0.2.53\n\t\t# and\n\nlog-queries';
  const lines = (cursor: string) => `	<dnsmasq>
		<enable></enable>
		<custom_options>${cursor}${text}</custom_options>
	</dnsmasq>`;
  const sync = (target: string) => `	<version>22.2</version>
	<hasync>${target}</hasync>`;
  const on = '<synchronizetoip>192.0.2.2</synchronizetoip><synchronizednsforwarder>on</synchronizednsforwarder>';
  const source = `--- primary.xml\n${sync(on)}\n${lines('$0')}\n--- secondary.xml\n${sync('')}\n`;
  const after = refactored(source, 'Copy DNS Forwarder to the secondary');
  assert.equal(after['secondary.xml'], parseFixture(`${sync('')}\n${lines('')}\n`).files[0]?.text);
});

test('copy: a VIP gets the advskew of the secondary', () => {
  const vip = (skew: string) =>
    `		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew>${skew}</advskew><password>x</password><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>24</subnet_bits><subnet>192.0.2.1</subnet></vip>\n`;
  const node = (vips: string) => `	<version>22.2</version>\n	<virtualip>\n${vips}	</virtualip>\n`;
  const source = `--- primary.xml\n${node(vip('$00'))}--- secondary.xml\n${node('')}`;
  const [title = ''] = copies(source);
  assert.match(refactored(source, title)['secondary.xml'] ?? '', /<advskew>100<\/advskew>/);
});

test('copy: what is the same, or in another version, is not offered', () => {
  const same = `--- primary.xml\n${aliases(alias('A$0', '192.0.2.1'))}--- secondary.xml\n${aliases(alias('A', '192.0.2.1'))}`;
  assert.deepEqual(copies(same), []);
  const other = same
    .replace(/(--- secondary[\s\S]*)192\.0\.2\.1/, '$1192.0.2.9')
    .replace(/(--- secondary[\s\S]*)22\.2/, '$124.0');
  assert.deepEqual(copies(other), []);
});

test('copy: what would collide with something on the secondary is refused, with the reason', () => {
  const wan = (host: number) =>
    `	<version>22.2</version>\n	<interfaces><wan><enable></enable><if>vmx0</if><ipaddr>192.0.2.${host}</ipaddr><subnet>24</subnet></wan></interfaces>\n`;
  const gateway = `	<gateways><gateway_item><interface>wan</interface><gateway>192.0.2.3</gateway><name>G$0W</name></gateway_item></gateways>\n`;
  const source = `--- primary.xml\n${wan(2)}${gateway}--- secondary.xml\n${wan(3)}	<gateways></gateways>\n`;
  assert.deepEqual(copies(source), [
    'Copy gateway GW to the secondary – Gateway GW has a name, a number or an address that something else on the secondary has already.',
  ]);
});

test('copy: from the secondary goes what the primary lacks, as it stands', () => {
  const source = `--- primary.xml\n${aliases(alias('A', '192.0.2.1'))}--- secondary.xml\n${aliases(alias('B$0', '192.0.2.2'))}`;
  assert.deepEqual(copies(source), ['Copy alias B to the primary']);
  assert.ok(refactored(source, 'Copy alias B to the primary')['primary.xml']?.includes(alias('B', '192.0.2.2')));
});

const dhcpNode = (host: number, peer: number, cursor = '', pool = '10.0.0.199') => `	<version>24.0</version>
	<system><hostname>fw${host}</hostname></system>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${host}</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr>SYNC</descr><ipaddr>172.16.1.${host}</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>${cursor}
			<range><from>10.0.0.100</from><to>${pool}</to></range>
			<failover_peerip>10.0.0.${peer}</failover_peerip>
		</lan>
	</dhcpd>
	<filter><rule><type>pass</type><interface>opt1</interface><source><any></any></source><destination><any></any></destination></rule></filter>
	<hasync><pfsyncenabled>on</pfsyncenabled><pfsyncinterface>opt1</pfsyncinterface><pfsyncpeerip>172.16.1.${peer}</pfsyncpeerip></hasync>
`;

const convert = 'Convert ISC DHCP fail-over to Kea’s high availability, on both nodes';

test('ISC’s fail-over becomes Kea’s high availability, on both nodes', () => {
  const source = `--- primary.xml\n${dhcpNode(2, 3, '$0')}--- secondary.xml\n${dhcpNode(3, 2)}`;
  const after = refactored(source, convert);
  assert.deepEqual(Object.keys(after), ['primary.xml', 'secondary.xml']);
  for (const [name, text] of Object.entries(after)) {
    assert.match(text, /<dhcpbackend>kea<\/dhcpbackend>/);
    assert.match(text, /<failover_peerip><\/failover_peerip>/);
    assert.match(text, name === 'primary.xml' ? /<role>primary<\/role>/ : /<role>standby<\/role>/);
    assert.match(text, name === 'primary.xml' ? /<remoteip>172\.16\.1\.3</ : /<remoteip>172\.16\.1\.2</);
  }
});

test('ISC’s fail-over stays where Kea knows none, and where it would need to be guessed, with the reason', () => {
  const pair = (main: string, second: string) => `--- primary.xml\n${main}--- secondary.xml\n${second}`;
  const old = pair(dhcpNode(2, 3, '$0'), dhcpNode(3, 2)).replaceAll('24.0', '22.2');
  assert.deepEqual(
    offered(old).filter(title => title.startsWith('Convert')),
    [],
  );
  const pools = pair(dhcpNode(2, 3, '$0'), dhcpNode(3, 2, '', '10.0.0.150'));
  assert.match(offered(pools).join(), /do not have the same pools/);
  const names = pair(dhcpNode(2, 3, '$0'), dhcpNode(3, 2).replace('fw3', 'fw2'));
  assert.match(offered(names).join(), /have to tell them apart/);
  assert.deepEqual(
    offered(`--- config.xml\n${dhcpNode(2, 3, '$0')}`).filter(title => title.startsWith('Convert')),
    [],
  );
});

test('in broken and empty documents nothing is offered, and nothing fails', () => {
  for (const source of [
    '$0',
    '<pfsense>$0</pfsense>',
    '<pfsense><filter><rule>$0</pfsense>',
    '<pfsense><aliases><alias><name>A$0</alias></aliases></pfsense>',
    '<pfsense><nat><outbound><mode>automatic$0',
    '<pfsense><interfaces><lan$0',
    '<pfsense>\n<aliases>\n<alias><address>192.0.2.1 $0</address>\n</aliases></pfsense>',
  ]) {
    assert.deepEqual(offered(source), [], source);
  }
  for (const source of [
    '<pfsense><filter><rule>$0</rule></filter></pfsense>',
    '<pfsense><nat>$0<outbound/></nat></pfsense>',
    '<pfsense><aliases><alias/>$0</aliases></pfsense>',
    '<pfsense><nat><outbound/><rule/>$0</nat></pfsense>',
    '<pfsense><dhcpd><lan>$0</lan></dhcpd><interfaces/></pfsense>',
  ]) {
    assert.deepEqual(offered(source), [], source);
  }
});

test('a peer whose tags are broken is as good as none', () => {
  const source = `--- primary.xml\n${aliases(alias('B$0', '192.0.2.2'))}--- secondary.xml\n	<version>22.2</version>\n	<aliases><alias>\n	</aliases>\n`;
  assert.deepEqual(copies(source), []);
});
