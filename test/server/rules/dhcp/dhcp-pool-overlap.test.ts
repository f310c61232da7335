import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-pool-overlap.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

function node(last: number, scope: string, more = ''): string {
  return `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
${more}	<dhcpd>
		<lan>
			<enable></enable>
${scope}		</lan>
	</dhcpd>
`;
}

function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

const range = (from: number, to: number) => `			<range>
				<from>10.0.0.${from}</from>
				<to>10.0.0.${to}</to>
			</range>
`;
const peerOf = (last: number) => `			<failover_peerip>10.0.0.${last}</failover_peerip>\n`;
const vip =
  '	<virtualip>\n		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>0</advskew><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>\n	</virtualip>\n';
const sync =
  '	<hasync>\n		<synchronizedhcpd>on</synchronizedhcpd>\n		<synchronizetoip>172.16.1.3</synchronizetoip>\n	</hasync>\n';

test('dhcp-pool-overlap: an end that reaches into the other pool', () => {
  const marked = `			<range>
				<from>10.0.0.50</from>
				<to>10.0.0.120</to>
				    ^^^^^^^^^^ error: The pools of LAN overlap: both nodes give away 10.0.0.100–10.0.0.120, and no fail-over is set up between them.
			</range>
`;
  checkRule(rule, pair(node(2, range(100, 199)), node(3, marked)));
  checkFix(rule, {
    before: pair(node(2, range(100, 199)), node(3, range(50, 120))),
    after: pair(node(2, range(100, 199)), node(3, range(50, 99))),
    title: "Set the secondary's pool to 10.0.0.50–10.0.0.99",
  });
});

test('dhcp-pool-overlap: equal pools are split, where the sync does not make them equal again', () => {
  checkFix(rule, {
    before: pair(node(2, range(100, 199)), node(3, range(100, 199))),
    after: pair(node(2, range(100, 149)), node(3, range(150, 199))),
    title: 'Split the pool: 10.0.0.100–10.0.0.149 for the primary, 10.0.0.150–10.0.0.199 for the secondary',
  });
  checkNoFix(rule, pair(node(2, range(100, 199), sync), node(3, range(100, 199))));
});

test('dhcp-pool-overlap: fail-over is set up on both nodes, where a CARP VIP gives them their roles', () => {
  checkFix(rule, {
    before: pair(node(2, range(100, 199), vip + sync), node(3, range(100, 180), vip)),
    after: pair(node(2, range(100, 199) + peerOf(3), vip + sync), node(3, range(100, 199) + peerOf(2), vip)),
    title: 'Set up fail-over for LAN with the pool 10.0.0.100–10.0.0.199 on both nodes',
  });
});

test('dhcp-pool-overlap: fail-over on either node, or in Kea, is another matter', () => {
  checkRule(rule, pair(node(2, range(100, 199) + peerOf(3)), node(3, range(100, 199))));
  const ha = '	<dhcpbackend>kea</dhcpbackend>\n	<kea>\n		<ha><enable></enable></ha>\n	</kea>\n';
  checkRule(rule, pair(node(2, range(100, 199), ha), node(3, range(100, 199), ha)));
});

test("dhcp-pool-overlap: with Kea a fail-over peer is no fail-over, and ISC's is none to set up", () => {
  const kea = '	<version>23.3</version>\n	<dhcpbackend>kea</dhcpbackend>\n';
  checkNoFix(
    rule,
    pair(node(2, range(100, 199) + peerOf(3), vip + sync + kea), node(3, range(100, 199) + peerOf(2), vip + kea)),
  );
});

test("dhcp-pool-overlap: a pool for known clients only is nobody else's", () => {
  const known = '			<denyunknown>enabled</denyunknown>\n';
  checkRule(rule, pair(node(2, range(100, 199) + known), node(3, range(100, 199) + known)));
});

test('dhcp-pool-overlap: silent where only one node serves, or other networks', () => {
  const two = pair(node(2, range(100, 199)), node(3, range(100, 199)));
  checkRule(rule, two.replace('			<enable></enable>\n', ''));
  checkRule(rule, two.replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, two.replace('<ipaddr>10.0.0.3<', '<ipaddr>10.7.0.3<'));
});

test('dhcp-pool-overlap: of networks with CARP VIPs and a Kea that has high availability kea-ha-missing tells', () => {
  const kea = '	<version>24.0</version>\n	<dhcpbackend>kea</dhcpbackend>\n';
  checkRule(rule, pair(node(2, range(100, 199), vip + kea), node(3, range(100, 199), vip + kea)));
  checkNoFix(rule, pair(node(2, range(100, 100), vip + kea), node(3, range(100, 100), kea)));
});
