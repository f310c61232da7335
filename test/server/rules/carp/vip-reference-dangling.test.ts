import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/vip-reference-dangling.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

const vips = virtualip(carpVip({ uniqid: '62a856f9b07d1' }));
const server = (reference: string, more = '') =>
  `	<openvpn>\n		<openvpn-server><interface>${reference}</interface>${more}</openvpn-server>\n	</openvpn>\n`;

test('vip-reference-dangling: one among others in a list is told alone', () => {
  checkRule(
    rule,
    `${primaryInterfaces}${vips}	<unbound>
		<enable></enable>
		<active_interface>lan,_vip62a856f9b07d1,_vip62a856f9b07d2</active_interface>
		                                        ^^^^^^^^^^^^^^^^^ error: DNS Resolver is on _vip62a856f9b07d2, but no VIP of this node has the uniqid 62a856f9b07d2.
	</unbound>
	<gateways>
		<gateway_group>
			<name>BOTH</name>
			<item>WANGW|1|_vip62a856f9b07d2</item>
			              ^^^^^^^^^^^^^^^^^ error: Gateway group (BOTH) is on _vip62a856f9b07d2, but no VIP of this node has the uniqid 62a856f9b07d2.
			<item>WAN2GW|2|_vip62a856f9b07d1</item>
			<item>WAN3GW|3|address</item>
		</gateway_group>
	</gateways>
`,
  );
});

test('vip-reference-dangling: who uses it is told on one line', () => {
  const source = primaryInterfaces + vips + server('_vipx', '<description>Road\n\twarriors</description>');
  const messages = findingsIn([rule], parseFixture(source)).map(({ message }) => message);
  assert.match(messages.join('\n'), /^OpenVPN server \(Road warriors\) is on _vipx.*$/);
});

test('vip-reference-dangling: each place that pfSense has for one', () => {
  const places = [
    virtualip(vip({ mode: 'ipalias', interface: '_vipx', subnet: '10.0.0.9' })),
    server('_vipx'),
    '	<openvpn><openvpn-client><interface>_vipx</interface></openvpn-client></openvpn>\n',
    '	<ipsec><phase1><interface>_vipx</interface></phase1></ipsec>\n',
    '	<gifs><gif><if>_vipx</if></gif></gifs>\n',
    '	<gres><gre><if>_vipx</if></gre></gres>\n',
    '	<unbound><enable></enable><outgoing_interface>_vipx</outgoing_interface></unbound>\n',
    '	<dnsmasq><enable></enable><interface>lan,_vipx</interface></dnsmasq>\n',
    '	<dhcrelay><enable></enable><carpstatusvip>_vipx</carpstatusvip></dhcrelay>\n',
    '	<dhcrelay6><enable></enable><carpstatusvip>_vipx</carpstatusvip></dhcrelay6>\n',
    '	<dhcpdv6><lan><ramode>assist</ramode><rainterface>_vipx</rainterface></lan></dhcpdv6>\n',
    '	<ntpd><interface>lan,_vipx</interface></ntpd>\n',
    '	<dyndnses><dyndns><enable></enable><interface>_vipx</interface></dyndns></dyndnses>\n',
    '	<dnsupdates><dnsupdate><enable></enable><interface>_vipx</interface></dnsupdate></dnsupdates>\n',
    '	<snmpd><enable></enable><bindip>_vipx</bindip></snmpd>\n',
    '	<syslog><enable></enable><sourceip>_vipx</sourceip></syslog>\n',
  ];
  for (const place of places) {
    assert.equal(findingsIn([rule], parseFixture(primaryInterfaces + place)).length, 1, place);
  }
});

test('vip-reference-dangling: silent about what is off, names no VIP, or names one of any mode', () => {
  const silent = [
    server('_vipx', '<disable></disable>'),
    '	<ipsec><phase1><interface>_vipx</interface><disabled></disabled></phase1></ipsec>\n',
    '	<unbound><active_interface>_vipx</active_interface></unbound>\n',
    '	<dhcrelay><carpstatusvip>_vipx</carpstatusvip></dhcrelay>\n',
    '	<dhcrelay><enable></enable><carpstatusvip>none</carpstatusvip></dhcrelay>\n',
    '	<dhcpdv6><lan><ramode>disabled</ramode><rainterface>_vipx</rainterface></lan></dhcpdv6>\n',
    server('wan'),
    server('_vip'),
    server('_vip62a856f9b07d1') + vips,
    server('_vipx') + virtualip(vip({ mode: 'carpp', uniqid: 'x' })),
  ];
  for (const place of silent) checkRule(rule, primaryInterfaces + place);
});

test('vip-reference-dangling: silent in a part of a config', () => {
  checkRule(rule, server('_vipx'));
});

test('vip-reference-dangling: names this node’s own VIP where the peer tells which is meant', () => {
  const [here, there] = ['62a856f9b07d1', '73b967e0c18e2'].map(uniqid => virtualip(carpVip({ uniqid })));
  const primary = primaryInterfaces + here + server('_vip62a856f9b07d1');
  const secondary = (reference: string) => secondaryInterfaces + there + server(reference);
  checkFix(rule, {
    before: pair(primary, secondary('_vip62a856f9b07d1')),
    after: pair(primary, secondary('_vip73b967e0c18e2')),
    title: "Name this node's VIP 10.0.0.1, _vip73b967e0c18e2",
  });
});

test('vip-reference-dangling: no fix where nothing tells which VIP is meant', () => {
  checkNoFix(rule, primaryInterfaces + vips + server('_vipx'));
  checkNoFix(rule, pair(primaryInterfaces + vips + server('_vipx'), secondaryInterfaces + vips));
});

test('vip-reference-dangling: a CARP VIP can stand on no other VIP, as carp-interface-missing tells', () => {
  const row = (mode: string) =>
    `	<interfaces>\n		<lan><enable></enable></lan>\n	</interfaces>\n	<virtualip>\n		<vip><mode>${mode}</mode><interface>_vip1</interface><subnet>10.0.0.1</subnet></vip>\n	</virtualip>\n`;
  checkRule(rule, row('carp'));
  checkNoFix(rule, row('ipalias'));
});
