import { CharacterClass, classes, isNameStart } from './characters.ts';
import { checkEndTag, type EndTag, readEndTag, standsBelow } from './endTag.ts';
import { FaultLog } from './faultLog.ts';
import type { Fault } from './faults.ts';
import { scanCdata, scanComment, scanDoctype, scanInstruction } from './markup.ts';
import { mixHash } from './names.ts';
import type { Rescan } from './rescan.ts';
import { Rows, rootOf } from './rows.ts';
import { ScanInput } from './scanInput.ts';
import { scanStartTag } from './startTag.ts';
import { beginsMarkup, isBadlyNamedTag, scanOutsideText, scanText } from './text.ts';
import { type Anchor, Branch, Column, columnCount, Flag, type Root, type Tree } from './tree.ts';
import { Unit } from './units.ts';
import type { XmlDocument } from './xmlDocument.ts';

const noFaults: readonly Fault[] = [];
/** No index is as large, so that a full scan never asks whether it is back in step with an older one. */
const never = 0x7fffffff;

/**
 * One pass over the text: elements into rows, what is wrong into faults. Never throws, whatever the text is.
 *
 * How it recovers: an end tag that names an open element closes it and everything open inside it. One that names
 * none closes the open element where it looks like its mistyped end tag (see {@link isMistyped}), else it is passed
 * over. A `<` that begins no markup is text. Markup that never ends reaches to the end of the text.
 *
 * What comes behind an index depends on nothing but the text there and the open elements, which is why an edit needs
 * no more than a scan from just before it until the old scan's state is met again (see {@link Rescan}).
 */
export class Scanner {
  readonly rows = new Rows();
  readonly input = new ScanInput();
  /** The row of the innermost open element; -1 when none is open. */
  open = -1;
  /** How often each name stands among the open elements, by its id: an end tag that names none needs no search. */
  private openCounts = new Int32Array(256);
  /** Offset in the document plus `shift` is the index in the input. */
  shift = 0;
  private branches: Branch[] = [];
  private readonly spineLog = new FaultLog();
  private readonly branchLog = new FaultLog();
  private isRootClosed = false;
  /** The scan of an edit that runs, and the index from which to ask it whether the scan may stop. */
  private rescanning: Rescan | undefined;
  private askAt = never;
  /** Rows below this stand for elements that were open where the scan of an edit began. */
  private inherited = 0;
  private isInStep = false;
  /** The id of the root's name. */
  private rootName = 0;

  constructor(readonly document: XmlDocument) {}

  /** Scans the whole text. */
  scan(): Tree {
    const { input } = this;
    this.begin(0);
    // The largest section of a config has about so many elements; growing by steps would copy it several times.
    this.rows.reserve(input.limit >> 7);
    const { first } = input;
    this.content(first < input.limit && input.units[first] === Unit.byteOrderMark ? first + 1 : first);
    this.closeRest();
    const spine: Anchor = { document: this.document, start: 0 };
    const root = this.root();
    if (!root) {
      this.spineLog.drop('text-outside-root');
      this.spineLog.add({ kind: 'no-root', from: this.shift, to: this.shift });
    }
    return {
      root,
      branches: this.branches,
      faults: this.spineLog.placed(spine, this.shift),
      hiddenFaults: this.spineLog.hidden,
      spine,
    };
  }

  /** Scans from where an edit may have changed something until the text behind it means what it meant before. */
  rescan(rescan: Rescan): Tree | undefined {
    this.begin(rescan.from);
    this.inherit(rescan);
    this.content(rescan.from + this.shift);
    if (!this.isInStep) this.closeRest();
    this.rescanning = undefined;
    this.askAt = never;
    this.inherited = 0;
    const root = this.isRootClosed && !rescan.isBehindRoot ? this.root() : undefined;
    return rescan.tree({ branches: this.branches, log: this.spineLog, root });
  }

