import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-relay-not-carp.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (relay: string) => `	<version>23.3</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>10.1.0.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><uniqid>5f2a8c41d0b15</uniqid><subnet_bits>64</subnet_bits><subnet>2001:db8::1</subnet></vip>
	</virtualip>
${relay}`;
const relay = (rest: string, name = 'dhcrelay', on = 'opt1,lan') => `	<${name}>
		<enable></enable>
		<interface>${on}</interface>
		<server>192.0.2.67</server>
${rest}	</${name}>
`;
const vip = (text: string) => `		<carpstatusvip>${text}</carpstatusvip>\n`;
const says = (what: string, address: string) =>
  `warning: The ${what} runs on both nodes at once: no CARP status VIP is chosen, though LAN has the CARP VIP ${address}.`;

test('dhcp-relay-not-carp: none chosen, an empty one, and none at all', () => {
  const message = says('DHCP relay', '10.0.0.1');
  checkRule(rule, node(relay(`${vip('none')}		               ^^^^ ${message}\n`)));
  checkRule(rule, node(relay(`${vip('')}		 ^^^^^^^^^^^^^ ${message}\n`)));
  checkRule(rule, node(relay('').replace('<dhcrelay>\n', `<dhcrelay>\n	 ^^^^^^^^ ${message}\n`)));
});

test('dhcp-relay-not-carp: the relay for DHCPv6', () => {
  const mark = `		               ^^^^ ${says('DHCPv6 relay', '2001:db8::1')}\n`;
  checkRule(rule, node(relay(vip('none') + mark, 'dhcrelay6')));
});

test('dhcp-relay-not-carp: silent with a VIP, on interfaces without one, where it is off, and before 2.6', () => {
  checkRule(rule, node(relay(vip('_vip5f2a8c41d0b14'))));
  checkRule(rule, node(relay(vip('none'), 'dhcrelay', 'opt1')));
  checkRule(rule, node(relay(vip('none')).replace('		<enable></enable>\n', '')));
  checkRule(rule, node(relay('')).replace('23.3', '21.7'));
  checkRule(rule, node(relay(vip('none'))).replace('<lan><enable></enable>', '<lan>'));
});

test('dhcp-relay-not-carp: the fix chooses the VIP', () => {
  const after = node(relay(vip('_vip5f2a8c41d0b14')));
  for (const rest of [vip('none'), vip(''), '']) checkFix(rule, { before: node(relay(rest)), after });
  checkNoFix(rule, node(relay(vip('none'))).replace('<uniqid>5f2a8c41d0b14</uniqid>', ''));
});
