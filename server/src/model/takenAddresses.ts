import { type Branch, Column, Element, Flag } from '../syntax/tree.ts';
import { type Address, formatAddress, parseAddress } from './address.ts';
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
 *
 * @param but a section that does not count
 */
export function takenAddresses(configs: readonly Config[], but?: 'hasync'): (address: Address) => boolean {
  const asked = sections.filter(name => name !== but);
  const all = configs.flatMap(config => asked.flatMap(name => config.section(name).map(each => takenIn(config, each))));
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
  for (let row = 0; row < branch.rows; row++) {
    if (branch.at(Column.next, row) > row + 1) {
      const range = rangeOf(config, new Element(branch, row));
      if (range) ranges.push(range);
    } else if (mayHoldAddress(branch, row)) {
      const address = parseAddress(config.text(new Element(branch, row)));
      if (address) singles.add(keyOf(address));
    }
  }
  const taken = { singles, ranges };
  known.set(branch, taken);
  return taken;
}

/** A quick look at how long a text is and how it begins: most of what stands in a config is no address. */
function mayHoldAddress(branch: Branch, row: number): boolean {
  const from = branch.at(Column.contentStart, row);
  const length = branch.at(Column.contentEnd, row) - from;
  if (length < 2 || length > longestWritten) return false;
  // What is written in CDATA, or with references, is a text of people's.
  if ((branch.at(Column.flags, row) & (Flag.hasMarkup | Flag.hasReferences)) !== 0) return false;
  return firstSigns.test(String.fromCharCode(branch.document.buffer.unitAt(branch.start + from)));
}

const firstSigns = /[\s\da-f:]/i;

/** An IPv6 address with a zone, and blanks around it. */
const longestWritten = 100;

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

function keyOf(address: Address): string {
  return address.family === 4 ? formatAddress(address) : `${address.bits}`;
}
