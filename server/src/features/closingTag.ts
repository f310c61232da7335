import { cursorAt } from '../syntax/cursor.ts';
import { elementAt } from '../syntax/elementAt.ts';
import type { Element } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/** What is to be put in at an offset. */
export interface ClosingTag {
  readonly text: string;
  /** Whether the cursor goes on behind it, or stays in front. */
  readonly cursor: 'behind' | 'in front';
}

/**
 * What closes an element once somebody has typed so far: behind `</` the name of the innermost element that is open, behind
 * the `>` of a start tag the end tag. Absent where the element has its end tag already.
 */
export function closingTag(document: XmlDocument, offset: number): ClosingTag | undefined {
  const { buffer } = document;
  if (buffer.slice(offset - 2, offset) === '</') {
    const name = openName(document, offset);
    if (name === undefined) return undefined;
    const end = buffer.slice(offset, offset + 1) === '>' ? '' : '>';
    return { text: `${name}${end}`, cursor: 'behind' };
  }
  const name = buffer.slice(offset - 1, offset) === '>' ? unclosedName(document, offset) : undefined;
  return name === undefined ? undefined : { text: `</${name}>`, cursor: 'in front' };
}

/** Of the element that an end tag without a name would close. */
function openName(document: XmlDocument, offset: number): string | undefined {
  const cursor = cursorAt(document, offset);
  if (cursor.kind !== 'end-tag' || cursor.to > offset || cursor.open === undefined) return undefined;
  const { root } = document.tree;
  if (cursor.open === 'root') return root && isOpen(root, offset) ? root.tag : undefined;
  return isOpen(cursor.open, offset) ? cursor.open.tag : undefined;
}

/** Whether no end tag behind the offset closes the element. */
function isOpen(element: Pick<Element, 'isClosed' | 'contentEnd'>, offset: number): boolean {
  return !element.isClosed || element.contentEnd < offset;
}

/** Of the element whose start tag ends at the offset, where nothing closes it. */
function unclosedName(document: XmlDocument, offset: number): string | undefined {
  const { root } = document.tree;
  const element = elementAt(document, offset - 1);
  const begun = element ?? root;
  if (!begun || begun.contentStart !== offset || begun.isSelfClosing || begun.isClosed) return undefined;
  return begun.tag;
}
