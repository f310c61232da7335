import { type Digest, sameDigest } from './digest.ts';
import type { SyncItem, SyncItems } from './items.ts';

/** Between which items of the secondary one goes that is to stand where the primary has it. */
export interface Slot {
  readonly after: SyncItem | undefined;
  readonly before: SyncItem | undefined;
}

/** An item of either node. */
export interface ItemPair {
  readonly sent: SyncItem;
  readonly local: SyncItem;
  /** Where it belongs, for one that stands elsewhere among the items of its group than on the primary. */
  readonly movedTo: Slot | undefined;
}

/** What the primary sends and the secondary lacks, and where it goes. */
export interface MissingItem {
  readonly sent: SyncItem;
  readonly slot: Slot;
}

export interface Matched {
  /** Those that are not alike in every respect. */
  readonly unlike: readonly ItemPair[];
  readonly missing: readonly MissingItem[];
  readonly extra: readonly SyncItem[];
}

const nothing: Matched = { unlike: [], missing: [], extra: [] };

/**
 * Which items of two lists are the same: those whose text is, those that say the same, then those that share the best of
 * their identities, then the next. What both lists have in common at their beginning and end, which is mostly all, is
 * passed over.
 */
export function matchItems(sent: SyncItems | undefined, local: SyncItems | undefined): Matched {
  const [total, other] = [sent?.length ?? 0, local?.length ?? 0];
  const shorter = Math.min(total, other);
  let first = 0;
  while (first < shorter && isSameText(sent?.digestAt(first), local?.digestAt(first))) first++;
  let behind = 0;
  while (
    behind < shorter - first &&
    isSameText(sent?.digestAt(total - 1 - behind), local?.digestAt(other - 1 - behind))
  ) {
    behind++;
  }
  if (first + behind === total && total === other && !isRewritten(sent)) return nothing;
  if (isRewritten(sent) || isRewritten(local)) first = behind = 0;
  const [here, there] = [sent?.slice(first, total - behind) ?? [], local?.slice(first, other - behind) ?? []];
  const ends = { after: local?.at(first - 1), before: behind > 0 ? local?.at(other - behind) : undefined };
  return match(here, there, ends);
}

function match(here: readonly SyncItem[], there: readonly SyncItem[], ends: Slot): Matched {
  const partners = join(here, there);
  const taken = new Set(partners.values());
  const moved = movedItems(here, there, partners);
  const settled = new Map([...partners].filter(([one]) => !moved.has(one)));
  const slots = settled.size === here.length ? new Map<SyncItem, Slot>() : slotsOf(here, settled, ends);
  const unlike: ItemPair[] = [];
  for (const [one, other] of partners) {
    const movedTo = moved.has(one) ? slots.get(one) : undefined;
    if (movedTo || !isAlike(one, other)) unlike.push({ sent: one, local: other, movedTo });
  }
  const missing = here.flatMap(item => {
    if (partners.has(item) || item.isEmpty) return [];
    return [{ sent: item, slot: slots.get(item) ?? { after: undefined, before: undefined } }];
  });
  return { unlike, missing, extra: there.filter(item => !taken.has(item) && !item.isEmpty) };
}

function isSameText(one: Digest | undefined, other: Digest | undefined): boolean {
  return one !== undefined && other !== undefined && sameDigest(one, other);
}

/** Such items are not alike where they stand alike. */
function isRewritten(items: SyncItems | undefined): boolean {
  return items?.kind.isRewritten === true;
}

/** Items with parts are never alike at once: what is in them has to be looked at. */
function isAlike(one: SyncItem, other: SyncItem): boolean {
  if (one.kind.isRewritten || one.parts.size > 0 || other.parts.size > 0) return false;
  return isSameText(one.digest, other.digest) || one.canonical === other.canonical;
}

