import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-pool-covers-address.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

function node(last: number, range: string, more = ''): string {
  return `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
${more}	<dhcpd>
		<lan>
			<enable></enable>
			<range>
${range}			</range>
		</lan>
	</dhcpd>
`;
}

function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

const range = (from: number, to: number) => `				<from>10.0.0.${from}</from>\n				<to>10.0.0.${to}</to>\n`;
const vips = (...rows: string[]) =>
  `	<virtualip>\n${rows.map(row => `		<vip>${row}</vip>\n`).join('')}	</virtualip>\n`;

test('dhcp-pool-covers-address: both nodes are seen from either', () => {
  const wrong = (message: string) =>
    `				<from>10.0.0.2</from>\n				      ^^^^^^^^ error: ${message}\n				<to>10.0.0.99</to>\n`;
  checkRule(
    rule,
    pair(
      node(2, wrong('The pool of LAN, 10.0.0.2–10.0.0.99, holds 10.0.0.2 (this node) and 10.0.0.3 (the secondary).')),
      node(3, wrong('The pool of LAN, 10.0.0.2–10.0.0.99, holds 10.0.0.2 (the primary) and 10.0.0.3 (this node).')),
    ),
  );
});

test('dhcp-pool-covers-address: the end that must move is marked', () => {
  checkRule(
    rule,
    node(
      2,
      `${range(100, 254)}				    ^^^^^^^^^^ error: The pool of LAN, 10.0.0.100–10.0.0.254, holds 10.0.0.254 (gateway).\n`,
      '	<gateways>\n		<gateway_item><interface>lan</interface><gateway>10.0.0.254</gateway><name>CORE</name></gateway_item>\n	</gateways>\n',
    ),
  );
});

test('dhcp-pool-covers-address: an IP alias on a CARP VIP is on the interface too', () => {
  const stacked = vips(
    '<mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>62a856f9b07d1</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet>',
    '<mode>ipalias</mode><interface>_vip62a856f9b07d1</interface><subnet_bits>24</subnet_bits><subnet>10.0.0.100</subnet>',
  );
  checkRule(
    rule,
    node(
      2,
      `				<from>10.0.0.100</from>
				      ^^^^^^^^^^ error: The pool of LAN, 10.0.0.100–10.0.0.199, holds 10.0.0.100 (virtual IP).
				<to>10.0.0.199</to>
`,
      stacked,
    ),
  );
});

test('dhcp-pool-covers-address: addresses elsewhere, of networks, and of other families say nothing', () => {
  const elsewhere = vips(
    '<mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.150</subnet>',
    '<mode>proxyarp</mode><interface>lan</interface><type>network</type><subnet_bits>28</subnet_bits><subnet>10.0.0.160</subnet>',
    '<mode>carp</mode><interface>lan</interface><vhid>3</vhid><subnet_bits>64</subnet_bits><subnet>2001:db8::1</subnet>',
  );
  checkRule(rule, node(2, range(100, 199), elsewhere));
});

test('dhcp-pool-covers-address: silent where nothing is served', () => {
  checkRule(rule, node(2, range(1, 254)).replace('			<enable></enable>\n', ''));
  checkRule(rule, node(2, range(1, 254)).replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, node(2, range(1, 254)).replace('10.0.0.2</ipaddr>', 'dhcp</ipaddr>'));
  checkRule(rule, node(2, '				<from></from>\n				<to></to>\n'));
});

test('dhcp-pool-covers-address: the longest free part is kept, on both nodes where both have the pool', () => {
  checkFix(rule, {
    before: pair(node(2, range(1, 254)), node(3, range(1, 254))),
    after: pair(node(2, range(4, 254)), node(3, range(4, 254))),
    title: 'Shrink the pool to 10.0.0.4–10.0.0.254 on both nodes',
  });
  checkFix(rule, {
    before: pair(node(2, range(1, 99)), node(3, range(100, 199))),
    after: pair(node(2, range(4, 99)), node(3, range(100, 199))),
    title: 'Shrink the pool to 10.0.0.4–10.0.0.99',
  });
});

test('dhcp-pool-covers-address: a pool of nothing but that address cannot be shrunk', () => {
  checkNoFix(rule, node(2, range(2, 2)));
});