  private begin(from: number): void {
    const { buffer } = this.document;
    const { input } = this;
    const { units, shift } = buffer.contiguous(from, buffer.length);
    this.shift = shift;
    input.units = units;
    input.limit = buffer.length + shift;
    input.first = shift + (buffer.length > 0 && buffer.unitAt(0) === Unit.byteOrderMark ? 1 : 0);
    input.log = this.spineLog;
    input.seen = 0;
    input.isSwallowed = false;
    this.spineLog.clear();
    this.branchLog.clear();
    this.rows.count = 0;
    this.open = -1;
    this.openCounts.fill(0);
    this.branches = [];
    this.isRootClosed = false;
    this.isInStep = false;
  }

  private content(from: number): void {
    const { input } = this;
    const { units, limit } = input;
    let at = from;
    while (at < limit) {
      if (this.open < 0) {
        if (units[at] !== Unit.lessThan || !beginsMarkup(input, at)) {
          at = scanOutsideText(input, at);
          continue;
        }
      } else if (units[at] !== Unit.lessThan) {
        at = this.text(at);
        continue;
      }
      if (at >= this.askAt && this.mayStop(at)) return;
      const next = at + 1 < limit ? units[at + 1]! : 0;
      if ((classes[next]! & CharacterClass.nameStart) !== 0) at = this.startTag(at);
      else if (next === Unit.slash) at = this.endTag(at);
      else at = this.otherMarkup(at, next);
    }
  }

  private text(from: number): number {
    const { input } = this;
    const at = scanText(input, from);
    if (input.seen !== 0) {
      this.credit(input.seen);
      input.seen = 0;
    }
    return at;
  }

  /** Notes on the open element what it holds. */
  private credit(bits: number): void {
    if (this.open >= 0) this.rows.flag(this.open, bits);
  }

  private otherMarkup(at: number, next: number): number {
    const { input } = this;
    if (next === Unit.question) {
      this.credit(Flag.hasMarkup);
      return scanInstruction(input, at);
    }
    if (next === Unit.exclamation) return this.declaration(at);
    if (isBadlyNamedTag(input, at)) return this.startTag(at);
    input.fault('stray-less-than', at, at + 1);
    return this.text(at + 1);
  }

  private declaration(at: number): number {
    const { input } = this;
    if (input.startsWith('<!--', at)) {
      this.credit(Flag.hasMarkup);
      return scanComment(input, at);
    }
    if (input.startsWith('<![CDATA[', at)) {
      this.credit(Flag.hasMarkup);
      if (this.open < 0) input.fault('text-outside-root', at, at + 9);
      return scanCdata(input, at);
    }
    if (!input.startsWith('<!DOCTYPE', at)) {
      input.fault('stray-less-than', at, at + 1);
      return this.text(at + 1);
    }
    if (this.rows.count > 0) input.fault('misplaced-declaration', at, at + 9);
    if (this.open < 0) return scanDoctype(input, at);
    return this.text(at + 9);
  }

  private startTag(from: number): number {
    const { input } = this;
    const { units, limit } = input;
    const table = classes;
    const rest = CharacterClass.nameRest;
    let at = from + 1;
    let hash = 0;
    let widest = 0;
    for (; at < limit; at++) {
      const unit = units[at]!;
      if ((table[unit]! & rest) === 0) break;
      hash = mixHash(hash, unit);
      widest |= unit;
    }
    const row = this.opened(from, at);
    const { data } = this.rows;
    const base = row * columnCount;
    const name = this.document.names.intern(units, from + 1, at, hash);
    data[base + Column.name] = name;
    data[base + Column.nameEnd] = at;
    this.count(name);
    if (widest >= 0x80 || !isNameStart(units[from + 1]!)) this.checkName(from + 1, at);
    if (at < limit && units[at] === Unit.greaterThan) {
      data[base + Column.contentStart] = at + 1;
      return at + 1;
    }
    const tag = scanStartTag(input, { from, nameEnd: at });
    this.rows.set(Column.contentStart, row, tag.at);
    this.rows.flag(row, tag.flags);
    if ((tag.flags & Flag.selfClosing) !== 0) this.close(tag.at, tag.at, Flag.closed);
    return tag.at;
  }

