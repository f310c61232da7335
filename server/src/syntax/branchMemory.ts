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
    let before = at && this.known.get(at);
    for (const each of edited.reverse()) {
      const { origin } = each;
      const edit = at && origin && { ...origin, shift: each.rows - at.rows };
      before = { value: before && edit ? this.work.after(each, edit, before.value) : this.work.first(each) };
      this.known.set(each, before);
      at = each;
    }
    return before ? before.value : this.work.first(branch);
  }
}
