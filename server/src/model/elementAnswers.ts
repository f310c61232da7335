import { KeyRing } from '../syntax/elementKeys.ts';
import type { TextForm } from '../syntax/entities.ts';
import { type Branch, Column, type Element } from '../syntax/tree.ts';
import { orNew } from './grouping.ts';
import { sameData } from './sameData.ts';

/** Works an answer out of one element. */
export type Work<T> = (element: Element) => T;

/** What somebody asks of each of these elements, which are of one section. */
interface Question<T> {
  /** What the answers are kept under. */
  readonly key: unknown;
  readonly elements: readonly Element[];
  /** How the config's version writes characters: under another one nothing holds that was worked out before. */
  readonly form: TextForm;
  readonly work: Work<T>;
  readonly elsewhere?: () => Elsewhere | undefined;
}

interface ElementAnswer<T> {
  readonly form: TextForm;
  readonly value: T;
}

/** What was answered last to one key about the children of one row. */
interface ListAnswer<T> {
  readonly elements: readonly Element[];
  readonly form: TextForm;
  readonly values: readonly T[];
}

/** The lists of a branch by key, then by the row that they are children of. */
type Lists = Map<unknown, Map<number, ListAnswer<unknown>>>;

/** Where the same may have been asked of elements with the same text. */
export interface Elsewhere {
  readonly answers: ElementAnswers;
  readonly branches: readonly Branch[];
}

/**
 * The answers that depend on the text of one element alone, kept until it changes: those that somebody asks for one by one
 * with the element, those of a long list as that list, for thousands of rules would need as many places to keep them in. The
 * next list takes over what stands in front of the edit and behind it.
 */
export class ElementAnswers {
  private readonly keyRing = new KeyRing();
  private readonly lists = new WeakMap<Branch, Lists>();
  /** A list of elements, and what an earlier one has in common with it; that one is held weakly, or each edit would keep the text before it. */
  private readonly compared = new WeakMap<readonly Element[], Compared>();

  of<T>(element: Element, { key, form, work }: Omit<Question<T>, 'elements' | 'elsewhere'>): T {
    const { answers } = this.keyRing.keysOf(element.branch).of(element.row);
    const kept = answers.get(key) as ElementAnswer<T> | undefined;
    if (kept?.form === form) return kept.value;
    const value = work(element);
    answers.set(key, { form, value } satisfies ElementAnswer<T>);
    return value;
  }

  /** The same list where each answer says the same as before. */
  ofAll<T>(branch: Branch, question: Question<T>): readonly T[] {
    const { key, elements, form, work } = question;
    if (elements.length < longList) return elements.map(each => this.of(each, question));
    const parent = parentOf(elements);
    const before = this.listBefore(branch, parent, question) ?? listElsewhere(question);
    if (before && before.elements === elements) return before.values;
    const values = before ? this.follow(before, question) : elements.map(work);
    const kept = orNew(this.lists, branch, (): Lists => new Map());
    orNew(kept, key, () => new Map<number, ListAnswer<unknown>>()).set(parent, { elements, form, values });
    return values;
  }

  /** The last answer about the same row's children, of this branch or of one of those that edits have made it of. */
  private listBefore<T>(branch: Branch, parent: number, { key, form }: Question<T>): ListAnswer<T> | undefined {
    let row: number | undefined = parent;
    let at: Branch | undefined = branch;
    while (at && row !== undefined) {
      const kept = this.lists.get(at)?.get(key)?.get(row);
      if (kept) return kept.form === form ? (kept as ListAnswer<T>) : undefined;
      const before: Branch | undefined = at.origin?.branch.deref();
      row = before && rowBefore(row, { branch: at, before });
      at = before;
    }
    return undefined;
  }

  /** The lists that were answered to a key about a branch. */
  listsOf(branch: Branch, key: unknown): Iterable<ListAnswer<unknown>> {
    return this.lists.get(branch)?.get(key)?.values() ?? [];
  }

  /** Many ask of the same list after each other. */
  private unchanged(before: readonly Element[], after: readonly Element[]): Unchanged {
    const known = this.compared.get(after);
    if (known?.before.deref() === before) return known;
    const found = unchanged(before, after);
    this.compared.set(after, { before: new WeakRef(before), ...found });
    return found;
  }