  /** Adds a row for an element that begins. What follows a closed root hangs below it, so that it is read all the same. */
  private opened(from: number, nameEnd: number): number {
    const isOutside = this.open < 0 && this.rows.count > 0;
    const parent = isOutside ? 0 : this.open;
    if (parent === 0) this.input.log = this.branchLog;
    if (isOutside)
      this.input.namedFault('second-root', { from, to: nameEnd }, { name: { from: from + 1, to: nameEnd } });
    const row = this.rows.add(from, parent);
    this.open = row;
    return row;
  }

  private count(name: number): void {
    if (name >= this.openCounts.length) {
      const larger = new Int32Array(Math.max(name + 1, this.openCounts.length * 2));
      larger.set(this.openCounts);
      this.openCounts = larger;
    }
    this.openCounts[name]!++;
  }

  private checkName(from: number, to: number): void {
    const { input } = this;
    if (!isNameStart(input.units[from]!)) {
      input.namedFault('bad-name', { from, to }, { name: { from, to } });
    }
    for (let at = from; at < to; ) {
      if ((classes[input.units[at]!]! & CharacterClass.odd) === 0) at++;
      else at = input.odd(at);
    }
  }

  private endTag(from: number): number {
    const { open } = this;
    const { units, limit } = this.input;
    if (open >= this.inherited) {
      const { data } = this.rows;
      const base = open * columnCount;
      const start = data[base + Column.start]! + 1;
      const length = data[base + Column.nameEnd]! - start;
      const end = from + 2 + length;
      if (end < limit && units[end] === Unit.greaterThan) {
        let i = 0;
        while (i < length && units[start + i] === units[from + 2 + i]) i++;
        if (i === length) {
          this.close(from, end + 1, Flag.closed);
          return end + 1;
        }
      }
    }
    return this.oddEndTag(from);
  }

  /** An end tag that is not just that of the open element, or not written as plainly. */
  private oddEndTag(from: number): number {
    const tag = readEndTag(this.input, from);
    const target = this.target(tag.nameFrom, tag.nameEnd);
    if (target < 0) return this.unknownEndTag(tag);
    while (this.open !== target) this.closeUnclosed(from);
    checkEndTag(this.input, tag);
    this.close(from, tag.end, Flag.closed);
    return tag.end;
  }

  /** The innermost open element of that name, or -1. The search passes only elements that then are closed. */
  private target(nameFrom: number, nameEnd: number): number {
    const name = this.document.names.find(this.input.units, nameFrom, nameEnd);
    if (name < 0 || name >= this.openCounts.length || this.openCounts[name] === 0) return -1;
    const { rows } = this;
    let row = this.open;
    while (row >= 0 && rows.get(Column.name, row) !== name) row = rows.get(Column.parent, row);
    return row;
  }

  private unknownEndTag(tag: EndTag): number {
    const { input, open } = this;
    const name = { from: tag.nameFrom, to: tag.nameEnd };
    if (open >= 0 && this.isMistyped(open, tag.from)) {
      const place = tag.nameEnd > tag.nameFrom ? name : { from: tag.from, to: tag.end };
      input.namedFault('mismatched-end-tag', place, { name, expected: this.nameOf(open) });
      this.close(tag.from, tag.end, Flag.closed | Flag.mismatched);
    } else input.namedFault('stray-end-tag', { from: tag.from, to: tag.end }, { name });
    return tag.end;
  }

  /**
   * Whether an end tag of an unknown name is the mistyped one of the open element: that has no children yet, or both
   * tags stand first on their lines and equally far in.
   */
  private isMistyped(open: number, endTag: number): boolean {
    if (!this.hasChildren(open)) return true;
    this.rows.flag(open, Flag.byIndentation);
    const start = this.rows.get(Column.start, open) - this.shift;
    return standsBelow(this.document.buffer, { above: start, below: endTag - this.shift });
  }

