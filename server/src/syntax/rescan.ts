import { byPlace, type FaultLog, faultLimit } from './faultLog.ts';
import type { Fault } from './faults.ts';
import { type Damage, findResumePoint, type ResumePoint } from './resumePoint.ts';
import type { Rows } from './rows.ts';
import { childTowards, firstBranchFrom, firstRowFrom, hasFlag } from './search.ts';
import { spliceRows } from './splice.ts';
import type { TextBuffer } from './textBuffer.ts';
import { type Anchor, Branch, Column, Flag, type Root, type Tree } from './tree.ts';
import { isBlank } from './units.ts';

/** No index is as large. */
const never = 0x7fffffff;

/** Where the old scan stood in the state that the new one has reached. */
interface Meeting {
  /** Where, in the old text. */
  readonly offset: number;
  /** The first old row behind it, of the branch that the scan began in; or the first old branch behind it. */
  readonly next: number;
  /** Whether what comes behind depends on how far in that place stands on its line. */
  readonly minds: 'nothing' | 'indentation';
}

/**
 * The scan of an edit: it begins in front of the damage with the elements that are open there, and may stop where the
 * scan before it passed the same text in the same state; the tree then is what was before, the rows of the scan, and
 * what comes behind, moved.
 *
 * The state of a scan is the open elements. It is the same when the scan is back among those it began with and arrives
 * at a child of theirs that the edit left alone, or at the end tag that closed it before.
 */
export class Rescan {
  /** Asked from this index on whether the scan may stop. */
  askAt = never;
  private readonly delta: number;
  /** The row, among those taken over, of the innermost that is still open; -1 behind the root. */
  private level = 0;
  /** What of the branch's chain was open when the branch was put together: its first rows. */
  private openChain = 0;
  private shift = 0;
  private candidate: Meeting | undefined;
  private meeting: Meeting | undefined;
  private isOverfull = false;

  private constructor(
    private readonly previous: Tree,
    private readonly damage: Damage,
    private readonly point: ResumePoint,
    private readonly buffer: TextBuffer,
  ) {
    this.delta = damage.newEnd - damage.oldEnd;
  }

  /** Absent where only a scan of the whole text will do. */
  static of(previous: Tree, damage: Damage, buffer: TextBuffer): Rescan | undefined {
    const point = findResumePoint(previous, damage, buffer);
    return point && new Rescan(previous, damage, point, buffer);
  }

  /** The level between branches. */
  private get spineLevel(): number {
    return this.point.isBehindRoot ? -1 : 0;
  }

  get from(): number {
    return this.point.from;
  }

  get isBehindRoot(): boolean {
    return this.point.isBehindRoot;
  }

  get keepsChildrenBefore(): boolean {
    return this.point.keepsChildrenBefore;
  }

  /** Writes the rows of the elements that are open where the scan begins, the root's first. */
  inherit(rows: Rows, shift: number, rootName: number): void {
    const { point } = this;
    const root = this.previous.root!;
    this.shift = shift;
    rows.add(root.start + shift, -1);
    rows.set(Column.name, 0, rootName);
    rows.set(Column.nameEnd, 0, root.nameEnd + shift);
    rows.set(Column.contentStart, 0, root.contentStart + shift);
    rows.set(Column.contentEnd, 0, root.contentEnd + shift);
    rows.set(Column.end, 0, root.end + shift);
    rows.flag(0, point.isBehindRoot ? root.flags : root.flags & ~(Flag.closed | Flag.mismatched));
    for (const row of point.chain) this.inheritRow(rows, point.branch!, row);
    this.level = point.chain.length > 0 ? point.chain.length : this.spineLevel;
    this.openChain = point.chain.length;
    this.seek(point.from);
  }

