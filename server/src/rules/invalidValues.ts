import type { Config } from '../model/config.ts';
import { cut } from '../model/prose.ts';
import { hasFlag, valuePlace } from '../model/read.ts';
import { nearest } from '../pair/nearest.ts';
import type { LeafSchema, ValueType } from '../schema/elementSchema.ts';
import { isSecretName, mayHoldPassword } from '../schema/secrets.ts';
import { checkOf, partsOf } from '../schema/values.ts';
import type { Element, Place } from '../syntax/tree.ts';

/** A value that its element does not take. */
export interface InvalidValue {
  /** The smallest text that is wrong: of a list the first wrong one in it, where it stands there as it is read. */
  readonly at: Place;
  /** What a message may say of it: not more than a line, and nothing of secrets or of keys. */
  readonly shown: string | undefined;
  /** The whole text with what was most likely meant; absent where nothing is near. */
  readonly meant: () => string | undefined;
  /** It stands in something that is disabled. */
  readonly isSwitchedOff: boolean;
}

export function invalidValue(config: Config, element: Element, leaf: LeafSchema): InvalidValue {
  const text = config.text(element);
  const { separator, ...one } = leaf;
  const isRight = checkOf(one);
  const wrong = separator === undefined ? text : (partsOf(text, separator).find(part => !isRight(part)) ?? text);
  return {
    at: placeOf(element, text, wrong),
    shown: isShown(element, leaf) && !mayHoldPassword(wrong) ? shortened(wrong) : undefined,
    meant: () => {
      const meant = meantWith(wrong, leaf, isRight);
      if (meant === undefined || separator === undefined) return meant;
      return text
        .split(separator)
        .map(part => (part.trim() === wrong ? meant : part))
        .join(separator);
    },
    isSwitchedOff: isSwitchedOff(element),
  };
}

function placeOf(element: Element, text: string, wrong: string): Place {
  const whole = valuePlace(element);
  if (wrong === text || element.content !== text) return whole;
  const from = whole.from + text.indexOf(wrong);
  return { anchor: whole.anchor, from, to: from + wrong.length };
}

/** Base64 is how keys are kept, so none of it is shown either. */
function isShown({ name, parent }: Element, { value }: LeafSchema): boolean {
  return !isSecretName(name, parent?.name) && !mayBeBase64(value);
}

function mayBeBase64(type: ValueType | undefined): boolean {
  return type?.type === 'base64' || (type?.type === 'either' && type.of.some(mayBeBase64));
}

const longest = 60;

function shortened(text: string): string {
  return cut(text.replace(/\s+/g, ' '), longest);
}

function meantWith(wrong: string, { words = {} }: LeafSchema, isRight: (text: string) => boolean): string | undefined {
  const trimmed = wrong.trim();
  if (trimmed !== '' && trimmed !== wrong && isRight(trimmed)) return trimmed;
  const named = Object.entries(words).find(([, label]) => label.toLowerCase() === trimmed.toLowerCase());
  // Words that differ in digits alone are two things, as inet46 and inet6 are.
  const others = Object.keys(words).filter(word => withoutDigits(word) !== withoutDigits(trimmed));
  const meant = named?.[0] ?? nearest(trimmed, others);
  return meant === '' ? undefined : meant;
}

function withoutDigits(word: string): string {
  return word.replace(/\d/g, '');
}

function isSwitchedOff(element: Element): boolean {
  for (let at = element.parent; at; at = at.parent) if (hasFlag(at, 'disabled')) return true;
  return false;
}
