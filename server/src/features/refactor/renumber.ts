import {
  type Address,
  contains,
  containsSubnet,
  formatSubnet,
  hostRange,
  overlaps,
  parseAddress,
  parseSubnet,
  type Subnet,
  sameSubnet,
} from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { hasKnownStructure } from '../../model/structure.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import type { DocumentEdit } from '../../rules/finding.ts';
import type { Snapshot } from '../snapshot.ts';
import { editsOf, itemAsked, type Question } from './refactoring.ts';
import { renumberTexts } from './renumberedTexts.ts';

/** A network of an interface that can be given another number. */
export interface Renumberable {
  readonly interfaceKey: string;
  readonly family: 4 | 6;
  /** What people call the interface. */
  readonly interfaceName: string;
  /** Such as `10.0.0.0/24`. */
  readonly subnet: string;
}

export type Renumbering =
  | {
      readonly edits: readonly DocumentEdit[];
      /** How many texts that the schema does not call addresses mention addresses of the network, and stay as they are. */
      readonly left: number;
    }
  /** Why it cannot be done, in one sentence. */
  | { readonly refusal: string };

/** The networks of the interface that the place is in: those of its static addresses. */
export function renumberableAt(question: Question): readonly Renumberable[] {
  const { config } = question.snapshot;
  const element = itemAsked(question, 'interfaces/*');
  const one = element && config.query(readInterfaces).get(element.name);
  if (!one?.element.is(element)) return [];
  return ([4, 6] as const).flatMap(family => {
    const own = subnetOfFamily(one, family);
    if (!own) return [];
    const { key } = one;
    return [{ interfaceKey: key, family, interfaceName: interfaceName(config, key), subnet: formatSubnet(own) }];
  });
}

/**
 * Gives the network of an interface another number, on both nodes where both have it: in the interface, virtual IPs, DHCP,
 * gateways, aliases, rules, and wherever else the schema says that an address stands. Each host keeps its number in the
 * network; where one of the two networks holds the other, each host keeps its address.
 *
 * @param subnet as a person has written it, such as `10.1.0.0/24`
 */
export function renumber(
  { config, peer }: Snapshot,
  { interfaceKey, subnet }: { readonly interfaceKey: string; readonly subnet: string },
): Renumbering {
  const to = parseSubnet(subnet.trim());
  if (!to) return { refusal: 'Write a network such as 10.1.0.0/24.' };
  const from = subnetOn(config, interfaceKey, to.family);
  const name = interfaceName(config, interfaceKey);
  if (!from) return { refusal: `${name} has no static IPv${to.family} address.` };
  const own: Renumbered = { config, interfaceKey, from, to };
  // The peer may name addresses of the network without an interface in it: a gateway, the target of its synchronisation.
  const nodes = peer ? [own, { ...own, config: peer }] : [own];
  const refusal =
    (sameSubnet(from, to) ? `${formatSubnet(to)} is the network that ${name} has.` : undefined) ??
    sizeRefusal(to) ??
    (peer && peerRefusal(peer, own)) ??
    nodes.map(conflict).find(each => each !== undefined);
  if (refusal !== undefined) return { refusal };
  const texts = nodes.map(node => renumberTexts(node.config, { from, to }));
  for (const each of texts) if ('refusal' in each) return each;
  const done = texts.flatMap(each => ('refusal' in each ? [] : [each]));
  return {
    edits: done.flatMap(({ edits }, i) => editsOf(nodes[i]!.config, edits)),
    left: done.reduce((sum, each) => sum + each.left, 0),
  };
}

interface Renumbered {
  readonly config: Config;
  readonly interfaceKey: string;
  readonly from: Subnet;
  readonly to: Subnet;
}

function subnetOfFamily(one: Interface | undefined, family: 4 | 6): Subnet | undefined {
  return (family === 4 ? one?.ipv4 : one?.ipv6)?.subnet;
}

function subnetOn(config: Config, key: string, family: 4 | 6): Subnet | undefined {
  return subnetOfFamily(config.query(readInterfaces).get(key), family);
}

/** Both nodes are renumbered or none, so that they must have the same network there, and a file whose tags are sound. */
function peerRefusal(peer: Config, { interfaceKey, from }: Renumbered): string | undefined {
  if (!hasKnownStructure(peer.document)) return 'The file of the other node has faults in its markup; mend them first.';
  const there = subnetOn(peer, interfaceKey, from.family);
  if (!there || sameSubnet(there, from)) return undefined;
  const name = interfaceName(peer, interfaceKey);
  return `On the other node ${name} has ${formatSubnet(there)} instead of ${formatSubnet(from)}; make the two alike first.`;
}

/** Two nodes and a VIP need three addresses. */
function sizeRefusal(to: Subnet): string | undefined {
  const { first, last } = hostRange(to);
  return last.bits - first.bits < 2n ? `${formatSubnet(to)} is too small for two nodes and a virtual IP.` : undefined;
}

/** What of the node is in the way of the new network, or keeps an address from being told for one of the old. */
function conflict({ config, interfaceKey, from, to }: Renumbered): string | undefined {
  const written = formatSubnet(to);
  for (const other of config.query(readInterfaces).values()) {
    const subnet = other.key === interfaceKey ? undefined : subnetOfFamily(other, to.family);
    if (!subnet) continue;
    const name = interfaceName(config, other.key);
    if (overlaps(subnet, to)) return `${written} overlaps ${formatSubnet(subnet)} of ${name}.`;
    if (overlaps(subnet, from)) {
      return `${formatSubnet(from)} overlaps ${formatSubnet(subnet)} of ${name}, so that nobody can tell whose an address is.`;
    }
  }
  if (overlaps(from, to)) return undefined;
  const vip = config
    .query(readVirtualIps)
    .find(({ address }) => address && contains(to, address.value) && !contains(from, address.value));
  if (vip) return `${written} holds the virtual IP ${config.text(vip.element.child('subnet'))}.`;
  const route = routes(config).find(({ network }) => containsSubnet(to, network));
  return route && `${written} holds ${formatSubnet(route.network)}, which ${route.title}.`;
}

/** Networks that lie elsewhere: behind static routes, and in the tunnels of OpenVPN. */
function routes(config: Config): readonly { readonly network: Subnet; readonly title: string }[] {
  const networks = (path: string, item: string, child: string, title: string) =>
    (config.top(path)?.childrenNamed(item) ?? []).flatMap(each => {
      const text = config.text(each.child(child));
      const network = parseSubnet(text) ?? hostNetwork(parseAddress(text));
      return network ? [{ network, title }] : [];
    });
  return [
    ...networks('staticroutes', 'route', 'network', 'a static route leads to'),
    ...['openvpn-server', 'openvpn-client'].flatMap(item =>
      ['tunnel_network', 'tunnel_networkv6'].flatMap(child =>
        networks('openvpn', item, child, 'is a tunnel of OpenVPN'),
      ),
    ),
  ];
}

function hostNetwork(address: Address | undefined): Subnet | undefined {
  if (!address) return undefined;
  const { family, bits } = address;
  return { family, first: bits, last: bits, prefixLength: family === 4 ? 32 : 128 };
}
