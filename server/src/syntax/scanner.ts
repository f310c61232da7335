import {
  isForbidden,
  isHighSurrogate,
  isLowSurrogate,
  isNameRest,
  isNameStart,
  isSpace,
  stopsText,
} from './characters.ts';
import type { Fault, FaultKind } from './faults.ts';
import { mixHash } from './names.ts';
import { Rows } from './rows.ts';
import { type Anchor, Branch, Column, Flag, type Root, type Tree } from './tree.ts';
import type { XmlDocument } from './xmlDocument.ts';

const lessThan = 60;
const greaterThan = 62;
const slash = 47;
const exclamation = 33;
const question = 63;
const hyphen = 45;
const bracketOpen = 91;
const bracketClose = 93;
const ampersand = 38;
const semicolon = 59;
const hash = 35;
const equals = 61;
const quote = 34;
const apostrophe = 39;

interface FoundFault {
  readonly kind: FaultKind;
  readonly from: number;
  readonly to: number;
  readonly name?: string;
  readonly expected?: string;
}

/**
 * One pass over the text: elements into rows, what is wrong into faults. Never throws, whatever the text is.
 *
 * How it recovers: an end tag that names an open element closes it and everything open inside it; one that
 * names none closes the open element if that has no children (a mistyped end tag), else it is passed over.
 * A `<` that begins no markup is text. Markup that never ends reaches to the end of the text, a tag that
 * never ends to the next `<`.
 */
export class Scanner {
  private readonly rows = new Rows();
  private units: Uint16Array = new Uint16Array(0);
  /** Offset in the document plus `shift` is the index in `units`. */
  private shift = 0;
  private limit = 0;
  /** The row of the innermost open element; -1 when none is open. */
  private open = -1;
  private faults: FoundFault[] = [];
  private branches: Branch[] = [];
  private spineFaults: FoundFault[] = [];
  private rootClosed = false;

  constructor(private readonly document: XmlDocument) {}

  /** Scans the whole text. */
  scan(): Tree {
    const { buffer } = this.document;
    const { units, shift } = buffer.contiguous(0, buffer.length);
    this.units = units;
    this.shift = shift;
    this.limit = buffer.length + shift;
    this.rows.count = 0;
    this.open = -1;
    this.faults = [];
    this.branches = [];
    this.spineFaults = [];
    this.rootClosed = false;
    const content = this.units[shift] === 0xfeff && shift < this.limit ? shift + 1 : shift;
    this.content(content);
    while (this.open >= 0) this.close(this.open, this.limit, this.limit, 0);
    return this.tree();
  }

  private tree(): Tree {
    const spine: Anchor = { document: this.document, start: 0 };
    const root = this.root();
    if (!root) this.spineFault('no-root', this.shift, this.shift);
    this.spineFaults.push(...this.faults);
    const faults = this.spineFaults.map(found => this.faultAt(found, spine, 0)).sort((a, b) => a.at.from - b.at.from);
    return { root, branches: this.branches, faults, spine };
  }

  private root(): Root | undefined {
    const { rows, shift } = this;
    if (rows.count === 0) return undefined;
    const at = (column: number) => rows.get(column, 0) - shift;
    const flags = rows.get(Column.flags, 0);
    return {
      tag: this.document.names.tag(rows.get(Column.name, 0)),
      start: at(Column.start),
      nameEnd: at(Column.nameEnd),
      contentStart: at(Column.contentStart),
      contentEnd: at(Column.contentEnd),
      end: at(Column.end),
      isSelfClosing: (flags & Flag.selfClosing) !== 0,
      isClosed: (flags & Flag.closed) !== 0,
    };
  }

  private content(from: number): void {
    const { units, limit } = this;
    let at = from;
    while (at < limit) {
      if (units[at] !== lessThan) {
        at = this.text(at);
        continue;
      }
      const next = at + 1 < limit ? units[at + 1]! : 0;
      if (next === slash) at = this.endTag(at);
      else if (next === exclamation) at = this.declaration(at);
      else if (next === question) at = this.instruction(at);
      else if (isNameStart(next)) at = this.startTag(at);
      else {
        this.fault('stray-less-than', at, at + 1);
        at = this.text(at + 1);
      }
    }
  }

  /** Text up to the next `<`. */
  private text(from: number): number {
    const { units, limit } = this;
    let at = from;
    let ink = false;
    for (; at < limit; at++) {
      const unit = units[at]!;
      if (unit > bracketClose && unit < 0xd800) ink = true;
      else if (!stopsText(unit)) ink ||= unit > 32;
      else if (unit === lessThan) break;
      else {
        ink = true;
        if (unit === ampersand) at = this.reference(at) - 1;
        else if (unit === bracketClose) this.bracket(at);
        else at = this.character(at);
      }
    }
    if (ink && (this.rows.count === 0 || this.rootClosed)) this.outside(from, at);
    return at;
  }

