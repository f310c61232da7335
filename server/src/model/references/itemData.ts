import { once } from '../../schema/once.ts';
import { type UniqueKey, uniqueKeys } from '../../schema/references/unique.ts';
import { definitionSources, referenceSources } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config, ElementQuery } from '../config.ts';
import { hasFlag } from '../read.ts';
import { type ItemPath, itemsOf, sectionOf } from './items.ts';
import { type ItemUses, readUses } from './readItem.ts';
import { stepsOf } from './table.ts';

/** All that the tables ask of one item, kept as one until the item's own text changes: the same object means the same text. */
export interface ItemData {
  readonly uses: ItemUses;
  /** The names by which others refer to it, in the order of the path's definitions; empty where it has none. */
  readonly names: readonly string[];
  /** In the order of the path's keys; absent where it lacks one, or does not count. */
  readonly keys: readonly (ItemKey | undefined)[];
}

/** What must be unique. */
export interface ItemKey {
  readonly texts: readonly string[];
  /** Equal where two keys are. */
  readonly identity: string;
}

/** Reads the items of one path. */
export interface ItemReader {
  readonly path: ItemPath;
  readonly readItem: ElementQuery<ItemData>;
  readonly readAll: (config: Config) => { readonly items: readonly Element[]; readonly data: readonly ItemData[] };
}

const readers = once(
  (): ReadonlyMap<string, ItemReader> =>
    new Map(
      [...referenceSources, ...definitionSources, ...uniqueKeys].map(path => [identityOf(path), makeReader(path)]),
    ),
);

/** The reader of a path of one of the tables; all that go through the same items share one. */
export function readerOf(path: ItemPath): ItemReader {
  return readers().get(identityOf(path)) ?? makeReader(path);
}

/** How many items at the beginning and at the end are the same as before. */
export function changedRange(
  before: readonly ItemData[],
  after: readonly ItemData[],
): { readonly from: number; readonly behind: number } {
  if (before === after) return { from: before.length, behind: 0 };
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let behind = 0;
  while (behind < shorter - from && before[before.length - 1 - behind] === after[after.length - 1 - behind]) behind++;
  return { from, behind };
}

function makeReader({ items, nested }: ItemPath): ItemReader {
  const path: ItemPath = nested === undefined ? { items } : { items, nested };
  const isSame = (other: ItemPath) => identityOf(other) === identityOf(path);
  const [source] = referenceSources.filter(isSame).map(each => ({ source: each, steps: stepsOf(each) }));
  const definitions = definitionSources.filter(isSame);
  const keys = uniqueKeys.filter(isSame);
  const readItem: ElementQuery<ItemData> = (item, config) => {
    const uses = source ? readUses(config, item, source) : noUses;
    const names = definitions.map(({ name, except }) => {
      const text = name === undefined ? item.name : config.text(item.child(name));
      return except?.includes(text) ? '' : text;
    });
    return { uses, names, keys: keys.map(key => keyOf(config, item, key)) };
  };
  return { path, readItem, readAll: config => readAll(config, path, readItem) };
}

const noUses: ItemUses = { isOff: false, isIdle: false, uses: [] };

function readAll(config: Config, path: ItemPath, read: ElementQuery<ItemData>) {
  const items = itemsOf(config, path);
  // Items that are children of the root are sections each by itself: certificates.
  const isOneSection = config.section(sectionOf(path)).length === 1;
  const data = isOneSection ? config.ofElements(read, items) : items.map(item => config.ofElement(read, item));
  return { items, data };
}

function keyOf(config: Config, item: Element, key: UniqueKey): ItemKey | undefined {
  if (key.offWith !== undefined && hasFlag(item, key.offWith)) return undefined;
  if (key.offWithout !== undefined && !hasFlag(item, key.offWithout)) return undefined;
  const texts = key.children.map(child => config.text(item.child(child)));
  if (texts.includes('')) return undefined;
  const identity = texts.join('\n');
  return { texts, identity: key.ignoresCase ? identity.toUpperCase() : identity };
}

function identityOf({ items, nested = '' }: ItemPath): string {
  return `${items} ${nested}`;
}
