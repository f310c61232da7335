import { outerPieces, type Piece, pieces, rootPieces } from '../syntax/pieces.ts';
import { type Branch, Column, Element, Flag, type Place, spanOf } from '../syntax/tree.ts';
import { Unit } from '../syntax/units.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/** What pfSense does not read and does not write again: comments and attributes (facts.md §2.1), by where they stand. */
export interface LostContent {
  readonly comments: readonly Place[];
  /** Of each start tag with attributes the stretch behind its name. */
  readonly attributes: readonly Place[];
}

/** What of a file is lost at pfSense's next save, in the order of the text. */
export function lostContent(document: XmlDocument): LostContent {
  const { root, branches, spine } = document.tree;
  const found = branches.map(lostIn);
  const ofRoot =
    root && (root.flags & Flag.hasAttributes) !== 0
      ? [{ anchor: spine, from: root.nameEnd - spine.start, to: root.contentStart - 1 - spine.start }]
      : [];
  const outside = commentsOf([...outerPieces(document), ...rootPieces(document)]);
  return {
    comments: inOrder([...outside, ...found.flatMap(each => each.comments)]),
    attributes: inOrder([...ofRoot, ...found.flatMap(each => each.attributes)]),
  };
}

/** A branch never changes, so that what is in it is found once. */
const known = new WeakMap<Branch, LostContent>();

function lostIn(branch: Branch): LostContent {
  const before = known.get(branch);
  if (before) return before;
  const found = { comments: commentsIn(branch), attributes: attributesIn(branch) };
  known.set(branch, found);
  return found;
}

function inOrder(places: readonly Place[]): readonly Place[] {
  return places.toSorted((a, b) => spanOf(a).start - spanOf(b).start);
}

function commentsOf(found: Iterable<Piece>): readonly Place[] {
  return [...found].filter(({ kind }) => kind === 'comment').map(({ at }) => at);
}

function commentsIn(branch: Branch): readonly Place[] {
  const found: Place[] = [];
  for (let row = 0; row < branch.rows; row++) {
    if ((branch.at(Column.flags, row) & Flag.hasMarkup) === 0) continue;
    const element = new Element(branch, row);
    if (!isPlainCdata(element)) found.push(...commentsOf(pieces(element)));
  }
  return found;
}

/** Whether an element holds one CDATA section and nothing else, as thousands do: told by its edges. */
function isPlainCdata({ contentStart, contentEnd, document: { buffer } }: Element): boolean {
  if (contentEnd - contentStart < 12 || buffer.unitAt(contentStart) !== Unit.lessThan) return false;
  return buffer.unitAt(contentStart + 2) === openBracket && buffer.unitAt(contentEnd - 2) === closeBracket;
}

const openBracket = 0x5b;
const closeBracket = 0x5d;

function attributesIn(branch: Branch): readonly Place[] {
  const found: Place[] = [];
  for (let row = 0; row < branch.rows; row++) {
    if ((branch.at(Column.flags, row) & Flag.hasAttributes) === 0) continue;
    found.push({ anchor: branch, from: branch.at(Column.nameEnd, row), to: branch.at(Column.contentStart, row) - 1 });
  }
  return found;
}
