import { endTagName } from './endTag.ts';
import type { Fault } from './faults.ts';
import { type Names, severalSpellings } from './names.ts';
import type { TextBuffer } from './textBuffer.ts';
import type { XmlDocument } from './xmlDocument.ts';

/**
 * A stretch of text that stays right while other parts of the document are edited: offsets count from
 * where the anchor begins, and an edit elsewhere only moves the anchor.
 */
export interface Place {
  readonly anchor: Anchor;
  readonly from: number;
  readonly to: number;
}

/** A text with an address: a config, or a manifest. */
export interface TextSource {
  readonly uri: string;
  readonly buffer: TextBuffer;
}

export interface Anchor {
  readonly document: TextSource;
  /** Where the anchor begins in the document now. */
  readonly start: number;
}

/** Offsets in the document, from 0, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a place stands in its document at this moment. */
export function spanOf(place: Place): Span {
  return { start: place.anchor.start + place.from, end: place.anchor.start + place.to };
}

/**
 * The columns of a branch's rows, one row an element, in document order. All lie in one Int32Array, row by row:
 * column `c` of row `r` is `data[r * columnCount + c]`. Offsets count from the branch's beginning.
 */
export const Column = {
  /** Of the `<`. */
  start: 0,
  /** Behind the name in the start tag. */
  nameEnd: 1,
  /** Behind the `>` of the start tag. */
  contentStart: 2,
  /** Of the `<` of the end tag, or where the element ends without one. */
  contentEnd: 3,
  /** Behind the end tag. */
  end: 4,
  /** The row of the parent; -1 in row 0. */
  parent: 5,
  /** The first row behind this element and everything in it. */
  next: 6,
  /** The name's number in {@link Names}. */
  name: 7,
  /** Bits of {@link Flag}. */
  flags: 8,
} as const;

export const columnCount = 9;

export const Flag = {
  /** `<a/>`; contentStart, contentEnd and end are the same. */
  selfClosing: 1,
  /** Its own end tag closes it: neither a parent's, nor the end of the text. */
  closed: 2,
  hasAttributes: 4,
  /** Its own text (not its children's) holds references. Of an element with children it may be said after the last one is gone. */
  hasReferences: 8,
  /** Its own content holds CDATA, comments or processing instructions. Of an element with children it may be said after the last one is gone. */
  hasMarkup: 16,
  /** The end tag that closes it bears another name (a fault tells). */
  mismatched: 32,
  /** Its start tag has no end or an attribute value without one (a fault tells): where it ends depends on the text behind it. */
  brokenStart: 64,
  /** What an end tag in it closes was told by how far in its start tag stands on its line (or once was). */
  byIndentation: 128,
} as const;

/** What an edit has left of a branch: its elements in front of the damage and behind it are those of the branch before. */
export interface Origin {
  /** The branch before. It is held weakly: whoever has noted nothing of it has no use for it. */
  readonly branch: WeakRef<Branch>;
  /** The rows of the branch before that the damage lies in: they are still there, and have changed. */
  readonly chain: readonly number[];
  /** The first row of the branch before that gave way to new ones. */
  readonly firstRow: number;
  /** The first row of the branch before that is still there behind them. */
  readonly rightRow: number;
}

/** What a branch is made of. */
export interface BranchParts {
  /** The rows, and behind them maybe room for more. */
  readonly data: Int32Array;
  readonly rows: number;
  readonly faults: readonly Fault[];
  /** Where it begins in the document. */
  readonly start: number;
  /** How many faults it has beyond those that are kept. */
  readonly hiddenFaults?: number;
  /** What it was before an edit inside it; absent where it was scanned as a whole. */
  readonly origin?: Origin;
}

/**
 * A child element of the root with everything below it.
 *
 * What it says never changes: an edit inside makes a new branch, an edit elsewhere only moves `start`. So the same branch
 * object means the same text, and what was worked out from it still holds. Like the text itself, the rows of a branch are
 * there once: the branch that an edit makes takes them over ({@link takeRows}), and of the one before nothing can be read.
 */
