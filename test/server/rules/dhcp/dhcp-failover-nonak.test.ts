import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-failover-nonak.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

const node = (scope: string) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
${scope}		</lan>
	</dhcpd>
`;
const peer = '			<failover_peerip>10.0.0.3</failover_peerip>\n';
const flag = '			<nonak></nonak>\n';
const says =
  'LAN has a fail-over peer, so "Ignore denied clients" has no effect and pfSense saves no change to its DHCP settings.';

test('dhcp-failover-nonak: both at once, and the flag is removed', () => {
  checkRule(rule, node(`${flag}			 ^^^^^ warning: ${says}\n${peer}`));
  checkFix(rule, { before: node(flag + peer), after: node(peer) });
});

test('dhcp-failover-nonak: each alone is well', () => {
  checkRule(rule, node(flag));
  checkRule(rule, node(`${flag}			<failover_peerip></failover_peerip>\n`));
  checkRule(rule, node(peer));
});

test('dhcp-failover-nonak: silent with Kea, and where nothing is served', () => {
  checkRule(rule, `	<dhcpbackend>kea</dhcpbackend>\n${node(flag + peer)}`);
  checkRule(rule, node(flag + peer).replace('			<enable></enable>\n', ''));
  checkRule(rule, node(flag + peer).replace('<lan><enable></enable>', '<lan>'));
});
