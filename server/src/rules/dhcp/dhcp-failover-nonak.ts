import { readDhcpBackend } from '../../model/dhcp.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { removeElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-failover-nonak',
  topic: 'dhcp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Denied clients are not ignored where a fail-over peer is set.',
  why: `"Ignore denied clients" and a fail-over peer exclude each other. pfSense's form refuses to save both, so that nothing else on the page
can be saved either until one of them goes; a file that has both, by synchronisation, by hand or by another tool, runs with the
fail-over and **without** the setting: denied clients get an answer.

Kea reads neither of the two, and without a fail-over peer the setting works.

Source: pfSense \`src/usr/local/www/services_dhcp.php\`, \`src/etc/inc/services.inc\`.`,
  messages: {
    both: '{interface} has a fail-over peer, so "Ignore denied clients" has no effect and pfSense saves no change to its DHCP settings.',
  },
  fix: 'Removes the setting, which has no effect.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
			<nonak></nonak>
			 ^^^^^ warning: LAN has a fail-over peer, so "Ignore denied clients" has no effect and pfSense saves no change to its DHCP settings.
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
		</lan>
	</dhcpd>
`,
  },
  *check({ node }) {
    if (node.query(readDhcpBackend).value === 'kea') return;
    for (const { scope } of node.query(readServedScopes).values()) {
      const flag = scope.element.child('nonak');
      if (!flag || !scope.failoverPeer) continue;
      yield {
        at: flag.namePlace,
        message: 'both',
        data: { interface: interfaceName(node, scope.key) },
        related: [{ at: scope.failoverPeer.element.contentPlace, message: 'The fail-over peer.' }],
        fixes: () => [
          {
            title: 'Remove nonak',
            applicability: 'suggestion',
            edits: [{ document: node.document, edits: [removeElement(flag)] }],
          },
        ],
      };
    }
  },
});
