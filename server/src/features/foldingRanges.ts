import type { TextBuffer } from '../syntax/textBuffer.ts';
import type { Branch } from '../syntax/tree.ts';
import { Column, Flag } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/** What can be folded away: from `start` to `end`, offsets of the present text. Whether it spans lines is for the reader to see. */
export interface FoldingRange {
  readonly kind: 'element' | 'comment';
  /** Of the `<`. */
  readonly start: number;
  /** Elements: of the `<` of the end tag, so that it stays in view. Comments: behind the `-->`. */
  readonly end: number;
}

/**
 * Elements with children, texts of several lines, and comments, in document order: the root, then the sections, and so on down.
 *
 * @param limit how many at most; where there are more, the deepest are left out first
 */
export function foldingRanges(document: XmlDocument, limit: number): readonly FoldingRange[] {
  const { root, branches } = document.tree;
  if (!root || limit <= 0) return [];
  const found: { readonly range: FoldingRange; readonly depth: number }[] = [
    { range: { kind: 'element', start: root.start, end: root.contentEnd }, depth: 0 },
  ];
  for (const branch of branches) for (const each of foldsOf(document, branch)) found.push(each);
  found.push(
    ...commentsBetween(document, root.contentStart, root.contentEnd, branches).map(range => ({ range, depth: 1 })),
  );
  const kept = found.length <= limit ? found : shallowest(found, limit);
  return kept.map(({ range }) => range).sort((one, other) => one.start - other.start);
}

function* foldsOf(
  document: XmlDocument,
  branch: Branch,
): Iterable<{ readonly range: FoldingRange; readonly depth: number }> {
  const ends: number[] = [];
  const lines = new LineWalk(document.buffer);
  for (let row = 0; row < branch.rows; row++) {
    while (ends.length > 0 && ends.at(-1)! <= row) ends.pop();
    const next = branch.at(Column.next, row);
    const depth = ends.length + 1;
    const start = branch.start + branch.at(Column.start, row);
    const contentStart = branch.start + branch.at(Column.contentStart, row);
    const contentEnd = branch.start + branch.at(Column.contentEnd, row);
    if (next > row + 1) ends.push(next);
    if (next > row + 1 || lines.endsBetween(contentStart, contentEnd)) {
      yield { range: { kind: 'element', start, end: contentEnd }, depth };
    }
    if ((branch.at(Column.flags, row) & Flag.hasMarkup) === 0) continue;
    const children = next > row + 1 ? childSpans(branch, row) : [];
    for (const range of commentsBetween(document, contentStart, contentEnd, children))
      yield { range, depth: depth + 1 };
  }
}

function childSpans(branch: Branch, parent: number): { readonly start: number; readonly end: number }[] {
  const spans: { readonly start: number; readonly end: number }[] = [];
  const end = branch.at(Column.next, parent);
  for (let row = parent + 1; row < end; row = branch.at(Column.next, row)) {
    spans.push({ start: branch.start + branch.at(Column.start, row), end: branch.start + branch.at(Column.end, row) });
  }
  return spans;
}

/** The comments in an element's own content, outside its children. */
function commentsBetween(
  document: XmlDocument,
  from: number,
  to: number,
  children: readonly { readonly start: number; readonly end: number }[],
): FoldingRange[] {
  const found: FoldingRange[] = [];
  let at = from;
  for (const child of [...children, { start: to, end: to }]) {
    const own = document.buffer.slice(at, child.start);
    if (own.includes('<!--')) {
      for (const match of own.matchAll(/<!\[CDATA\[.*?\]\]>|<!--.*?-->/gs)) {
        if (!match[0].startsWith('<!--')) continue;
        found.push({ kind: 'comment', start: at + match.index, end: at + match.index + match[0].length });
      }
    }
    at = child.end;
  }
  return found;
}

/** Goes through the lines of a text once, for one stretch after the other. */
class LineWalk {
  private line = 0;

  constructor(private readonly buffer: TextBuffer) {}

  /** Whether a line begins behind `from`, and no later than at `to`; each time further on in the text, or at the same place. */
  endsBetween(from: number, to: number): boolean {
    if (from >= to) return false;
    const { buffer } = this;
    if (buffer.lineStart(this.line + 1) <= from) this.line = this.lineAfter(from);
    return this.line + 1 < buffer.lineCount && buffer.lineStart(this.line + 1) <= to;
  }

  /** The line of an offset: mostly the next ones, and far on only at the beginning. */
  private lineAfter(offset: number): number {
    const { buffer } = this;
    const near = this.line + 8;
    for (let line = this.line + 1; line < near && line + 1 < buffer.lineCount; line++) {
      if (buffer.lineStart(line + 1) > offset) return line;
    }
    return buffer.positionAt(offset).line;
  }
}

function shallowest<T extends { readonly depth: number }>(found: readonly T[], limit: number): readonly T[] {
  const counts: number[] = [];
  for (const { depth } of found) counts[depth] = (counts[depth] ?? 0) + 1;
  let deepest = 0;
  let room = limit;
  while (deepest < counts.length && (counts[deepest] ?? 0) <= room) room -= counts[deepest++] ?? 0;
  return found.filter(({ depth }) => depth < deepest || (depth === deepest && room-- > 0));
}
