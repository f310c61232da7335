import type { Branch, Origin } from './tree.ts';

/** Stands for an element as long as its text stays what it is, whatever is edited around it. */
export interface ElementKey {
  /** What others have worked out from the element's text, under keys of theirs. */
  readonly answers: Map<unknown, unknown>;
}

/** The keys of a branch's elements. */
class ElementKeys {
  constructor(private readonly keys: (ElementKey | undefined)[]) {}

  /** The key of the element in that row. */
  of(row: number): ElementKey {
    const kept = this.keys[row];
    if (kept) return kept;
    const key: ElementKey = { answers: new Map() };
    this.keys[row] = key;
    return key;
  }

  /** The keys of a branch that an edit has made of the one with these keys, which had that many rows. */
  after(branch: Branch, { chain, firstRow, rightRow }: Origin, rows: number): ElementKeys {
    const behind = branch.rows - rows;
    const keys = new Array<ElementKey | undefined>(branch.rows);
    for (let row = 0; row < firstRow; row++) keys[row] = this.keys[row];
    for (const row of chain) keys[row] = undefined;
    for (let row = rightRow; row < rows; row++) keys[row + behind] = this.keys[row];
    return new ElementKeys(keys);
  }
}

/** The keys of a document's elements, passed on from edit to edit. */
export class KeyRing {
  private readonly known = new WeakMap<Branch, ElementKeys>();

  /** The keys of a branch's elements: those of the branch before the edits that made it, where anybody has asked for them. */
  keysOf(branch: Branch): ElementKeys {
    const edited: Branch[] = [];
    let at: Branch | undefined = branch;
    while (at && !this.known.has(at)) {
      edited.unshift(at);
      at = at.origin?.branch.deref();
    }
    let keys = (at && this.known.get(at)) ?? new ElementKeys([]);
    for (const each of edited) {
      keys = at && each.origin ? keys.after(each, each.origin, at.rows) : new ElementKeys([]);
      this.known.set(each, keys);
      at = each;
    }
    return keys;
  }
}
