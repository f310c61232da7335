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

/** The lists of a branch by the row that they are children of, then by key. */
type Lists = Map<number, Map<unknown, ListAnswer<unknown>>>;

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

  of<T>(element: Element, { key, form, work }: Omit<Question<T>, 'elements'>): T {
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
    const before = this.listBefore(branch, parent, question);
    if (before && before.elements === elements) return before.values;
    const values = before ? this.follow(before, question) : elements.map(work);
    const kept = orNew(this.lists, branch, (): Lists => new Map());
    orNew(kept, parent, () => new Map<unknown, ListAnswer<unknown>>()).set(key, { elements, form, values });
    return values;
  }

  /** The last answer about the same row's children, of this branch or of one of those that edits have made it of. */
  private listBefore<T>(branch: Branch, parent: number, { key, form }: Question<T>): ListAnswer<T> | undefined {
    let row: number | undefined = parent;
    let at: Branch | undefined = branch;
    while (at && row !== undefined) {
      const kept = this.lists.get(at)?.get(row)?.get(key);
      if (kept) return kept.form === form ? (kept as ListAnswer<T>) : undefined;
      const before: Branch | undefined = at.origin?.branch.deref();
      row = before && rowBefore(row, { branch: at, before });
      at = before;
    }
    return undefined;
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
  const keptRow = keptRows(after[0]!.branch, before[0]!.branch);
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && keptRow(after[from]!.row) === before[from]!.row) from++;
  let behind = 0;
  while (
    behind < shorter - from &&
    keptRow(after[after.length - 1 - behind]!.row) === before[before.length - 1 - behind]!.row
  ) {
    behind++;
  }
  let place = from;
  const between = after.slice(from, after.length - behind).map(({ row }) => {
    const old = keptRow(row);
    while (old >= 0 && place < before.length && before[place]!.row < old) place++;
    return old >= 0 && before[place]?.row === old ? place : -1;
  });
  return { from, behind, between };
}
