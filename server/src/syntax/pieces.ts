import { isSpace } from './characters.ts';
import { readEndTag } from './endTag.ts';
import { scanCdata, scanComment, scanDoctype, scanInstruction } from './markup.ts';
import { ScanInput } from './scanInput.ts';
import { readAttribute } from './startTag.ts';
import { beginsMarkup } from './text.ts';
import { type Anchor, Column, type Element, type Place } from './tree.ts';
import { Unit } from './units.ts';
import type { XmlDocument } from './xmlDocument.ts';

/** One piece of what stands between two tags, in the order of the text; together they cover all of it. */
export type Piece =
  | { readonly kind: 'element'; readonly element: Element; readonly at: Place }
  /** Text with its references as they are written, a stray `<` included. */
  | { readonly kind: 'text'; readonly at: Place }
  /** `inner` is what stands between `<![CDATA[` and `]]>`. */
  | { readonly kind: 'cdata'; readonly at: Place; readonly inner: Place }
  /** `inner` is what stands between `<!--` and `-->`. */
  | { readonly kind: 'comment'; readonly at: Place; readonly inner: Place }
  /** `<?…?>`, the XML declaration included. */
  | { readonly kind: 'instruction'; readonly at: Place }
  | { readonly kind: 'doctype'; readonly at: Place }
  /** An end tag that closes nothing (a fault tells). */
  | { readonly kind: 'stray-end-tag'; readonly at: Place };

/** The content of an element, piece by piece. */
export function* pieces(element: Element): Generator<Piece> {
  const { branch } = element;
  const start = branch.start;
  yield* piecesBetween(branch, {
    from: element.contentStart - start,
    to: element.contentEnd - start,
    children: element.children(),
  });
}

/** The content of the root element, piece by piece; nothing where there is no root. */
export function* rootPieces(document: XmlDocument): Generator<Piece> {
  const { root, branches, spine } = document.tree;
  if (!root) return;
  const children = branches.filter(branch => branch.start < root.contentEnd).map(branch => branch.top);
  yield* piecesBetween(spine, { from: root.contentStart, to: root.contentEnd, children });
}

/** What stands in front of the root element and behind it, piece by piece; of a text without a root, all of it. */
export function* outerPieces(document: XmlDocument): Generator<Piece> {
  const { root, branches, spine } = document.tree;
  const { buffer } = document;
  const first = buffer.length > 0 && buffer.unitAt(0) === Unit.byteOrderMark ? 1 : 0;
  if (!root) {
    yield* piecesBetween(spine, { from: first, to: buffer.length, children: [] });
    return;
  }
  yield* piecesBetween(spine, { from: first, to: root.start, children: [] });
  const children = branches.filter(branch => branch.start >= root.end).map(branch => branch.top);
  yield* piecesBetween(spine, { from: root.end, to: buffer.length, children });
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly children: readonly Element[];
}

function* piecesBetween(anchor: Anchor, stretch: Stretch): Generator<Piece> {
  let at = stretch.from;
  for (const child of stretch.children) {
    const from = child.start - anchor.start;
    yield* piecesWithout(anchor, at, from);
    at = child.end - anchor.start;
    yield { kind: 'element', element: child, at: { anchor, from, to: at } };
  }
  yield* piecesWithout(anchor, at, stretch.to);
}

/** The pieces of a stretch in which no element begins. */
function* piecesWithout(anchor: Anchor, from: number, to: number): Generator<Piece> {
  for (let at = from; at < to; ) {
    const piece = pieceAt(anchor, at, to);
    yield piece;
    at = piece.at.to;
  }
}

function pieceAt(anchor: Anchor, from: number, to: number): Piece {
  const input = new ScanInput();
  // Read afresh for each piece: whoever takes the pieces may look elsewhere in the buffer in between.
  const { units, shift } = anchor.document.buffer.contiguous(anchor.start + from, anchor.start + to);
  const origin = anchor.start + shift;
  input.units = units;
  input.limit = origin + to;
  const start = origin + from;
  const upTo = (end: number): Place => ({ anchor, from, to: end - origin });
  const inner = (end: number, edges: { readonly open: number; readonly close: string }): Place => {
    const isClosed = end - start >= edges.open + edges.close.length && input.startsWith(edges.close, end - 3);
    return { anchor, from: from + edges.open, to: end - origin - (isClosed ? edges.close.length : 0) };
  };
  if (input.startsWith('<!--', start)) {
    const end = scanComment(input, start);
    return { kind: 'comment', at: upTo(end), inner: inner(end, { open: 4, close: '-->' }) };
  }
  if (input.startsWith('<![CDATA[', start)) {
    const end = scanCdata(input, start);
    return { kind: 'cdata', at: upTo(end), inner: inner(end, { open: 9, close: ']]>' }) };
  }
  if (input.startsWith('<?', start)) return { kind: 'instruction', at: upTo(scanInstruction(input, start)) };
  if (input.startsWith('<!DOCTYPE', start) && isOutside(anchor))
    return { kind: 'doctype', at: upTo(scanDoctype(input, start)) };
  if (input.startsWith('</', start)) return { kind: 'stray-end-tag', at: upTo(readEndTag(input, start).end) };
  return { kind: 'text', at: upTo(endOfText(input, start + 1)) };
}

/** A document type stands outside the root; inside, `<!DOCTYPE` is text. */
function isOutside(anchor: Anchor): boolean {
  return !('rows' in anchor);
}

function endOfText(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from;
  while (at < limit && !(units[at] === Unit.lessThan && beginsMarkup(input, at))) at++;
  return at;
}

/** An attribute of a start tag, as it is written. */
export interface Attribute {
  readonly name: string;
  /** Between the quotes, references as they are written; empty where there is no value. */
  readonly value: string;
  readonly namePlace: Place;
  /** Absent where there is no value in quotes. */
  readonly valuePlace?: Place;
  /** From the name to behind the closing quote. */
  readonly at: Place;
}

/** The attributes of an element in the order of the text, broken ones included. */
export function attributes(element: Element): Attribute[] {
  const { branch, row } = element;
  const { buffer } = branch.document;
  const start = branch.start + branch.at(Column.nameEnd, row);
  const { units, shift } = buffer.contiguous(start, element.contentStart);
  const limit = element.contentStart + shift;
  const origin = branch.start + shift;
  const found: Attribute[] = [];
  for (let at = start + shift; ; ) {
    while (at < limit && isSpace(units[at]!)) at++;
    if (at >= limit || units[at] === Unit.greaterThan || units[at] === Unit.slash) return found;
    const read = readAttribute({ units, limit }, at);
    const place = (from: number, to: number): Place => ({ anchor: branch, from: from - origin, to: to - origin });
    const text = ({ anchor, from, to }: Place) => buffer.slice(anchor.start + from, anchor.start + to);
    const namePlace = place(read.from, read.nameEnd);
    const valuePlace = read.valueEnd < 0 ? undefined : place(read.valueStart, read.valueEnd);
    found.push({
      name: text(namePlace),
      value: valuePlace ? text(valuePlace) : '',
      namePlace,
      ...(valuePlace && { valuePlace }),
      at: place(read.from, read.end),
    });
    // A value that never ends takes the rest of the tag.
    if (read.valueStart >= 0 && read.valueEnd < 0) return found;
    at = read.end;
  }
}
