import { contains, type Subnet } from './address.ts';
import type { Config } from './config.ts';
import { readServedScopes, stretchOf, within } from './dhcpPools.ts';
import { readInterfaces } from './interfaces.ts';
import { readCarpVips } from './virtualIps.ts';

/**
 * Whether all that fits an interface's subnet now fits this one too: its CARP VIPs, which lie in it and bear its prefix
 * length, and the pools of its DHCP server. What does not fit now is not asked for.
 */
export function fitsSubnet(
  config: Config,
  { key, subnet }: { readonly key: string; readonly subnet: Subnet },
): boolean {
  const found = config.query(readInterfaces).get(key);
  const now = (subnet.family === 4 ? found?.ipv4 : found?.ipv6)?.subnet;
  if (!now) return true;
  const vips = config.query(readCarpVips).filter(vip => vip.interfaceKey === key);
  const areVipsFit = vips.every(({ address, prefixLength }) => {
    if (!address || !contains(now, address.value)) return true;
    const isWrongNow = prefixLength?.value !== now.prefixLength;
    return contains(subnet, address.value) && (isWrongNow || prefixLength?.value === subnet.prefixLength);
  });
  if (!areVipsFit || subnet.family === 6) return areVipsFit;
  const pools = config.query(readServedScopes).get(key)?.scope.pools ?? [];
  return pools.every(({ range }) => {
    if (!range) return true;
    const pool = stretchOf(range);
    const isIn = (network: Subnet) => {
      const part = within(network, pool);
      return part?.from === pool.from && part.to === pool.to;
    };
    return !isIn(now) || isIn(subnet);
  });
}