  private inheritRow(rows: Rows, branch: Branch, row: number): void {
    const origin = branch.start + this.shift;
    const copy = rows.add(origin + branch.at(Column.start, row), rows.count - 1);
    rows.set(Column.name, copy, branch.at(Column.name, row));
    rows.set(Column.nameEnd, copy, origin + branch.at(Column.nameEnd, row));
    rows.set(Column.contentStart, copy, origin + branch.at(Column.contentStart, row));
    const isScannedWhole = row === this.point.chain.at(-1) && !this.point.keepsChildrenBefore;
    const ofContent = isScannedWhole ? 0 : Flag.hasReferences | Flag.hasMarkup;
    rows.flag(
      copy,
      branch.at(Column.flags, row) & (Flag.hasAttributes | Flag.brokenStart | Flag.byIndentation | ofContent),
    );
  }

  /** One of the elements taken over is closed, at that index; gives the index from which to ask again. */
  leave(row: number, end: number): number {
    this.level = row > 1 ? row - 1 : row === 1 ? this.spineLevel : -1;
    if (row > 0) this.openChain = Math.min(this.openChain, row - 1);
    this.seek(end - this.shift);
    return this.askAt;
  }

  /** Whether the scan, which has come to a `<` with that row open, is back in step with the old one. */
  ask(index: number, open: number): boolean {
    const at = index - this.shift;
    if (this.candidate && this.candidate.offset + this.delta < at) this.seek(at);
    const { candidate } = this;
    if (!candidate || open !== this.level || candidate.offset + this.delta !== at) return false;
    if (candidate.minds === 'indentation' && this.touchesDamage(at)) return false;
    this.meeting = candidate;
    return true;
  }

  /** Whether nothing but blanks lies between the damage and `at`, so that how far in it stands may have changed. */
  private touchesDamage(at: number): boolean {
    const { newEnd } = this.damage;
    let i = at;
    while (i > newEnd && isBlank(this.buffer.unitAt(i - 1))) i--;
    return i <= newEnd;
  }

  /** Looks for the next place, at or behind `at` in the new text, where the old scan had the open elements of now. */
  private seek(at: number): void {
    const from = Math.max(at - this.delta, this.damage.oldEnd);
    this.candidate = this.level > 0 ? this.meetingInBranch(from) : this.meetingBetweenBranches(from);
    this.askAt = this.candidate ? this.candidate.offset + this.delta + this.shift : never;
  }

  private meetingInBranch(from: number): Meeting | undefined {
    const branch = this.point.branch!;
    const parent = this.point.chain[this.level - 1]!;
    const end = branch.at(Column.next, parent);
    let next = Math.max(parent + 1, firstRowFrom(branch, from - branch.start));
    if (next < end && branch.at(Column.parent, next) !== parent) {
      next = branch.at(Column.next, childTowards(branch, parent, next));
    }
    if (next < end) return { offset: branch.start + branch.at(Column.start, next), next, minds: minds(branch, next) };
    const offset = branch.start + branch.at(Column.contentEnd, parent);
    const isEndTag = hasFlag(branch, parent, Flag.closed) && !hasFlag(branch, parent, Flag.mismatched);
    return isEndTag && offset >= from ? { offset, next: end, minds: 'nothing' } : undefined;
  }

  private meetingBetweenBranches(from: number): Meeting | undefined {
    const { branches, root } = this.previous;
    const { contentEnd, end, flags } = root!;
    if (this.level < 0) {
      const next = firstBranchFrom(branches, Math.max(from, end));
      return this.meetingAt(next);
    }
    const next = firstBranchFrom(branches, from);
    if (next < branches.length && branches[next]!.start < contentEnd) return this.meetingAt(next);
    const isEndTag = (flags & (Flag.closed | Flag.mismatched)) === Flag.closed;
    return isEndTag && contentEnd >= from ? { offset: contentEnd, next, minds: 'nothing' } : undefined;
  }

  private meetingAt(next: number): Meeting | undefined {
    const branch = this.previous.branches[next];
    return branch && { offset: branch.start, next, minds: minds(branch, 0) };
  }

