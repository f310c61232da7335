import { isAddress } from './addressText.ts';
import type { LeafSchema, ValueType } from './elementSchema.ts';

/** What a leaf's text must be; the rest of a {@link LeafSchema} is for people. */
export type LeafRule = Pick<LeafSchema, 'value' | 'words' | 'separator' | 'isOpen'>;

export type Check = (text: string) => boolean;

/** Whether a text is one that the leaf takes. The empty text always is: pfSense's forms write it for what is not set. */
export function checkOf(leaf: LeafRule): Check {
  const { separator } = leaf;
  const isOne = checkOfOne(leaf);
  if (separator === undefined) return text => text.trim() === '' || isOne(text);
  return text => partsOf(text, separator).every(isOne);
}

/** Stands for the names that a person chooses. */
export const anyName = '*';

/**
 * What of a group's plain value is wrong: names of leaves, and `name/2` for the third of a list. The table says by which
 * of the checks each leaf must go; the compiled validators call this.
 */
export function wrongLeaves(
  value: Readonly<Record<string, unknown>>,
  table: Readonly<Record<string, number>>,
  checks: readonly Check[],
): readonly string[] {
  let wrong: string[] | undefined;
  const look = (text: unknown, check: Check, at: string) => {
    if (typeof text !== 'string' || check(text)) return;
    wrong ??= [];
    wrong.push(at);
  };
  for (const name in value) {
    const check = checks[table[name] ?? table[anyName] ?? -1];
    if (!check) continue;
    const texts = value[name];
    if (!Array.isArray(texts)) look(texts, check, name);
    else for (let i = 0; i < texts.length; i++) look(texts[i], check, `${name}/${i}`);
  }
  return wrong ?? nothing;
}

const nothing: readonly string[] = [];

/** The values in a list; blanks around one do not count, and empty ones are passed over. */
export function partsOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map(part => part.trim())
    .filter(part => part !== '');
}

/** Whether there is a text that the leaf does not take. */
export function isChecked({ value, words, isOpen }: LeafRule): boolean {
  if (value) return value.type !== 'flag';
  return words !== undefined && !isOpen;
}

function checkOfOne(leaf: LeafRule): Check {
  if (!isChecked(leaf)) return () => true;
  const words = new Set(Object.keys(leaf.words ?? {}));
  if (!leaf.value) return text => words.has(text);
  const isType = checkOfType(leaf.value);
  // Some forms trim what they store and some do not, so that blanks around a value are no mistake; around a word they are.
  const isValue: Check = text => isType(text) || isType(text.trim());
  return words.size === 0 ? isValue : text => words.has(text) || isValue(text);
}

function checkOfType(type: ValueType): Check {
  switch (type.type) {
    case 'flag':
      return () => true;
    case 'integer':
      return text => /^-?\d+$/.test(text) && isBetween(Number(text), type);
    case 'decimal':
      return text => /^-?\d+(?:\.\d+)?$/.test(text) && isBetween(Number(text), type);
    case 'hexadecimal':
      return text => text.length <= type.digits && /^[\da-f]+$/i.test(text);
    case 'address':
      return text => isAddressWith(text, type);
    case 'addressRange':
      return isAddressRange;
    case 'hostname':
      return isHostname;
    case 'domain':
      return isDomain;
    case 'host':
      return text => isAddress(text) || isDomain(text);
    case 'url':
      return text => /^[a-z][\da-z+.-]*:\/\/\S+$/i.test(text);
    case 'mac':
      // One digit of a part will do (util.inc:is_macaddr).
      return text => /^[\da-f]{1,2}(?::[\da-f]{1,2}){5}$/i.test(text);
    case 'port':
      return text => (type.range ? isPortRange(text, type) : isPort(text, type));
    case 'base64':
      return text => /^[\d+/a-z\s]*=?\s*=?\s*$/i.test(text);
    case 'epoch':
      return text => /^\d{1,12}(?:\.\d+)?$/.test(text);
    case 'pattern': {
      const pattern = new RegExp(`^(?:${type.pattern})$`);
      return text => pattern.test(text);
    }
    case 'either': {
      const checks = type.of.map(checkOfType);
      return text => checks.some(check => check(text));
    }
  }
}

function isBetween(number: number, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return number >= min && number <= max;
}

type AddressType = Extract<ValueType, { type: 'address' }>;

function isAddressWith(text: string, { family, prefix }: AddressType): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return prefix !== 'required' && isAddress(text, family);
  if (!prefix) return false;
  const address = text.slice(0, slash);
  const length = text.slice(slash + 1);
  return isAddress(address, family) && /^\d{1,3}$/.test(length) && Number(length) <= (address.includes(':') ? 128 : 32);
}

/** Two addresses of one family with a hyphen between them; whether they are in order is a rule's question. */
function isAddressRange(text: string): boolean {
  const hyphen = text.indexOf('-');
  if (hyphen < 0) return false;
  const [from, to] = [text.slice(0, hyphen), text.slice(hyphen + 1)];
  return isAddress(from) && isAddress(to, from.includes(':') ? 6 : 4);
}

/**
 * util.inc:is_hostname: names with dots between them; beside letters pfSense takes digits, `_` and, within, `-`; a dot may
 * end what has one. It takes four numbers, too, which nobody means as a name.
 */
function isHostname(text: string): boolean {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return false;
  const name = text.replace(/(\..*)\.$/, '$1');
  return /^(?:[\d_a-z](?:[\d_a-z-]*[\d_a-z])?\.)*[\d_a-z](?:[\d_a-z-]*[\d_a-z])?$/i.test(name);
}

/** util.inc:is_domain: as a host's name, and there may be a dot at its end. */
function isDomain(text: string): boolean {
  return text === '.' || isHostname(text.endsWith('.') ? text.slice(0, -1) : text);
}

type PortType = Extract<ValueType, { type: 'port' }>;

function isPort(text: string, { zero }: PortType): boolean {
  return /^\d{1,5}$/.test(text) && isBetween(Number(text), { min: zero ? 0 : 1, max: 65535 });
}

function isPortRange(text: string, type: PortType): boolean {
  const ends = text.split(type.range ?? '-');
  return ends.length <= 2 && ends.every(end => isPort(end, type));
}
