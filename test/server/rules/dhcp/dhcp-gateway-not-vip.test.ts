import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-gateway-not-vip.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

/** A node with LAN behind a CARP VIP and a DHCP server on it. */
function node(last: number, scope: string): string {
  return `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.1${last}</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<gateways>
		<gateway_item><interface>wan</interface><gateway>192.168.1.1</gateway><name>WANGW</name></gateway_item>
	</gateways>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range><from>10.0.0.100</from><to>10.0.0.199</to></range>
${scope}		</lan>
	</dhcpd>
`;
}

function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

const gateway = (address: string) => `			<gateway>${address}</gateway>\n`;

test("dhcp-gateway-not-vip: the node's own address", () => {
  checkRule(
    rule,
    node(
      2,
      `${gateway('10.0.0.2')}			         ^^^^^^^^ error: Clients on LAN are given 10.0.0.2, this node's own address, as their gateway instead of the CARP VIP 10.0.0.1.\n`,
    ),
  );
});

test("dhcp-gateway-not-vip: the other node's address, as a copy of its settings has it", () => {
  checkRule(
    rule,
    pair(
      node(2, gateway('10.0.0.1')),
      node(
        3,
        `${gateway('10.0.0.2')}			         ^^^^^^^^ error: Clients on LAN are given 10.0.0.2, the primary's own address, as their gateway instead of the CARP VIP 10.0.0.1.\n`,
      ),
    ),
  );
});

test('dhcp-gateway-not-vip: a missing element is as good as an empty one', () => {
  const message =
    "No gateway is set for LAN, so clients are given 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.";
  checkRule(rule, node(2, '').replace('		<lan>\n', `		<lan>\n		 ^^^ error: ${message}\n`));
  checkFix(rule, { before: node(2, ''), after: node(2, gateway('10.0.0.1')) });
});

test('dhcp-gateway-not-vip: an additional pool and a static mapping inherit, but may name a wrong one', () => {
  const rest = (address: string, mark: string) => `${gateway('10.0.0.1')}			<pool>
				<range><from>10.0.0.200</from><to>10.0.0.210</to></range>
				<gateway></gateway>
			</pool>
			<staticmap>
				<mac>00:00:5e:00:53:20</mac>
				<gateway>${address}</gateway>
${mark}			</staticmap>
`;
  const mark =
    "				         ^^^^^^^^ error: Clients on LAN are given 10.0.0.2, this node's own address, as their gateway instead of the CARP VIP 10.0.0.1.\n";
  checkRule(rule, node(2, rest('10.0.0.2', mark)));
  checkFix(rule, { before: node(2, rest('10.0.0.2', '')), after: node(2, rest('10.0.0.1', '')) });
});

test('dhcp-gateway-not-vip: none, another router and an IP alias are choices', () => {
  checkRule(rule, node(2, gateway('none')));
  checkRule(rule, node(2, gateway('10.0.0.254')));
});

test('dhcp-gateway-not-vip: an empty gateway gives none where the system has no gateway', () => {
  const without = (text: string) =>
    text.replace(/\t<gateways>[\s\S]*<\/gateways>\n/, '').replace('<gateway>WANGW</gateway>', '');
  checkRule(rule, without(node(2, '')));
});

test('dhcp-gateway-not-vip: silent without a VIP in the subnet, and where nothing is served', () => {
  checkRule(rule, node(2, '').replace('<mode>carp</mode>', '<mode>ipalias</mode>'));
  checkRule(rule, node(2, '').replace('<subnet>10.0.0.1</subnet>', '<subnet>10.9.0.1</subnet>'));
  checkRule(rule, node(2, '').replace('			<enable></enable>\n', ''));
  checkRule(rule, node(2, '').replace('<lan><enable></enable>', '<lan>'));
});

test('dhcp-gateway-not-vip: both nodes at once where both have the mistake', () => {
  checkFix(rule, {
    before: pair(node(2, gateway('10.0.0.2')), node(3, gateway('10.0.0.2'))),
    after: pair(node(2, gateway('10.0.0.1')), node(3, gateway('10.0.0.1'))),
    title: 'Set the gateway to 10.0.0.1 on both nodes',
  });
  checkFix(rule, {
    before: pair(node(2, gateway('10.0.0.2')), node(3, gateway('10.0.0.2'))),
    after: pair(node(2, gateway('10.0.0.1')), node(3, gateway('10.0.0.2'))),
    title: 'Set the gateway to 10.0.0.1',
  });
});