  private outside(from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && isSpace(this.units[start]!)) start++;
    while (end > start && isSpace(this.units[end - 1]!)) end--;
    this.fault('text-outside-root', start, end);
  }

  private bracket(at: number): void {
    if (at + 2 < this.limit && this.units[at + 1] === bracketClose && this.units[at + 2] === greaterThan) {
      this.fault('cdata-end-in-text', at, at + 3);
    }
  }

  /** A unit that may be no character; gives the last index that it looked at. */
  private character(at: number): number {
    const unit = this.units[at]!;
    const pair = isHighSurrogate(unit) && at + 1 < this.limit && isLowSurrogate(this.units[at + 1]!);
    if (pair) return at + 1;
    if (isForbidden(unit) || unit < 0xe000) this.fault('bad-character', at, at + 1);
    return at;
  }

  /** `&name;`, `&#10;` or `&#xa;`; gives the index behind it, or behind the stray `&`. */
  private reference(from: number): number {
    const { units, limit } = this;
    if (this.open >= 0) this.rows.flag(this.open, Flag.hasReferences);
    let at = from + 1;
    if (at < limit && units[at] === hash) return this.characterReference(from);
    if (at < limit && isNameStart(units[at]!)) {
      while (at < limit && isNameRest(units[at]!)) at++;
      if (at < limit && units[at] === semicolon) return at + 1;
    }
    this.fault('stray-ampersand', from, from + 1);
    return from + 1;
  }

  private characterReference(from: number): number {
    const { units, limit } = this;
    let at = from + 2;
    const isHex = at < limit && units[at] === 120;
    if (isHex) at++;
    const digits = at;
    let code = 0;
    for (; at < limit; at++) {
      const digit = digitOf(units[at]!);
      if (digit < 0 || (digit > 9 && !isHex)) break;
      code = Math.min(code * (isHex ? 16 : 10) + digit, 0x110000);
    }
    if (at === digits || at >= limit || units[at] !== semicolon) {
      this.fault('stray-ampersand', from, from + 1);
      return from + 1;
    }
    if (!isCharacter(code)) this.fault('bad-character-reference', from, at + 1);
    return at + 1;
  }

  private startTag(from: number): number {
    const { units, limit, rows } = this;
    let at = from + 1;
    let mixed = 0;
    for (; at < limit; at++) {
      const unit = units[at]!;
      if (!isNameRest(unit)) break;
      mixed = mixHash(mixed, unit);
    }
    if (this.rootClosed && this.open < 0) this.fault('second-root', from, at);
    const row = rows.add(from, this.parentOfNew());
    rows.set(Column.name, row, this.document.names.intern(units, from + 1, at, mixed));
    rows.set(Column.nameEnd, row, at);
    this.open = row;
    if (at < limit && units[at] === greaterThan) return this.opened(row, at + 1);
    return this.restOfStartTag(row, at);
  }

  /** A second root's elements hang below the first, so that what is in them is read all the same. */
  private parentOfNew(): number {
    return this.open < 0 && this.rows.count > 0 ? 0 : this.open;
  }

  private restOfStartTag(row: number, from: number): number {
    const { units, limit } = this;
    let at = from;
    let names: string[] | undefined;
    for (;;) {
      while (at < limit && isSpace(units[at]!)) at++;
      if (at >= limit || units[at] === lessThan) return this.unterminatedStartTag(row, at);
      const unit = units[at]!;
      if (unit === greaterThan) return this.opened(row, at + 1);
      if (unit === slash && at + 1 < limit && units[at + 1] === greaterThan) return this.closedItself(row, at + 2);
      this.rows.flag(row, Flag.hasAttributes);
      names ??= [];
      at = this.attribute(at, names);
    }
  }

  private attribute(from: number, names: string[]): number {
    const { units, limit } = this;
    let at = from;
    while (at < limit && !endsAttributeName(units[at]!)) at++;
    const nameEnd = at;
    const name = this.slice(from, nameEnd);
    while (at < limit && isSpace(units[at]!)) at++;
    if (at >= limit || units[at] !== equals || !isName(name)) {
      const end = Math.max(nameEnd, from + 1);
      this.fault('bad-attribute', from, end, name);
      return units[at] === equals && at < limit ? this.attributeValue(at + 1, nameEnd) : end;
    }
    if (names.includes(name)) this.fault('duplicate-attribute', from, nameEnd, name);
    names.push(name);
    return this.attributeValue(at + 1, nameEnd);
  }

  private attributeValue(from: number, nameEnd: number): number {
    const { units, limit } = this;
    let at = from;
    while (at < limit && isSpace(units[at]!)) at++;
    const mark = at < limit ? units[at]! : 0;
    if (mark !== quote && mark !== apostrophe) {
      this.fault('bad-attribute', nameEnd, Math.max(at, nameEnd + 1));
      while (at < limit && !endsAttributeName(units[at]!)) at++;
      return at;
    }
    let tagEnd = -1;
    for (let i = at + 1; i < limit; i++) {
      const unit = units[i]!;
      if (unit === mark) return i + 1;
      if (unit === lessThan) break;
      if (unit === greaterThan && tagEnd < 0) tagEnd = i;
      if (unit === ampersand) i = this.reference(i) - 1;
      else if (unit < 32 || unit >= 0xd800) i = isSpace(unit) ? i : this.character(i);
    }
    this.fault('bad-attribute', at, at + 1);
    if (tagEnd >= 0) return tagEnd;
    while (at < limit && units[at] !== lessThan) at++;
    return at;
  }

  private unterminatedStartTag(row: number, at: number): number {
    let end = at;
    while (end > 0 && isSpace(this.units[end - 1]!)) end--;
    this.fault('unterminated-start-tag', this.rows.get(Column.start, row), end, this.nameOf(row));
    return this.opened(row, end);
  }

  private opened(row: number, at: number): number {
    this.rows.set(Column.contentStart, row, at);
    return at;
  }

  private closedItself(row: number, at: number): number {
    this.rows.set(Column.contentStart, row, at);
    this.close(row, at, at, Flag.selfClosing | Flag.closed);
    return at;
  }

  private endTag(from: number): number {
    const { units, limit } = this;
    const nameStart = from + 2;
    let at = nameStart;
    while (at < limit && isNameRest(units[at]!)) at++;
    const nameEnd = at;
    while (at < limit && units[at] !== greaterThan && units[at] !== lessThan) at++;
    const terminated = at < limit && units[at] === greaterThan;
    let end = terminated ? at + 1 : at;
    if (!terminated) while (end > nameEnd && isSpace(units[end - 1]!)) end--;
    const target = this.target(nameStart, nameEnd);
    if (target < 0) return this.strayEndTag(from, nameEnd, end);
    while (this.open !== target) this.closeUnclosed(this.open, from);
    this.checkEndTag(from, { nameEnd, end, terminated });
    this.close(target, from, end, Flag.closed);
    return end;
  }

  private checkEndTag(from: number, tag: { nameEnd: number; end: number; terminated: boolean }): void {
    if (!tag.terminated) return this.fault('unterminated-end-tag', from, tag.end, this.slice(from + 2, tag.nameEnd));
    for (let i = tag.nameEnd; i < tag.end - 1; i++) {
      if (!isSpace(this.units[i]!))
        return this.fault('bad-name', from + 2, tag.end - 1, this.slice(from + 2, tag.end - 1));
    }
  }

  /** The innermost open element of that name, or -1. */
  private target(nameStart: number, nameEnd: number): number {
    const { units, rows } = this;
    for (let row = this.open; row >= 0; row = rows.get(Column.parent, row)) {
      const start = rows.get(Column.start, row) + 1;
      if (rows.get(Column.nameEnd, row) - start !== nameEnd - nameStart) continue;
      let i = 0;
      while (i < nameEnd - nameStart && units[start + i] === units[nameStart + i]) i++;
      if (i === nameEnd - nameStart) return row;
    }
    return -1;
  }

  private strayEndTag(from: number, nameEnd: number, end: number): number {
    const { open, rows } = this;
    const name = this.slice(from + 2, nameEnd);
    const isLeaf = open >= 0 && rows.count === open + 1 && (open > 0 || this.branches.length === 0);
    if (!isLeaf) {
      this.fault('stray-end-tag', from, end, name);
      return end;
    }
    this.fault('mismatched-end-tag', from + 2, Math.max(nameEnd, from + 2), name, this.nameOf(open));
    this.close(open, from, end, Flag.closed | Flag.mismatched);
    return end;
  }

  private closeUnclosed(row: number, at: number): void {
    this.close(row, at, at, 0);
  }

  /** Ends the innermost open element; below the root that completes a branch. */
  private close(row: number, contentEnd: number, end: number, flags: number): void {
    const { rows } = this;
    if ((flags & Flag.closed) === 0) {
      const start = rows.get(Column.start, row);
      this.fault('unclosed-element', start, rows.get(Column.nameEnd, row), this.nameOf(row));
    }
    rows.set(Column.contentEnd, row, contentEnd);
    rows.set(Column.end, row, end);
    rows.set(Column.next, row, rows.count);
    rows.flag(row, flags);
    const parent = rows.get(Column.parent, row);
    this.open = parent;
    if (parent < 0) this.rootClosed = true;
    else if (parent === 0) this.cutBranch(row);
  }

  private cutBranch(row: number): void {
    const start = this.rows.get(Column.start, row);
    const faults: Fault[] = [];
    const data = this.rows.cut(row);
    const branch = new Branch(this.document, data, faults, start - this.shift);
    for (const found of this.faults) {
      if (found.from >= start) faults.push(this.faultAt(found, branch, start - this.shift));
      else this.spineFaults.push(found);
    }
    this.faults = [];
    this.branches.push(branch);
    if (this.rootClosed) this.open = -1;
  }

  private declaration(from: number): number {
    if (this.startsWith('<!--', from)) return this.comment(from);
    if (this.startsWith('<![CDATA[', from)) return this.cdata(from);
    if (this.startsWith('<!DOCTYPE', from) && this.rows.count === 0) return this.doctype(from);
    this.fault('stray-less-than', from, from + 1);
    return this.text(from + 1);
  }

  private comment(from: number): number {
    this.markup();
    for (let at = from + 4; at < this.limit; at++) {
      const unit = this.units[at]!;
      if (unit === hyphen && at + 1 < this.limit && this.units[at + 1] === hyphen) {
        if (at + 2 < this.limit && this.units[at + 2] === greaterThan) return at + 3;
        this.fault('double-hyphen-in-comment', at, at + 2);
      } else if (unit < 32 || unit >= 0xd800) at = isSpace(unit) ? at : this.character(at);
    }
    this.fault('unterminated-comment', from, from + 4);
    return this.limit;
  }

  private cdata(from: number): number {
    this.markup();
    if (this.open < 0) this.fault('text-outside-root', from, from + 9);
    for (let at = from + 9; at < this.limit; at++) {
      const unit = this.units[at]!;
      if (unit === bracketClose && this.startsWith(']]>', at)) return at + 3;
      if (unit < 32 || unit >= 0xd800) at = isSpace(unit) ? at : this.character(at);
    }
    this.fault('unterminated-cdata', from, from + 9);
    return this.limit;
  }

  private instruction(from: number): number {
    this.markup();
    let at = from + 2;
    while (at + 1 < this.limit && !(this.units[at] === question && this.units[at + 1] === greaterThan)) at++;
    if (at + 1 >= this.limit) {
      this.fault('unterminated-instruction', from, from + 2);
      return this.limit;
    }
    const isDeclaration = this.startsWith('<?xml', from) && !isNameRest(this.units[from + 5]!);
    const first = this.units[this.shift] === 0xfeff ? this.shift + 1 : this.shift;
    if (isDeclaration && from !== first) this.fault('misplaced-declaration', from, from + 5);
    return at + 2;
  }

  /** A document type is passed over; its entities are never expanded. */
  private doctype(from: number): number {
    let depth = 0;
    let mark = 0;
    for (let at = from + 9; at < this.limit; at++) {
      const unit = this.units[at]!;
      if (mark !== 0) mark = unit === mark ? 0 : mark;
      else if (this.startsWith('<!--', at)) at = this.comment(at) - 1;
      else if (unit === quote || unit === apostrophe) mark = unit;
      else if (unit === bracketOpen) depth++;
      else if (unit === bracketClose) depth--;
      else if (unit === greaterThan && depth <= 0) return at + 1;
    }
    this.fault('unterminated-declaration', from, from + 9);
    return this.limit;
  }

  private markup(): void {
    if (this.open >= 0) this.rows.flag(this.open, Flag.hasMarkup);
  }

  private startsWith(text: string, at: number): boolean {
    if (at + text.length > this.limit) return false;
    for (let i = 0; i < text.length; i++) if (this.units[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  private slice(from: number, to: number): string {
    return this.document.buffer.slice(from - this.shift, to - this.shift);
  }

  private nameOf(row: number): string {
    return this.document.names.tag(this.rows.get(Column.name, row));
  }

  private fault(kind: FaultKind, from: number, to: number, name?: string, expected?: string): void {
    this.faults.push({
      kind,
      from,
      to,
      ...(name !== undefined && { name }),
      ...(expected !== undefined && { expected }),
    });
  }

  private spineFault(kind: FaultKind, from: number, to: number): void {
    this.spineFaults.push({ kind, from, to });
  }

  private faultAt(found: FoundFault, anchor: Anchor, start: number): Fault {
    const { from, to, ...rest } = found;
    const origin = start + this.shift;
    return { ...rest, at: { anchor, from: from - origin, to: to - origin } };
  }
}

function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

function isCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff;
}

function endsAttributeName(unit: number): boolean {
  return (
    isSpace(unit) ||
    unit === equals ||
    unit === greaterThan ||
    unit === lessThan ||
    unit === slash ||
    unit === quote ||
    unit === apostrophe
  );
}

function isName(text: string): boolean {
  if (text.length === 0 || !isNameStart(text.charCodeAt(0))) return false;
  for (let i = 1; i < text.length; i++) if (!isNameRest(text.charCodeAt(i))) return false;
  return true;
}
