import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress, formatSubnet } from '../../../server/src/model/address.ts';
import { readInternalNetworks } from '../../../server/src/model/internalNetworks.ts';
import { readOneToOne } from '../../../server/src/model/oneToOne.ts';
import { type OutboundTarget, readOutboundNat, readTargetSchema } from '../../../server/src/model/outboundNat.ts';
import { readPortForwards } from '../../../server/src/model/portForwards.ts';
import { parseFixture } from '../../harness/fixture.ts';

function configOf(source: string) {
  return parseFixture(source).files[0]!.config;
}

function targetOf(version: string, children: string): string {
  const config = configOf(`
	<version>${version}</version>
	<interfaces><wan></wan><lan></lan></interfaces>
	<nat><outbound><rule><interface>wan</interface>${children}</rule></outbound></nat>
`);
  return shown(config.query(readOutboundNat).rules[0]!.target);
}

function shown(target: OutboundTarget): string {
  if (target.kind === 'address') return `address ${formatAddress(target.address)}`;
  if (target.kind === 'subnet') return `subnet ${formatSubnet(target.subnet)}`;
  if (target.kind === 'alias') return `alias ${target.name}`;
  return target.kind === 'unknown' ? `unknown ${target.text}` : target.kind;
}

test('outbound NAT: targets before version 23.0', () => {
  const old = (target: string, more = '') => targetOf('22.9', `<target>${target}</target>${more}`);
  assert.equal(old(''), 'interface-address');
  assert.equal(targetOf('22.9', '<descr>no target</descr>'), 'interface-address');
  assert.equal(old('192.0.2.1'), 'address 192.0.2.1');
  assert.equal(old('192.0.2.0/29'), 'subnet 192.0.2.0/29');
  assert.equal(old('web_servers'), 'alias web_servers');
  assert.equal(old('wanip'), 'alias wanip', 'a word of later versions means nothing yet');
  const other = '<targetip>192.0.2.8</targetip><targetip_subnet>30</targetip_subnet>';
  assert.equal(old('other-subnet', other), 'subnet 192.0.2.8/30');
  assert.equal(old('other-subnet', other.replace('30', '32')), 'address 192.0.2.8');
  assert.equal(old('other-subnet'), 'unknown other-subnet');
  assert.equal(old('192.0.2.1', '<nonat></nonat>'), 'none');
});

test('outbound NAT: targets from version 23.0', () => {
  const fresh = (target: string, more = '') => targetOf('23.0', `<target>${target}</target>${more}`);
  assert.equal(fresh('wanip'), 'interface-address');
  assert.equal(fresh('lanip'), 'interface-address', 'the generator takes it for the rule’s own interface');
  assert.equal(fresh('opt9ip'), 'alias opt9ip', 'no such interface');
  assert.equal(fresh(''), 'interface-address');
  assert.equal(fresh('192.0.2.1', '<target_subnet></target_subnet>'), 'address 192.0.2.1');
  assert.equal(fresh('192.0.2.8', '<target_subnet>30</target_subnet>'), 'subnet 192.0.2.8/30');
  assert.equal(fresh('2001:db8::1', '<target_subnet>128</target_subnet>'), 'address 2001:db8::1');
  assert.equal(fresh('outside'), 'alias outside');
  assert.equal(fresh('_vip62a856f9b07d1'), 'alias _vip62a856f9b07d1');
  assert.equal(fresh('no name'), 'unknown no name');
});

test('outbound NAT: the form goes by the version, and by the rules where there is none', () => {
  const schema = (source: string) => configOf(source).query(readTargetSchema);
  const rule = '	<nat><outbound><rule><targetip></targetip></rule></outbound></nat>\n';
  assert.equal(schema('	<version>22.9</version>\n'), 'targetip');
  assert.equal(schema(`	<version>23.0</version>\n${rule}`), 'target_subnet');
  assert.equal(schema(rule), 'targetip');
  assert.equal(schema(''), 'target_subnet');
});

test('outbound NAT: a missing mode is automatic, another word none', () => {
  const mode = (source: string) => configOf(source).query(readOutboundNat).mode;
  assert.equal(mode(''), 'automatic');
  assert.equal(mode('	<nat><outbound></outbound></nat>\n'), 'automatic');
  assert.equal(mode('	<nat><outbound><mode>advanced</mode></outbound></nat>\n'), 'advanced');
  assert.equal(mode('	<nat><outbound><mode>manual</mode></outbound></nat>\n'), undefined);
  assert.equal(mode('	<nat><advancedoutbound></advancedoutbound></nat>\n'), undefined);
});

