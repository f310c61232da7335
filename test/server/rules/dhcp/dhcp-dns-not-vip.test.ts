import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-dns-not-vip.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

const node = (last: number, scope: string, rest = '') => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
${rest}	<dhcpd>
		<lan>
			<enable></enable>
			<netmask></netmask>
${scope}		</lan>
	</dhcpd>
`;
const servers = (...list: string[]) => list.map(each => `			<dnsserver>${each}</dnsserver>\n`).join('');
const pair = (primary: string, secondary: string) => `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
const resolver = '	<unbound>\n		<enable></enable>\n	</unbound>\n';
const mark = (says: string) => `			           ^^^^^^^^ error: ${says}\n`;
const only = 'The only DNS server that clients on LAN are given is';

test('dhcp-dns-not-vip: an address of one node alone, this one’s or the other’s', () => {
  const own = `${only} 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.`;
  checkRule(rule, node(2, servers('10.0.0.2') + mark(own)));
  const other = `${only} 10.0.0.2, the primary's own address, instead of the CARP VIP 10.0.0.1.`;
  checkRule(rule, pair(node(2, servers('10.0.0.1')), node(3, servers('10.0.0.2') + mark(other))));
  checkFix(rule, { before: node(2, servers('10.0.0.2')), after: node(2, servers('10.0.0.1')) });
});

test('dhcp-dns-not-vip: none at all while the firewall answers names', () => {
  const says =
    "error: No DNS server is set for LAN, so clients are given 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.";
  checkRule(rule, node(2, `			<dnsserver></dnsserver>\n			 ^^^^^^^^^ ${says}\n`, resolver));
  checkRule(rule, node(2, '', resolver).replace('		<lan>\n', `		<lan>\n		 ^^^ ${says}\n`));
  checkFix(rule, { before: node(2, '', resolver), after: node(2, servers('10.0.0.1'), resolver) });
  checkFix(rule, {
    before: node(2, '			<dnsserver></dnsserver>\n', resolver.replaceAll('unbound', 'dnsmasq')),
    after: node(2, servers('10.0.0.1'), resolver.replaceAll('unbound', 'dnsmasq')),
  });
});

test('dhcp-dns-not-vip: none at all while the system’s servers are handed out', () => {
  checkRule(rule, node(2, ''));
  checkRule(rule, node(2, '', resolver.replace('<enable></enable>', '<port></port>')));
});

test('dhcp-dns-not-vip: a list with somewhere else to turn to', () => {
  checkRule(rule, node(2, servers('10.0.0.1'), resolver));
  checkRule(rule, node(2, servers('192.0.2.53'), resolver));
  checkRule(rule, node(2, servers('10.0.0.2', '10.0.0.3'), resolver));
  checkRule(rule, node(2, servers('10.0.0.2', '192.0.2.53'), resolver));
});

test('dhcp-dns-not-vip: an additional pool and a static mapping inherit, but may name a wrong one', () => {
  const rest = (address: string, line: string) => `${servers('10.0.0.1')}			<pool>
				<dnsserver></dnsserver>
			</pool>
			<staticmap>
				<mac>00:00:5e:00:53:20</mac>
				<dnsserver>${address}</dnsserver>
${line}			</staticmap>
`;
  const says = `${only} 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.`;
  checkRule(rule, node(2, rest('10.0.0.2', `	${mark(says)}`), resolver));
  checkFix(rule, { before: node(2, rest('10.0.0.2', '')), after: node(2, rest('10.0.0.1', '')) });
});

test('dhcp-dns-not-vip: silent without a VIP in the subnet, and where nothing is served', () => {
  const wrong = node(2, servers('10.0.0.2'));
  checkRule(rule, wrong.replace('<mode>carp</mode>', '<mode>ipalias</mode>'));
  checkRule(rule, wrong.replace('<subnet>10.0.0.1</subnet>', '<subnet>10.9.0.1</subnet>'));
  checkRule(rule, wrong.replace('			<enable></enable>\n', ''));
  checkRule(rule, wrong.replace('<lan><enable></enable>', '<lan>'));
});
