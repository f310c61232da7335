import type { TextBuffer } from './textBuffer.ts';
import type { Element } from './tree.ts';
import { isBlank, isLineEnd, Unit } from './units.ts';
import type { TextEdit, XmlDocument } from './xmlDocument.ts';

/**
 * Edits that keep every other byte. They take ready-encoded XML, with LF between lines and one TAB for each level
 * below its first line, and write it with the line ends and the indentation that the file has there.
 */

/** Gives an element that content in place of what it has; `<x/>` becomes `<x>…</x>`, its attributes stay. */
export function replaceContent(element: Element, xml: string): TextEdit {
  const text = withLineEnds(element.document, xml);
  if (!element.isSelfClosing) return { from: element.contentStart, to: element.contentEnd, text };
  return { from: slashOf(element), to: element.end, text: `>${text}</${element.tag}>` };
}

/** Puts XML on lines of its own in front of an element; on the element's line where that does not stand alone. */
export function insertBefore(element: Element, xml: string): TextEdit {
  const at = element.start;
  const indentation = indentationOf(element);
  if (indentation === undefined) return { from: at, to: at, text: withLineEnds(element.document, xml) };
  return {
    from: at,
    to: at,
    text: indented(element.document, xml, indentation) + lineEnding(element.document) + indentation,
  };
}

/** Puts XML on lines of its own behind an element; right behind it where its line does not begin with it. */
export function insertAfter(element: Element, xml: string): TextEdit {
  const at = element.end;
  const indentation = indentationOf(element);
  if (indentation === undefined) return { from: at, to: at, text: withLineEnds(element.document, xml) };
  return {
    from: at,
    to: at,
    text: lineEnding(element.document) + indentation + indented(element.document, xml, indentation),
  };
}

/** Puts XML in as the last child of an element, which is opened onto lines where it is empty or closes itself. */
export function insertAtEnd(parent: Element, xml: string): TextEdit {
  const last = parent.children().at(-1);
  if (last) return insertAfter(last, xml);
  const { document } = parent;
  const outer = lineIndentation(document.buffer, parent.start);
  const line = lineEnding(document);
  const inner = outer + indentationUnit(document);
  const lines = line + inner + indented(document, xml, inner) + line + outer;
  if (parent.isSelfClosing) return { from: slashOf(parent), to: parent.end, text: `>${lines}</${parent.tag}>` };
  const { buffer } = document;
  if (buffer.slice(parent.contentStart, parent.contentEnd).trim() === '') {
    return { from: parent.contentStart, to: parent.contentEnd, text: lines };
  }
  return { from: parent.contentEnd, to: parent.contentEnd, text: lines };
}

/** Puts XML in as the last child of the root; absent where no root is there to hold it. */
export function insertSection(document: XmlDocument, xml: string): TextEdit | undefined {
  const { root, branches } = document.tree;
  if (!root) return undefined;
  const last = branches.findLast(branch => branch.start < root.contentEnd);
  if (last) return insertAfter(last.top, xml);
  const line = lineEnding(document);
  const indentation = indentationUnit(document);
  const lines = line + indentation + indented(document, xml, indentation) + line;
  if (!root.isSelfClosing) return { from: root.contentEnd, to: root.contentEnd, text: lines };
  return { from: slashBefore(document.buffer, root.end), to: root.end, text: `>${lines}</${root.tag}>` };
}

/** Takes an element out, with its whole lines where nothing else stands on them. */
export function removeElement(element: Element): TextEdit {
  const { buffer } = element.document;
  let from = element.start;
  let to = element.end;
  while (from > 0 && isBlank(buffer.unitAt(from - 1))) from--;
  while (to < buffer.length && isBlank(buffer.unitAt(to))) to++;
  const isAlone = beginsLine(buffer, from) && (to === buffer.length || isLineEnd(buffer.unitAt(to)));
  if (!isAlone) return { from: element.start, to: element.end, text: '' };
  if (to < buffer.length && buffer.unitAt(to) === Unit.carriageReturn) to++;
  if (to < buffer.length && buffer.unitAt(to) === Unit.lineFeed) to++;
  return { from, to, text: '' };
}