test('outbound NAT: sources and destinations in both forms', () => {
  const config = configOf(`
	<nat>
		<outbound>
			<rule></rule>
			<rule>
				<source><network>10.0.0.0/8</network></source>
				<destination><address>192.0.2.0/24</address><not></not></destination>
				<protocol>udp</protocol><dstport>500</dstport><staticnatport></staticnatport><ipprotocol>inet</ipprotocol><nosync></nosync>
			</rule>
			<rule>
				<source><network>any</network></source>
				<destination><network>lan</network></destination>
				<disabled></disabled>
			</rule>
			<rule><destination><any></any></destination></rule>
		</outbound>
	</nat>
`);
  const [first, second, third, ...none] = config.query(readOutboundNat).rules;
  assert.equal(none.length, 0, 'an empty item is no rule');
  assert.deepEqual([first!.source.text, first!.source.element?.name], ['10.0.0.0/8', 'network']);
  assert.deepEqual([first!.destination.text, first!.destination.isInverted], ['192.0.2.0/24', true]);
  assert.deepEqual([first!.family, first!.keepsPort, first!.isNotSynchronised], [4, true, true]);
  assert.deepEqual([second!.source.text, second!.destination.text, second!.isDisabled], ['any', 'lan', true]);
  assert.deepEqual([third!.source.text, third!.destination.text, third!.family], ['any', 'any', undefined]);
});

test('port forwards and 1:1 mappings', () => {
  const config = configOf(`
	<nat>
		<outbound><rule><source><network>any</network></source></rule></outbound>
		<rule>
			<source><any></any></source>
			<destination><network>wanip</network><port>443</port></destination>
			<ipprotocol>inet</ipprotocol><protocol>tcp</protocol>
			<target>web_server</target><local-port>8443</local-port><interface>wan</interface>
			<associated-rule-id>pass</associated-rule-id><nordr></nordr>
		</rule>
		<onetoone>
			<external>192.0.2.9</external><interface>wan</interface><nobinat></nobinat>
			<source><address>10.0.0.9</address><not></not></source>
			<destination><any></any></destination>
		</onetoone>
	</nat>
`);
  const [forward, ...noMore] = config.query(readPortForwards);
  assert.equal(noMore.length, 0);
  assert.deepEqual([forward!.source.kind, forward!.destination.kind], ['any', 'network']);
  assert.deepEqual([forward!.destination.value?.value, forward!.destination.port?.value], ['wanip', '443']);
  assert.deepEqual(
    [forward!.target?.value, forward!.targetPort?.value, forward!.isExclusion],
    ['web_server', '8443', true],
  );
  assert.equal(forward!.associatedRule?.value, 'pass');
  const [mapping] = config.query(readOneToOne);
  assert.deepEqual([mapping!.external?.value, mapping!.source.value?.value], ['192.0.2.9', '10.0.0.9']);
  assert.deepEqual([mapping!.source.isInverted, mapping!.destination.kind, mapping!.isExclusion], [true, 'any', true]);
});

test('internal networks: what automatic outbound NAT translates, without the nodes’ own', () => {
  const config = configOf(`
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>dhcp</ipaddr></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>ix2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
		<opt2><if>ix3</if><ipaddr>10.2.0.2</ipaddr><subnet>24</subnet></opt2>
		<opt3><enable></enable><if>ix4</if><ipaddr>10.3.0.2</ipaddr><subnet>24</subnet><gateway>OTHERGW</gateway></opt3>
		<opt4><enable></enable><if>ovpns1</if><ipaddr>10.4.0.1</ipaddr><subnet>24</subnet></opt4>
	</interfaces>
	<gateways>
		<gateway_item><interface>lan</interface><gateway>10.0.0.9</gateway><name>CORE</name></gateway_item>
		<gateway_item><interface>opt3</interface><gateway>10.3.0.9</gateway><name>OTHERGW</name></gateway_item>
	</gateways>
	<staticroutes>
		<route><network>10.50.0.0/16</network><gateway>CORE</gateway></route>
		<route><network>10.51.0.0/16</network><gateway>CORE</gateway><disabled></disabled></route>
		<route><network>10.52.0.0/16</network><gateway>OTHERGW</gateway></route>
		<route><network>203.0.113.0/24</network><gateway>CORE</gateway></route>
	</staticroutes>
	<openvpn>
		<openvpn-server><tunnel_network>10.8.0.0/24</tunnel_network></openvpn-server>
		<openvpn-server><tunnel_network>10.9.0.0/24</tunnel_network><disable></disable></openvpn-server>
		<openvpn-client><tunnel_network>10.8.0.0/24</tunnel_network></openvpn-client>
	</openvpn>
	<ipsec>
		<client><enable></enable><pool_address>10.10.0.0</pool_address><pool_netbits>24</pool_netbits></client>
	</ipsec>
	<hasync><pfsyncinterface>opt1</pfsyncinterface></hasync>
`);
  assert.deepEqual(
    config.query(readInternalNetworks).map(({ subnet, title }) => `${formatSubnet(subnet)} ${title}`),
    ['10.0.0.0/24 LAN', '10.50.0.0/16 Static route', '10.8.0.0/24 OpenVPN server', '10.10.0.0/24 IPsec clients'],
  );
});
