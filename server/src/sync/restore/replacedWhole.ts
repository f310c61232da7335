import type { ConfigVersion } from '../../model/version.ts';

/** From which config version on a restore replaces a section whole; what is not here it merges key by key (facts.md §1.5). */
const since: ReadonlyMap<string, number> = new Map([
  ...[
    ...['aliases', 'ca', 'captiveportal', 'cert', 'crl', 'dhcpd', 'dnshaper', 'dnsmasq', 'filter', 'ipsec', 'nat'],
    ...['openvpn', 'schedules', 'shaper', 'unbound', 'wol'],
  ].map(name => [name, 0] as const),
  ['dhcrelay', 22.2],
  ['dhcrelay6', 22.2],
  ['kea', 23.4],
  ['kea6', 23.4],
]);

/** Whether a restore puts what it is sent of a section in the place of all that the node has of it. */
export function isReplacedWhole(name: string, { number = Number.POSITIVE_INFINITY }: ConfigVersion): boolean {
  const first = since.get(name);
  return first !== undefined && first <= number;
}

/** The sections that some version replaces whole. */
export const everReplacedWhole: ReadonlySet<string> = new Set(since.keys());
