import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-failover-peer.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

/** A node with LAN and SYNC, a DHCP server on LAN, and what else the test wants at the top level. */
function node(last: number, scope: string, more = ''): string {
  return `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.${last}</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
${more}	<dhcpd>
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

const peerOf = (address: string) => `			<failover_peerip>${address}</failover_peerip>\n`;
const marked = (address: string, message: string) =>
  `${peerOf(address)}			                 ${'^'.repeat(address.length)} error: ${message}\n`;

test("dhcp-failover-peer: a VIP is nobody's own address", () => {
  const message =
    "The fail-over peer of LAN, 10.0.0.1, is a virtual IP; it must be 10.0.0.3, the secondary's address on LAN.";
  checkRule(rule, pair(node(2, marked('10.0.0.1', message)), node(3, peerOf('10.0.0.2'))));
});

test("dhcp-failover-peer: the node's own address, on the secondary that the sync has given its own", () => {
  const message =
    "The fail-over peer of LAN, 10.0.0.3, is this node's own address; it must be 10.0.0.2, the primary's address on LAN.";
  checkRule(rule, pair(node(2, peerOf('10.0.0.3')), node(3, marked('10.0.0.3', message))));
});

test('dhcp-failover-peer: an address that neither has', () => {
  const message = "The fail-over peer of LAN is 10.0.0.9; it must be 10.0.0.3, the secondary's address on LAN.";
  checkRule(rule, pair(node(2, marked('10.0.0.9', message)), node(3, peerOf('10.0.0.2'))));
});

test('dhcp-failover-peer: without the other file, what is wrong on its own is said, and there is nothing to set', () => {
  const outside =
    "The fail-over peer of LAN, 172.16.1.3, lies outside of 10.0.0.0/24; it must be the other node's address on LAN.";
  checkRule(rule, node(2, marked('172.16.1.3', outside)));
  checkNoFix(rule, node(2, peerOf('172.16.1.3')));
  checkRule(rule, node(2, peerOf('10.0.0.9')));
});

test('dhcp-failover-peer: a peer on one node only stands on the empty element of the other', () => {
  const empty = `			<failover_peerip></failover_peerip>
			 ^^^^^^^^^^^^^^^ error: LAN has no fail-over peer, while the primary names one; it must be 10.0.0.2, the primary's address on LAN.
`;
  checkRule(rule, pair(node(2, peerOf('10.0.0.3')), node(3, empty)));
  checkFix(rule, {
    before: pair(node(2, peerOf('10.0.0.3')), node(3, empty)),
    after: pair(node(2, peerOf('10.0.0.3')), node(3, peerOf('10.0.0.2'))),
    title: 'Set the fail-over peer to 10.0.0.2',
  });
});

test('dhcp-failover-peer: a missing element is put behind the range', () => {
  checkFix(rule, {
    before: pair(node(2, peerOf('10.0.0.3')), node(3, '')),
    after: pair(node(2, peerOf('10.0.0.3')), node(3, peerOf('10.0.0.2'))),
  });
});

test('dhcp-failover-peer: a wrong one is replaced', () => {
  checkFix(rule, {
    before: pair(node(2, peerOf('172.16.1.3')), node(3, peerOf('10.0.0.2'))),
    after: pair(node(2, peerOf('10.0.0.3')), node(3, peerOf('10.0.0.2'))),
  });
});

test('dhcp-failover-peer: nobody is made to have one', () => {
  checkRule(rule, pair(node(2, ''), node(3, '')));
});

test('dhcp-failover-peer: Kea does not read it', () => {
  const kea = '	<dhcpbackend>kea</dhcpbackend>\n';
  checkRule(rule, pair(node(2, peerOf('172.16.1.3'), kea), node(3, '', kea)));
});

test('dhcp-failover-peer: a server that is off, an interface that is off or has no static address', () => {
  const off = (text: string) => text.replace('			<enable></enable>\n', '');
  checkRule(rule, pair(off(node(2, peerOf('172.16.1.3'))), node(3, '')));
  checkRule(rule, pair(node(2, peerOf('10.0.0.3')), off(node(3, ''))));
  checkRule(rule, node(2, peerOf('172.16.1.3')).replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, node(2, peerOf('172.16.1.3')).replace('<ipaddr>10.0.0.2</ipaddr>', '<ipaddr>dhcp</ipaddr>'));
});

test('dhcp-failover-peer: where both nodes claim one address, that must be settled first', () => {
  checkRule(rule, pair(node(2, peerOf('10.0.0.9')), node(2, peerOf('10.0.0.9'))));
});

test('dhcp-failover-peer: a hostname may well be the other node', () => {
  checkRule(rule, pair(node(2, peerOf('fw-b.example.org')), node(3, peerOf('10.0.0.2'))));
});
