import { uniqueKeys } from '../../schema/references/unique.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { readerOf } from './itemData.ts';
import { itemAround } from './items.ts';

/** An item of another node's config that is to be written into this one. */
export interface NewItem {
  readonly item: Element;
  readonly from: Config;
  /** The items of this config that it replaces, or that go when it comes. */
  readonly instead?: readonly Element[];
}

/**
 * Whether a name or number of the item that must stand once is another item's in the config already: with the item there
 * would be two. What breaks nothing, such as the tracker id of a rule, does not count.
 */
export function isKeyTaken(config: Config, { item, from, instead = [] }: NewItem): boolean {
  return uniqueKeys.some(key => {
    if (key.isHarmless || !itemAround(item, key)?.is(item)) return false;
    const kept = readerOf(key);
    const index = uniqueKeys.filter(each => readerOf(each) === kept).indexOf(key);
    const identity = from.ofElement(kept.readItem, item).keys[index]?.identity;
    if (identity === undefined) return false;
    const { items, data } = config.query(kept.readAll);
    return items.some(
      (other, i) => data[i]?.keys[index]?.identity === identity && !instead.some(gone => gone.is(other)),
    );
  });
}
