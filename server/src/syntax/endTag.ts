import { isNameRest, isSpace } from './characters.ts';
import type { ScanInput } from './scanInput.ts';
import type { TextBuffer } from './textBuffer.ts';
import type { Span } from './tree.ts';
import { isBlank, isLineEnd, Unit } from './units.ts';

/** An end tag as it is written, in indices of the input. */
export interface EndTag {
  readonly from: number;
  readonly nameFrom: number;
  readonly nameEnd: number;
  /** Behind its `>`, or behind its last ink where it has none. */
  readonly end: number;
  readonly isTerminated: boolean;
}

/** Reads the end tag that begins at `from`; it reaches to `>`, or to the `<` of what follows. */
export function readEndTag(input: ScanInput, from: number): EndTag {
  const { units, limit } = input;
  let nameFrom = from + 2;
  while (nameFrom < limit && isSpace(units[nameFrom]!)) nameFrom++;
  let nameEnd = nameFrom;
  while (nameEnd < limit && isNameRest(units[nameEnd]!)) nameEnd++;
  let at = nameEnd;
  while (at < limit && units[at] !== Unit.greaterThan && units[at] !== Unit.lessThan) at++;
  if (at < limit && units[at] === Unit.greaterThan) return { from, nameFrom, nameEnd, end: at + 1, isTerminated: true };
  while (at > from + 2 && isSpace(units[at - 1]!)) at--;
  return { from, nameFrom, nameEnd, end: at, isTerminated: false };
}

/** Where the name stands in the end tag that begins at an offset of the text; empty where it has none. */
export function endTagName(buffer: TextBuffer, tag: number): Span {
  let start = tag + 2;
  while (start < buffer.length && isSpace(buffer.unitAt(start))) start++;
  let end = start;
  while (end < buffer.length && isNameRest(buffer.unitAt(end))) end++;
  return { start, end };
}

/** Faults what is wrong with an end tag besides the element that it closes. */
export function checkEndTag(input: ScanInput, tag: EndTag): void {
  const { from, nameFrom, nameEnd, end } = tag;
  if (!tag.isTerminated) {
    input.namedFault('unterminated-end-tag', { from, to: end }, { name: { from: nameFrom, to: nameEnd } });
    return;
  }
  if (nameFrom > from + 2) input.fault('bad-name', from + 2, nameFrom);
  let junk = nameEnd;
  while (isSpace(input.units[junk]!)) junk++;
  let junkEnd = end - 1;
  while (junkEnd > junk && isSpace(input.units[junkEnd - 1]!)) junkEnd--;
  const place = { from: junk, to: junkEnd };
  if (junk < junkEnd) input.namedFault('bad-name', place, { name: place });
}

/** Whether two tags, at these offsets, stand first on their lines and equally far in. */
export function standsBelow(buffer: TextBuffer, tags: { readonly above: number; readonly below: number }): boolean {
  // Both walk back together, so that the way is no longer than the lower one's own indentation.
  let { above, below } = tags;
  const unitBefore = (offset: number) => (offset > 0 ? buffer.unitAt(offset - 1) : Unit.lineFeed);
  while (isBlank(unitBefore(below)) && unitBefore(above) === unitBefore(below)) {
    above--;
    below--;
  }
  return isLineEnd(unitBefore(above)) && isLineEnd(unitBefore(below));
}