export class Branch implements Anchor {
  readonly rows: number;
  readonly faults: readonly Fault[];
  /** Only the document moves it. */
  start: number;
  readonly hiddenFaults: number;
  readonly origin: Origin | undefined;
  private data: Int32Array;
  /** The long ones of {@link childrenOf} that somebody has asked for. */
  private longLists: Map<number, ReadonlyMap<string | undefined, readonly Element[]>> | undefined;

  constructor(
    readonly document: XmlDocument,
    { data, rows, faults, start, hiddenFaults = 0, origin }: BranchParts,
  ) {
    this.data = data;
    this.rows = rows;
    this.faults = faults;
    this.start = start;
    this.hiddenFaults = hiddenFaults;
    this.origin = origin;
  }

  /** Hands the rows over to the branch that an edit makes of this one: to copy megabytes at each key is most of what an edit would cost. */
  takeRows(): Int32Array {
    const { data } = this;
    this.data = noRows;
    return data;
  }

  get end(): number {
    return this.start + this.data[Column.end]!;
  }

  get names(): Names {
    return this.document.names;
  }

  /** The child of the root that this branch is. */
  get top(): Element {
    return new Element(this, 0);
  }

  /** The value of one column; see {@link Column}. */
  at(column: number, row: number): number {
    return this.data[row * columnCount + column]!;
  }

  /** The row's name as pfSense reads it, in lower case. */
  nameAt(row: number): string {
    return this.names.key(this.data[row * columnCount + Column.name]!);
  }

  /**
   * A row's children in document order, those of a name (lower case) or all of them. A long list is made once: many ask
   * for the same thousands of rules, and who finds the same list knows that nothing has changed.
   */
  childrenOf(parent: number, name?: string): readonly Element[] {
    const known = this.longLists?.get(parent)?.get(name);
    if (known) return known;
    const found: Element[] = [];
    const end = this.at(Column.next, parent);
    for (let row = this.firstNamed(name, parent + 1, end); row < end; ) {
      found.push(new Element(this, row));
      row = this.firstNamed(name, this.at(Column.next, row), end);
    }
    if (found.length >= longList) {
      this.longLists ??= new Map();
      this.longLists.set(parent, new Map(this.longLists.get(parent)).set(name, found));
    }
    return found;
  }

  /** The first of the siblings from `row` on that bears the name (lower case), or of all of them; `end` where none does. */
  firstNamed(name: string | undefined, row: number, end: number): number {
    const { data } = this;
    let at = row;
    if (name === undefined) return at;
    const id = this.names.idOf(name);
    if (id === -1) return end;
    if (id === severalSpellings) {
      while (at < end && this.nameAt(at) !== name) at = data[at * columnCount + Column.next]!;
    } else {
      while (at < end && data[at * columnCount + Column.name] !== id) at = data[at * columnCount + Column.next]!;
    }
    return at;
  }
}

/** Lists of that many elements are worth remembering. */
const longList = 64;

const noRows = new Int32Array(0);

/** An element: a branch and a row of it. Cheap to make; two handles of the same element are not the same object. */
export class Element {
  constructor(
    readonly branch: Branch,
    readonly row: number,
  ) {}

  get document(): XmlDocument {
    return this.branch.document;
  }

  /** The name as pfSense reads it, in lower case. */
  get name(): string {
    return this.branch.nameAt(this.row);
  }

  /** The name as it is written. */
  get tag(): string {
    return this.branch.names.tag(this.branch.at(Column.name, this.row));
  }

  get start(): number {
    return this.branch.start + this.branch.at(Column.start, this.row);
  }

  get contentStart(): number {
    return this.branch.start + this.branch.at(Column.contentStart, this.row);
  }

  get contentEnd(): number {
    return this.branch.start + this.branch.at(Column.contentEnd, this.row);
  }

  get end(): number {
    return this.branch.start + this.branch.at(Column.end, this.row);
  }

  get isSelfClosing(): boolean {
    return (this.flags & Flag.selfClosing) !== 0;
  }

