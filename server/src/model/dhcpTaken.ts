import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, contains, parseAddress } from './address.ts';
import type { Config } from './config.ts';
import type { DhcpRange } from './dhcp.ts';
import {
  longestWithout,
  rangeEdits,
  readServedScopes,
  type ServedScope,
  type Stretch,
  sameStretch,
  stretchOf,
  within,
} from './dhcpPools.ts';
import { readGateways } from './gateways.ts';
import { readInterfaces } from './interfaces.ts';
import { readVirtualIps } from './virtualIps.ts';

/** An address that must not be given to a client, because somebody has it. */
export interface TakenAddress {
  readonly address: Address;
  readonly holder: 'node' | 'peer' | 'vip' | 'gateway';
  readonly element: Element;
}

/** A node, its peer where that is known, and one DHCP server of the node. */
export interface ServedBy {
  readonly node: Config;
  readonly peer: Config | undefined;
  readonly served: ServedScope;
}

/**
 * The addresses in the subnet of a DHCP server that are taken: both nodes' own, the VIPs on the interface, the gateway
 * that clients are given and the gateways behind the interface. Each once, in ascending order.
 */
export function takenAddresses({ node, peer, served }: ServedBy): readonly TakenAddress[] {
  const { subnet, address } = served.ipv4;
  const other = peer?.query(readInterfaces).get(served.scope.key);
  const all: TakenAddress[] = [{ address: address.value, holder: 'node', element: address.element }];
  if (other?.isEnabled && other.ipv4) {
    all.push({ address: other.ipv4.address.value, holder: 'peer', element: other.ipv4.address.element });
  }
  all.push(...vipsOn(node, served.scope.key), ...(peer ? vipsOn(peer, served.scope.key) : []));
  all.push(...gatewaysOn(node, served));
  return all
    .filter(each => contains(subnet, each.address))
    .filter((each, i, rest) => rest.findIndex(one => one.address.bits === each.address.bits) === i)
    .sort((one, another) => (one.address.bits < another.address.bits ? -1 : 1));
}

function vipsOn(config: Config, key: string): readonly TakenAddress[] {
  return config.query(readTakenByVips).get(key) ?? [];
}

/** The addresses that VIPs have, by the key of the interface: a node may have hundreds of both. */
function readTakenByVips(config: Config): ReadonlyMap<string, readonly TakenAddress[]> {
  const taken = new Map<string, TakenAddress[]>();
  for (const { interfaceKey, address, type } of config.query(readVirtualIps)) {
    // A proxy ARP or other VIP may stand for a network, whose first address is nobody's in particular.
    if (interfaceKey === undefined || !address || type?.value === 'network') continue;
    const own: TakenAddress = { address: address.value, holder: 'vip', element: address.element };
    const others = taken.get(interfaceKey);
    if (others) others.push(own);
    else taken.set(interfaceKey, [own]);
  }
  return taken;
}

function gatewaysOn(config: Config, { scope }: ServedScope): TakenAddress[] {
  const given = scope.pools[0].gateway;
  const routers = config
    .query(readGateways)
    .filter(gateway => gateway.interface?.value === scope.key && !gateway.isDisabled)
    .flatMap(gateway => gateway.address ?? []);
  const address = given && parseAddress(given.value);
  const gateways = given && address ? [{ value: address, element: given.element }, ...routers] : routers;
  return gateways.map(({ value, element }) => ({ address: value, holder: 'gateway', element }));
}

/** The peer's DHCP server of the same network; absent where the interface of that key serves another one there. */
function sharedScope(peer: Config, { scope, ipv4 }: ServedScope): ServedScope | undefined {
  const other = peer.query(readServedScopes).get(scope.key);
  if (!other || !contains(ipv4.subnet, other.ipv4.address.value)) return undefined;
  return contains(other.ipv4.subnet, ipv4.address.value) ? other : undefined;
}

/** The longest part of a pool that lies on host addresses of the subnet and holds no taken address; absent where there is none. */
export function freePart({ node, peer, served }: ServedBy, pool: Stretch): Stretch | undefined {
  const others = peer && sharedScope(peer, served);
  const here = within(served.ipv4.subnet, pool);
  const inside = here && others ? within(others.ipv4.subnet, here) : here;
  const taken = takenAddresses({ node, peer, served });
  const takenThere = peer && others ? takenAddresses({ node: peer, peer: node, served: others }) : [];
  return (
    inside &&
    longestWithout(
      inside,
      [...taken, ...takenThere].map(each => each.address.bits),
    )
  );
}

/** Whether a pool can be given away as it is: in order, on host addresses of the subnet, without a taken address. */
export function isServable(by: ServedBy, pool: Stretch): boolean {
  const free = freePart(by, pool);
  return free !== undefined && sameStretch(free, pool);
}

/** The edits of one file that give a pool new ends. */
export interface PoolEdit {
  readonly config: Config;
  readonly edits: readonly TextEdit[];
}

/** Gives a pool new ends, on the peer too where it has the very same pool: nodes in fail-over must keep equal pools. */
export function poolEdits(
  { node, peer, served }: ServedBy,
  { range, pool }: { readonly range: DhcpRange; readonly pool: Stretch },
): readonly PoolEdit[] {
  const same =
    peer &&
    sharedScope(peer, served)?.scope.pools.find(
      other => other.range && sameStretch(stretchOf(other.range), stretchOf(range)),
    )?.range;
  const here = { config: node, edits: rangeEdits(node, range, pool) };
  return peer && same ? [here, { config: peer, edits: rangeEdits(peer, same, pool) }] : [here];
}
