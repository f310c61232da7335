import { type UniqueKey, uniqueKeys } from '../../schema/references/unique.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config, ElementQuery } from '../config.ts';
import { hasFlag } from '../read.ts';
import { itemsOf } from './items.ts';

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

interface Reader {
  readonly readTexts: ElementQuery<ItemKey | undefined>;
  readonly read: (config: Config) => readonly Duplicate[];
}

interface ItemKey {
  readonly texts: readonly string[];
  /** Equal where two keys are. */
  readonly identity: string;
}

const readers: readonly Reader[] = uniqueKeys.map(key => {
  const readTexts: ElementQuery<ItemKey | undefined> = (item, config) => keyOf(config, item, key);
  return { readTexts, read: config => readDuplicates(config, key, readTexts) };
});

/** The items whose name or number an earlier one of the same kind has already, kind by kind in the order of the file. */
export function duplicatesOf(config: Config): readonly Duplicate[] {
  return readers.flatMap(({ read }) => config.query(read));
}

/** What a message calls a key, such as `VLAN 20 on igb1`. */
export function keyTitle({ key, texts }: Duplicate): string {
  return key.title.replace(/\{(\d)\}/g, (_, index: string) => texts[Number(index)] ?? '');
}

function readDuplicates(config: Config, key: UniqueKey, read: ElementQuery<ItemKey | undefined>): readonly Duplicate[] {
  const items = itemsOf(config, key);
  const [one] = items;
  const isOneBranch = items.every(item => item.branch === one?.branch);
  const keys = isOneBranch ? config.ofElements(read, items) : items.map(item => config.ofElement(read, item));
  const firsts = new Map<string, { readonly index: number; later: number }>();
  const duplicates: Duplicate[] = [];
  keys.forEach((each, i) => {
    if (!each) return;
    const before = firsts.get(each.identity);
    if (before === undefined) {
      firsts.set(each.identity, { index: i, later: 0 });
      return;
    }
    before.later++;
    const [first, second] = [items[before.index]!, items[i]!];
    duplicates.push({ key, texts: each.texts, first, second, ordinal: before.later });
  });
  return duplicates;
}

function keyOf(config: Config, item: Element, key: UniqueKey): ItemKey | undefined {
  if (key.offWith !== undefined && hasFlag(item, key.offWith)) return undefined;
  if (key.offWithout !== undefined && !hasFlag(item, key.offWithout)) return undefined;
  const texts = key.children.map(child => config.text(item.child(child)));
  if (texts.includes('')) return undefined;
  const identity = texts.join('\n');
  return { texts, identity: key.ignoresCase ? identity.toUpperCase() : identity };
}
