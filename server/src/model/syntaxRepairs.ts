import { isListTag } from '../schema/listTags.ts';
import { elementAt } from '../syntax/elementAt.ts';
import type { Fault } from '../syntax/faults.ts';
import type { TextBuffer } from '../syntax/textBuffer.ts';
import { Column, Element, Flag, spanOf } from '../syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';
import { cut as cutText } from './prose.ts';

/** A way to mend a fault of the text. `safe` only where the text can mean nothing else. */
export interface Repair {
  readonly title: string;
  readonly applicability: 'safe' | 'suggestion';
  readonly edits: readonly TextEdit[];
}

/** How a fault may be mended, the likeliest first; none where only a person can tell what was meant. Worked out against the present text. */
export function repairsOf(document: XmlDocument, fault: Fault): readonly Repair[] {
  const { buffer } = document;
  const span = spanOf(fault.at);
  const place: FaultPlace = {
    document,
    fault,
    from: span.start,
    to: span.end,
    text: buffer.slice(span.start, span.end),
  };
  return repairs[fault.kind]?.(place) ?? [];
}

interface FaultPlace {
  readonly document: XmlDocument;
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
  /** What stands there. */
  readonly text: string;
}

const repairs: Partial<Record<Fault['kind'], (place: FaultPlace) => readonly Repair[]>> = {
  'text-outside-root': ({ from, to }) => [
    { title: 'Remove the text', applicability: 'suggestion', edits: [cut(from, to)] },
  ],
  'unclosed-element': closeElement,
  'mismatched-end-tag': matchEndTag,
  'stray-end-tag': ({ fault, from, to }) => [
    { title: `Remove the end tag </${short(fault.name)}>`, applicability: 'suggestion', edits: [cut(from, to)] },
  ],
  'unterminated-start-tag': endStartTag,
  'unterminated-end-tag': ({ fault, text, from, to }) => {
    const endTag = `</${fault.name ?? ''}>`;
    return [replace(endTag, { from, to, title: `Write </${short(fault.name)}>`, isSafe: `${text}>` === endTag })];
  },
  'unterminated-comment': ({ document, from }) => {
    const end = trimmedLineEnd(document.buffer, from);
    // Words before a tag are the comment; a tag at its beginning was commented out.
    const words = /^<!--\s*[^\s<][^<]*(?=<)/.exec(document.buffer.slice(from, end))?.[0];
    return words === undefined
      ? [{ title: 'End the comment at the end of its line', applicability: 'suggestion', edits: [put(end, ' -->')] }]
      : [
          {
            title: 'End the comment before the tag',
            applicability: 'suggestion',
            edits: [put(from + words.trimEnd().length, ' -->')],
          },
        ];
  },
  'unterminated-cdata': closeCdata,
  'unterminated-instruction': ({ document, from }) => {
    const line = document.buffer.slice(from, trimmedLineEnd(document.buffer, from));
    return /^<\?[^<>?]*>$/.test(line)
      ? [insert('?', { at: from + line.length - 1, title: 'End the declaration with ?>' })]
      : [];
  },
  'stray-less-than': ({ document, from, to }) => {
    // A blank or a digit behind it begins no tag, and what stands before it on the line is text.
    const isComparison =
      /[^\s>]\s*$/.test(lineBefore(document.buffer, from)) && /^[\s\d=]/.test(document.buffer.slice(to, to + 1));
    return [replace('&lt;', { from, to, title: 'Write &lt; for <', isSafe: isComparison })];
  },
  'stray-ampersand': escapeAmpersand,
  'bad-name': removeFromEndTag,
  'duplicate-attribute': ({ document, fault, from, to }) => {
    const value = /^\s*=\s*(?:"[^"<]*"|'[^'<]*')/.exec(document.buffer.slice(to, to + 1000))?.[0].length;
    const blank = /\s*$/.exec(lineBefore(document.buffer, from))?.[0].length ?? 0;
    if (value === undefined) return [];
    const edits = [cut(from - blank, to + value)];
    return [{ title: `Remove the second ${fault.name ?? 'attribute'}`, applicability: 'suggestion', edits }];
  },
  'bad-character': ({ from, to }) => [
    { title: 'Remove the character', applicability: 'suggestion', edits: [cut(from, to)] },
  ],
  'bad-character-reference': ({ text, from, to }) => [
    { title: `Remove ${text}`, applicability: 'suggestion', edits: [cut(from, to)] },
  ],
  'double-hyphen-in-comment': ({ text, from, to }) =>
    text === '--' ? [replace('- -', { from, to, title: 'Write - - for --', isSafe: true })] : [],
  'cdata-end-in-text': ({ from, to }) => [replace(']]&gt;', { from, to, title: 'Write ]]&gt; for ]]>', isSafe: true })],
  'misplaced-declaration': ({ document, from }) => {
    const before = document.buffer.slice(0, from);
    return /^\s+$/.test(before)
      ? [{ title: 'Remove the blanks before the declaration', applicability: 'safe', edits: [cut(0, from)] }]
      : [];
  },
};

