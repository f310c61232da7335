import {
  type Address,
  broadcastAddress,
  contains,
  formatAddress,
  formatSubnet,
  networkAddress,
  type Subnet,
  sameAddress,
} from '../../model/address.ts';
import type { DhcpRange } from '../../model/dhcp.ts';
import { formatStretch, movedInto, readServedScopes, type Stretch, stretchOf } from '../../model/dhcpPools.ts';
import { freePart, poolEdits, type ServedBy } from '../../model/dhcpTaken.ts';
import { interfaceName } from '../../model/interfaces.ts';
import type { Read } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-pool-outside-subnet',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: "Every pool lies in its interface's subnet, on host addresses, and begins before it ends.",
  why: `pfSense leaves out a pool that does not lie in the subnet of its interface: nobody on that network gets an address, and
the only trace is a notice, "Invalid DHCP pool". It happens when an interface is given another network and its DHCP
settings are forgotten, or when the settings come from the other node, whose interface has another network.

The network address, the broadcast address and a pool whose ends are swapped are refused by pfSense's page, but a file
may hold them.

Looked at are enabled servers on enabled interfaces with a static address, and of these every pool.

Source: pfSense \`src/etc/inc/services.inc\`, \`src/usr/local/www/services_dhcp.php\`.`,
  messages: {
    swapped: 'The pool of {interface} begins at {from}, behind its end {to}.',
    outside: 'The pool of {interface}, {pool}, lies outside of {subnet}.',
    beginsOutside: 'The pool of {interface} begins at {address}, outside of {subnet}.',
    endsOutside: 'The pool of {interface} ends at {address}, outside of {subnet}.',
    network: 'The pool of {interface} begins at {address}, the network address of {subnet}.',
    broadcast: 'The pool of {interface} ends at {address}, the broadcast address of {subnet}.',
  },
  fix: 'Shrinks the pool to the subnet, moves it there with the same host part, or swaps its ends; on both nodes where both have the same pool.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>192.168.1.100</from>
				      ^^^^^^^^^^^^^ error: The pool of LAN, 192.168.1.100–192.168.1.199, lies outside of 10.0.0.0/24.
				<to>192.168.1.199</to>
			</range>
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
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.199</to>
			</range>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer }) {
    for (const served of node.query(readServedScopes).values()) {
      const { subnet } = served.ipv4;
      // pfSense offers no DHCP server on a network of two addresses or one.
      if (subnet.prefixLength > 30) continue;
      for (const { range } of served.scope.pools) {
        const wrong = range && misplaced(range, subnet);
        if (!wrong) continue;
        const { end, message } = wrong;
        yield {
          at: end.element.contentPlace,
          message,
          data: {
            interface: interfaceName(node, served.scope.key),
            address: formatAddress(end.value),
            from: formatAddress(range.from.value),
            to: formatAddress(range.to.value),
            pool: formatStretch(stretchOf(range)),
            subnet: formatSubnet(subnet),
          },
          related: [
            {
              at: served.ipv4.address.element.contentPlace,
              message: `The interface's address, in ${formatSubnet(subnet)}.`,
            },
          ],
          fixes: () => repairs({ node, peer, served }, range),
        };
      }
    }
  },
});

type Problem = 'swapped' | 'outside' | 'beginsOutside' | 'endsOutside' | 'network' | 'broadcast';

function misplaced(
  { from, to }: DhcpRange,
  subnet: Subnet,
): { readonly end: Read<Address>; readonly message: Problem } | undefined {
  if (from.value.bits > to.value.bits) return { end: from, message: 'swapped' };
  const [isFromIn, isToIn] = [contains(subnet, from.value), contains(subnet, to.value)];
  const isAround = from.value.bits < subnet.first && subnet.last < to.value.bits;
  if (!isFromIn && !isToIn && !isAround) return { end: from, message: 'outside' };
  if (!isFromIn) return { end: from, message: 'beginsOutside' };
  if (!isToIn) return { end: to, message: 'endsOutside' };
  const [network, broadcast] = [networkAddress(subnet), broadcastAddress(subnet)];
  if (network && sameAddress(from.value, network)) return { end: from, message: 'network' };
  if (broadcast && sameAddress(to.value, broadcast)) return { end: to, message: 'broadcast' };
  return undefined;
}

function repairs(by: ServedBy, range: DhcpRange): Fix[] {
  const written = stretchOf(range);
  const ordered = written.from > written.to ? { from: written.to, to: written.from } : written;
  const { subnet } = by.served.ipv4;
  const moved = movedInto(subnet, ordered);
  const pool = freePart(by, ordered) ?? (moved && freePart(by, moved));
  if (!pool) return [];
  const edits = poolEdits(by, { range, pool });
  return [
    {
      title: `${verb({ written, ordered, pool })} ${formatStretch(pool)}${edits.length > 1 ? ' on both nodes' : ''}`,
      applicability: 'suggestion',
      edits: edits.map(each => ({ document: each.config.document, edits: each.edits })),
    },
  ];
}

function verb(pools: { readonly written: Stretch; readonly ordered: Stretch; readonly pool: Stretch }): string {
  const { written, ordered, pool } = pools;
  if (pool.from > ordered.to || pool.to < ordered.from) return 'Move the pool to';
  return written === ordered ? 'Shrink the pool to' : 'Set the pool to';
}
