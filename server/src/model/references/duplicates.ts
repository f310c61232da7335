import { once } from '../../schema/once.ts';
import { type UniqueKey, uniqueKeys } from '../../schema/references/unique.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { changedRange, type ItemData, type ItemReader, readerOf } from './itemData.ts';

/** Two items with the same key. */
export interface Duplicate {
  readonly key: UniqueKey;
  /** The texts of the key's children, as the second item has them. */
  readonly texts: readonly string[];
  readonly first: Element;
  /** Of several later ones each is a duplicate of the first. */
  readonly second: Element;
  /** Which of the later ones it is, from 1. */
  readonly ordinal: number;
}

/** How often each key stands there, as it was counted last; only what an edit has touched is counted anew. */
interface Tally {
  items: readonly ItemData[];
  readonly counts: Map<string, number>;
  /** How many keys stand there more than once. */
  repeated: number;
}

interface Reader {
  readonly key: UniqueKey;
  /** Of the path's keys, which one. */
  readonly index: number;
  readonly kept: ItemReader;
  readonly tally: () => Tally;
}

const readers = once((): readonly Reader[] => uniqueKeys.map(makeReader));

function makeReader(key: UniqueKey): Reader {
  const kept = readerOf(key);
  const index = uniqueKeys.filter(each => readerOf(each) === kept).indexOf(key);
  // It reads no section, so that there is one for as long as the config lives.
  return { key, index, kept, tally: () => ({ items: [], counts: new Map(), repeated: 0 }) };
}

/** The items whose name or number an earlier one of the same kind has already, kind by kind in the order of the file. */
export function duplicatesOf(config: Config): readonly Duplicate[] {
  return readers().flatMap(reader => {
    const { items, data } = config.query(reader.kept.readAll);
    const tally = config.query(reader.tally);
    bringUpToDate(tally, data, reader.index);
    return tally.repeated === 0 ? [] : findIn({ items, data }, reader);
  });
}

/** What a message calls a key, such as `VLAN 20 on igb1`. */
export function keyTitle({ key, texts }: Duplicate): string {
  return key.title.replace(/\{(\d)\}/g, (_, index: string) => texts[Number(index)] ?? '');
}

function bringUpToDate(tally: Tally, items: readonly ItemData[], index: number): void {
  const before = tally.items;
  const { from, behind } = changedRange(before, items);
  for (let i = from; i < before.length - behind; i++) add(tally, before[i]?.keys[index]?.identity, -1);
  for (let i = from; i < items.length - behind; i++) add(tally, items[i]?.keys[index]?.identity, 1);
  tally.items = items;
}

function add(tally: Tally, identity: string | undefined, change: 1 | -1): void {
  if (identity === undefined) return;
  const count = (tally.counts.get(identity) ?? 0) + change;
  if (count === 0) tally.counts.delete(identity);
  else tally.counts.set(identity, count);
  if (count === 2 && change === 1) tally.repeated++;
  if (count === 1 && change === -1) tally.repeated--;
}

function findIn(
  { items, data }: { readonly items: readonly Element[]; readonly data: readonly ItemData[] },
  { key, index }: Reader,
): readonly Duplicate[] {
  const firsts = new Map<string, { readonly at: number; later: number }>();
  const duplicates: Duplicate[] = [];
  data.forEach(({ keys }, i) => {
    const own = keys[index];
    if (!own) return;
    const before = firsts.get(own.identity);
    if (!before) {
      firsts.set(own.identity, { at: i, later: 0 });
      return;
    }
    before.later++;
    const [first, second] = [items[before.at]!, items[i]!];
    duplicates.push({ key, texts: own.texts, first, second, ordinal: before.later });
  });
  return duplicates;
}