  private hasChildren(row: number): boolean {
    if (this.rows.count > row + 1) return true;
    if (row === 0 && this.branches.length > 0) return true;
    return row === this.inherited - 1 && this.rescanning?.keepsChildrenBefore === true;
  }

  /** Ends the innermost open element without an end tag of its own. */
  private closeUnclosed(at: number): void {
    const { open, rows, input } = this;
    const isTold = input.isSwallowed || (rows.get(Column.flags, open) & Flag.brokenStart) !== 0;
    if (!isTold) {
      const place = { from: rows.get(Column.start, open), to: rows.get(Column.nameEnd, open) };
      input.log.add({ kind: 'unclosed-element', ...place, name: this.nameOf(open) });
    }
    this.close(at, at, 0);
  }

  private closeRest(): void {
    while (this.open >= 0) this.closeUnclosed(this.input.limit);
  }

  /** Ends the innermost open element; below the root that completes a branch. */
  private close(contentEnd: number, end: number, flags: number): void {
    const { open, rows } = this;
    const { data } = rows;
    const base = open * columnCount;
    data[base + Column.contentEnd] = contentEnd;
    data[base + Column.end] = end;
    data[base + Column.next] = rows.count;
    data[base + Column.flags]! |= flags;
    this.openCounts[data[base + Column.name]!]!--;
    const parent = data[base + Column.parent]!;
    this.open = parent;
    if (open < this.inherited) this.askAt = this.rescanning!.leave(open, end);
    if (parent <= 0) this.closeTop(open, parent);
  }

  /** Of an element that hangs on the root, or the root. */
  private closeTop(row: number, parent: number): void {
    if (parent < 0) this.isRootClosed = true;
    else this.cutBranch(row);
  }

  private cutBranch(row: number): void {
    const { rescanning, branchLog, rows } = this;
    if (rescanning && row < this.inherited) {
      this.branches.push(rescanning.splice(rows, branchLog));
      rows.count = 1;
      this.inherited = 1;
    } else {
      const index = rows.get(Column.start, row);
      this.branches.push(this.newBranch(rows.cut(row), index));
    }
    branchLog.clear();
    this.input.log = this.spineLog;
    if (this.isRootClosed) this.open = -1;
  }

  private newBranch(data: Int32Array, index: number): Branch {
    const { branchLog, document } = this;
    const start = index - this.shift;
    const rows = data.length / columnCount;
    if (branchLog.count === 0) return new Branch(document, { data, rows, faults: noFaults, start });
    const faults: Fault[] = [];
    const branch = new Branch(document, { data, rows, faults, start, hiddenFaults: branchLog.hidden });
    for (const fault of branchLog.placed(branch, index)) faults.push(fault);
    return branch;
  }

  private root(): Root | undefined {
    if (this.rows.count === 0) return undefined;
    this.rootName = this.rows.get(Column.name, 0);
    return rootOf(this.rows, { tag: this.nameOf(0), shift: this.shift });
  }

  private nameOf(row: number): string {
    return this.document.names.tag(this.rows.get(Column.name, row));
  }

  /** Takes over the elements that are open where the scan of an edit begins. */
  private inherit(rescan: Rescan): void {
    const { rows } = this;
    rescan.inherit(rows, this.shift, this.rootName);
    this.rescanning = rescan;
    this.inherited = rows.count;
    this.askAt = rescan.askAt;
    this.isRootClosed = rescan.isBehindRoot;
    const outermost = rescan.isBehindRoot ? 1 : 0;
    this.open = rows.count > outermost ? rows.count - 1 : -1;
    for (let row = outermost; row < rows.count; row++) this.count(rows.get(Column.name, row));
    if (rows.count > 1) this.input.log = this.branchLog;
  }

  /** Whether the scan of an edit has met the state in which the one before it passed here, so that all behind is known. */
  private mayStop(at: number): boolean {
    const answer = this.rescanning!.ask(at, this.open);
    this.askAt = this.rescanning!.askAt;
    if (answer && this.open > 0) this.branches.push(this.rescanning!.splice(this.rows, this.branchLog));
    this.isInStep = answer;
    return answer;
  }
}
