import {
  type Address,
  addressLength,
  contains,
  containsSubnet,
  formatAddress,
  parseSubnet,
  type Subnet,
  subnetOf,
} from '../../model/address.ts';
import type { KeyedHash } from './keyedHash.ts';
import type { MacMapping } from './macMapping.ts';
import { PrefixScrambler } from './prefixScrambler.ts';

/** What of the addresses in the files is known before the first one is mapped. */
export interface AddressFacts {
  /** Networks with hosts in them: their hosts keep their numbers, and so the order that they stand in. */
  readonly linked: readonly Subnet[];
  /** Networks that are so large that their addresses begin differently; whoever is in one stays in it. */
  readonly vast: readonly Subnet[];
}

/**
 * Addresses that tell nothing of whose they are: private ones, those of documentation, and those with a meaning of
 * their own (RFC 6890, RFC 9637). They stay as they are.
 */
const harmless: readonly Subnet[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/16',
  '64:ff9b::/32',
  '100::/16',
  '2001:db8::/32',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
].flatMap(text => parseSubnet(text) ?? []);

/** IPv4 addresses in IPv6 ones. */
const embedding: readonly Subnet[] = ['::ffff:0:0/96', '64:ff9b::/96'].flatMap(text => parseSubnet(text) ?? []);

/** How many bits at the beginning of an address are mapped as one; no network that holds fewer stays whole. */
export const leadLengths = { 4: 8, 6: 16 } as const;

/** Whether an address may be shown to anybody. */
export function isHarmlessAddress(address: Address): boolean {
  return harmless.some(subnet => contains(subnet, address));
}

/**
 * Maps public addresses to other public ones, and keeps what the files say of them: two that share a network of eight
 * bits (of IPv6 sixteen) or more share one of the same length afterwards, and the hosts of a network that is known to
 * have some keep their numbers in it, so that its first address stays the first and its last the last.
 */
export class AddressMapping {
  private readonly scramblers: Readonly<Record<4 | 6, PrefixScrambler>>;
  private readonly linkedLengths: Readonly<Record<4 | 6, readonly number[]>>;
  private readonly linked: ReadonlySet<string>;
  private readonly leads = new Map<string, number>();
  private readonly takenLeads = new Set<string>();

  constructor(
    private readonly hash: KeyedHash,
    private readonly facts: AddressFacts,
    private readonly macs: MacMapping,
  ) {
    this.scramblers = { 4: new PrefixScrambler(hash, 4), 6: new PrefixScrambler(hash, 6) };
    this.linked = new Set(facts.linked.map(keyOf));
    const lengths = (family: 4 | 6) => [
      ...new Set(facts.linked.filter(each => each.family === family).map(each => each.prefixLength)),
    ];
    const ascending = (numbers: number[]) => numbers.sort((a, b) => a - b);
    this.linkedLengths = { 4: ascending(lengths(4)), 6: ascending(lengths(6)) };
  }

  map(address: Address): Address {
    const { family } = address;
    if (family === 6 && embedding.some(subnet => contains(subnet, address))) return this.mapEmbedded(address);
    if (isHarmlessAddress(address)) return family === 6 ? this.withMac(address) : address;
    const leadLength = leadLengths[family];
    const hostBits = BigInt(addressLength(family) - leadLength);
    const lead = this.leadOf(family, Number(address.bits >> hostBits));
    const bytes = this.scramblers[family].scramble(bytesOf(address), {
      from: leadLength,
      to: Math.max(leadLength, this.linkedFrom(address)),
    });
    const rest = bitsOf(bytes) & ((1n << hostBits) - 1n);
    const mapped: Address = { family, bits: (BigInt(lead) << hostBits) | rest };
    return family === 6 ? this.withMac(mapped) : mapped;
  }

  /** The network of that length in which the mapped addresses of a network lie; of one that is vast, itself. */
  mapSubnet(address: Address, prefixLength: number): Address {
    const { family } = address;
    if (prefixLength < leadLengths[family] || this.isHarmlessSubnet(address, prefixLength)) {
      return family === 6 && prefixLength === 128 ? this.map(address) : address;
    }
    const mapped = this.map(address);
    const own = subnetOf(address, prefixLength);
    const { first, last } = subnetOf(mapped, prefixLength);
    if (address.bits === own.first) return { family, bits: first };
    return address.bits === own.last ? { family, bits: last } : mapped;
  }

