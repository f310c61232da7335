import type { Branch, Origin } from './tree.ts';

/** An edit of a branch. */
export interface BranchEdit extends Origin {
  /** By how many rows those behind the edit have moved. */
  readonly shift: number;
}

/** How something is worked out from a branch. */
export interface BranchWork<T> {
  /** Of a branch of which nothing is known. */
  readonly first: (branch: Branch) => T;
  /** Of a branch that an edit has made of the one for which that was the answer. */
  readonly after: (branch: Branch, edit: BranchEdit, before: T) => T;
  /**
   * What `after` looks at. Where it reads rows, it cannot follow several edits: a branch that an edit has replaced has lost
   * its rows, and all is worked out anew.
   */
  readonly reads: 'rows' | 'edit alone';
}

/** What is known of branches, each as long as it lasts, and passed on from edit to edit. */
export class BranchMemory<T> {
  private readonly known = new WeakMap<Branch, { readonly value: T }>();

  constructor(private readonly work: BranchWork<T>) {}

  /** Worked out of what is known of the branch before the edits that made it, where anybody has asked for that. */
  of(branch: Branch): T {
    const edited: Branch[] = [];
    let at: Branch | undefined = branch;
    while (at && !this.known.has(at)) {
      edited.push(at);
      at = at.origin?.branch.deref();
    }
    const before = at && this.known.get(at);
    const canFollow = before && (edited.length < 2 || this.work.reads === 'edit alone');
    const value = at && canFollow ? this.follow(at, before.value, edited.reverse()) : this.work.first(branch);
    this.known.set(branch, { value });
    return value;
  }

  private follow(from: Branch, value: T, edited: readonly Branch[]): T {
    let [at, known] = [from, value];
    for (const each of edited) {
      // Each of them was come to through the origin of the next.
      known = this.work.after(each, { ...each.origin!, shift: each.rows - at.rows }, known);
      this.known.set(each, { value: known });
      at = each;
    }
    return known;
  }
}
