import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-failover-ports-blocked.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

const node = (flags: string, peer = '10.0.0.3', rest = '') => `	<interfaces>
		<lan>
			<enable></enable>
			<if>vmx1</if>
			<ipaddr>10.0.0.2</ipaddr>
			<subnet>24</subnet>
${flags}		</lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>${peer}</failover_peerip>
		</lan>
	</dhcpd>
${rest}`;
const flag = '			<blockpriv></blockpriv>\n';
const mark =
  '			 ^^^^^^^^^ warning: LAN blocks private networks, and with them the fail-over peer 10.0.0.3: the two DHCP servers cannot talk to each other.\n';

test('dhcp-failover-ports-blocked: a private peer behind the flag', () => {
  checkRule(rule, node(flag + mark));
  checkFix(rule, { before: node(flag), after: node('') });
});

test('dhcp-failover-ports-blocked: pfSense’s own rules stand before those of people, so none of these can block', () => {
  const block =
    '	<filter>\n		<rule><type>block</type><interface>lan</interface><source><any></any></source><destination><any></any></destination></rule>\n	</filter>\n';
  checkRule(rule, node('', '10.0.0.3', block));
});

test('dhcp-failover-ports-blocked: no peer, a public peer, Kea, a bridge, nothing served', () => {
  checkRule(rule, node(flag, ''));
  checkRule(rule, node(flag, '198.51.100.3'));
  checkRule(rule, node(flag, '10.0.0.3', '	<dhcpbackend>kea</dhcpbackend>\n'));
  checkRule(
    rule,
    node(flag, '10.0.0.3', '	<bridges>\n		<bridged><members>lan,opt1</members></bridged>\n	</bridges>\n'),
  );
  checkRule(rule, node(flag).replace('<enable></enable>', ''));
});
