import ipaddr from 'ipaddr.js';

/** An IPv4 or IPv6 address. Compare `family` and `bits`, never the text: IPv6 has many spellings of one address. */
export interface Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** A network: its first address (the network address), its last (in IPv4 the broadcast address), and its prefix length. */
export interface Subnet {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly prefixLength: number;
}

/**
 * Reads an address as pfSense accepts it (util.inc:is_ipaddr): four decimal parts without leading zeros, or
 * IPv6 in any spelling, with a zone only behind a link-local address. Absent when the text is none.
 */
export function parseAddress(text: string): Address | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { family: 4, bits: BigInt(ipv4) };
  if (!text.includes(':')) return undefined;
  const bare = /^fe80:/i.test(text) ? text.replace(/%[\w.-]+$/, '') : text;
  if (bare.includes('%') || !ipaddr.IPv6.isValid(bare)) return undefined;
  return { family: 6, bits: bitsOf(ipaddr.IPv6.parse(bare).toByteArray()) };
}

/** The bits of an IPv4 address as a number; absent where the text is none. By hand, because it is asked of tens of thousands of texts. */
export function parseIpv4(text: string): number | undefined {
  let [bits, dots, part] = [0, 0, -1];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === dot) {
      if (part < 0 || ++dots > 3) return undefined;
      bits = bits * 256 + part;
      part = -1;
    } else {
      const digit = unit - zero;
      if (digit < 0 || digit > 9 || part === 0) return undefined;
      part = part < 0 ? digit : part * 10 + digit;
      if (part > 255) return undefined;
    }
  }
  return dots === 3 && part >= 0 ? bits * 256 + part : undefined;
}

const dot = 0x2e;
const zero = 0x30;

/** The address as people write it: IPv6 in its short form (RFC 5952). */
export function formatAddress({ family, bits }: Address): string {
  if (family === 4) {
    // Virtual IPs are looked up by it.
    const whole = Number(bits);
    return `${whole >>> 24}.${(whole >>> 16) & 255}.${(whole >>> 8) & 255}.${whole & 255}`;
  }
  const bytes = Array.from({ length: 16 }, (_, i) => Number((bits >> BigInt(8 * (15 - i))) & 0xffn));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

export function sameAddress(one: Address, other: Address): boolean {
  return one.family === other.family && one.bits === other.bits;
}

/** Whether it is of fe80::/10, whose addresses mean something on their own link only. */
export function isLinkLocal(address: Address): boolean {
  return address.family === 6 && address.bits >> 118n === 0x3fan;
}

/** Bits in an address of that family. */
export function addressLength(family: 4 | 6): 32 | 128 {
  return family === 4 ? 32 : 128;
}

/** A prefix length as pfSense stores it, 0–32 or 0–128. Absent when the text is none. */
export function parsePrefixLength(text: string, family: 4 | 6): number | undefined {
  if (!/^\d{1,3}$/.test(text)) return undefined;
  const length = Number(text);
  return length <= addressLength(family) ? length : undefined;
}

/** The network in which an address stands, given the length of its prefix. */
export function subnetOf(address: Address, prefixLength: number): Subnet {
  const hostBits = BigInt(addressLength(address.family) - prefixLength);
  const first = (address.bits >> hostBits) << hostBits;
  return { family: address.family, first, last: first + (1n << hostBits) - 1n, prefixLength };
}

/** Reads `192.0.2.0/24`; absent when the text is no network. The address may be any of the network's. */
export function parseSubnet(text: string): Subnet | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const prefixLength = address && parsePrefixLength(text.slice(slash + 1), address.family);
  return address && prefixLength !== undefined ? subnetOf(address, prefixLength) : undefined;
}

/** `192.0.2.0/24`. */
export function formatSubnet(subnet: Subnet): string {
  return `${formatAddress({ family: subnet.family, bits: subnet.first })}/${subnet.prefixLength}`;
}

export function contains(subnet: Subnet, address: Address): boolean {
  return subnet.family === address.family && subnet.first <= address.bits && address.bits <= subnet.last;
}

/** Whether every address of `inner` lies in `outer`. */
export function containsSubnet(outer: Subnet, inner: Subnet): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Subnet, other: Subnet): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

export function sameSubnet(one: Subnet, other: Subnet): boolean {
  return one.family === other.family && one.first === other.first && one.prefixLength === other.prefixLength;
}

/** The network address, where the network has one that no host may use: IPv4 shorter than /31. */
export function networkAddress(subnet: Subnet): Address | undefined {
  return hasReserved(subnet) ? { family: subnet.family, bits: subnet.first } : undefined;
}

/** The broadcast address, where the network has one: IPv4 shorter than /31. */
export function broadcastAddress(subnet: Subnet): Address | undefined {
  return hasReserved(subnet) ? { family: subnet.family, bits: subnet.last } : undefined;
}

/** The first and last address that a host may use. */
export function hostRange(subnet: Subnet): { readonly first: Address; readonly last: Address } {
  const reserved = hasReserved(subnet) ? 1n : 0n;
  return {
    first: { family: subnet.family, bits: subnet.first + reserved },
    last: { family: subnet.family, bits: subnet.last - reserved },
  };
}

/** The first host address at or behind `from` that `isTaken` does not hold, going round once; absent when the first 65,536 are taken. */
export function nextFreeAddress(
  subnet: Subnet,
  from: Address,
  isTaken: (address: Address) => boolean,
): Address | undefined {
  const { first, last } = hostRange(subnet);
  let bits = from.bits < first.bits || from.bits > last.bits ? first.bits : from.bits;
  for (let tries = 0; tries < 65536 && BigInt(tries) <= last.bits - first.bits; tries++) {
    const address: Address = { family: subnet.family, bits };
    if (!isTaken(address)) return address;
    bits = bits === last.bits ? first.bits : bits + 1n;
  }
  return undefined;
}

function hasReserved(subnet: Subnet): boolean {
  return subnet.family === 4 && subnet.prefixLength < 31;
}

function bitsOf(bytes: readonly number[]): bigint {
  return bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n);
}
