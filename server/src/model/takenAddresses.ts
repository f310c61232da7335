import type { Branch, Element } from '../syntax/tree.ts';
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
  const all = configs.flatMap(config =>
    sections.flatMap(name => config.section(name).map(each => takenIn(config, each))),
  );
  return address => {
    const key = keyOf(address);
    return all.some(({ singles, ranges }) => singles.has(key) || ranges.some(range => isWithin(address, range)));
  };
}

interface Taken {
  readonly singles: ReadonlySet<string>;
  readonly ranges: readonly (readonly [Address, Address])[];
}

/** A branch never changes, so what it holds is read once: thousands of static mappings stand in one. */
const known = new WeakMap<Branch, Taken>();

function takenIn(config: Config, branch: Branch): Taken {
  const before = known.get(branch);
  if (before) return before;
  const singles = new Set<string>();
  const ranges: (readonly [Address, Address])[] = [];
  const visit = (element: Element) => {
    const range = rangeOf(config, element);
    if (range) ranges.push(range);
    for (const child of element.children()) visit(child);
    const address = element.hasChildren ? undefined : parseAddress(config.text(element));
    if (address) singles.add(keyOf(address));
  };
  visit(branch.top);
  const taken = { singles, ranges };
  known.set(branch, taken);
  return taken;
}

function isWithin({ family, bits }: Address, [from, to]: readonly [Address, Address]): boolean {
  return from.family === family && from.bits <= bits && bits <= to.bits;
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