  private follow<T>(before: ListAnswer<T>, { elements, work }: Question<T>): readonly T[] {
    const { from, behind, between } = this.unchanged(before.elements, elements);
    const oldEnd = before.elements.length - behind;
    const isAsLong = before.elements.length === elements.length;
    let values: T[] | undefined = isAsLong ? undefined : before.values.slice(0, from);
    for (const [i, place] of between.entries()) {
      const old = isAsLong ? before.values[from + i] : undefined;
      // What says the same stays the same object, so that nobody goes on working with it.
      const value = place < 0 ? sameOrNew(old, work(elements[from + i]!)) : before.values[place]!;
      if (isAsLong && value === old) continue;
      values ??= before.values.slice();
      values[from + i] = value;
    }
    if (isAsLong) return values ?? before.values;
    return (values ?? []).concat(before.values.slice(oldEnd));
  }
}

/** An answer of somebody else's about elements that begin, or end, with the same texts. */
function listElsewhere<T>({ key, form, elements, elsewhere }: Question<T>): ListAnswer<T> | undefined {
  const known = elsewhere?.();
  for (const branch of known?.branches ?? []) {
    for (const list of known?.answers.listsOf(branch, key) ?? []) {
      const isAlike = (at: 0 | -1) => isSameText(list.elements.at(at)!, elements.at(at)!);
      if (list.form === form && (isAlike(0) || isAlike(-1))) return list as ListAnswer<T>;
    }
  }
  return undefined;
}

/** The row that a list is known by: that of its first element's parent. */
function parentOf(elements: readonly Element[]): number {
  const { branch, row } = elements[0]!;
  return branch.at(Column.parent, row);
}

/** Where a row was before the edit that made the branch; absent where it was not there. */
function rowBefore(
  row: number,
  { branch, before }: { readonly branch: Branch; readonly before: Branch },
): number | undefined {
  const { firstRow, rightRow } = branch.origin!;
  if (row < firstRow) return row;
  const old = row - (branch.rows - before.rows);
  return old >= rightRow ? old : undefined;
}

/** Tells of rows where they were in a branch before; -1 where the text of that row's element has changed since. */
function keptRows(branch: Branch, before: Branch): (row: number) => number {
  const steps: { readonly branch: Branch; readonly before: Branch }[] = [];
  for (let at = branch; at !== before; ) {
    const earlier = at.origin?.branch.deref();
    if (!earlier) return () => -1;
    steps.push({ branch: at, before: earlier });
    at = earlier;
  }
  return row => {
    let at: number | undefined = row;
    for (const step of steps) {
      at = rowBefore(at, step);
      if (at === undefined || step.branch.origin!.chain.includes(at)) return -1;
    }
    return at;
  };
}

/** What of a list is in an earlier one. */
interface Unchanged {
  /** So many elements at the beginning, and at the end, are the same. */
  readonly from: number;
  readonly behind: number;
  /** Of each one between them its place in the earlier list, -1 where it is new or has changed. */
  readonly between: readonly number[];
}

interface Compared extends Unchanged {
  readonly before: WeakRef<readonly Element[]>;
}

/** Shorter lists are put together anew. */
const longList = 64;

function sameOrNew<T>(old: T | undefined, value: T): T {
  return old !== undefined && sameData(old, value) ? old : value;
}

function unchanged(before: readonly Element[], after: readonly Element[]): Unchanged {
  const [one, other] = [before[0]!.branch, after[0]!.branch];
  if (one.document !== other.document) return sameOutside({ before, after }, isSameText);
  const keptRow = keptRows(other, one);
  const { from, behind } = sameOutside({ before, after }, (old, now) => keptRow(now.row) === old.row);
  let place = from;
  const between = after.slice(from, after.length - behind).map(({ row }) => {
    const old = keptRow(row);
    while (old >= 0 && place < before.length && before[place]!.row < old) place++;
    return old >= 0 && before[place]?.row === old ? place : -1;
  });
  return { from, behind, between };
}

/** What two lists have in common at their beginning and at their end; all between counts as new. */
function sameOutside(
  { before, after }: { readonly before: readonly Element[]; readonly after: readonly Element[] },
  isSame: (old: Element, now: Element) => boolean,
): Unchanged {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && isSame(before[from]!, after[from]!)) from++;
  let behind = 0;
  while (behind < shorter - from && isSame(before[before.length - 1 - behind]!, after[after.length - 1 - behind]!)) {
    behind++;
  }
  return { from, behind, between: new Array<number>(after.length - from - behind).fill(-1) };
}

/** Whether two elements of different documents are written the same, from the first tag to the last. */
function isSameText(one: Element, other: Element): boolean {
  const { start, end } = one;
  if (other.end - other.start !== end - start) return false;
  return one.document.buffer.matches(start, end, { buffer: other.document.buffer, start: other.start });
}
