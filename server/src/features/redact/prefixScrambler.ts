import type { KeyedHash } from './keyedHash.ts';

/**
 * Scrambles strings of bits so that two which begin with the same bits still do, for exactly as many bits: whether a bit
 * is turned round depends on the key and on the bits in front of it alone.
 */
export class PrefixScrambler {
  private readonly tables = new Map<string, Uint8Array>();

  constructor(
    private readonly hash: KeyedHash,
    /** What is scrambled: different kinds of strings are scrambled in different ways. */
    private readonly kind: number,
  ) {}

  /** @param range the bits that are scrambled, counted from the front from 0; the end exclusive */
  scramble(bytes: readonly number[], range: { readonly from: number; readonly to: number }): number[] {
    return bytes.map((byte, i) => {
      if (8 * i + 8 <= range.from || 8 * i >= range.to) return byte;
      const table = this.table(bytes.slice(0, i));
      let scrambled = byte;
      for (let bit = 0; bit < 8; bit++) {
        if (8 * i + bit < range.from || 8 * i + bit >= range.to) continue;
        // The bits of this byte in front of the bit, behind a 1 that tells how many they are: 1 to 255.
        const path = (1 << bit) | (byte >> (8 - bit));
        if (((table[path >> 3]! >> (path & 7)) & 1) === 1) scrambled ^= 0x80 >> bit;
      }
      return scrambled;
    });
  }

  /** Which bits of the byte behind these bytes are turned round: 256 bits. */
  private table(prefix: readonly number[]): Uint8Array {
    const key = prefix.join('.');
    const known = this.tables.get(key) ?? this.hash([this.kind, prefix.length, ...prefix]);
    this.tables.set(key, known);
    return known;
  }
}
