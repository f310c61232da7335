import { KeyRing } from '../syntax/elementKeys.ts';
import type { TextForm } from '../syntax/entities.ts';
import type { Branch, Element } from '../syntax/tree.ts';
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

/** What was answered last to one key about a branch. */
interface ListAnswer<T> {
  readonly elements: readonly Element[];
  readonly form: TextForm;
  readonly values: readonly T[];
}

/** What an edit, or several, has left of a branch. */
interface Remains {
  /** Rows in front of this one are what they were, but for those that hold what has changed. */
  readonly firstRow: number;
  readonly chain: ReadonlySet<number>;
  /** The same of the branch before, of its rows from this one on. */
  readonly rightRow: number;
  /** By how much those have moved. */
  readonly shift: number;
}

/**
 * The answers that depend on the text of one element alone, kept until it changes. Beside each element's own, the last
 * list of answers is kept by branch and key: the next one takes over what stands in front of the edit and behind it.
 */
export class ElementAnswers {
  private readonly keyRing = new KeyRing();
  private readonly lists = new WeakMap<Branch, Map<unknown, ListAnswer<unknown>>>();
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
    const { key, elements, form } = question;
    const before = this.listBefore(branch, question);
    if (before && before.elements === elements) return before.values;
    const values = before ? this.follow(before, question) : elements.map(each => this.of(each, question));
    if (elements.length < longList) return values;
    const kept = this.lists.get(branch) ?? new Map<unknown, ListAnswer<unknown>>();
    this.lists.set(branch, kept.set(key, { elements, form, values }));
    return values;
  }

  /** The last answer about the branch, or about one of those that edits have made it of. */
  private listBefore<T>(branch: Branch, { key, form, elements }: Question<T>): ListAnswer<T> | undefined {
    if (elements.length < longList) return undefined;
    for (let at: Branch | undefined = branch; at; at = at.origin?.branch.deref()) {
      const kept = this.lists.get(at)?.get(key);
      if (kept) return kept.form === form ? (kept as ListAnswer<T>) : undefined;
    }
    return undefined;
  }

  /** Many ask of the same list after each other. */
  private unchanged(before: readonly Element[], after: readonly Element[]): Unchanged {
    const known = this.compared.get(after);
    if (known?.before.deref() === before) return known;
    const found = unchanged(before, after, remainsOf(after[0]!.branch, before[0]!.branch));
    this.compared.set(after, { before: new WeakRef(before), ...found });
    return found;
  }

  private follow<T>(before: ListAnswer<T>, question: Question<T>): readonly T[] {
    const { elements } = question;
    const { from, behind } = this.unchanged(before.elements, elements);
    const [oldEnd, newEnd] = [before.elements.length - behind, elements.length - behind];
    const isAsLong = oldEnd === newEnd;
    let values: T[] | undefined = isAsLong ? undefined : before.values.slice(0, from);
    for (let i = from; i < newEnd; i++) {
      const old = isAsLong ? before.values[i] : undefined;
      const value = this.of(elements[i]!, {
        ...question,
        // What says the same stays the same object, so that nobody goes on working with it.
        work: element => sameOrNew(old, question.work(element)),
      });
      if (isAsLong && value === old) continue;
      values ??= before.values.slice();
      values[i] = value;
    }
    if (isAsLong) return values ?? before.values;
    return (values ?? []).concat(before.values.slice(oldEnd));
  }
}

interface Unchanged {
  readonly from: number;
  readonly behind: number;
}

interface Compared extends Unchanged {
  readonly before: WeakRef<readonly Element[]>;
}

/** Shorter lists are put together anew. */
const longList = 64;

function sameOrNew<T>(old: T | undefined, value: T): T {
  return old !== undefined && sameData(old, value) ? old : value;
}

/** What edits have left of the branch before. */
function remainsOf(branch: Branch, before: Branch): Remains {
  let firstRow = before.rows;
  let behind = Math.min(before.rows, branch.rows);
  const chain = new Set<number>();
  for (let at = branch; at !== before; ) {
    const { origin } = at;
    const earlier = origin?.branch.deref();
    if (!origin || !earlier) return { firstRow: 0, chain, rightRow: before.rows, shift: 0 };
    firstRow = Math.min(firstRow, origin.firstRow);
    behind = Math.min(behind, earlier.rows - origin.rightRow);
    for (const row of origin.chain) chain.add(row);
    at = earlier;
  }
  return { firstRow, chain, rightRow: before.rows - behind, shift: branch.rows - before.rows };
}

/** How many elements at the beginning and at the end of two lists are the same. */
function unchanged(
  before: readonly Element[],
  after: readonly Element[],
  { firstRow, chain, rightRow, shift }: Remains,
): Unchanged {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter) {
    const { row } = before[from]!;
    if (row >= firstRow || row !== after[from]!.row || chain.has(row)) break;
    from++;
  }
  let behind = 0;
  while (behind < shorter - from) {
    const { row } = before[before.length - 1 - behind]!;
    if (row < rightRow || row + shift !== after[after.length - 1 - behind]!.row) break;
    behind++;
  }
  return { from, behind };
}
