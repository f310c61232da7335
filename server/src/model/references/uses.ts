import { once } from '../../schema/once.ts';
import { type ReferenceSource, referenceSources } from '../../schema/references.ts';
import { Element, type Place, type Span } from '../../syntax/tree.ts';
import type { Config, ElementQuery } from '../config.ts';
import { changedRange, type ItemData, type ItemReader, readerOf } from './itemData.ts';
import { itemAround, sectionOf } from './items.ts';
import { placeInText } from './places.ts';
import { meantSlots, type TextUse } from './readItem.ts';
import { type Slot, slots } from './table.ts';

/** A name where it stands. */
export interface ReferenceUse {
  readonly item: Element;
  readonly element: Element;
  readonly slot: Slot;
  /** As it stands there, such as `wanip`. */
  readonly text: string;
  /** Of the text, without what stands beside it. */
  readonly place: Place;
  /** Where the text begins in what pfSense reads of the element. */
  readonly from: number;
  /** Whether the item is switched on, and pfSense looks at the place as the item is. */
  readonly isActive: boolean;
}

/** In how many places a text stands. */
interface Count {
  /** Of items that are switched on, where pfSense looks at it. */
  active: number;
  off: number;
}

/** The different texts that may be names, with how often they stand there. */
export type TextCounts = ReadonlyMap<string, Readonly<Count>>;

/** The different texts of a source by slot: another map as soon as one of the counts is another. */
export type Texts = ReadonlyMap<Slot, TextCounts>;

/**
 * The texts of a source as they were counted last: of thousands of rules those alone are counted anew that an edit has
 * touched.
 */
interface Tally {
  items: readonly ItemData[];
  isOn: boolean;
  texts: Map<Slot, Map<string, Count>>;
}

