import type { Config } from './config.ts';
import { readDhcpBackend } from './dhcp.ts';
import { intersection, type SharedScope, sharedScopes, stretchOf } from './dhcpPools.ts';
import { knowsKeaHa, readRunningKeaHas } from './keaHa.ts';
import { readLiveCarpVips } from './virtualIps.ts';

/** Whether the node serves DHCP with a Kea that has a high availability. */
export function runsKea(config: Config): boolean {
  return config.query(readDhcpBackend).value === 'kea' && knowsKeaHa(config);
}

/**
 * The networks that both nodes serve with Kea, and that CARP VIPs on both call a network of the pair, while Kea's high
 * availability for IPv4 is on neither; in the order of the primary's file.
 */
export function carpScopesWithoutHa(primary: Config, secondary: Config): readonly SharedScope[] {
  const nodes = [primary, secondary];
  if (!nodes.every(runsKea)) return [];
  if (nodes.some(node => node.query(readRunningKeaHas).some(({ section }) => section === 'kea'))) return [];
  const hasCarp = ({ primary: { scope } }: SharedScope) =>
    nodes.every(node => node.query(readCarpKeys4).has(scope.key));
  return [...sharedScopes(primary, secondary)].filter(hasCarp);
}

/** Whether there are addresses that both nodes give away. */
export function haveCommonAddresses({ primary, secondary }: SharedScope): boolean {
  const others = secondary.scope.pools.flatMap(({ range }) => range ?? []);
  return primary.scope.pools.some(
    ({ range }) => range && others.some(other => intersection(stretchOf(range), stretchOf(other))),
  );
}

/** The keys of the interfaces with an IPv4 CARP VIP. */
function readCarpKeys4(config: Config): ReadonlySet<string> {
  const vips = config.query(readLiveCarpVips).filter(vip => vip.address?.value.family === 4);
  return new Set(vips.flatMap(({ interfaceKey }) => interfaceKey ?? []));
}
