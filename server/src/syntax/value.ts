import { decodeReferences, type EntitySet } from './entities.ts';
import { type Element, Flag } from './tree.ts';

/**
 * What pfSense would read as the element's text: CDATA and references decoded (inside CDATA too, facts.md §3),
 * TAB, CR and LF trimmed from both ends of every piece, a text of nothing but spaces read as empty.
 * Of an element with children, whose text pfSense does not define, it is the empty string.
 */
export function readValue(element: Element, entities: EntitySet): string {
  if (element.hasChildren || element.isSelfClosing) return '';
  const raw = element.content;
  if ((element.flags & Flag.hasMarkup) === 0) {
    const text = trim(raw);
    return (element.flags & Flag.hasReferences) === 0 ? text : decodeReferences(text, entities);
  }
  let value = '';
  for (const [, comment, instruction, cdata, text] of raw.matchAll(
    /(<!--.*?-->)|(<\?.*?\?>)|<!\[CDATA\[(.*?)(?:\]\]>|$)|([^<]+|<)/gs,
  )) {
    if (comment !== undefined || instruction !== undefined) continue;
    value += decodeReferences(trim(cdata ?? text ?? ''), entities);
  }
  return value;
}

function trim(text: string): string {
  const trimmed = text.replace(/^[\t\n\r]+|[\t\n\r]+$/g, '');
  return /^ *$/.test(trimmed) ? '' : trimmed;
}