/** Gives an element another name, in both tags. */
export function renameElement(element: Element, tag: string): TextEdit[] {
  const { start } = element.branch;
  return [element.namePlace, element.endTagNamePlace]
    .filter(place => place !== undefined)
    .map(place => ({ from: start + place.from, to: start + place.to, text: tag }));
}

/**
 * Lets two elements, neither of which holds the other, change places; what stands around them stays. Where nothing but
 * blanks is between them, the text of the one is left alone: a cursor in it goes along.
 */
export function swapElements(one: Element, other: Element): TextEdit[] {
  const isFirst = one.start < other.start;
  const [first, second] = isFirst ? [one, other] : [other, one];
  const between = one.document.buffer.slice(first.end, second.start);
  if (between.trim() !== '') {
    return [
      { from: first.start, to: first.end, text: second.source },
      { from: second.start, to: second.end, text: first.source },
    ];
  }
  if (isFirst) {
    return [
      { from: one.start, to: one.start, text: other.source + between },
      { from: one.end, to: other.end, text: '' },
    ];
  }
  return [
    { from: other.start, to: one.start, text: '' },
    { from: one.end, to: one.end, text: between + other.source },
  ];
}

/** The edits in the order of the text, those that touch as one; none at all where one lies within another. */
export function mergedEdits(edits: readonly TextEdit[]): readonly TextEdit[] {
  const kept: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const before = kept.at(-1);
    if (!before || before.to < edit.from) kept.push(edit);
    else if (before.to > edit.from) return [];
    else kept[kept.length - 1] = { from: before.from, to: edit.to, text: before.text + edit.text };
  }
  return kept;
}

/** The blanks in front of an element that is first on its line; absent where something else stands before it. */
export function indentationOf(element: Element): string | undefined {
  const { buffer } = element.document;
  let from = element.start;
  while (from > 0 && isBlank(buffer.unitAt(from - 1))) from--;
  return beginsLine(buffer, from) ? buffer.slice(from, element.start) : undefined;
}

/** What ends the first line of the file; LF in a file of one line. */
export function lineEnding(document: XmlDocument): '\n' | '\r\n' {
  const { buffer } = document;
  if (buffer.lineCount === 1) return '\n';
  const second = buffer.lineStart(1);
  return second >= 2 && buffer.slice(second - 2, second) === '\r\n' ? '\r\n' : '\n';
}

/** By what a child of the root is indented; a TAB, as pfSense writes it, where no child tells. */
export function indentationUnit(document: XmlDocument): string {
  for (const branch of document.tree.branches) {
    const indentation = indentationOf(branch.top);
    if (indentation) return indentation;
  }
  return '\t';
}

/** The blanks at the beginning of an offset's line, as far as that offset. */
export function lineIndentation(buffer: TextBuffer, offset: number): string {
  const start = buffer.lineStart(buffer.positionAt(offset).line);
  let end = start;
  while (end < offset && isBlank(buffer.unitAt(end))) end++;
  return buffer.slice(start, end);
}

function beginsLine(buffer: TextBuffer, offset: number): boolean {
  return offset === 0 || isLineEnd(buffer.unitAt(offset - 1));
}

function indented(document: XmlDocument, xml: string, indentation: string): string {
  const unit = indentationUnit(document);
  const lines = withGaps(xml, gap =>
    gap.replace(/\n(\t*)/g, (_, tabs: string) => `\n${indentation}${unit.repeat(tabs.length)}`),
  );
  return withLineEnds(document, lines);
}

/** XML with other white space between its tags. Texts of several lines, and comments, keep theirs: it belongs to what they say. */
export function withGaps(xml: string, change: (gap: string) => string): string {
  return xml.replace(/<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|(?<=>)\s+(?=<)/g, each =>
    each.startsWith('<') ? each : change(each),
  );
}

function withLineEnds(document: XmlDocument, xml: string): string {
  return xml.replaceAll('\n', lineEnding(document));
}

/** Where `/>`, with the blanks in front of it, begins in an element that closes itself. */
function slashOf(element: Element): number {
  return slashBefore(element.document.buffer, element.end);
}

function slashBefore(buffer: TextBuffer, end: number): number {
  let at = end - 2;
  while (isBlank(buffer.unitAt(at - 1)) || isLineEnd(buffer.unitAt(at - 1))) at--;
  return at;
}
