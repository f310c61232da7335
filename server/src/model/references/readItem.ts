import type { ReferenceSource, SlotCondition } from '../../schema/references.ts';
import { Column, Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { hasFlag } from '../read.ts';
import { mayBeName, type Slot, type Step } from './table.ts';

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
  /** It is switched off, and nothing in it does anything. */
  readonly isIdle: boolean;
  readonly uses: readonly TextUse[];
}

/** What an item of a source may name; for an {@link ElementQuery}: it reads nothing but the item. */
export function readUses(
  config: Config,
  item: Element,
  { source, steps }: { readonly source: ReferenceSource; readonly steps: Step },
): ItemUses {
  const uses: TextUse[] = [];
  for (const slot of steps.slots) {
    if (mayBeName(slot, item.name)) uses.push({ slot: slot.id, row: 0, text: item.name, from: 0, isRead: true });
  }
  walk(item, steps, (element, found) => {
    const text = config.text(element);
    if (text === '') return;
    const { meant, isRead } = meantSlots(config, item, found);
    for (const slot of meant) {
      const row = element.row - item.row;
      if (slot.slot.separator === undefined && slot.slot.field === undefined) {
        const from = text.length - text.trimStart().length;
        addUse(uses, { slot: slot.id, row, text: text.trim(), from, isRead }, slot);
      } else {
        for (const part of partsOf(text, slot)) addUse(uses, { slot: slot.id, row, isRead, ...part }, slot);
      }
    }
  });
  const isOff =
    (source.offWith !== undefined && hasFlag(item, source.offWith)) ||
    (source.offWithout !== undefined && !hasFlag(item, source.offWithout));
  return { isOff, isIdle: isOff && !stillWorks(config, item, source), uses };
}

function stillWorks(config: Config, item: Element, { stillWorks: condition }: ReferenceSource): boolean {
  return condition === 'always' || (condition !== undefined && fulfils(config, item, condition));
}

/**
 * Which slots of one place count: a place may be of several, as its item is the one thing or the other. Where pfSense reads
 * none of them as the item is, all.
 */
export function meantSlots(
  config: Config,
  item: Element,
  all: readonly Slot[],
): { readonly meant: readonly Slot[]; readonly isRead: boolean } {
  // A place is mostly of one slot, which always counts.
  if (all.length === 1 && !all[0]!.slot.onlyIf) return { meant: all, isRead: true };
  const read = all.filter(({ slot }) => !slot.onlyIf || fulfils(config, item, slot.onlyIf));
  return read.length > 0 ? { meant: read, isRead: true } : { meant: all, isRead: false };
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

/** Keeps what may be a name. */
function addUse(uses: TextUse[], use: TextUse, slot: Slot): void {
  if (mayBeName(slot, use.text)) uses.push(use);
}

/** The names in a text, with where each begins, without the blanks around it. */
function partsOf(text: string, { slot: { separator, field } }: Slot): { text: string; from: number }[] {
  const between = field === undefined ? separator : '|';
  if (field === undefined && between !== undefined && !text.includes(between)) {
    return [{ text: text.trim(), from: text.length - text.trimStart().length }];
  }
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
