import { isNameRest, isNameStart } from './characters.ts';
import { elementAt } from './elementAt.ts';
import { childTowards, firstBranchFrom, firstRowFrom } from './search.ts';
import type { TextBuffer } from './textBuffer.ts';
import { Column, Element } from './tree.ts';
import type { XmlDocument } from './xmlDocument.ts';

/** What somebody is writing at an offset. Offsets are of the document; `from`..`to` is what is written already. */
export type Cursor =
  /** The name in a start tag: behind `<`, which may be all there is of the tag. */
  | {
      readonly kind: 'start-tag';
      readonly from: number;
      readonly to: number;
      /** The element that the tag begins; absent where the text is no tag yet, and for the root. */
      readonly element: Element | undefined;
      /** What the element stands in, or would; absent for the root and outside of it. */
      readonly parent: Element | 'root' | undefined;
    }
  /** The name in an end tag: behind `</`. */
  | {
      readonly kind: 'end-tag';
      readonly from: number;
      readonly to: number;
      /** The innermost element that is open there. */
      readonly open: Element | 'root' | undefined;
    }
  /** Text between two pieces of markup, or in a CDATA section. */
  | {
      readonly kind: 'text';
      readonly from: number;
      readonly to: number;
      readonly isCdata: boolean;
      /** What it is the text of; absent outside the root. */
      readonly parent: Element | 'root' | undefined;
    }
  /** In a comment, an instruction, a document type, or among attributes. */
  | { readonly kind: 'other' };

const other: Cursor = { kind: 'other' };

/** Longer names nobody writes. */
const longestName = 200;

/** What stands around an offset in a document, however broken that is. */
export function cursorAt(document: XmlDocument, offset: number): Cursor {
  const { buffer } = document;
  const at = Math.max(0, Math.min(offset, buffer.length));
  let from = at;
  while (from > 0 && at - from < longestName && isNameRest(buffer.unitAt(from - 1))) from--;
  if (buffer.slice(from - 1, from) === '<') return startTag(document, from, at) ?? content(document, at);
  if (buffer.slice(from - 2, from) === '</') return endTag(document, from, at) ?? content(document, at);
  return content(document, at);
}

function startTag(document: XmlDocument, from: number, at: number): Cursor | undefined {
  const { root } = document.tree;
  const to = nameEnd(document.buffer, at);
  const element = elementAt(document, from - 1);
  if (element?.start === from - 1) return { kind: 'start-tag', from, to, element, parent: element.parent ?? 'root' };
  if (root?.start === from - 1) return { kind: 'start-tag', from, to, element: undefined, parent: undefined };
  if (to > from && !isNameStart(document.buffer.unitAt(from))) return undefined;
  const parent = parentAt(document, element, from - 1);
  if (runAt(document, parent, from - 1)?.isCdata !== false) return undefined;
  return { kind: 'start-tag', from, to, element: undefined, parent };
}

function endTag(document: XmlDocument, from: number, at: number): Cursor | undefined {
  const start = from - 2;
  const open = parentAt(document, elementAt(document, start), start);
  const end = open === 'root' ? document.tree.root?.contentEnd : open?.contentEnd;
  if (end !== start && runAt(document, open, start)?.isCdata !== false) return undefined;
  return { kind: 'end-tag', from, to: nameEnd(document.buffer, at), open };
}

function content(document: XmlDocument, at: number): Cursor {
  const found = elementAt(document, at);
  const element = found && at <= found.start ? found.parent : found;
  if (element && (at < element.contentStart || at > element.contentEnd)) return other;
  const parent = parentAt(document, element, at);
  const run = runAt(document, parent, at);
  return run ? { kind: 'text', ...run, parent } : other;
}

/** What holds the text at an offset where the innermost element there is known. */
function parentAt(document: XmlDocument, element: Element | undefined, at: number): Element | 'root' | undefined {
  if (element) return element;
  const { root } = document.tree;
  return root && root.contentStart <= at && at <= root.contentEnd ? 'root' : undefined;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly isCdata: boolean;
}

/** The text or CDATA section at an offset in the content of that parent; absent where something else stands there. */
function runAt(document: XmlDocument, parent: Element | 'root' | undefined, offset: number): Run | undefined {
  const gap = gapAt(document, parent, offset);
  const text = document.buffer.slice(gap.from, gap.to);
  const at = offset - gap.from;
  const run = (from: number, to: number, isCdata: boolean): Run => ({
    from: gap.from + from,
    to: gap.from + to,
    isCdata,
  });
  for (let start = 0; start <= at; ) {
    const opening = openings.find(({ open }) => text.startsWith(open, start));
    if (!opening) {
      // A stray `<` is text.
      const next = text.indexOf('<', start + 1);
      const end = next < 0 ? text.length : next;
      if (at <= end) return run(start, Math.max(end, at), false);
      start = end;
      continue;
    }
    const { open, close, isCdata } = opening;
    const inner = start + open.length;
    const closing = text.indexOf(close, inner);
    const end = closing < 0 ? endOfBroken(text, Math.max(inner, at)) : closing;
    if (isCdata && inner <= at && at <= end) return run(inner, end, true);
    if (at === start) return run(start, start, false);
    if (closing < 0 || at < closing + close.length) return undefined;
    start = closing + close.length;
  }
  return undefined;
}

/** CDATA that never ends takes all that follows; what somebody is writing there ends with the line, or at the next tag. */
function endOfBroken(text: string, from: number): number {
  const found = text.slice(from).search(/[<\r\n]/);
  return found < 0 ? text.length : from + found;
}

const openings = [
  { open: '<!--', close: '-->', isCdata: false },
  { open: '<![CDATA[', close: ']]>', isCdata: true },
  { open: '<?', close: '?>', isCdata: false },
  { open: '<!DOCTYPE', close: '>', isCdata: false },
  { open: '</', close: '>', isCdata: false },
] as const;

/** From the end of the child before an offset to the beginning of the one behind it. */
function gapAt(document: XmlDocument, parent: Element | 'root' | undefined, at: number): Omit<Run, 'isCdata'> {
  const { tree, buffer } = document;
  const { root, branches } = tree;
  if (parent === undefined) {
    if (!root || at <= root.start) return { from: 0, to: root?.start ?? buffer.length };
    return { from: root.end, to: buffer.length };
  }
  if (parent === 'root') {
    const next = firstBranchFrom(branches, at);
    return {
      from: Math.max(root?.contentStart ?? 0, branches[next - 1]?.end ?? 0),
      to: Math.min(root?.contentEnd ?? buffer.length, branches[next]?.start ?? buffer.length),
    };
  }
  const { branch, row } = parent;
  const next = firstRowFrom(branch, at - branch.start);
  const before = next - 1 > row ? childTowards(branch, row, next - 1) : -1;
  const behind = next < branch.at(Column.next, row) ? new Element(branch, next).start : parent.contentEnd;
  return {
    from: before < 0 ? parent.contentStart : new Element(branch, before).end,
    to: Math.min(parent.contentEnd, behind),
  };
}

function nameEnd(buffer: TextBuffer, at: number): number {
  let end = at;
  while (end < buffer.length && end - at < longestName && isNameRest(buffer.unitAt(end))) end++;
  return end;
}
