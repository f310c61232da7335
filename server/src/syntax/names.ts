import { decodeUnits } from './units.ts';

/**
 * The element names of one document, each stored once and known by a number.
 *
 * pfSense lower-cases every tag on reading (xmlparse.inc:startElement), so a name has two forms:
 * as it is written, and the key by which everything else looks it up.
 */
export class Names {
  private readonly written: string[] = [];
  private readonly keys: string[] = [];
  /** The number of each key's only spelling, or {@link severalSpellings}. */
  private readonly idsByKey = new Map<string, number>();
  private hashes = new Int32Array(1024);
  /** The units of all names behind each other, and where each begins; one more tells where the last one ends. */
  private pool = new Uint16Array(16_384);
  private starts = new Int32Array(1025);
  private slots = new Int32Array(1024).fill(-1);

  /** As the file has it, for example `Descr`. */
  tag(id: number): string {
    return this.written[id]!;
  }

  /** As pfSense reads it, for example `descr`. */
  key(id: number): string {
    return this.keys[id]!;
  }

  /**
   * The id of the one spelling that a key has in the document; -1 where nothing is called so, {@link severalSpellings} where
   * only the keys tell.
   */
  idOf(key: string): number {
    return this.idsByKey.get(key) ?? -1;
  }

  /** How many different names there are; ids run from 0 to one less. */
  get count(): number {
    return this.written.length;
  }

  /** The id of the name in `units[start..end)`, whose hash the caller has counted with {@link mixHash}. */
  intern(units: Uint16Array, start: number, end: number, hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot]!;
      if (id < 0) return this.add(units, start, end, hash);
      if (this.hashes[id] === hash && this.isSame(id, units, start, end)) return id;
    }
  }

  /** The id of that name where the document has it already, else -1. */
  find(units: Uint16Array, start: number, end: number): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = mixHash(hash, units[i]!);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot]!;
      if (id < 0 || (this.hashes[id] === hash && this.isSame(id, units, start, end))) return id;
    }
  }

  private isSame(id: number, units: Uint16Array, start: number, end: number): boolean {
    const { pool } = this;
    const first = this.starts[id]!;
    const length = end - start;
    if (this.starts[id + 1]! - first !== length) return false;
    for (let i = 0; i < length; i++) if (pool[first + i] !== units[start + i]) return false;
    return true;
  }

  private add(units: Uint16Array, start: number, end: number, hash: number): number {
    const text = decodeUnits(units, start, end);
    const id = this.written.push(text) - 1;
    const key = text.toLowerCase();
    this.keys.push(key);
    this.idsByKey.set(key, this.idsByKey.has(key) ? severalSpellings : id);
    const first = this.starts[id]!;
    this.reserve(id + 1, first + text.length);
    this.pool.set(units.subarray(start, end), first);
    this.starts[id + 1] = first + text.length;
    this.hashes[id] = hash;
    if (this.written.length * 2 <= this.slots.length) return this.place(id);
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let each = 0; each <= id; each++) this.place(each);
    return id;
  }

  /** Makes room for so many names of so many units in all. */
  private reserve(names: number, units: number): void {
    if (names > this.hashes.length) {
      const hashes = new Int32Array(names * 2);
      hashes.set(this.hashes);
      this.hashes = hashes;
      const starts = new Int32Array(names * 2 + 1);
      starts.set(this.starts);
      this.starts = starts;
    }
    if (units <= this.pool.length) return;
    const pool = new Uint16Array(units * 2);
    pool.set(this.pool);
    this.pool = pool;
  }

  private place(id: number): number {
    const mask = this.slots.length - 1;
    let slot = this.hashes[id]! & mask;
    while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = id;
    return id;
  }
}

/** Stands for the id of a key that is written `descr` here and `Descr` there. */
export const severalSpellings = -2;

/** One step of the names' hash; begin with 0. */
export function mixHash(hash: number, unit: number): number {
  return (Math.imul(hash, 31) + unit) | 0;
}
