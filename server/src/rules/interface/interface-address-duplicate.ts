import {
  type Address,
  contains,
  formatAddress,
  nextFreeAddress,
  parseAddress,
  sameAddress,
} from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { addressOf, readHaSync } from '../../model/hasync.ts';
import { sharedInterfaces } from '../../model/interfacePairs.ts';
import { type InterfaceAddress, interfaceName } from '../../model/interfaces.ts';
import { valuePlace } from '../../model/read.ts';
import { takenAddresses } from '../../model/takenAddresses.ts';
import { setText } from '../../model/write.ts';
import type { Role } from '../../pair/manifest.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'interface-address-duplicate',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'Each node has addresses of its own.',
  why: `Both nodes are up at the same time, and only a CARP VIP may move between them. Two nodes with one interface address fight
for it by ARP: connections break, the sync reaches the wrong node, and CARP may stay MASTER on both. It is usually left over from
copying the primary's config to the secondary.

Tunnels (OpenVPN, WireGuard, IPsec, GIF, GRE) may carry the same address on both nodes, because only the master's is in use.
Link-local IPv6 addresses and interfaces that either node has disabled say nothing.

Source: Netgate's documentation, "Configuring High Availability" (addressing); pfSense/docs "Troubleshooting High Availability".`,
  fix: `Gives the secondary the address by which the primary reaches it for pfsync or the configuration sync, else the next one of
the network; in either case one that no node, VIP, gateway, static mapping or DHCP pool holds. Where the primary reaches it by
the very address that both have, that is the secondary's, and the primary gets the one by which the secondary reaches it, if the
secondary has one.`,
  messages: {
    duplicate: '{title} has {address} on both nodes; only a CARP VIP may be shared.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>192.168.1.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>192.168.1.2</ipaddr><subnet>24</subnet></lan>
		                                           ^^^^^^^^^^^ error: LAN has 192.168.1.2 on both nodes; only a CARP VIP may be shared.
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>192.168.1.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>192.168.1.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of sharedInterfaces(primary, secondary)) {
      for (const family of ['ipv4', 'ipv6'] as const) {
        const [here, there] = [pair.primary[family], pair.secondary[family]];
        if (!here || !there || !sameAddress(here.address.value, there.address.value)) continue;
        if (isLocal(there.address.value)) continue;
        const address = formatAddress(there.address.value);
        yield {
          at: valuePlace(there.address.element),
          message: 'duplicate',
          data: { title: interfaceName(secondary, pair.key), address },
          related: [{ at: valuePlace(here.address.element), message: `The primary has ${address} too.` }],
          fixes: () =>
            [primary, secondary].some(node => namesOtherPeer(node, pair.key, there.address.value))
              ? []
              : fixesOf(primary, secondary, { here, there }),
        };
      }
    }
  },
});

/** Loopback (127.0.0.0/8, ::1) and link-local (fe80::/10) addresses mean the node itself or the wire alone. */
function isLocal({ family, bits }: Address): boolean {
  return family === 4 ? bits >> 24n === 127n : bits === 1n || bits >> 118n === 0x3fan;
}

/** Whether the node's DHCP fail-over looks for its peer elsewhere: then which node has the wrong address is for a person to say. */
function namesOtherPeer(node: Config, key: string, shared: Address): boolean {
  const named = node.query(readServedScopes).get(key)?.scope.failoverPeer?.value;
  const address = named === undefined ? undefined : parseAddress(named);
  return address !== undefined && !sameAddress(address, shared);
}

/** The address is the secondary's where the primary synchronises to it, and then the primary is the one that has another. */
function fixesOf(
  primary: Config,
  secondary: Config,
  { here, there }: { readonly here: InterfaceAddress; readonly there: InterfaceAddress },
): Fix[] {
  const isElsewhere = takenAddresses([primary, secondary], 'hasync');
  const isFree = (address: Address) => contains(there.subnet, address) && !isElsewhere(address);
  const shared = there.address.value;
  if (peersOf(primary).some(peer => sameAddress(peer, shared))) {
    const wanted = peersOf(secondary).find(isFree);
    return wanted ? [setAddress(primary, here, { wanted, node: 'primary' })] : [];
  }
  const next = { family: shared.family, bits: shared.bits + 1n };
  const isTaken = takenAddresses([primary, secondary]);
  const wanted = peersOf(primary).find(isFree) ?? nextFreeAddress(there.subnet, next, isTaken);
  return wanted ? [setAddress(secondary, there, { wanted, node: 'secondary' })] : [];
}

/** Where a node reaches the other one, as its high availability says. */
function peersOf(node: Config): readonly Address[] {
  const { pfsyncPeer, synchronizeToIp } = node.query(readHaSync);
  return [pfsyncPeer, synchronizeToIp].flatMap(each => addressOf(each)?.value ?? []);
}

function setAddress(
  config: Config,
  { address }: InterfaceAddress,
  { wanted, node }: { readonly wanted: Address; readonly node: Role },
): Fix {
  const text = formatAddress(wanted);
  const edits = [setText(config, address.element, text)];
  const title = `Set ${text} on the ${node}`;
  return { title, applicability: 'suggestion', edits: [{ document: config.document, edits }] };
}
