import { type Address, contains, formatAddress, formatSubnet, parseAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readDhcpBackend } from '../../model/dhcp.ts';
import { readServedScopes, type ServedScope } from '../../model/dhcpPools.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace, type Read } from '../../model/read.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'dhcp-failover-peer',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: "The fail-over peer of an interface is the other node's own address on that interface.",
  why: `ISC DHCP servers in fail-over talk to each other over the network that they serve, to the address that each names as
its peer. With any other address they never meet: both wait in \`recover\` or \`communications-interrupted\` and give away
only their own half of the pool.

- A **virtual IP** is on whichever node is master, which may be this one.
- An address on **another interface**, such as SYNC, is refused: pfSense takes the role (primary or secondary) from a
  CARP VIP on the interface only where the peer lies in the interface's subnet.
- A peer on **one node only** waits for a partner that does not know of it.

Where DHCP is synchronised, the primary writes its own address as the secondary's peer. Kea does not read this setting;
its high availability is \`kea/ha\`. Nothing is said about an interface where neither node names a peer: two servers with
a split pool need none. A hostname instead of an address is left alone.

Source: Netgate's documentation, "DHCP failover"; pfSense \`src/etc/inc/services.inc\`, \`src/etc/rc.filter_synchronize\`.`,
  messages: {
    own: "The fail-over peer of {interface}, {address}, is this node's own address; it must be {wanted}.",
    vip: 'The fail-over peer of {interface}, {address}, is a virtual IP; it must be {wanted}.',
    otherInterface:
      'The fail-over peer of {interface}, {address}, is the address of {there} on {other}; it must be {wanted}.',
    outside: 'The fail-over peer of {interface}, {address}, lies outside of {subnet}; it must be {wanted}.',
    different: 'The fail-over peer of {interface} is {address}; it must be {wanted}.',
    missing: '{interface} has no fail-over peer, while {there} names one; it must be {wanted}.',
  },
  fix: "Sets the other node's address on that interface.",
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>172.16.1.3</failover_peerip>
			                 ^^^^^^^^^^ error: The fail-over peer of LAN, 172.16.1.3, is the address of the secondary on SYNC (opt1); it must be 10.0.0.3, the secondary's address on LAN.
		</lan>
	</dhcpd>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.2</failover_peerip>
		</lan>
	</dhcpd>
`,
    right: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.3</failover_peerip>
		</lan>
	</dhcpd>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<failover_peerip>10.0.0.2</failover_peerip>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    if (node.query(readDhcpBackend).value === 'kea') return;
    for (const served of node.query(readServedScopes).values()) {
      const { failoverPeer, element } = served.scope;
      const expected = peer && peerAddress(peer, served);
      const problem = failoverPeer
        ? judge({ node, peer, served, failoverPeer, expected })
        : peer && expected && namesPeer(peer, served) && ({ message: 'missing' } as const);
      if (!problem) continue;
      const [there, name] = [otherNode(role), interfaceName(node, served.scope.key)];
      yield {
        at: childPlace(element, 'failover_peerip'),
        message: problem.message,
        data: {
          interface: name,
          address: failoverPeer?.value ?? '',
          other: problem.message === 'otherInterface' ? problem.other : '',
          subnet: formatSubnet(served.ipv4.subnet),
          there,
          wanted: `${expected ? `${formatAddress(expected.value)}, ` : ''}${there}'s address on ${name}`,
        },
        related: expected
          ? [{ at: expected.element.contentPlace, message: `The address of ${there} on ${name}.` }]
          : [],
        fixes: () => (expected ? [setPeer(node, served, expected.value)] : []),
      };
    }
  },
});

interface Case {
  readonly node: Config;
  readonly peer: Config | undefined;
  readonly served: ServedScope;
  readonly failoverPeer: Read<string>;
  readonly expected: Read<Address> | undefined;
}

type Problem =
  | { readonly message: 'own' | 'vip' | 'outside' | 'different' | 'missing' }
  | { readonly message: 'otherInterface'; readonly other: string };

/** What is wrong with a peer that is set; absent where nothing is, and where the text is no address. */
function judge({ node, peer, served, failoverPeer, expected }: Case): Problem | undefined {
  const address = parseAddress(failoverPeer.value);
  if (address?.family !== 4 || (expected && sameAddress(address, expected.value))) return undefined;
  if (hasAddress(node, address) !== undefined) return { message: 'own' };
  if (node.query(readVirtualIps).some(vip => vip.address && sameAddress(vip.address.value, address))) {
    return { message: 'vip' };
  }
  const key = peer && hasAddress(peer, address);
  if (expected && peer && key !== undefined) return { message: 'otherInterface', other: interfaceName(peer, key) };
  if (!contains(served.ipv4.subnet, address)) return { message: 'outside' };
  return expected ? { message: 'different' } : undefined;
}

/** The key of the interface that has the address; absent where none has. */
function hasAddress(config: Config, address: Address): string | undefined {
  const found = [...config.query(readInterfaces).values()].find(
    each => each.ipv4 && sameAddress(each.ipv4.address.value, address),
  );
  return found?.key;
}

/** What the other node has on the interface; absent where that can be no peer: disabled, in another network, or this node's own address. */
function peerAddress(peer: Config, { scope, ipv4 }: ServedScope): Read<Address> | undefined {
  const other = peer.query(readInterfaces).get(scope.key);
  if (!other?.isEnabled || !other.ipv4 || !contains(ipv4.subnet, other.ipv4.address.value)) return undefined;
  return sameAddress(other.ipv4.address.value, ipv4.address.value) ? undefined : other.ipv4.address;
}

function namesPeer(peer: Config, { scope }: ServedScope): boolean {
  if (peer.query(readDhcpBackend).value === 'kea') return false;
  return peer.query(readServedScopes).get(scope.key)?.scope.failoverPeer !== undefined;
}

function setPeer(node: Config, { scope }: ServedScope, address: Address): Fix {
  const text = formatAddress(address);
  return {
    title: `Set the fail-over peer to ${text}`,
    // A peer that is wrong can be nothing else; one that is missing may be missing on purpose.
    applicability: scope.failoverPeer ? 'safe' : 'suggestion',
    edits: [
      {
        document: node.document,
        edits: [setChildText(node, scope.element, { name: 'failover_peerip', text, after: ['range'] })],
      },
    ],
  };
}
