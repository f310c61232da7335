import { elementAt } from '../syntax/elementAt.ts';
import { endTagName } from '../syntax/endTag.ts';
import { type Span, spanOf } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * The names in both tags of the element in one of whose tags an offset stands, so that typing in one changes the other.
 * Absent elsewhere, and where the two tags do not bear the same name already.
 */
export function linkedTags(document: XmlDocument, offset: number): readonly [Span, Span] | undefined {
  const names = namesAt(document, offset);
  if (!names) return undefined;
  const [start, end] = names;
  const { buffer } = document;
  const holds = names.some(span => span.start <= offset && offset <= span.end);
  return holds && buffer.slice(start.start, start.end) === buffer.slice(end.start, end.end) ? names : undefined;
}

function namesAt(document: XmlDocument, offset: number): readonly [Span, Span] | undefined {
  const element = elementAt(document, offset);
  if (element) {
    const end = element.endTagNamePlace;
    return end && [spanOf(element.namePlace), spanOf(end)];
  }
  const { root } = document.tree;
  if (!root?.isClosed || root.isSelfClosing) return undefined;
  return [{ start: root.start + 1, end: root.nameEnd }, endTagName(document.buffer, root.contentEnd)];
}
