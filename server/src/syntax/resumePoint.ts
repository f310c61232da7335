import { childTowards, firstBranchFrom, firstRowFrom, hasFirmStart, hasFlag } from './search.ts';
import type { TextBuffer } from './textBuffer.ts';
import { type Branch, Column, Flag, type Root, type Tree } from './tree.ts';
import { Unit } from './units.ts';

/** What became of a text: `from`..`oldEnd` of the old one is `from`..`newEnd` of the new one, all else is the same. */
export interface Damage {
  readonly from: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Where the scan of an edit begins: between two tags in front of the damage, with these elements open. */
export interface ResumePoint {
  readonly from: number;
  /** The branches in front of it. */
  readonly leftBranches: number;
  /** The branch that it lies in; absent where it lies between branches. */
  readonly branch?: Branch;
  /** The rows of the elements open there, from the branch's top to the innermost. */
  readonly chain: readonly number[];
  /** The first of the branch's rows that begins behind it. */
  readonly firstRow: number;
  /** Whether children of the innermost open element stand in front of it. */
  readonly keepsChildrenBefore: boolean;
  readonly isBehindRoot: boolean;
}

/**
 * Finds the last place before the damage that the old scan passed in a state that the tree tells: behind a child, or
 * behind the start tag, of the innermost element whose content covers the damage. Absent where only a full scan will do.
 *
 * A tag is firm when it ends with its own `>`: nothing behind it changes where it ends.
 */
export function findResumePoint(tree: Tree, damage: Damage, buffer: TextBuffer): ResumePoint | undefined {
  const { root, branches } = tree;
  if (!root || tree.hiddenFaults > 0) return undefined;
  const isBehindRoot = root.isClosed && damage.from >= root.end && buffer.unitAt(root.end - 1) === Unit.greaterThan;
  if (!isBehindRoot && !rootCovers(root, damage)) return undefined;
  const floor = isBehindRoot ? root.end : root.contentStart;
  const index = firstBranchFrom(branches, damage.from) - 1;
  const last = branches[index];
  const between = (leftBranches: number): ResumePoint => {
    const left = branches[leftBranches - 1];
    const keepsChildrenBefore = left !== undefined && left.start >= floor;
    const from = keepsChildrenBefore ? left.end : floor;
    return { from, leftBranches, chain: [], firstRow: 0, keepsChildrenBefore, isBehindRoot };
  };
  if (!last || last.start < floor) return between(index + 1);
  if (last.end <= damage.from && isFirm(last, 0, buffer)) return between(index + 1);
  if (last.hiddenFaults === 0) {
    const inside = insideBranch(last, damage, buffer);
    if (inside) return { ...inside, branch: last, leftBranches: index, isBehindRoot };
  }
  const before = branches[index - 1];
  if (before && before.start >= floor && !isFirm(before, 0, buffer)) return undefined;
  return between(index);
}

function rootCovers(root: Root, damage: Damage): boolean {
  return hasFirmStart(root.flags) && root.contentStart <= damage.from && damage.oldEnd <= root.contentEnd;
}

function insideBranch(
  branch: Branch,
  damage: Damage,
  buffer: TextBuffer,
): Pick<ResumePoint, 'from' | 'chain' | 'firstRow' | 'keepsChildrenBefore'> | undefined {
  const from = damage.from - branch.start;
  const end = damage.oldEnd - branch.start;
  const nearest = firstRowFrom(branch, from) - 1;
  let row = nearest;
  while (row >= 0 && !covers(branch, row, { from, end })) row = branch.at(Column.parent, row);
  if (row < 0) return undefined;
  const chain: number[] = [];
  for (let each = row; each >= 0; each = branch.at(Column.parent, each)) chain.push(each);
  chain.reverse();
  let child = childTowards(branch, row, nearest);
  if (child >= 0 && !(branch.at(Column.end, child) <= from && isFirm(branch, child, buffer))) {
    child = childTowards(branch, row, child - 1);
    if (child >= 0 && !isFirm(branch, child, buffer)) child = -1;
  }
  const offset = child < 0 ? branch.at(Column.contentStart, row) : branch.at(Column.end, child);
  const firstRow = child < 0 ? row + 1 : branch.at(Column.next, child);
  return { from: branch.start + offset, chain, firstRow, keepsChildrenBefore: child >= 0 };
}

function covers(branch: Branch, row: number, span: { readonly from: number; readonly end: number }): boolean {
  return (
    hasFirmStart(branch.at(Column.flags, row)) &&
    branch.at(Column.contentStart, row) <= span.from &&
    span.end <= branch.at(Column.contentEnd, row)
  );
}

/** Whether the element, which ends before the damage, ends with a `>` of its own. */
function isFirm(branch: Branch, row: number, buffer: TextBuffer): boolean {
  if (!hasFlag(branch, row, Flag.closed)) return false;
  return buffer.unitAt(branch.start + branch.at(Column.end, row) - 1) === Unit.greaterThan;
}