  /** The branch that the scan began in, put together from what lay before, the rows of the scan and what lies behind. */
  splice(rows: Rows, log: FaultLog): Branch {
    const { point, delta, shift } = this;
    const old = point.branch!;
    const meeting = this.openChain > 0 ? this.meeting : undefined;
    const { chain, firstRow } = point;
    const rightRow = meeting ? meeting.next : old.rows;
    const reopened = new Set(chain.slice(this.openChain).map(row => old.at(Column.start, row)));
    const spliced = spliceRows(old, {
      rows,
      chain,
      openChain: this.openChain,
      firstRow,
      rightRow,
      origin: old.start + shift,
      delta,
    });
    const faults: Fault[] = [];
    const origin = { branch: new WeakRef(old), chain, firstRow, rightRow };
    const branch = new Branch(old.document, { ...spliced, faults, start: old.start, origin });
    const right = meeting ? meeting.offset - old.start : never;
    const isKept = (fault: Fault) =>
      fault.at.from < point.from - old.start && !(fault.kind === 'unclosed-element' && reopened.has(fault.at.from));
    faults.push(...old.faults.filter(isKept).map(fault => moved(fault, branch, 0)));
    faults.push(...log.placed(branch, old.start + shift));
    faults.push(...old.faults.filter(fault => fault.at.from >= right).map(fault => moved(fault, branch, delta)));
    faults.sort(byPlace);
    if (log.hidden > 0 || faults.length > faultLimit) this.isOverfull = true;
    return branch;
  }

  /** The tree of the new text; absent where there are more faults than are kept, which only a full scan counts. */
  tree(found: {
    readonly branches: readonly Branch[];
    readonly log: FaultLog;
    readonly root: Root | undefined;
  }): Tree | undefined {
    const { previous, delta, meeting, point } = this;
    const spine: Anchor = { document: previous.spine.document, start: 0 };
    const isSpineMeeting = meeting !== undefined && this.openChain === 0;
    const right = !meeting ? previous.branches.length : isSpineMeeting ? meeting.next : point.leftBranches + 1;
    const faults = this.spineFaults(spine, found.log, found.root !== undefined);
    if (this.isOverfull || found.log.hidden > 0 || faults.length > faultLimit) return undefined;
    const rest = previous.branches.slice(right);
    if (delta !== 0) for (const branch of rest) branch.start += delta;
    const branches = [...previous.branches.slice(0, point.leftBranches), ...found.branches, ...rest];
    return { root: found.root ?? this.movedRoot(), branches, faults, hiddenFaults: 0, spine };
  }

  private movedRoot(): Root {
    const root = this.previous.root!;
    if (this.point.isBehindRoot) return root;
    return { ...root, contentEnd: root.contentEnd + this.delta, end: root.end + this.delta };
  }

  private spineFaults(spine: Anchor, log: FaultLog, isRootScanned: boolean): Fault[] {
    const { previous, point, delta, meeting, shift } = this;
    const isReopened = (fault: Fault) =>
      isRootScanned && fault.kind === 'unclosed-element' && fault.at.from === previous.root!.start;
    const left = previous.faults.filter(fault => fault.at.from < point.from && !isReopened(fault));
    const right = meeting ? previous.faults.filter(fault => fault.at.from >= meeting.offset) : [];
    const faults = [
      ...left.map(fault => moved(fault, spine, 0)),
      ...log.placed(spine, shift),
      ...right.map(fault => moved(fault, spine, delta)),
    ];
    return faults.sort(byPlace);
  }
}

function minds(branch: Branch, row: number): Meeting['minds'] {
  return hasFlag(branch, row, Flag.byIndentation) ? 'indentation' : 'nothing';
}

function moved(fault: Fault, anchor: Anchor, by: number): Fault {
  return { ...fault, at: { anchor, from: fault.at.from + by, to: fault.at.to + by } };
}
