import { formatAddress, parseAddress } from '../../model/address.ts';
import { readDhcpBackend } from '../../model/dhcp.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { blocksAsPrivate } from '../../model/privateNetworks.ts';
import { removeElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-failover-ports-blocked',
  topic: 'dhcp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An interface whose DHCP servers keep in step does not block private networks.',
  why: `The two ISC DHCP servers talk over the ports 519 and 520. pfSense passes both by itself, from the fail-over peer, in front of every rule
of yours: none can block them. **Only “Block private networks” stands before that**, and drops what comes from a private peer. The servers
then lose sight of each other, and each keeps to its half of the pool.

The flag also drops what the clients themselves send to renew a lease, so that it has no place on an interface with a DHCP server.

Silent with Kea, with pf turned off, without a fail-over peer, with a peer that is not private, and on the member of a bridge, where pfSense blocks nothing of
the kind.

Source: pfSense \`src/etc/inc/filter.inc\` (filter_rules_generate: private networks, DHCP fail-over).`,
  messages: {
    blocks:
      '{interface} blocks private networks, and with them the fail-over peer {peer}: the two DHCP servers cannot talk to each other.',
  },
  fix: 'Takes the flag off.',
  examples: {
    wrong: `
	<interfaces>
		<lan>
			<enable></enable>
			<if>vmx1</if>
			<ipaddr>10.0.0.2</ipaddr>
			<subnet>24</subnet>
			<blockpriv></blockpriv>
			 ^^^^^^^^^ warning: LAN blocks private networks, and with them the fail-over peer 10.0.0.3: the two DHCP servers cannot talk to each other.
		</lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan>
			<enable></enable>
			<if>vmx1</if>
			<ipaddr>10.0.0.2</ipaddr>
			<subnet>24</subnet>
		</lan>
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
    for (const { scope, interface: on } of node.query(readServedScopes).values()) {
      const peer = parseAddress(scope.failoverPeer?.value ?? '');
      const flag = on.element.child('blockpriv');
      if (!peer || !flag || !scope.failoverPeer || !blocksAsPrivate(node, on, peer)) continue;
      const name = interfaceName(node, scope.key);
      yield {
        at: flag.namePlace,
        message: 'blocks',
        data: { interface: name, peer: formatAddress(peer) },
        related: [{ at: scope.failoverPeer.element.contentPlace, message: 'The fail-over peer.' }],
        fixes: () => [
          {
            title: `Stop blocking private networks on ${name}`,
            applicability: 'suggestion',
            edits: [{ document: node.document, edits: [removeElement(flag)] }],
          },
        ],
      };
    }
  },
});
