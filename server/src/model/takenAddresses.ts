import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress } from './address.ts';
import type { Config } from './config.ts';

/** The sections in which an address means a host on one of the firewall's networks. */
const sections = [
  'interfaces',
  'virtualip',
  'gateways',
  'staticroutes',
  'dhcpd',
  'dhcpdv6',
  'hasync',
  'kea',
  'kea6',
  'nat',
  'dnsmasq',
  'unbound',
];

/**
 * Tells of an address whether one of the nodes uses it: for itself, a VIP, a gateway, a static DHCP mapping, a host that
 * NAT or DNS name, or in a DHCP pool. For choosing a free one.
 */
export function takenAddresses(configs: readonly Config[]): (address: Address) => boolean {
  const singles = new Set<string>();
  const ranges: (readonly [Address, Address])[] = [];
  const visit = (config: Config, element: Element) => {
    const range = rangeOf(config, element);
    if (range) ranges.push(range);
    for (const child of element.children()) visit(config, child);
    const address = element.hasChildren ? undefined : parseAddress(config.text(element));
    if (address) singles.add(keyOf(address));
  };
  for (const config of configs) {
    for (const section of sections.flatMap(name => config.section(name))) visit(config, section.top);
  }
  return address =>
    singles.has(keyOf(address)) ||
    ranges.some(([from, to]) => from.family === address.family && from.bits <= address.bits && address.bits <= to.bits);
}

/** The addresses from `from` to `to`, as a DHCP pool writes them. */
function rangeOf(config: Config, element: Element): readonly [Address, Address] | undefined {
  if (element.name !== 'range') return undefined;
  const from = parseAddress(config.text(element.child('from')));
  const to = parseAddress(config.text(element.child('to')));
  return from && to ? [from, to] : undefined;
}

function keyOf({ family, bits }: Address): string {
  return `${family} ${bits}`;
}
