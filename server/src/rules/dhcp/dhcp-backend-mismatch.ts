import type { Config } from '../../model/config.ts';
import { readDhcpBackend, readDhcpScopes } from '../../model/dhcp.ts';
import { valuePlace } from '../../model/read.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'dhcp-backend-mismatch',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes run the same DHCP server, Kea or ISC.',
  why: `Kea and ISC DHCP do not speak with each other: ISC's fail-over knows only ISC, Kea's high availability only Kea. With one of
each, both nodes serve on their own and give the same address to two clients, and no lease survives a fail-over.

\`dhcpbackend\` is never synchronised, each node is switched by itself (System > Advanced > Networking), so that one is easily
forgotten. **A missing element means ISC.** There is no quick fix, because the switch is only half of it: what the other server
needs for high availability is another setting, on both nodes. Nodes on which no interface has a DHCP server say nothing.

Source: Netgate's documentation, "Convert a high availability cluster to Kea"; pfSense \`src/etc/inc/pfsense-utils.inc\`
(dhcp_is_backend), \`src/etc/rc.filter_synchronize\`.`,
  messages: {
    differs: 'The secondary runs the DHCP server of {secondary}, the primary that of {primary}; they share no leases.',
  },
  examples: {
    wrong: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<dhcpd>
		<lan>
			<enable></enable>
		</lan>
	</dhcpd>
--- secondary.xml
	<dhcpbackend>isc</dhcpbackend>
	             ^^^ error: The secondary runs the DHCP server of ISC, the primary that of Kea; they share no leases.
	<dhcpd>
		<lan>
			<enable></enable>
		</lan>
	</dhcpd>
`,
    right: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<dhcpd>
		<lan>
			<enable></enable>
		</lan>
	</dhcpd>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<dhcpd>
		<lan>
			<enable></enable>
		</lan>
	</dhcpd>
`,
  },
  *check({ primary, secondary }) {
    const [first, second] = [primary.query(readDhcpBackend), secondary.query(readDhcpBackend)];
    if (first.value === second.value || ![primary, secondary].some(serves)) return;
    const section = secondary.top('dhcpd') ?? secondary.top('dhcpdv6');
    const at = second.element ? valuePlace(second.element) : section?.namePlace;
    if (!at) return;
    yield {
      at,
      message: 'differs',
      data: { primary: shown(first.value), secondary: shown(second.value) },
      related: first.element ? [{ at: valuePlace(first.element), message: "The primary's DHCP server." }] : [],
    };
  },
});

function shown(backend: 'isc' | 'kea'): string {
  return backend === 'kea' ? 'Kea' : 'ISC';
}

function serves(config: Config): boolean {
  if ([...config.query(readDhcpScopes).values()].some(scope => scope.isEnabled)) return true;
  return (config.top('dhcpdv6')?.children() ?? []).some(scope => scope.child('enable') !== undefined);
}
