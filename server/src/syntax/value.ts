import { decodeReferences, decodeXmlReference, type EntitySet, type TextForm } from './entities.ts';
import { pieces } from './pieces.ts';
import { Column, type Element, Flag } from './tree.ts';
import { Unit } from './units.ts';

/**
 * What pfSense would read as the element's text (facts.md §2.1, §3; xmlparse.inc:cData).
 *
 * The parser hands text over in chunks: what stands between tags, comments and references, each reference by itself,
 * and each CDATA section. From both ends of every chunk TAB, CR and LF are taken off; chunks of spaces alone are
 * dropped as long as nothing stands before them; what CDATA holds is decoded as PHP does. Line ends are read as LF.
 * Further cuts that libxml2 makes in long texts, at 4,096 bytes of the file and around characters beyond ASCII, only
 * matter for line breaks just there and are left out.
 *
 * Of an element with children, whose text pfSense does not define, it is the empty string.
 */
export function readValue(element: Element, entities: EntitySet | TextForm): string {
  const { branch, row } = element;
  const from = branch.at(Column.contentStart, row);
  const to = branch.at(Column.contentEnd, row);
  if (from === to || element.hasChildren) return '';
  const flags = branch.at(Column.flags, row);
  if ((flags & Flag.selfClosing) !== 0) return '';
  const { buffer } = branch.document;
  const content = buffer.slice(branch.start + from, branch.start + to);
  if ((flags & (Flag.hasMarkup | Flag.hasReferences)) === 0) return withoutBlank(plain(content));
  if ((flags & Flag.hasMarkup) === 0) return join(textChunks(content, entities));
  if (isOneSection(content)) return withoutBlank(decodeReferences(plain(content.slice(9, -3)), entities));
  const chunks: string[] = [];
  for (const piece of pieces(element)) {
    const start = piece.at.anchor.start;
    if (piece.kind === 'text') {
      chunks.push(...textChunks(buffer.slice(start + piece.at.from, start + piece.at.to), entities));
    } else if (piece.kind === 'cdata') {
      chunks.push(decodeReferences(plain(buffer.slice(start + piece.inner.from, start + piece.inner.to)), entities));
    }
  }
  return join(chunks);
}

/** Whether a CDATA section is all that an element's content is, as pfSense writes descriptions. */
export function isOneSection(content: string): boolean {
  return content.startsWith('<![CDATA[') && content.indexOf(']]>', 9) === content.length - 3;
}

/** The chunks of text outside CDATA. */
function textChunks(text: string, entities: EntitySet | TextForm): string[] {
  return text
    .split(/(&[^\s&;]+;)/)
    .map((part, index) => (index % 2 === 0 ? plain(part) : plain(decodeXmlReference(part, entities))));
}

/** A chunk with its ends trimmed and its line ends as LF. */
function plain(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  let start = 0;
  let end = lines.length;
  while (start < end && isTrimmed(lines.charCodeAt(start))) start++;
  while (end > start && isTrimmed(lines.charCodeAt(end - 1))) end--;
  return start === 0 && end === lines.length ? lines : lines.slice(start, end);
}

function isTrimmed(unit: number): boolean {
  return unit === 9 || unit === 10 || unit === 13;
}

/** Of a single chunk: one of spaces alone is dropped. */
function withoutBlank(chunk: string): string {
  return chunk.charCodeAt(0) === Unit.space && /^ *$/.test(chunk) ? '' : chunk;
}

function join(chunks: readonly string[]): string {
  let value = '';
  for (const chunk of chunks) value += value === '' ? withoutBlank(chunk) : chunk;
  return value;
}
