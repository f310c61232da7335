import { type Branch, Column, Flag } from './tree.ts';

/** The first of the branches that begins at or behind `offset`; their number when none does. */
export function firstBranchFrom(branches: readonly Branch[], offset: number): number {
  let low = 0;
  let high = branches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (branches[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first of the branch's rows that begins at or behind `offset`, which counts from the branch's beginning. */
export function firstRowFrom(branch: Branch, offset: number): number {
  let low = 0;
  let high = branch.rows;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (branch.at(Column.start, middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The ancestor of `row`, or itself, that is a child of `parent`; -1 where `row` is `parent`. */
export function childTowards(branch: Branch, parent: number, row: number): number {
  if (row === parent) return -1;
  let child = row;
  while (branch.at(Column.parent, child) !== parent) child = branch.at(Column.parent, child);
  return child;
}

export function hasFlag(branch: Branch, row: number, flag: number): boolean {
  return (branch.at(Column.flags, row) & flag) !== 0;
}

/** Whether an edit behind the element's start tag leaves that tag as it is. */
export function hasFirmStart(flags: number): boolean {
  return (flags & (Flag.selfClosing | Flag.brokenStart)) === 0;
}