/** A name where it stands, counted from the beginning of its item: kept until the item's own text changes. */
export interface PlacedUse {
  readonly slot: Slot;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** An item of the table, the names in it, and whether it is switched off with all that is in it. */
export interface PlacedUses {
  readonly item: Element;
  readonly isIdle: boolean;
  readonly uses: readonly PlacedUse[];
}

interface Reader {
  readonly source: ReferenceSource;
  readonly kept: ItemReader;
  readonly place: ElementQuery<readonly PlacedUse[]>;
  readonly count: (config: Config) => Texts;
}

const readers = once((): readonly Reader[] => referenceSources.map(makeReader));

function makeReader(source: ReferenceSource): Reader {
  const kept = readerOf(source);
  // It reads no section, so that there is one for as long as the config lives.
  const tally = (): Tally => ({ items: [], isOn: true, texts: new Map() });
  const count = (config: Config): Texts => {
    const before = config.query(tally);
    bringUpToDate(before, config.query(kept.readAll).data, isSectionOn(config, source));
    return before.texts;
  };
  const place: ElementQuery<readonly PlacedUse[]> = (item, config) =>
    config.ofElement(kept.readItem, item).uses.uses.map(use => placed(config, item, use));
  return { source, kept, place, count };
}

/** The different texts that may be names, source by source. */
export function* allTexts(config: Config): Generator<Texts> {
  for (const { count } of readers()) yield count(config);
}

/** Where texts stand in the places of slots of one source, in the order of the file. */
export function usesOfTexts(
  config: Config,
  wanted: ReadonlyMap<Slot, ReadonlyMap<string, unknown>>,
): readonly ReferenceUse[] {
  const [first] = wanted.keys();
  const reader = readers().find(each => each.source === first?.source);
  if (!reader) return [];
  const { items, data } = config.query(reader.kept.readAll);
  const isOn = isSectionOn(config, reader.source);
  const found: ReferenceUse[] = [];
  items.forEach((item, i) => {
    const own = data[i]?.uses;
    for (const use of own?.uses ?? []) {
      if (wanted.get(slots[use.slot]!)?.has(use.text)) {
        found.push(useOf(config, { item, use, isActive: isOn && use.isRead && own?.isOff === false }));
      }
    }
  });
  return found;
}

/** The names that stand in an element, in the order of its text; in a part of a section that is no item, none. */
export function usesIn(config: Config, element: Element): readonly ReferenceUse[] {
  return readers().flatMap(({ source, kept }) => {
    const item = itemAround(element, source);
    if (!item) return [];
    const { isOff, uses } = config.ofElement(kept.readItem, item).uses;
    const isOn = !isOff && isSectionOn(config, source);
    return uses
      .filter(use => item.row + use.row === element.row)
      .map(use => useOf(config, { item, use, isActive: isOn && use.isRead }));
  });
}

/**
 * The slots of the table that an element is a place of, whatever it holds: those that pfSense reads as the item is, or all
 * where it reads none. For what asks which names may be put there.
 */
export function slotsAt(config: Config, element: Element): readonly Slot[] {
  return readers().flatMap(({ source }) => {
    const item = itemAround(element, source);
    if (!item) return [];
    const path: string[] = [];
    for (let at: Element | undefined = element; at && !at.is(item); at = at.parent) path.unshift(at.name);
    const own = slots.filter(slot => slot.source === source && slot.slot.at === path.join('/'));
    return meantSlots(config, item, own).meant;
  });
}

/** The names that stand anywhere in an item where pfSense looks at them; none where the element is no item of the table. */
export function usesWithin(config: Config, item: Element): readonly ReferenceUse[] {
  return readers().flatMap(({ source, kept }) => {
    if (!itemAround(item, source)?.is(item)) return [];
    const { uses } = config.ofElement(kept.readItem, item).uses;
    return uses.filter(use => use.isRead).map(use => useOf(config, { item, use, isActive: true }));
  });
}

/** The items of the table that lie in a stretch of the document, or reach into it; source by source, each in the order of the file. */
export function* usesBetween(config: Config, { start, end }: Span): Generator<PlacedUses> {
  for (const { kept, place } of readers()) {
    const { items, data } = config.query(kept.readAll);
    for (const [i, item] of items.entries()) {
      if (item.start > end) break;
      if (item.end < start) continue;
      yield { item, isIdle: data[i]?.uses.isIdle === true, uses: config.ofElement(place, item) };
    }
  }
}

function placed(config: Config, item: Element, use: TextUse): PlacedUse {
  const { slot, text, place } = useOf(config, { item, use, isActive: true });
  const origin = item.start - place.anchor.start;
  return { slot, text, from: place.from - origin, to: place.to - origin };
}

function useOf(
  config: Config,
  { item, use, isActive }: { readonly item: Element; readonly use: TextUse; readonly isActive: boolean },
): ReferenceUse {
  const element = use.row === 0 ? item : new Element(item.branch, item.row + use.row);
  const slot = slots[use.slot]!;
  const isTag = slot.slot.at === '';
  const span = { from: use.from, to: use.from + use.text.length };
  const place = isTag ? element.namePlace : placeInText(config, element, span);
  return { item, element, slot, text: use.text, place, from: use.from, isActive };
}

/** Counts what has changed since the last time. */
function bringUpToDate(tally: Tally, items: readonly ItemData[], isOn: boolean): void {
  const before = tally.items;
  const isSame = tally.isOn === isOn;
  const { from, behind } = isSame ? changedRange(before, items) : { from: 0, behind: 0 };
  if (from + behind < Math.max(before.length, items.length)) tally.texts = new Map(tally.texts);
  for (let i = from; i < before.length - behind; i++) addTo(tally, before[i], -1);
  tally.items = items;
  tally.isOn = isOn;
  for (let i = from; i < items.length - behind; i++) addTo(tally, items[i], 1);
}

function addTo({ texts, isOn }: Tally, item: ItemData | undefined, change: 1 | -1): void {
  for (const { slot: id, text, isRead } of item?.uses.uses ?? []) {
    const slot = slots[id]!;
    const known = texts.get(slot) ?? new Map<string, Count>();
    texts.set(slot, known);
    const count = known.get(text) ?? { active: 0, off: 0 };
    if (isOn && isRead && item?.uses.isOff === false) count.active += change;
    else count.off += change;
    if (count.active + count.off > 0) known.set(text, count);
    else known.delete(text);
  }
}

function isSectionOn(config: Config, source: ReferenceSource): boolean {
  if (!source.section) return true;
  const top = config.section(sectionOf(source))[0]?.top;
  return source.section.matches.test(config.text(top?.find(source.section.path)));
}
