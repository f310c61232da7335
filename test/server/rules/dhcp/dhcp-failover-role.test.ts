import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-failover-role.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (last: number, vips: string, mark = '') => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
${vips}	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.${5 - last}</failover_peerip>
${mark}		</lan>
	</dhcpd>
`;
const vip = (skew: string, key = 'lan', mode = 'carp') =>
  `		<vip><mode>${mode}</mode><interface>${key}</interface><vhid>2</vhid><advskew>${skew}</advskew><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>\n`;
const pair = (primary: string, secondary: string) => `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
const mark = (says: string) => `			                 ^^^^^^^^ error: ${says}\n`;
const none = 'LAN has a fail-over peer but no CARP VIP, so that both nodes become the secondary DHCP server.';
const high = (vips: string) =>
  `No CARP VIP on LAN has an advskew below 20 (${vips}), so that both nodes become the secondary DHCP server.`;

test('dhcp-failover-role: no CARP VIP on the interface', () => {
  checkRule(rule, node(2, '', mark(none)));
  checkRule(rule, node(2, vip('0', 'opt1') + vip('0', 'lan', 'ipalias'), mark(none)));
  checkRule(rule, pair(node(2, '', mark(none)), node(3, '')));
  checkNoFix(rule, node(2, ''));
});

test('dhcp-failover-role: an advskew of 20 and more, and an empty one', () => {
  checkRule(rule, pair(node(2, vip('20'), mark(high('10.0.0.1 (VHID 2): 20'))), node(3, vip('120'))));
  checkRule(rule, pair(node(2, vip(''), mark(high('10.0.0.1 (VHID 2): none'))), node(3, vip('100'))));
});

test('dhcp-failover-role: a peer that only the secondary names asks for a primary, too', () => {
  const bare = node(2, '').replace('			<failover_peerip>10.0.0.3</failover_peerip>\n', '');
  checkRule(rule, pair(bare.replace('		<lan>\n', `		<lan>\n		 ^^^ error: ${none}\n`), node(3, '')));
  checkRule(rule, bare);
});

test('dhcp-failover-role: one low advskew is enough', () => {
  checkRule(rule, pair(node(2, vip('19')), node(3, vip('119'))));
  checkRule(rule, pair(node(2, vip('50') + vip('0')), node(3, vip('150'))));
});

test('dhcp-failover-role: a node in no pair may be the secondary', () => {
  checkRule(rule, node(3, vip('100')));
});

test('dhcp-failover-role: silent with Kea, without a peer, and where nothing is served', () => {
  checkRule(rule, `	<dhcpbackend>kea</dhcpbackend>\n${node(2, '')}`);
  checkRule(rule, node(2, '').replace('10.0.0.3', ''));
  checkRule(rule, node(2, '').replace('			<enable></enable>\n', ''));
});