  private isHarmlessSubnet(address: Address, prefixLength: number): boolean {
    const subnet = subnetOf(address, prefixLength);
    return harmless.some(each => containsSubnet(each, subnet)) && !embedding.some(each => contains(each, address));
  }

  private mapEmbedded({ bits }: Address): Address {
    const inner = this.map({ family: 4, bits: bits & 0xffffffffn });
    return { family: 6, bits: ((bits >> 32n) << 32n) | inner.bits };
  }

  /** Where a host makes its number of the address of its network card (RFC 4291), that is mapped as all such addresses are. */
  private withMac(address: Address): Address {
    const bytes = bytesOf(address);
    if (bytes[11] !== 0xff || bytes[12] !== 0xfe) return address;
    const mac = [bytes[8]! ^ 2, bytes[9]!, bytes[10]!, bytes[13]!, bytes[14]!, bytes[15]!];
    const [a, b, c, d, e, f] = this.macs.map(mac) as [number, number, number, number, number, number];
    return { family: 6, bits: bitsOf([...bytes.slice(0, 8), a ^ 2, b, c, 0xff, 0xfe, d, e, f]) };
  }

  /** From which bit on an address is left alone: the length of the largest network with hosts that it is in. */
  private linkedFrom(address: Address): number {
    const { family } = address;
    const found = this.linkedLengths[family].find(length => this.linked.has(keyOf(subnetOf(address, length))));
    return found ?? addressLength(family);
  }

  private leadOf(family: 4 | 6, lead: number): number {
    const key = `${family} ${lead}`;
    const known = this.leads.get(key) ?? this.newLead(family, lead);
    this.leads.set(key, known);
    this.takenLeads.add(`${family} ${known}`);
    return known;
  }

  /** Another beginning, of public addresses alone, that is in the same vast networks and that no other one was mapped to. */
  private newLead(family: 4 | 6, lead: number): number {
    const wanted = this.vastAround(family, lead);
    let second: number | undefined;
    for (let i = 0; i < mostTries; i++) {
      const [high = 0, low = 0] = this.hash([1, family, lead >> 8, lead & 255, i >> 8, i & 255]);
      const each = family === 4 ? 1 + (low % 223) : 0x2000 + ((((high & 31) << 8) | low) % 0x1fff);
      if (each === lead || isShared(family, each)) continue;
      const isFree = !this.takenLeads.has(`${family} ${each}`);
      if (isFree && this.vastAround(family, each) === wanted) return each;
      if (isFree) second ??= each;
    }
    // There are more beginnings than a firewall knows; should they ever run out, two networks share one.
    return second ?? (family === 4 ? 1 : 0x2a00);
  }

  private vastAround(family: 4 | 6, lead: number): string {
    const address: Address = { family, bits: BigInt(lead) << BigInt(addressLength(family) - leadLengths[family]) };
    return this.facts.vast
      .filter(subnet => contains(subnet, address))
      .map(keyOf)
      .join(' ');
  }
}

const mostTries = 2048;

/** Whether a network that is not mapped lies among the addresses that begin so. */
function isShared(family: 4 | 6, lead: number): boolean {
  const length = leadLengths[family];
  const subnet = subnetOf({ family, bits: BigInt(lead) << BigInt(addressLength(family) - length) }, length);
  return harmless.some(each => containsSubnet(subnet, each) || containsSubnet(each, subnet));
}

function keyOf({ family, first, prefixLength }: Subnet): string {
  return `${formatAddress({ family, bits: first })}/${prefixLength}`;
}

function bytesOf({ family, bits }: Address): number[] {
  const count = addressLength(family) / 8;
  return Array.from({ length: count }, (_, i) => Number((bits >> BigInt(8 * (count - 1 - i))) & 0xffn));
}

function bitsOf(bytes: readonly number[]): bigint {
  return bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}
