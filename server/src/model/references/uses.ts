import {
  type ReferenceKind,
  type ReferenceSource,
  referenceSources,
  type SlotCondition,
} from '../../schema/references.ts';
import { Column, Element, type Place } from '../../syntax/tree.ts';
import type { Config, ElementQuery } from '../config.ts';
import { hasFlag } from '../read.ts';
import { itemAround, itemsOf, sectionOf } from './items.ts';
import { placeInText } from './places.ts';
import { candidatesOf, type Slot, type Step, slots, stepsOf } from './table.ts';

/** A text in an item that may be a name, kept until the item's own text changes. */
export interface TextUse {
  /** {@link Slot.id}. */
  readonly slot: number;
  /** The row of the element that holds it, counted from the item's own; 0 is the item itself, whose tag is the text then. */
  readonly row: number;
  readonly text: string;
  /** Where it begins in the element's text as pfSense reads it. */
  readonly from: number;
  /** pfSense looks at it as the item is: the port of a rule for TCP, but not of one for ICMP. */
  readonly isRead: boolean;
}

/** What one item may name. */
export interface ItemUses {
  /** It is switched off, and names nothing that matters now. */
  readonly isOff: boolean;
  readonly uses: readonly TextUse[];
}

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

/** The different texts of a source by slot. */
export type Texts = ReadonlyMap<Slot, TextCounts>;

/** All that the items of one source may name. */
interface SourceUses {
  readonly items: readonly Element[];
  readonly uses: readonly ItemUses[];
}

/**
 * The texts of a source as they were counted last. An item whose text has not changed is the same object as before, so
 * that of thousands of rules those alone are counted anew that an edit has touched.
 */
interface Tally {
  uses: readonly ItemUses[];
  isOn: boolean;
  readonly texts: Map<Slot, Map<string, Count>>;
}

interface Reader {
  readonly source: ReferenceSource;
  readonly readItem: ElementQuery<ItemUses>;
  readonly read: (config: Config) => SourceUses;
  readonly count: (config: Config) => Texts;
}

const readers: readonly Reader[] = referenceSources.map(source => {
  const steps = stepsOf(source);
  const readItem: ElementQuery<ItemUses> = (item, config) => readUses(config, item, { source, steps });
  const read = (config: Config): SourceUses => readSource(config, source, readItem);
  // It reads no section, so that there is one for as long as the config lives.
  const tally = (): Tally => ({ uses: [], isOn: true, texts: new Map() });
  const count = (config: Config): Texts => {
    const kept = config.query(tally);
    bringUpToDate(kept, config.query(read).uses, isSectionOn(config, source));
    return kept.texts;
  };
  return { source, readItem, read, count };
});

/** The different texts that may be names, source by source. */
export function* allTexts(config: Config): Generator<Texts> {
  for (const { count } of readers) yield count(config);
}

/** The slots in which something of that kind may be named. */
export function slotsFor(kind: ReferenceKind): readonly Slot[] {
  return slots.filter(({ slot }) => slot.targets.some(target => target.kind === kind));
}