/** An element with text alone ends behind its text; one with children behind those that are indented deeper than itself. */
function closeElement({ document, fault, from }: FaultPlace): readonly Repair[] {
  const { buffer, tree } = document;
  const element = elementStartingAt(document, from);
  const title = `Close <${short(fault.name)}>`;
  const endTag = `</${fault.name ?? ''}>`;
  if (!element) {
    // A root without an end tag: where something else is open too, the file was cut off, and an end tag would hide that.
    const last = tree.branches.at(-1);
    if (!tree.root || tree.root.isClosed || (last && !last.top.isClosed)) return [];
    const isNewLine = buffer.positionAt(buffer.length).character === 0;
    return [{ title, applicability: 'suggestion', edits: [put(buffer.length, `${isNewLine ? '' : '\n'}${endTag}\n`)] }];
  }
  const children = element.children();
  const [first] = children;
  const ownEnd = first?.start ?? element.contentEnd;
  const text = buffer.slice(element.contentStart, ownEnd);
  const isCutOff = element.end === buffer.length;
  const isLine = !/[\n\r]/.test(text.trim());
  if (!first || text.trim() !== '') {
    if (!isLine) return [];
    const at = element.contentStart + text.trimEnd().length;
    const blanks = text.trim() === '' ? element.contentStart : at;
    return [{ title, applicability: first || isCutOff ? 'suggestion' : 'safe', edits: [put(blanks, endTag)] }];
  }
  const indent = indentAt(buffer, element.start);
  const { line } = buffer.positionAt(element.start);
  const inside = children.filter(
    child => buffer.positionAt(child.start).line === line || indentAt(buffer, child.start).length > indent.length,
  );
  const last = inside.at(-1);
  const isOneLine = last === undefined || buffer.positionAt(last.end).line === line;
  const edit = isOneLine
    ? put(last?.end ?? element.contentStart, endTag)
    : put(last.end, `${lineEnding(buffer, last.end)}${indent}${endTag}`);
  return [{ title, applicability: 'suggestion', edits: [edit] }];
}

