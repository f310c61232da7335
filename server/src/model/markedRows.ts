import type { Branch, Origin } from '../syntax/tree.ts';

/**
 * Keeps the rows of each branch for which something holds that an element's own text decides, not what stands below it. After an
 * edit only the rows that are new or have changed are looked at.
 */
export class MarkedRows {
  private readonly known = new WeakMap<Branch, readonly number[]>();

  constructor(private readonly isMarked: (branch: Branch, row: number) => boolean) {}

  /** In rising order. */
  of(branch: Branch): readonly number[] {
    const edited: Branch[] = [];
    let at: Branch | undefined = branch;
    while (at && !this.known.has(at)) {
      edited.unshift(at);
      at = at.origin?.branch.deref();
    }
    let rows = at ? this.known.get(at) : undefined;
    for (const each of edited) {
      rows =
        rows && at && each.origin
          ? this.after(each, each.origin, { rows, count: at.rows })
          : this.between(each, 0, each.rows);
      this.known.set(each, rows);
      at = each;
    }
    return rows ?? [];
  }

  private after(
    branch: Branch,
    { chain, firstRow, rightRow }: Origin,
    before: { readonly rows: readonly number[]; readonly count: number },
  ): readonly number[] {
    const behind = branch.rows - before.count;
    const changed = new Set(chain);
    return [
      ...before.rows.filter(row => row < firstRow && !changed.has(row)),
      ...chain.filter(row => this.isMarked(branch, row)),
      ...this.between(branch, firstRow, rightRow + behind),
      ...before.rows.filter(row => row >= rightRow).map(row => row + behind),
    ].sort((a, b) => a - b);
  }

  private between(branch: Branch, from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let row = from; row < to; row++) if (this.isMarked(branch, row)) found.push(row);
    return found;
  }
}
