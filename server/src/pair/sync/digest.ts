import type { Element } from '../../syntax/tree.ts';

/**
 * A text in three numbers, to be compared without keeping it: of thousands of rules the texts of both nodes would be held
 * twice. Two texts with the same are the same but for one chance in 2^64.
 */
export class Digest {
  constructor(
    readonly length: number,
    readonly high: number,
    readonly low: number,
  ) {}

  /** The same for the same text, as a key of a map. */
  get key(): string {
    return `${this.length} ${this.high} ${this.low}`;
  }
}

export function sameDigest(one: Digest, other: Digest): boolean {
  return one.low === other.low && one.high === other.high && one.length === other.length;
}

/** Two sums of 32 bits, each mixed in its own way, of an element's text as it stands in the file. */
export function digestOf({ document, start, end }: Element): Digest {
  const { units, shift } = document.buffer.contiguous(start, end);
  let high = 0x9e3779b9;
  let low = 0x85ebca6b;
  for (let i = start + shift; i < end + shift; i++) {
    const unit = units[i]!;
    high = Math.imul(high ^ unit, 0x01000193) ^ (high >>> 15);
    low = Math.imul(low + unit, 0x9e3779b1) ^ (low >>> 13);
  }
  return new Digest(end - start, high, low);
}
