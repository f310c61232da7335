import { CharacterClass, classes, isNameRest } from './characters.ts';
import type { ScanInput } from './scanInput.ts';
import { Unit } from './units.ts';

/** Comments, CDATA, processing instructions and document types. Each function gives the index behind what begins at `from`. */

/** `<!-- … -->`. */
export function scanComment(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from + 4;
  for (;;) {
    while (at < limit && (classes[units[at]!]! & CharacterClass.commentStop) === 0) at++;
    if (at >= limit) return input.swallow('unterminated-comment', from, from + 4);
    if (units[at] !== Unit.hyphen) {
      at = input.odd(at);
      continue;
    }
    const run = at;
    while (at < limit && units[at] === Unit.hyphen) at++;
    const isEnd = at - run >= 2 && at < limit && units[at] === Unit.greaterThan;
    if (at - run > 2 || (at - run === 2 && !isEnd)) input.fault('double-hyphen-in-comment', run, at);
    if (isEnd) return at + 1;
  }
}

/** `<![CDATA[ … ]]>`. */
export function scanCdata(input: ScanInput, from: number): number {
  const { units, limit } = input;
  const table = classes;
  const stop = CharacterClass.cdataStop;
  let at = from + 9;
  for (;;) {
    while (at < limit && (table[units[at]!]! & stop) === 0) at++;
    if (at >= limit) return input.swallow('unterminated-cdata', from, from + 9);
    if (units[at] !== Unit.bracketClose) at = input.odd(at);
    else if (at + 2 < limit && units[at + 1] === Unit.bracketClose && units[at + 2] === Unit.greaterThan) return at + 3;
    else at++;
  }
}

/** `<? … ?>`; the XML declaration must stand first in the text. */
export function scanInstruction(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let at = from + 2;
  while (at + 1 < limit && !(units[at] === Unit.question && units[at + 1] === Unit.greaterThan)) {
    at = (classes[units[at]!]! & CharacterClass.odd) === 0 ? at + 1 : input.odd(at);
  }
  if (at + 1 >= limit) return input.swallow('unterminated-instruction', from, from + 2);
  const isDeclaration = input.startsWith('<?xml', from) && !isNameRest(units[from + 5]!);
  if (isDeclaration && from !== input.first) input.fault('misplaced-declaration', from, from + 5);
  return at + 2;
}

/** `<!DOCTYPE … >` is passed over; its entities are never expanded. */
export function scanDoctype(input: ScanInput, from: number): number {
  const { units, limit } = input;
  let depth = 0;
  let mark = 0;
  for (let at = from + 9; at < limit; at++) {
    const unit = units[at]!;
    if (mark !== 0) mark = unit === mark ? 0 : mark;
    else if (unit === Unit.quote || unit === Unit.apostrophe) mark = unit;
    else if (unit === Unit.bracketOpen) depth++;
    else if (unit === Unit.bracketClose) depth--;
    else if (unit === Unit.greaterThan && depth <= 0) return at + 1;
    else if (unit === Unit.lessThan && input.startsWith('<!--', at)) at = scanComment(input, at) - 1;
    else if (unit === Unit.lessThan && input.startsWith('<?', at)) at = scanInstruction(input, at) - 1;
  }
  return input.isSwallowed ? limit : input.swallow('unterminated-declaration', from, from + 9);
}