  /** Whether an end tag of its own closes it. */
  get isClosed(): boolean {
    return (this.flags & Flag.closed) !== 0;
  }

  get hasChildren(): boolean {
    return this.branch.at(Column.next, this.row) > this.row + 1;
  }

  /** Bits of {@link Flag}. */
  get flags(): number {
    return this.branch.at(Column.flags, this.row);
  }

  /** The parent element; absent for a child of the root. */
  get parent(): Element | undefined {
    const row = this.branch.at(Column.parent, this.row);
    return row < 0 ? undefined : new Element(this.branch, row);
  }

  /** The child elements in document order. */
  children(): readonly Element[] {
    return this.branch.childrenOf(this.row);
  }

  /** The first child of that name (lower case). */
  child(name: string): Element | undefined {
    const { branch } = this;
    const end = branch.at(Column.next, this.row);
    const row = branch.firstNamed(name, this.row + 1, end);
    return row < end ? new Element(branch, row) : undefined;
  }

  /** All children of that name (lower case), in document order. */
  childrenNamed(name: string): readonly Element[] {
    return this.branch.childrenOf(this.row, name);
  }

  /** The first element along a path of names such as `outbound/mode`. */
  find(path: string): Element | undefined {
    let at: Element | undefined = this;
    for (const name of path.split('/')) at = at?.child(name);
    return at;
  }

  /** Whether both handles mean the same element. */
  is(other: Element | undefined): boolean {
    return other !== undefined && other.branch === this.branch && other.row === this.row;
  }

  /** The source text of the whole element. */
  get source(): string {
    return this.document.buffer.slice(this.start, this.end);
  }

  /** The source text between the tags. */
  get content(): string {
    return this.document.buffer.slice(this.contentStart, this.contentEnd);
  }

  /** From `<` to behind the end tag. */
  get wholePlace(): Place {
    return this.place(this.branch.at(Column.start, this.row), this.branch.at(Column.end, this.row));
  }

  /** The name in the start tag. */
  get namePlace(): Place {
    return this.place(this.branch.at(Column.start, this.row) + 1, this.branch.at(Column.nameEnd, this.row));
  }

  /** Everything between the tags. */
  get contentPlace(): Place {
    return this.place(this.branch.at(Column.contentStart, this.row), this.branch.at(Column.contentEnd, this.row));
  }

  /** The start tag, from `<` to behind its `>`. */
  get startTagPlace(): Place {
    return this.place(this.branch.at(Column.start, this.row), this.branch.at(Column.contentStart, this.row));
  }

  /** The end tag, from `<` to behind its `>`; absent where the element closes itself or is not closed. */
  get endTagPlace(): Place | undefined {
    if (!this.isClosed || this.isSelfClosing) return undefined;
    return this.place(this.branch.at(Column.contentEnd, this.row), this.branch.at(Column.end, this.row));
  }

  /** The name in the end tag, which is another one where a fault says so; absent where there is no end tag. */
  get endTagNamePlace(): Place | undefined {
    const tag = this.endTagPlace;
    if (!tag) return undefined;
    const origin = this.branch.start;
    const { start, end } = endTagName(this.document.buffer, origin + tag.from);
    return this.place(start - origin, end - origin);
  }

  private place(from: number, to: number): Place {
    return { anchor: this.branch, from, to };
  }
}

/** The root element: its own offsets; its children are the tree's branches. */
export interface Root extends Span {
  /** As it is written. */
  readonly tag: string;
  readonly nameEnd: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly isSelfClosing: boolean;
  readonly isClosed: boolean;
  /** Bits of {@link Flag}. */
  readonly flags: number;
}

/** What one scan of a document found. A tree is not changed by an edit; the document gets a new one. */
export interface Tree {
  readonly root: Root | undefined;
  /** The children of the root, in document order. */
  readonly branches: readonly Branch[];
  /** The faults that stand outside every branch. */
  readonly faults: readonly Fault[];
  /** How many faults stand outside every branch beyond those that are kept. */
  readonly hiddenFaults: number;
  /** What the places of those faults count from. */
  readonly spine: Anchor;
}