/** Where texts stand in the places of slots of one source, in the order of the file. */
export function usesOfTexts(
  config: Config,
  wanted: ReadonlyMap<Slot, ReadonlyMap<string, unknown>>,
): readonly ReferenceUse[] {
  const [first] = wanted.keys();
  const reader = readers.find(each => each.source === first?.source);
  if (!reader) return [];
  const { items, uses } = config.query(reader.read);
  const isOn = isSectionOn(config, reader.source);
  const found: ReferenceUse[] = [];
  items.forEach((item, i) => {
    const own = uses[i];
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
  return readers.flatMap(({ source, readItem }) => {
    const item = itemAround(element, source);
    if (!item) return [];
    const { isOff, uses } = config.ofElement(readItem, item);
    const isActive = !isOff && isSectionOn(config, source);
    return uses.filter(use => item.row + use.row === element.row).map(use => useOf(config, { item, use, isActive }));
  });
}

/** The names that stand anywhere in an item where pfSense looks at them; none where the element is no item of the table. */
export function usesWithin(config: Config, item: Element): readonly ReferenceUse[] {
  return readers.flatMap(({ source, readItem }) => {
    if (!itemAround(item, source)?.is(item)) return [];
    const { uses } = config.ofElement(readItem, item);
    return uses.filter(use => use.isRead).map(use => useOf(config, { item, use, isActive: true }));
  });
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

function readSource(config: Config, source: ReferenceSource, readItem: ElementQuery<ItemUses>): SourceUses {
  const items = itemsOf(config, source);
  return { items, uses: perSection(config, items, readItem) };
}

/** Counts what has changed: the items between those at the beginning and at the end that are the same as before. */
function bringUpToDate(tally: Tally, uses: readonly ItemUses[], isOn: boolean): void {
  const before = tally.uses;
  if (before === uses && tally.isOn === isOn) return;
  let from = 0;
  let behind = 0;
  if (tally.isOn === isOn) {
    const shorter = Math.min(before.length, uses.length);
    while (from < shorter && before[from] === uses[from]) from++;
    while (behind < shorter - from && before.at(-1 - behind) === uses.at(-1 - behind)) behind++;
  }
  for (let i = from; i < before.length - behind; i++) addTo(tally, before[i], -1);
  tally.uses = uses;
  tally.isOn = isOn;
  for (let i = from; i < uses.length - behind; i++) addTo(tally, uses[i], 1);
}

function addTo({ texts, isOn }: Tally, item: ItemUses | undefined, change: 1 | -1): void {
  for (const { slot: id, text, isRead } of item?.uses ?? []) {
    const slot = slots[id]!;
    const known = texts.get(slot) ?? new Map<string, Count>();
    texts.set(slot, known);
    const count = known.get(text) ?? { active: 0, off: 0 };
    if (isOn && isRead && item?.isOff === false) count.active += change;
    else count.off += change;
    if (count.active + count.off > 0) known.set(text, count);
    else known.delete(text);
  }
}

/** Items that are children of the root are sections each by itself: certificates. */
function perSection(config: Config, items: readonly Element[], read: ElementQuery<ItemUses>): ItemUses[] {
  const [first] = items;
  if (items.every(item => item.branch === first?.branch)) return config.ofElements(read, items);
  return items.map(item => config.ofElement(read, item));
}

function isSectionOn(config: Config, source: ReferenceSource): boolean {
  if (!source.section) return true;
  const top = config.section(sectionOf(source))[0]?.top;
  return source.section.matches.test(config.text(top?.find(source.section.path)));
}

function readUses(
  config: Config,
  item: Element,
  { source, steps }: { readonly source: ReferenceSource; readonly steps: Step },
): ItemUses {
  const uses: TextUse[] = [];
  for (const slot of steps.slots) {
    if (candidatesOf(slot, item.name).length > 0)
      uses.push({ slot: slot.id, row: 0, text: item.name, from: 0, isRead: true });
  }
  const conditions = new Map<SlotCondition, boolean>();
  const isFulfilled = (condition: SlotCondition | undefined): boolean => {
    if (!condition) return true;
    const known = conditions.get(condition) ?? fulfils(config, item, condition);
    conditions.set(condition, known);
    return known;
  };
  walk(item, steps, (element, found) => {
    for (const slot of found) {
      const isRead = isFulfilled(slot.slot.onlyIf);
      readSlot(config.text(element), { slot, row: element.row - item.row, isRead, uses });
    }
  });
  const isOff =
    (source.offWith !== undefined && hasFlag(item, source.offWith)) ||
    (source.offWithout !== undefined && !hasFlag(item, source.offWithout));
  return { isOff, uses };
}

/** Goes through the children that the steps lead to. */
function walk(parent: Element, step: Step, visit: (element: Element, slots: readonly Slot[]) => void): void {
  const { branch } = parent;
  const end = branch.at(Column.next, parent.row);
  for (let row = parent.row + 1; row < end; row = branch.at(Column.next, row)) {
    const below = step.children.get(branch.nameAt(row));
    if (!below) continue;
    const element = new Element(branch, row);
    if (below.slots.length > 0) visit(element, below.slots);
    if (below.children.size > 0) walk(element, below, visit);
  }
}

function readSlot(
  text: string,
  {
    slot,
    row,
    isRead,
    uses,
  }: {
    readonly slot: Slot;
    readonly row: number;
    readonly isRead: boolean;
    readonly uses: TextUse[];
  },
): void {
  if (text === '') return;
  for (const part of partsOf(text, slot)) {
    if (candidatesOf(slot, part.text).length > 0) uses.push({ slot: slot.id, row, isRead, ...part });
  }
}

/** The names in a text, with where each begins, without the blanks around it. */
function partsOf(text: string, { slot: { separator, field } }: Slot): { text: string; from: number }[] {
  const between = field === undefined ? separator : '|';
  const found: { text: string; from: number }[] = [];
  let from = 0;
  for (const part of between === undefined ? [text] : text.split(between)) {
    found.push({ text: part.trim(), from: from + (part.length - part.trimStart().length) });
    from += part.length + 1;
  }
  return field === undefined ? found : found.slice(field, field + 1);
}

function fulfils(config: Config, item: Element, condition: SlotCondition): boolean {
  const child = item.find(condition.child);
  if ('matches' in condition) return child !== undefined && condition.matches.test(config.text(child));
  return child === undefined || !condition.differs.test(config.text(child));
}
