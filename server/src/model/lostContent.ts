import { outerPieces, type Piece, pieces, rootPieces } from '../syntax/pieces.ts';
import { type Branch, Column, Element, Flag, type Place, spanOf } from '../syntax/tree.ts';
import { Unit } from '../syntax/units.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';
import { MarkedRows } from './markedRows.ts';

/** What pfSense does not read and does not write again: comments and attributes (facts.md §2.1), by where they stand. */
export interface LostContent {
  readonly comments: readonly Place[];
  /** Of each start tag with attributes the stretch behind its name. */
  readonly attributes: readonly Place[];
}

/** What of a file is lost at pfSense's next save, in the order of the text. */
export function lostContent(document: XmlDocument): LostContent {
  const { root, branches, spine } = document.tree;
  const comments = commentsOf([...outerPieces(document), ...rootPieces(document)]);
  const attributes: Place[] = [];
  if (root && (root.flags & Flag.hasAttributes) !== 0) {
    attributes.push({ anchor: spine, from: root.nameEnd - spine.start, to: root.contentStart - 1 - spine.start });
  }
  for (const branch of branches) {
    for (const row of marked.of(branch)) {
      comments.push(...commentsIn(branch, row));
      if (hasFlag(branch, row, Flag.hasAttributes)) attributes.push(attributesOf(branch, row));
    }
  }
  return { comments: inOrder(comments), attributes: inOrder(attributes) };
}

const marked = new MarkedRows(
  (branch, row) => hasFlag(branch, row, Flag.hasAttributes) || commentsIn(branch, row).length > 0,
);

function hasFlag(branch: Branch, row: number, flag: number): boolean {
  return (branch.at(Column.flags, row) & flag) !== 0;
}

function inOrder(places: readonly Place[]): readonly Place[] {
  return places.toSorted((a, b) => spanOf(a).start - spanOf(b).start);
}

function commentsOf(found: Iterable<Piece>): Place[] {
  return [...found].filter(({ kind }) => kind === 'comment').map(({ at }) => at);
}

function commentsIn(branch: Branch, row: number): readonly Place[] {
  if (!hasFlag(branch, row, Flag.hasMarkup)) return none;
  const element = new Element(branch, row);
  return isPlainCdata(element) ? none : commentsOf(pieces(element));
}

const none: readonly Place[] = [];

/** Whether an element holds one CDATA section and nothing else, as thousands do: told by its edges. */
function isPlainCdata({ contentStart, contentEnd, document: { buffer } }: Element): boolean {
  if (contentEnd - contentStart < 12 || buffer.unitAt(contentStart) !== Unit.lessThan) return false;
  return buffer.unitAt(contentStart + 2) === openBracket && buffer.unitAt(contentEnd - 2) === closeBracket;
}

const openBracket = 0x5b;
const closeBracket = 0x5d;

function attributesOf(branch: Branch, row: number): Place {
  return { anchor: branch, from: branch.at(Column.nameEnd, row), to: branch.at(Column.contentStart, row) - 1 };
}
