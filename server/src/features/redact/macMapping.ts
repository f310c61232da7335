import type { KeyedHash } from './keyedHash.ts';
import { PrefixScrambler } from './prefixScrambler.ts';

/**
 * Maps the addresses of network cards, and longer strings of bytes that hold one, such as a DUID. The first bytes, which
 * tell the maker, are mapped alike for all that share them, so that a filter by maker still meets the same cards.
 */
export class MacMapping {
  private readonly scrambler: PrefixScrambler;

  constructor(hash: KeyedHash) {
    this.scrambler = new PrefixScrambler(hash, 48);
  }

  map(bytes: readonly number[]): number[] {
    if (harmless.some(prefix => prefix.every((byte, i) => bytes[i] === byte))) return [...bytes];
    if (bytes.every(byte => byte === 0) || bytes.every(byte => byte === 255)) return [...bytes];
    const [first = 0, ...rest] = this.scrambler.scramble(bytes, { from: 0, to: 8 * bytes.length });
    // The two lowest bits of the first byte say what kind of address it is.
    return [(first & 0xfc) | ((bytes[0] ?? 0) & 3), ...rest];
  }

  /** Reads `00:0c:29:…`, whole or in part, with colons or hyphens; absent for anything else. */
  mapText(text: string): string | undefined {
    if (!/^[\da-f]{1,2}(?:([:-])[\da-f]{1,2})(?:\1[\da-f]{1,2})+$/i.test(text)) return undefined;
    const separator = text.includes(':') ? ':' : '-';
    const bytes = text.split(separator).map(part => Number.parseInt(part, 16));
    const written = this.map(bytes).map(byte => byte.toString(16).padStart(2, '0'));
    const isSame = written.every((part, i) => Number.parseInt(part, 16) === bytes[i]);
    if (isSame) return text;
    const mapped = written.join(separator);
    return /[A-F]/.test(text) ? mapped.toUpperCase() : mapped;
  }
}

/** Those of documentation (RFC 7042), and those that CARP and VRRP make of a VHID. */
const harmless: readonly (readonly number[])[] = [
  [0, 0, 0x5e, 0, 0x53],
  [0, 0, 0x5e, 0, 1],
];
