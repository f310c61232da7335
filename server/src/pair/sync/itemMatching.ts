import type { SyncItem } from './items.ts';

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

/**
 * Which items of two lists are the same. Those that say the same are; then those that share the best of their identities,
 * then the next. What both lists have in common at their beginning and end, which is mostly all, is passed over.
 */
export function matchItems(sent: readonly SyncItem[], local: readonly SyncItem[]): Matched {
  let first = 0;
  const shorter = Math.min(sent.length, local.length);
  while (first < shorter && isAlike(sent[first]!, local[first]!)) first++;
  let behind = 0;
  while (behind < shorter - first && isAlike(sent.at(-1 - behind)!, local.at(-1 - behind)!)) behind++;
  if (first + behind === sent.length && sent.length === local.length) return { unlike: [], missing: [], extra: [] };
  const [here, there] = [sent.slice(first, sent.length - behind), local.slice(first, local.length - behind)];
  const partners = join(here, there);
  const taken = new Set(partners.values());
  const moved = movedItems(here, there, partners);
  const slots = slotsOf(here, new Map([...partners].filter(([one]) => !moved.has(one))), {
    after: local[first - 1],
    before: local[local.length - behind],
  });
  const unlike: ItemPair[] = [];
  for (const [one, other] of partners) {
    const movedTo = moved.has(one) ? slots.get(one) : undefined;
    if (movedTo || !isAlike(one, other)) unlike.push({ sent: one, local: other, movedTo });
  }
  const missing = here.flatMap(item => (partners.has(item) ? [] : [{ sent: item, slot: slots.get(item) ?? nowhere }]));
  return { unlike, missing, extra: there.filter(item => !taken.has(item)) };
}

const nowhere: Slot = { after: undefined, before: undefined };

/** Items with parts are never alike at once: what is in them has to be looked at. Nor are those that are sent otherwise than they stand. */
function isAlike(one: SyncItem, other: SyncItem): boolean {
  if (one.kind.isRewritten) return false;
  return one.form.canonical === other.form.canonical && one.parts.size === 0 && other.parts.size === 0;
}

/** In the order of the primary's list. */
function join(sent: readonly SyncItem[], local: readonly SyncItem[]): ReadonlyMap<SyncItem, SyncItem> {
  // What is known by its element's name alone stands once.
  if (sent[0]?.kind.identities.length === 0)
    return new Map(sent.slice(0, 1).flatMap(one => local.slice(0, 1).map(other => [one, other] as const)));
  const found = new Map<SyncItem, SyncItem>();
  let [here, there] = [sent, local];
  const identities = Math.max(0, ...[here[0], there[0]].map(item => item?.form.identities.length ?? 0));
  for (let rank = -1; rank < identities && here.length > 0 && there.length > 0; rank++) {
    const keyOf = (item: SyncItem) => (rank < 0 ? item.form.canonical : (item.form.identities[rank] ?? ''));
    const waiting = new Map<string, SyncItem[]>();
    for (const item of there) {
      const key = keyOf(item);
      const queue = waiting.get(key);
      if (queue) queue.push(item);
      else if (key !== '') waiting.set(key, [item]);
    }
    for (const queue of waiting.values()) queue.reverse();
    const left: SyncItem[] = [];
    for (const item of here) {
      const partner = waiting.get(keyOf(item))?.pop();
      if (partner) found.set(item, partner);
      else left.push(item);
    }
    const taken = new Set(found.values());
    here = left;
    there = there.filter(item => !taken.has(item));
  }
  return new Map(sent.flatMap(item => (found.has(item) ? [[item, found.get(item)!] as const] : [])));
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
    const { group } = item.form;
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
  const places = new Map(local.map((item, i) => [item, i]));
  const groups = new Map<string, SyncItem[]>();
  for (const item of sent) {
    const { group } = item.form;
    if (group === undefined || !partners.has(item)) continue;
    const members = groups.get(group);
    if (members) members.push(item);
    else groups.set(group, [item]);
  }
  const moved = new Set<SyncItem>();
  for (const members of groups.values()) {
    const stay = risingRow(members.map(item => places.get(partners.get(item)!) ?? 0));
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
