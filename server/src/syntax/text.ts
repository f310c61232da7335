import { CharacterClass, classes, isCharacter, isNameRest, isNameStart } from './characters.ts';
import type { ScanInput } from './scanInput.ts';
import { Flag } from './tree.ts';
import { Unit } from './units.ts';

const { textStop } = CharacterClass;

/** Reads text from `from` up to the next `<` or the end, and gives the index there. */
export function scanText(input: ScanInput, from: number): number {
  const { units, limit } = input;
  // Held here, as the engine does not take what a module holds for constant in a loop.
  const table = classes;
  const stop = textStop;
  let at = from;
  for (;;) {
    // Four units at a time: this loop passes most of the text, and so runs twice as fast.
    while (
      at + 4 < limit &&
      ((table[units[at]!]! | table[units[at + 1]!]! | table[units[at + 2]!]! | table[units[at + 3]!]!) & stop) === 0
    ) {
      at += 4;
    }
    while (at < limit && (table[units[at]!]! & stop) === 0) at++;
    if (at >= limit || units[at] === Unit.lessThan) return at;
    at = textUnit(input, at);
  }
}

/** A unit of text that wants a look; gives the index behind what it belongs to. */
function textUnit(input: ScanInput, at: number): number {
  const unit = input.units[at];
  if (unit === Unit.ampersand) {
    input.seen |= Flag.hasReferences;
    return scanReference(input, at);
  }
  if (unit !== Unit.bracketClose) return input.odd(at);
  if (input.startsWith(']]>', at)) input.fault('cdata-end-in-text', at, at + 3);
  return at + 1;
}

/** Reads text where none may be, up to the next tag or other markup, and faults it once, from its first to its last ink. */
export function scanOutsideText(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from;
  let start = -1;
  let end = from;
  for (; at < limit; at++) {
    const unit = units[at]!;
    if (unit === Unit.lessThan && at > from && beginsMarkup(input, at)) break;
    if ((classes[unit]! & CharacterClass.space) !== 0) continue;
    if (start < 0) start = at;
    end = at + 1;
  }
  if (start >= 0) input.fault('text-outside-root', start, end);
  return at;
}

/** Whether the `<` there begins a tag or other markup rather than standing for itself. */
export function beginsMarkup(input: ScanInput, at: number): boolean {
  if (at + 1 >= input.limit) return false;
  const next = input.units[at + 1]!;
  if (next === Unit.exclamation) return isDeclaration(input, at);
  return next === Unit.slash || next === Unit.question || isNameStart(next) || isBadlyNamedTag(input, at);
}

function isDeclaration(input: ScanInput, at: number): boolean {
  return input.startsWith('<!--', at) || input.startsWith('<![CDATA[', at) || input.startsWith('<!DOCTYPE', at);
}

/** Whether `<1a>` stands there: a tag whose name begins as none may. With anything else behind it, as in `<5 and`, it is text. */
export function isBadlyNamedTag(input: ScanInput, from: number): boolean {
  const { units, limit } = input;
  let at = from + 1;
  while (at < limit && isNameRest(units[at]!)) at++;
  if (at === from + 1 || at >= limit) return false;
  return units[at] === Unit.greaterThan || input.startsWith('/>', at);
}

/** `&name;`, `&#10;` or `&#xa;`; gives the index behind it, or behind the stray `&`. */
export function scanReference(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from + 1;
  if (at < limit && units[at] === Unit.hash) return scanCharacterReference(input, from);
  if (at < limit && isNameStart(units[at]!)) {
    while (at < limit && isNameRest(units[at]!)) at++;
    if (at < limit && units[at] === Unit.semicolon) return at + 1;
  }
  input.fault('stray-ampersand', from, from + 1);
  return from + 1;
}

function scanCharacterReference(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from + 2;
  const base = at < limit && units[at] === Unit.smallX ? 16 : 10;
  if (base === 16) at++;
  const digits = at;
  let code = 0;
  for (; at < limit; at++) {
    const digit = digitOf(units[at]!);
    if (digit < 0 || digit >= base) break;
    code = Math.min(code * base + digit, 0x110000);
  }
  if (at === digits || at >= limit || units[at] !== Unit.semicolon) {
    input.fault('stray-ampersand', from, from + 1);
    return from + 1;
  }
  if (!isCharacter(code)) input.fault('bad-character-reference', from, at + 1);
  return at + 1;
}

function digitOf(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const letter = unit | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