/** In the order of the primary's list. */
function join(sent: readonly SyncItem[], local: readonly SyncItem[]): ReadonlyMap<SyncItem, SyncItem> {
  const kind = sent[0]?.kind;
  if (!kind || local.length === 0) return new Map();
  // What is known by its element's name alone stands once.
  if (kind.identities.length === 0) return new Map([[sent[0]!, local[0]!]]);
  const found = new Map<SyncItem, SyncItem>();
  const keys: ((item: SyncItem) => string)[] = [
    item => item.digest?.key ?? '',
    item => item.canonical,
    ...kind.identities.map((_, rank) => (item: SyncItem) => item.identities[rank] ?? ''),
  ];
  let [here, there] = [sent, local];
  for (const keyOf of keys) {
    if (here.length === 0 || there.length === 0) break;
    [here, there] = joinBy(keyOf, [here, there], found);
  }
  return new Map(sent.flatMap(item => (found.has(item) ? [[item, found.get(item)!] as const] : [])));
}

/** Adds the pairs with the same key to those found; gives what is left of either list. */
function joinBy(
  keyOf: (item: SyncItem) => string,
  [here, there]: readonly [readonly SyncItem[], readonly SyncItem[]],
  found: Map<SyncItem, SyncItem>,
): [SyncItem[], SyncItem[]] {
  const waiting = new Map<string, SyncItem[]>();
  for (const item of there.toReversed()) {
    const key = keyOf(item);
    const queue = waiting.get(key);
    if (queue) queue.push(item);
    else if (key !== '') waiting.set(key, [item]);
  }
  const left: SyncItem[] = [];
  const taken = new Set<SyncItem>();
  for (const item of here) {
    const partner = waiting.get(keyOf(item))?.pop();
    if (!partner) {
      left.push(item);
      continue;
    }
    found.set(item, partner);
    taken.add(partner);
  }
  return [left, there.filter(item => !taken.has(item))];
}

/** Where each item goes that has no settled partner: behind the one of its group that comes before it, else in front of the next. */
function slotsOf(
  sent: readonly SyncItem[],
  settled: ReadonlyMap<SyncItem, SyncItem>,
  ends: Slot,
): ReadonlyMap<SyncItem, Slot> {
  const slots = new Map<SyncItem, Slot>();
  const last = new Map<string | undefined, SyncItem>();
  let after = ends.after;
  for (const item of sent) {
    const { group } = item;
    const partner = settled.get(item);
    if (partner) {
      last.set(group, partner);
      after = partner;
    } else slots.set(item, { after: last.get(group) ?? after, before: undefined });
  }
  let before = ends.before;
  for (const item of sent.toReversed()) {
    const partner = settled.get(item);
    if (partner) before = partner;
    else slots.set(item, { after: slots.get(item)?.after, before });
  }
  return slots;
}

/** The fewest items that stand elsewhere among their group than on the primary: all that are in no longest rising row of places. */
function movedItems(
  sent: readonly SyncItem[],
  local: readonly SyncItem[],
  partners: ReadonlyMap<SyncItem, SyncItem>,
): ReadonlySet<SyncItem> {
  const moved = new Set<SyncItem>();
  if (!sent[0]?.kind.orderedBy) return moved;
  const places = new Map(local.map((item, i) => [item, i]));
  const placeOf = (item: SyncItem) => places.get(partners.get(item)!) ?? 0;
  const both = sent.filter(item => partners.has(item));
  if (both.every((item, i) => i === 0 || placeOf(both[i - 1]!) < placeOf(item))) return moved;
  const groups = new Map<string | undefined, SyncItem[]>();
  for (const item of both) {
    const members = groups.get(item.group);
    if (members) members.push(item);
    else groups.set(item.group, [item]);
  }
  for (const members of groups.values()) {
    const stay = risingRow(members.map(placeOf));
    members.forEach((item, i) => {
      if (!stay.has(i)) moved.add(item);
    });
  }
  return moved;
}

/** The indexes of a longest rising row among numbers that are all different, in n log n steps. */
function risingRow(numbers: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, i) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]!]! < number) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = i;
  });
  const row = new Set<number>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) row.add(i);
  return row;
}
