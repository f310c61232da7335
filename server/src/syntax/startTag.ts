import { CharacterClass, classes, isNameRest, isNameStart, isSpace } from './characters.ts';
import type { ScanInput } from './scanInput.ts';
import { scanReference } from './text.ts';
import { Flag } from './tree.ts';
import { decodeUnits, Unit } from './units.ts';

/** How a start tag came out: the index behind it, and what it was found to be. */
export interface StartTagEnd {
  readonly at: number;
  /** Of {@link Flag}: selfClosing, hasAttributes, brokenStart. */
  readonly flags: number;
}

/**
 * Reads the rest of a start tag behind its name: attributes up to `>` or `/>`.
 *
 * A tag that meets `<` or the end of the text first lacks its `>`. It then ends behind its last sound attribute, and
 * what follows is read as content: `<descr text</descr>` is one fault, and the text is the element's.
 */
export function scanStartTag(input: ScanInput, tag: { readonly from: number; readonly nameEnd: number }): StartTagEnd {
  const { units, limit, log } = input;
  let at = tag.nameEnd;
  let soundEnd = at;
  let soundFaults = log.count;
  let flags = 0;
  const names = new Set<string>();
  for (;;) {
    const gap = at;
    while (at < limit && isSpace(units[at]!)) at++;
    if (at >= limit || units[at] === Unit.lessThan) break;
    if (units[at] === Unit.greaterThan) return { at: at + 1, flags };
    if (units[at] === Unit.slash && at + 1 < limit && units[at + 1] === Unit.greaterThan) {
      return { at: at + 2, flags: flags | Flag.selfClosing };
    }
    flags = Flag.hasAttributes;
    const attribute = readAttribute(input, at);
    if (attribute.tagEnd >= 0) {
      input.fault('bad-attribute', attribute.valueStart - 1, attribute.valueStart);
      return { at: attribute.tagEnd + 1, flags: flags | Flag.brokenStart };
    }
    checkAttribute(input, attribute, { names, isApart: at > gap });
    at = attribute.end;
    if (!attribute.isSound) continue;
    soundEnd = at;
    soundFaults = log.count;
  }
  log.rewind(soundFaults);
  const name = { from: tag.from + 1, to: tag.nameEnd };
  input.namedFault('unterminated-start-tag', { from: tag.from, to: soundEnd }, { name });
  return { at: soundEnd, flags: (soundEnd > tag.nameEnd ? Flag.hasAttributes : 0) | Flag.brokenStart };
}

/** An attribute, in indices of the units. */
export interface ReadAttribute {
  readonly from: number;
  readonly nameEnd: number;
  /** Behind the opening quote; -1 where there is no quoted value. */
  readonly valueStart: number;
  /** Of the closing quote; -1 where there is none. */
  readonly valueEnd: number;
  /** Where reading goes on. */
  readonly end: number;
  /** Whether it has a name, `=` and a value in quotes. */
  readonly isSound: boolean;
  /** The `>` that ends the tag in place of a closing quote; -1 for all others. */
  readonly tagEnd: number;
}

/** Reads what stands at `from` as an attribute; looks no further than to the next `<`. */
export function readAttribute(
  input: { readonly units: Uint16Array; readonly limit: number },
  from: number,
): ReadAttribute {
  const { units, limit } = input;
  let nameEnd = from;
  while (nameEnd < limit && !endsAttributeName(units[nameEnd]!)) nameEnd++;
  const attribute = { from, nameEnd, valueStart: -1, valueEnd: -1, end: nameEnd, isSound: false, tagEnd: -1 };
  if (nameEnd === from && units[from] !== Unit.equals) {
    attribute.end = endOfJunk(input, from);
    return attribute;
  }
  const equals = skipSpace(input, nameEnd);
  if (equals >= limit || units[equals] !== Unit.equals) return attribute;
  const open = skipSpace(input, equals + 1);
  const mark = open < limit ? units[open]! : 0;
  attribute.end = open;
  if (mark !== Unit.quote && mark !== Unit.apostrophe) {
    while (attribute.end < limit && !endsAttributeName(units[attribute.end]!)) attribute.end++;
    return attribute;
  }
  attribute.valueStart = open + 1;
  attribute.end = open + 1;
  for (let at = open + 1; at < limit && units[at] !== Unit.lessThan; at++) {
    if (units[at] === mark) {
      attribute.valueEnd = at;
      attribute.end = at + 1;
      attribute.isSound = nameEnd > from;
      attribute.tagEnd = -1;
      return attribute;
    }
    if (units[at] === Unit.greaterThan && attribute.tagEnd < 0) attribute.tagEnd = at;
  }
  return attribute;
}

function skipSpace(input: { readonly units: Uint16Array; readonly limit: number }, from: number): number {
  let at = from;
  while (at < input.limit && isSpace(input.units[at]!)) at++;
  return at;
}

/** Quotes and slashes where a name should be are one mistake together. */
function endOfJunk(input: { readonly units: Uint16Array; readonly limit: number }, from: number): number {
  const { units, limit } = input;
  let at = from + 1;
  while (at < limit && (units[at] === Unit.quote || units[at] === Unit.apostrophe || units[at] === Unit.slash)) at++;
  const endsTag = at < limit && units[at] === Unit.greaterThan && units[at - 1] === Unit.slash && at - 1 > from;
  return endsTag ? at - 1 : at;
}

function checkAttribute(
  input: ScanInput,
  attribute: ReadAttribute,
  tag: { readonly names: Set<string>; readonly isApart: boolean },
): void {
  const { units } = input;
  const { from, nameEnd } = attribute;
  const name = { from, to: nameEnd };
  if (!attribute.isSound || !tag.isApart || !isName(units, from, nameEnd)) {
    const place = { from, to: nameEnd > from ? nameEnd : attribute.end };
    input.namedFault('bad-attribute', place, { name });
  }
  if (!attribute.isSound) return;
  const text = decodeUnits(units, from, nameEnd);
  if (tag.names.has(text)) input.namedFault('duplicate-attribute', name, { name });
  tag.names.add(text);
  for (let at = attribute.valueStart; at < attribute.valueEnd; ) {
    if (units[at] === Unit.ampersand) at = scanReference(input, at);
    else if ((classes[units[at]!]! & CharacterClass.odd) !== 0) at = input.odd(at);
    else at++;
  }
}

function endsAttributeName(unit: number): boolean {
  return (
    isSpace(unit) ||
    unit === Unit.equals ||
    unit === Unit.greaterThan ||
    unit === Unit.lessThan ||
    unit === Unit.slash ||
    unit === Unit.quote ||
    unit === Unit.apostrophe
  );
}

function isName(units: Uint16Array, from: number, to: number): boolean {
  if (!isNameStart(units[from]!)) return false;
  for (let at = from + 1; at < to; at++) if (!isNameRest(units[at]!)) return false;
  return true;
}
