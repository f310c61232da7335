import type { TextEdit } from '../syntax/xmlDocument.ts';
import { contains, formatAddress, hostRange, type Subnet } from './address.ts';
import type { Config } from './config.ts';
import { type DhcpRange, type DhcpScope, readDhcpBackend, readDhcpScopes } from './dhcp.ts';
import { readHaSync } from './hasync.ts';
import { type Interface, type InterfaceAddress, readInterfaces } from './interfaces.ts';
import { readKeaHa } from './kea.ts';
import { setText } from './write.ts';

/** A DHCP server that runs: enabled, on an enabled interface with a static IPv4 address. */
export interface ServedScope {
  readonly scope: DhcpScope;
  readonly interface: Interface;
  readonly ipv4: InterfaceAddress;
}

/** The DHCP servers that run, by the interface's key. pfSense starts none where the interface has no static address. */
export function readServedScopes(config: Config): ReadonlyMap<string, ServedScope> {
  const served = new Map<string, ServedScope>();
  const interfaces = config.query(readInterfaces);
  for (const scope of config.query(readDhcpScopes).values()) {
    const found = interfaces.get(scope.key);
    if (!scope.isEnabled || !found?.isEnabled || !found.ipv4) continue;
    served.set(scope.key, { scope, interface: found, ipv4: found.ipv4 });
  }
  return served;
}

/**
 * How the DHCP servers of a pair agree on who gives which address, as far as this node's file says: with a fail-over peer
 * on the interface (ISC), with high availability for all interfaces (Kea), or not at all.
 */
export function failoverOf(config: Config, scope: DhcpScope): 'isc' | 'kea' | undefined {
  if (config.query(readDhcpBackend).value === 'kea') return config.query(readKeaHa)?.isEnabled ? 'kea' : undefined;
  return scope.failoverPeer ? 'isc' : undefined;
}

/** One interface on which both nodes of a pair serve the same network. */
export interface SharedScope {
  readonly primary: ServedScope;
  readonly secondary: ServedScope;
  /** Whether a fail-over is set up on either node, so that both are meant to serve one pool. */
  readonly hasFailover: boolean;
}

/** Where both nodes serve the same network: the same interface key, each with an address in the other's subnet. */
export function* sharedScopes(primary: Config, secondary: Config): Iterable<SharedScope> {
  const others = secondary.query(readServedScopes);
  for (const one of primary.query(readServedScopes).values()) {
    const other = others.get(one.scope.key);
    if (!other || !contains(one.ipv4.subnet, other.ipv4.address.value)) continue;
    if (!contains(other.ipv4.subnet, one.ipv4.address.value)) continue;
    const hasFailover = Boolean(failoverOf(primary, one.scope) ?? failoverOf(secondary, other.scope));
    yield { primary: one, secondary: other, hasFailover };
  }
}

/** Whether both nodes give the same addresses away: Kea's high availability divides one pool, so that both nodes must have the same on all networks that they share. */
export function haveEqualPools({
  primary,
  secondary,
}: {
  readonly primary: Config;
  readonly secondary: Config;
}): boolean {
  return [...sharedScopes(primary, secondary)].every(shared => {
    const [here, there] = [shared.primary, shared.secondary].map(({ scope }) =>
      scope.pools.flatMap(({ range }) => (range ? [stretchOf(range)] : [])),
    );
    return here?.length === there?.length && here?.every(one => there?.some(other => sameStretch(one, other))) === true;
  });
}

/** Whether the node sends its DHCP settings to its peer, where they replace what is there (facts.md §1.8). */
export function synchronisesDhcp(config: Config): boolean {
  const { synchronizeToIp, areas } = config.query(readHaSync);
  return synchronizeToIp !== undefined && areas.has('synchronizedhcpd');
}

/** Both ends of a stretch of addresses, as numbers, both included. */
export interface Stretch {
  readonly from: bigint;
  readonly to: bigint;
}

export function stretchOf(range: DhcpRange): Stretch {
  return { from: range.from.value.bits, to: range.to.value.bits };
}

export function sameStretch(one: Stretch, other: Stretch): boolean {
  return one.from === other.from && one.to === other.to;
}

/** `192.0.2.100–192.0.2.199`. */
export function formatStretch({ from, to }: Stretch): string {
  return `${formatAddress({ family: 4, bits: from })}–${formatAddress({ family: 4, bits: to })}`;
}

/** Gives a pool's range new ends; what stays is not touched. */
export function rangeEdits(config: Config, range: DhcpRange, pool: Stretch): TextEdit[] {
  const ends = [
    { end: range.from, bits: pool.from },
    { end: range.to, bits: pool.to },
  ];
  return ends
    .filter(({ end, bits }) => end.value.bits !== bits)
    .map(({ end, bits }) => setText(config, end.element, formatAddress({ family: 4, bits })));
}

/** What both have in common; absent where that is nothing. */
export function intersection(one: Stretch, other: Stretch): Stretch | undefined {
  const from = one.from > other.from ? one.from : other.from;
  const to = one.to < other.to ? one.to : other.to;
  return from <= to ? { from, to } : undefined;
}

/** The part of a pool that lies on host addresses of the subnet; absent where none does. */
export function within(subnet: Subnet, pool: Stretch): Stretch | undefined {
  const { first, last } = hostRange(subnet);
  return intersection(pool, { from: first.bits, to: last.bits });
}

/** The longest stretch of a pool without any of these addresses, the first of equals; absent where nothing is left. */
export function longestWithout(pool: Stretch, taken: readonly bigint[]): Stretch | undefined {
  const stops = [...new Set(taken)].filter(bits => pool.from <= bits && bits <= pool.to).sort(ascending);
  let best: Stretch | undefined;
  let from = pool.from;
  for (const stop of [...stops, pool.to + 1n]) {
    const part = { from, to: stop - 1n };
    if (part.from <= part.to && (!best || part.to - part.from > best.to - best.from)) best = part;
    from = stop + 1n;
  }
  return best;
}

/** The longest part of a pool beside another stretch; absent where nothing is left. */
export function longestBeside(pool: Stretch, other: Stretch): Stretch | undefined {
  const before = intersection(pool, { from: pool.from, to: other.from - 1n });
  const behind = intersection(pool, { from: other.to + 1n, to: pool.to });
  if (!before || !behind) return before ?? behind;
  return before.to - before.from >= behind.to - behind.from ? before : behind;
}

/** The same place in another subnet: the host part stays. Absent where the pool is larger than the subnet. */
export function movedInto(subnet: Subnet, pool: Stretch): Stretch | undefined {
  const size = subnet.last - subnet.first + 1n;
  if (pool.from / size !== pool.to / size) return undefined;
  return { from: subnet.first + (pool.from % size), to: subnet.first + (pool.to % size) };
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
