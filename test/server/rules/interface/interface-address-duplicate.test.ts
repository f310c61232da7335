import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-address-duplicate.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

const lan = (fields: InterfaceFields, nic = 'vmx1') => interfaces(iface('lan', nic, fields));

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(finding => finding.message);
}

test('interface-address-duplicate: IPv6 is compared by value, not by spelling', () => {
  const message = 'LAN has 2001:db8::2 on both nodes; only a CARP VIP may be shared.';
  assert.deepEqual(found(lan({ address6: '2001:db8::2/64' }), lan({ address6: '2001:DB8:0::0002/64' })), [message]);
});

test('interface-address-duplicate: tunnels, local addresses, dynamic and disabled interfaces say nothing', () => {
  const same = (fields: InterfaceFields, nic?: string) => found(lan(fields, nic), lan(fields, nic));
  for (const nic of ['ovpns1', 'ovpnc12', 'tun_wg0', 'ipsec1', 'gif0', 'gre1', 'lo0']) {
    assert.deepEqual(same({ address: '192.0.2.1/24' }, nic), [], nic);
  }
  assert.deepEqual(same({ address6: 'fe80::1/64' }), []);
  assert.deepEqual(same({ address: '127.0.0.2/8' }), []);
  assert.deepEqual(same({ address: 'dhcp' }), []);
  assert.deepEqual(same({ address: '192.0.2.1/24', isEnabled: false }), []);
  assert.equal(same({ address: '192.0.2.1/24' }, 'lowpan0').length, 1, 'a name that only begins like a tunnel');
});

test('interface-address-duplicate: the fix takes the next address that nobody holds', () => {
  const here = lan({ address: '192.0.2.2/24' });
  const others = `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><subnet>192.0.2.3</subnet><subnet_bits>24</subnet_bits></vip>
	</virtualip>
	<gateways>
		<gateway_item><interface>lan</interface><gateway>192.0.2.4</gateway><name>GW</name></gateway_item>
	</gateways>
	<dhcpd>
		<lan>
			<range><from>192.0.2.5</from><to>192.0.2.8</to></range>
			<staticmap><mac>00:00:5e:00:53:01</mac><ipaddr>192.0.2.9</ipaddr></staticmap>
		</lan>
	</dhcpd>
`;
  checkFix(rule, {
    before: pair(here + others, lan({ address: '192.0.2.2/24' })),
    after: pair(here + others, lan({ address: '192.0.2.10/24' })),
    title: 'Set 192.0.2.10 on the secondary',
  });
});

test('interface-address-duplicate: who has the wrong address is told by whom the nodes synchronise with', () => {
  const node = (address: string, peer: string) =>
    `${interfaces(iface('lan', 'vmx1', { address }))}	<hasync>\n\t\t<pfsyncpeerip>${peer}</pfsyncpeerip>\n\t</hasync>\n`;
  const copied = node('192.0.2.2/24', '192.0.2.20');
  checkFix(rule, {
    before: pair(copied, copied),
    after: pair(copied, node('192.0.2.20/24', '192.0.2.20')),
    title: 'Set 192.0.2.20 on the secondary',
  });
  const secondary = node('192.0.2.3/24', '192.0.2.2');
  checkFix(rule, {
    before: pair(node('192.0.2.3/24', '192.0.2.3'), secondary),
    after: pair(node('192.0.2.2/24', '192.0.2.3'), secondary),
    title: 'Set 192.0.2.2 on the primary',
  });
  checkNoFix(rule, pair(node('192.0.2.3/24', '192.0.2.3'), node('192.0.2.3/24', '')));
});

test('interface-address-duplicate: a network without a free address has no fix', () => {
  checkNoFix(rule, pair(lan({ address: '192.0.2.2/32' }), lan({ address: '192.0.2.2/32' })));
});

test('interface-address-duplicate: no fix where a fail-over peer tells that the other node may have the wrong address', () => {
  const node = (failoverPeer: string) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>${failoverPeer}</failover_peerip>
		</lan>
	</dhcpd>
`;
  checkNoFix(rule, `\n--- primary.xml\n${node('10.0.0.3')}--- secondary.xml\n${node('10.0.0.2')}`);
});
