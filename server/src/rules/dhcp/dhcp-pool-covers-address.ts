import { formatAddress } from '../../model/address.ts';
import type { DhcpRange } from '../../model/dhcp.ts';
import { formatStretch, readServedScopes, type Stretch, stretchOf } from '../../model/dhcpPools.ts';
import { freePart, poolEdits, type ServedBy, type TakenAddress, takenAddresses } from '../../model/dhcpTaken.ts';
import { interfaceName } from '../../model/interfaces.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule, type Role } from '../rule.ts';
import { listed, otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'dhcp-pool-covers-address',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'No pool holds the address of a node, a virtual IP or a gateway.',
  why: `A DHCP server gives away any address of its pool. Where that is the address of one of the two nodes, a virtual IP or the
gateway, a client takes it over: the interface, or the whole network, loses its firewall until the lease ends.

A server pings an address before it gives it away, so that the mistake shows only when the holder is silent, such as a
node that is being restarted, or a VIP in the moment of a fail-over. pfSense's page refuses a pool with a virtual IP in
it, but not one that holds a node's address, and asks no more once a VIP or an address is changed later.

Looked at are enabled servers on enabled interfaces with a static address, and of these every pool. A proxy ARP network
or an alias of addresses that live elsewhere says nothing.

Source: pfSense \`src/usr/local/www/services_dhcp.php\`.`,
  messages: {
    holds: 'The pool of {interface}, {pool}, holds {addresses}.',
  },
  fix: 'Shrinks the pool to its longest part without such an address, on both nodes where both have the same pool.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.1</from>
				      ^^^^^^^^ error: The pool of LAN, 10.0.0.1–10.0.0.254, holds 10.0.0.1 (virtual IP) and 10.0.0.2 (this node).
				<to>10.0.0.254</to>
			</range>
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.254</to>
			</range>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    for (const served of node.query(readServedScopes).values()) {
      const by = { node, peer, served };
      const taken = takenAddresses(by);
      for (const { range } of served.scope.pools) {
        if (!range) continue;
        const pool = stretchOf(range);
        const held = taken.filter(({ address }) => pool.from <= address.bits && address.bits <= pool.to);
        if (held.length === 0) continue;
        const free = freePart(by, pool);
        yield {
          // The end that the repair moves is the one that is wrong.
          at: (free && free.from === pool.from ? range.to : range.from).element.contentPlace,
          message: 'holds',
          data: {
            interface: interfaceName(node, served.scope.key),
            pool: formatStretch(pool),
            addresses: listed(held.map(each => `${formatAddress(each.address)} (${holderOf(each, role)})`)),
          },
          related: held.map(each => ({
            at: each.element.contentPlace,
            message: `${formatAddress(each.address)} is taken here.`,
          })),
          fixes: () => (free ? [shrink(by, range, free)] : []),
        };
      }
    }
  },
});

function shrink(by: ServedBy, range: DhcpRange, pool: Stretch): Fix {
  const edits = poolEdits(by, { range, pool });
  return {
    title: `Shrink the pool to ${formatStretch(pool)}${edits.length > 1 ? ' on both nodes' : ''}`,
    applicability: 'suggestion',
    edits: edits.map(each => ({ document: each.config.document, edits: each.edits })),
  };
}

function holderOf({ holder }: TakenAddress, role: Role | undefined): string {
  if (holder === 'vip') return 'virtual IP';
  if (holder === 'gateway') return 'gateway';
  if (holder === 'node') return 'this node';
  return otherNode(role);
}
