import { type BranchEdit, BranchMemory } from '../syntax/branchMemory.ts';
import type { Branch } from '../syntax/tree.ts';

/**
 * Keeps the rows of each branch for which something holds that an element's own text decides, not what stands below it. After an
 * edit only the rows that are new or have changed are looked at.
 */
export class MarkedRows {
  private readonly memory = new BranchMemory<readonly number[]>({
    first: branch => this.between(branch, 0, branch.rows),
    after: (branch, edit, rows) => this.after(branch, edit, rows),
    reads: 'rows',
  });

  constructor(private readonly isMarked: (branch: Branch, row: number) => boolean) {}

  /** In rising order. */
  of(branch: Branch): readonly number[] {
    return this.memory.of(branch);
  }

  private after(
    branch: Branch,
    { chain, firstRow, rightRow, shift }: BranchEdit,
    before: readonly number[],
  ): readonly number[] {
    const changed = new Set(chain);
    return [
      ...before.filter(row => row < firstRow && !changed.has(row)),
      ...chain.filter(row => this.isMarked(branch, row)),
      ...this.between(branch, firstRow, rightRow + shift),
      ...before.filter(row => row >= rightRow).map(row => row + shift),
    ].sort((a, b) => a - b);
  }

  private between(branch: Branch, from: number, to: number): readonly number[] {
    const found: number[] = [];
    for (let row = from; row < to; row++) if (this.isMarked(branch, row)) found.push(row);
    return found;
  }
}
