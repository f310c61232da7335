/** One end of a range: a number for IPv4, for numbers are quick to compare, a bigint for IPv6. */
export type Point = number | bigint;

export interface Range {
  readonly first: Point;
  readonly last: Point;
}

/** The addresses that one side of a rule stands for, as far as the file tells. */
export interface AddressSet {
  /** Every address there is. */
  readonly isAny: boolean;
  /** All that it needs of a set which covers it: these addresses, merged and sorted, and what the words stand for. */
  readonly ranges: readonly Range[];
  readonly words: readonly string[];
  /** What it gives beyond that: a word for itself, the addresses that a word surely holds. */
  readonly givenRanges: readonly Range[];
  readonly givenWords: ReadonlySet<string>;
}

/** Whether no address at all is in it. */
export function isEmpty({ isAny, ranges, words }: AddressSet): boolean {
  return !isAny && ranges.length === 0 && words.length === 0;
}

/** Sorts ranges and joins those which touch or overlap. */
export function merged(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length < 2) return ranges;
  const sorted = [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const found: { first: Point; last: Point }[] = [];
  for (const { first, last } of sorted) {
    const before = found.at(-1);
    if (before && first <= after(before.last)) {
      if (last > before.last) before.last = last;
    } else found.push({ first, last });
  }
  return found;
}

function after(point: Point): Point {
  return typeof point === 'number' ? point + 1 : point + 1n;
}

/** Whether every address of `inner` is surely in `outer`. */
export function covers(outer: AddressSet, inner: AddressSet): boolean {
  if (outer.isAny) return true;
  if (inner.isAny || isEmpty(inner)) return false;
  if (!mayHold(outer.givenRanges, inner.ranges)) return false;
  if (!inner.words.every(word => outer.givenWords.has(word))) return false;
  return inner.ranges.every(range => holds(outer.givenRanges, range));
}

/** Whether one list of merged ranges begins and ends within the other: mostly that tells them apart. */
function mayHold(outer: readonly Range[], inner: readonly Range[]): boolean {
  const [first, begin] = [inner[0], outer[0]];
  if (!first) return true;
  return begin !== undefined && begin.first <= first.first && inner.at(-1)!.last <= outer.at(-1)!.last;
}

/** Whether one of these merged ranges holds all of a range. */
export function holds(ranges: readonly Range[], { first, last }: Range): boolean {
  let [from, to] = [0, ranges.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ranges[middle]!.first <= first) from = middle + 1;
    else to = middle;
  }
  const found = ranges[from - 1];
  return found !== undefined && last <= found.last;
}

/** More sets than these around one are not looked at: nobody writes so many on purpose, and the work stays in proportion. */
const maximumAbove = 64;

/**
 * For each set those which cover it, itself included. A sweep over all ends in order: at each set's first address only the ranges
 * that are open there can hold it.
 */
export function setsAbove(sets: readonly AddressSet[]): readonly (readonly number[])[] {
  const anywhere = sets.flatMap((set, i) => (set.isAny ? [i] : []));
  const above = sets.map((set, i) => (set.isAny ? [...anywhere] : [i, ...anywhere]));
  const byWord = new Map<string, number[]>();
  sets.forEach((set, i) => {
    for (const word of set.givenWords) {
      const known = byWord.get(word);
      if (known) known.push(i);
      else byWord.set(word, [i]);
    }
  });
  const add = (inner: number, candidates: readonly number[]) => {
    const list = above[inner]!;
    for (const outer of candidates) {
      if (list.length >= maximumAbove) return;
      if (outer !== inner && !list.includes(outer) && covers(sets[outer]!, sets[inner]!)) list.push(outer);
    }
  };
  sets.forEach((set, i) => {
    const [word] = set.words;
    if (word !== undefined && !set.isAny) add(i, byWord.get(word) ?? []);
  });
  sweep(sets, add);
  return above;
}

/** {@link setsAbove} after one of the sets has become another, without looking at the others among themselves. */
export function setsAboveAfter(
  sets: readonly AddressSet[],
  before: readonly (readonly number[])[],
  changed: number,
): readonly (readonly number[])[] {
  const set = sets[changed]!;
  const own = [changed];
  const above = [...before];
  for (let i = 0; i < before.length; i++) {
    const other = sets[i];
    if (i === changed || !other) continue;
    if (own.length < maximumAbove && covers(other, set)) own.push(i);
    const list = before[i]!;
    const isIn = list.includes(changed);
    if (isIn === covers(set, other)) continue;
    if (isIn) above[i] = list.filter(each => each !== changed);
    else if (list.length < maximumAbove) above[i] = [...list, changed];
  }
  above[changed] = own;
  return above;
}

function sweep(sets: readonly AddressSet[], add: (inner: number, candidates: readonly number[]) => void): void {
  const opening = sets.flatMap((set, id) =>
    set.isAny ? [] : set.givenRanges.map(({ first, last }) => ({ first, last, id })),
  );
  const points = sets.flatMap((set, id) => {
    const [first] = set.ranges;
    return first && set.words.length === 0 ? [{ first: first.first, id }] : [];
  });
  const order = (a: { readonly first: Point }, b: { readonly first: Point }) =>
    a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
  opening.sort(order);
  points.sort(order);
  let [next, open] = [0, [] as typeof opening];
  for (const { first, id } of points) {
    while (next < opening.length && opening[next]!.first <= first) open.push(opening[next++]!);
    open = open.filter(range => range.last >= first);
    add(
      id,
      open.map(range => range.id),
    );
  }
}
