import { cursorAt } from '../syntax/cursor.ts';
import { indentationUnit, lineIndentation } from '../syntax/edits.ts';
import { elementAt } from '../syntax/elementAt.ts';
import type { TextEdit, XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * The edit that indents a line that has just been begun: as far as the element stands in that it is in, and one step
 * further, but not in front of that element's end tag. Absent where it is indented so already, and in texts and comments.
 *
 * @param offset behind the line end
 */
export function lineIndentationEdit(document: XmlDocument, offset: number): TextEdit | undefined {
  const { buffer } = document;
  const from = buffer.lineStart(buffer.positionAt(offset).line);
  let to = from;
  while (to < buffer.length && /[\t ]/.test(buffer.slice(to, to + 1))) to++;
  const cursor = cursorAt(document, from);
  if (cursor.kind !== 'text' || cursor.isCdata || !cursor.parent) return undefined;
  if (buffer.slice(cursor.from, cursor.to).trim() !== '') return undefined;
  const { root } = document.tree;
  const parent = cursor.parent === 'root' ? root : cursor.parent;
  if (!parent) return undefined;
  const isEndTag = elementAt(document, to)?.contentEnd === to || (cursor.parent === 'root' && root?.contentEnd === to);
  const outer = lineIndentation(buffer, parent.start);
  const text = isEndTag && buffer.slice(to, to + 2) === '</' ? outer : outer + indentationUnit(document);
  return buffer.slice(from, to) === text ? undefined : { from, to, text };
}