/** A start tag whose element has its end tag lacks only the mark; without one it is most likely a flag. */
function endStartTag({ document, text, from, to }: FaultPlace): readonly Repair[] {
  const name = /^<([^\s<>="']+)$/.exec(text)?.[1];
  const element = elementStartingAt(document, from);
  if (name === undefined || !element) return [];
  if (element.isClosed) return [insert('>', { at: to, title: `Write <${name}>` })];
  const title = `Write <${name}></${name}>`;
  return [{ title, applicability: 'suggestion', edits: [put(to, `></${name}>`)] }];
}

/** Blanks before an end tag's name, or anything behind it; a name that begins as none may is left to a person. */
function removeFromEndTag({ document, text, from, to }: FaultPlace): readonly Repair[] {
  const before = lineBefore(document.buffer, from);
  if (text.trim() === '') return [{ title: 'Remove the blank', applicability: 'safe', edits: [cut(from, to)] }];
  if (before.endsWith('<')) return [];
  const blanks = /\s*$/.exec(before)?.[0].length ?? 0;
  return [{ title: `Remove ${text}`, applicability: 'suggestion', edits: [cut(from - blanks, to)] }];
}

/**
 * Of two different names the one that the file uses elsewhere is the likelier. Only the end tag is renamed without
 * asking: a start tag's name may well stand once in a file, and still be right. What else is wrong with the end tag (blanks, other text, no `>`) is mended with it.
 */
function matchEndTag({ document, fault, from, to }: FaultPlace): readonly Repair[] {
  const { name = '', expected = '' } = fault;
  if (name === '') return [replace(`</${expected}>`, { from, to, title: `Write </${short(expected)}>`, isSafe: true })];
  const tag = endTagAround(document.buffer, from, to);
  const endTag = (written: string) => ({ from: tag.from, to: tag.to, text: `</${written}>` });
  const renameEnd = { title: `Write </${short(expected)}> for </${short(name)}>`, edits: [endTag(expected)] };
  const element = elementEndingAt(document, tag.from);
  if (!element) return [{ ...renameEnd, applicability: 'suggestion' }];
  const startTag = (written: string) => ({ ...nameSpan(element), text: written });
  // Where the start tag has lost its >, its name may have run into the text behind it.
  if (!hasWholeStartTag(element)) return [{ ...renameEnd, applicability: 'suggestion' }];
  const renameStart = {
    title: `Write <${short(name)}> for <${short(expected)}>`,
    edits: [startTag(name), endTag(name)],
  };
  const lower = name.toLowerCase();
  if (lower === expected.toLowerCase()) {
    const title = `Write ${short(lower)} in both tags`;
    return [{ title, applicability: 'safe', edits: [startTag(lower), endTag(lower)] }];
  }
  const [isStartKnown, isEndKnown] = [isUsedWell(document, expected), isUsedWell(document, name)];
  if (!isStartKnown && isEndKnown && mayBeNamed(element, name)) {
    return [
      { ...renameStart, applicability: 'suggestion' },
      { ...renameEnd, applicability: 'suggestion' },
    ];
  }
  const isSafe = isStartKnown && !isEndKnown && !tag.hasText;
  return [
    { ...renameEnd, applicability: isSafe ? 'safe' : 'suggestion' },
    { ...renameStart, applicability: 'suggestion' },
  ];
}

/** Whether an element may bear that name: no sibling has it, or it is a list tag. */
function mayBeNamed(element: Element, name: string): boolean {
  const siblings = element.parent?.children() ?? element.document.tree.branches.map(branch => branch.top);
  return isListTag(name.toLowerCase()) || !siblings.some(sibling => sibling.name === name.toLowerCase());
}

/** The whole of an end tag whose name is at `from`..`to`, with what stands in it behind the name, but no other tag. */
function endTagAround(buffer: TextBuffer, from: number, to: number) {
  const mark = /<\/\s*$/.exec(lineBefore(buffer, from))?.[0].length ?? 2;
  const line = buffer.slice(to, trimmedLineEnd(buffer, to));
  const rest = /^[^<>]*>/.exec(line)?.[0] ?? /^[^<>]*/.exec(line)?.[0].trimEnd() ?? '';
  return { from: from - mark, to: to + rest.length, hasText: /[^\s>]/.test(rest) };
}

/** Whether the start tag ends with its mark. */
export function hasWholeStartTag({ document, start, contentStart }: Element): boolean {
  return contentStart > start && document.buffer.slice(contentStart - 1, contentStart) === '>';
}

function nameSpan(element: Element): { readonly from: number; readonly to: number } {
  const { start, end } = spanOf(element.namePlace);
  return { from: start, to: end };
}

/** Where the element's end tag stands on the same line, the CDATA can only have ended before it. */
function closeCdata({ document, from }: FaultPlace): readonly Repair[] {
  const { buffer } = document;
  const tag = /<([^\s<>/]+)>$/.exec(lineBefore(buffer, from))?.[1];
  const line = buffer.slice(from, trimmedLineEnd(buffer, from));
  const at = tag === undefined ? -1 : line.indexOf(`</${tag}>`);
  if (at < 0) return [];
  // A last bracket or two are what is left of the mark, but a single one may also belong to the text.
  const rest = /\]{1,2}>?$/.exec(line.slice('<![CDATA['.length, at))?.[0] ?? '';
  const isSafe = rest === '' || rest.startsWith(']]');
  return [replace(']]>', { from: from + at - rest.length, to: from + at, title: 'End the CDATA with ]]>', isSafe })];
}

/** `AT&T` means an ampersand; what looks like a reference without its semicolon may mean either. */
function escapeAmpersand({ document, from, to }: FaultPlace): readonly Repair[] {
  const reference = /^&(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+)(?![\w;])/i.exec(
    document.buffer.slice(from, from + 16),
  )?.[0];
  const escaped = replace('&amp;', { from, to, title: 'Write &amp; for &', isSafe: reference === undefined });
  if (reference === undefined) return [escaped];
  const end = from + reference.length;
  return [{ title: `Write ${reference};`, applicability: 'suggestion', edits: [put(end, ';')] }, escaped];
}

/** The element whose start tag begins there; absent for the root and where none does. */
function elementStartingAt(document: XmlDocument, offset: number): Element | undefined {
  const element = elementAt(document, offset);
  return element?.start === offset ? element : undefined;
}

/** The innermost element whose content ends there. */
function elementEndingAt({ tree }: XmlDocument, contentEnd: number): Element | undefined {
  const branch = tree.branches.find(each => each.start <= contentEnd && contentEnd <= each.end);
  if (!branch) return undefined;
  for (let row = branch.rows - 1; row >= 0; row--) {
    if (branch.start + branch.at(Column.contentEnd, row) === contentEnd) return new Element(branch, row);
  }
  return undefined;
}

/** Whether some element of that name is closed by its own end tag. */
function isUsedWell({ tree }: XmlDocument, name: string): boolean {
  return tree.branches.some(branch => {
    for (let row = 0; row < branch.rows; row++) {
      const flags = branch.at(Column.flags, row);
      const isWell = (flags & Flag.closed) !== 0 && (flags & Flag.mismatched) === 0;
      if (isWell && branch.names.tag(branch.at(Column.name, row)) === name) return true;
    }
    return false;
  });
}

/** A stray mark can make a name of whatever stands behind it, so people are shown its beginning at most. */
export function short(text = ''): string {
  return cutText(text, 41);
}

function put(at: number, text: string): TextEdit {
  return { from: at, to: at, text };
}

function cut(from: number, to: number): TextEdit {
  return { from, to, text: '' };
}

function insert(text: string, { at, title }: { readonly at: number; readonly title: string }): Repair {
  return { title, applicability: 'safe', edits: [put(at, text)] };
}

function replace(
  text: string,
  {
    from,
    to,
    title,
    isSafe,
  }: { readonly from: number; readonly to: number; readonly title: string; readonly isSafe: boolean },
): Repair {
  return { title, applicability: isSafe ? 'safe' : 'suggestion', edits: [{ from, to, text }] };
}

function lineBefore(buffer: TextBuffer, offset: number): string {
  return buffer.slice(buffer.lineStart(buffer.positionAt(offset).line), offset);
}

/** The end of the offset's line without the blanks there. */
function trimmedLineEnd(buffer: TextBuffer, offset: number): number {
  const end = buffer.offsetAt(buffer.positionAt(offset).line, Number.MAX_SAFE_INTEGER);
  return offset + buffer.slice(offset, end).trimEnd().length;
}

function indentAt(buffer: TextBuffer, offset: number): string {
  return /^[\t ]*/.exec(lineBefore(buffer, offset))?.[0] ?? '';
}

/** How the line of that offset ends. */
function lineEnding(buffer: TextBuffer, offset: number): string {
  const next = buffer.lineStart(buffer.positionAt(offset).line + 1);
  return buffer.slice(next - 2, next) === '\r\n' ? '\r\n' : '\n';
}
