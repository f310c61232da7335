import { type BranchEdit, BranchMemory } from './branchMemory.ts';
import type { Branch } from './tree.ts';

/** Stands for an element as long as its text stays what it is, whatever is edited around it. */
export interface ElementKey {
  /** What others have worked out from the element's text, under keys of theirs. */
  readonly answers: Map<unknown, unknown>;
}

/** Keys of rows that follow each other; those of one branch share them with the branches that edits elsewhere make of it. */
type Run = (ElementKey | undefined)[];

/** A run is cut into runs of this length when it has grown to twice as many. */
const runLength = 256;

/**
 * The keys of a branch's elements, run by run: an edit makes those anew in which something has changed, and takes over the
 * others, of which there are hundreds where a branch has a hundred thousand rows.
 */
class ElementKeys {
  private constructor(
    private readonly runs: readonly Run[],
    /** The first row of each run, and behind them the number of rows. */
    private readonly starts: readonly number[],
  ) {}

  /** Of a branch of which nothing is known yet. */
  static ofRows(rows: number): ElementKeys {
    return ElementKeys.ofRuns(cut(new Array<ElementKey | undefined>(rows).fill(undefined)));
  }

  /** The key of the element in that row. */
  of(row: number): ElementKey {
    const at = this.runAt(row);
    const run = this.runs[at]!;
    const index = row - this.starts[at]!;
    const kept = run[index];
    if (kept) return kept;
    const key: ElementKey = { answers: new Map() };
    run[index] = key;
    return key;
  }

  /** The keys of a branch that an edit has made of the one with these keys. */
  after({ chain, firstRow, rightRow, shift }: BranchEdit): ElementKeys {
    const rows = this.starts.at(-1)!;
    const newRows = rightRow + shift - firstRow;
    const first = this.runAt(Math.max(0, firstRow - 1));
    const last = this.runAt(Math.max(firstRow, Math.min(rightRow, rows - 1)));
    const runs = this.runs.slice(0, first);
    const changed = this.runs.slice(first, last + 1).flat();
    const from = this.starts[first]!;
    changed.splice(firstRow - from, rightRow - firstRow, ...new Array<undefined>(newRows).fill(undefined));
    const copied = new Set<number>();
    for (const row of chain) {
      const at = this.runAt(row);
      if (at >= first) changed[row - from] = undefined;
      else {
        if (!copied.has(at)) runs[at] = [...this.runs[at]!];
        copied.add(at);
        runs[at]![row - this.starts[at]!] = undefined;
      }
    }
    return ElementKeys.ofRuns([...runs, ...cut(changed), ...this.runs.slice(last + 1)]);
  }

  private static ofRuns(runs: readonly Run[]): ElementKeys {
    const starts = [0];
    for (const run of runs) starts.push(starts.at(-1)! + run.length);
    return new ElementKeys(runs, starts);
  }

  /** The run that holds a row. */
  private runAt(row: number): number {
    let [from, to] = [0, this.runs.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >> 1;
      if (this.starts[middle]! <= row) from = middle;
      else to = middle - 1;
    }
    return from;
  }
}

function cut(keys: Run): Run[] {
  if (keys.length === 0) return [];
  if (keys.length < 2 * runLength) return [keys];
  const runs: Run[] = [];
  for (let from = 0; from < keys.length; from += runLength) runs.push(keys.slice(from, from + runLength));
  return runs;
}

/** The keys of a document's elements, passed on from edit to edit. */
export class KeyRing {
  private readonly memory = new BranchMemory<ElementKeys>({
    first: ({ rows }) => ElementKeys.ofRows(rows),
    after: (_, edit, keys) => keys.after(edit),
    reads: 'edit alone',
  });

  /** The keys of a branch's elements: those of the branch before the edits that made it, where anybody has asked for them. */
  keysOf(branch: Branch): ElementKeys {
    return this.memory.of(branch);
  }
}
