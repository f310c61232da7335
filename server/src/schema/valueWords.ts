import type { LeafSchema, ValueType } from './elementSchema.ts';

/** More words than these are not all said in a message. */
const sayable = 8;

/**
 * What a leaf takes, as the end of a sentence: `a whole number from 1 to 255`, `"pass" (Pass) or "block" (Block)`. Of many
 * words only what they are is said.
 */
export function takenBy(leaf: LeafSchema): string {
  const { value, words = {}, separator } = leaf;
  const types = value ? namesOf(value.type === 'either' ? value.of : [value]) : [];
  const entries = Object.entries(words);
  const said = entries.length > sayable ? ['one of a list of words'] : entries.map(quoted);
  const one = alternatives([...types, ...said]);
  return separator === undefined ? one : `a list, separated by ${separators[separator]}, each ${one}`;
}

const separators: Readonly<Record<NonNullable<LeafSchema['separator']>, string>> = {
  ',': 'commas',
  ' ': 'spaces',
  '||': 'two bars',
  '|': 'bars',
  ';': 'semicolons',
  '\n': 'line breaks',
};

/** A word with the web interface's name for it, unless that says the same. */
function quoted([word, label]: readonly [string, string]): string {
  return label.toLowerCase() === word.toLowerCase() || label === '' ? `"${word}"` : `"${word}" (${label})`;
}

function alternatives(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${last}` : last;
}

/** Two types of port that differ in the sign of a range are one to a person. */
function namesOf(types: readonly ValueType[]): readonly string[] {
  const ranges = types.flatMap(type => (type.type === 'port' && type.range ? [type] : []));
  const [first] = ranges;
  return types
    .filter(type => type === first || !ranges.some(range => range === type))
    .map(type =>
      type === first && first
        ? portName(
            first,
            ranges.map(({ range }) => `"${range}"`),
          )
        : nameOf(type),
    );
}

function portName({ zero }: Extract<ValueType, { type: 'port' }>, signs: readonly string[]): string {
  const port = `a port from ${zero ? 0 : 1} to 65535`;
  return signs.length > 0 ? `${port} (or two with ${alternatives(signs)} between them)` : port;
}

function nameOf(type: ValueType): string {
  switch (type.type) {
    case 'flag':
      return 'nothing';
    case 'integer':
      return `a whole number${rangeOf(type)}`;
    case 'decimal':
      return `a number${rangeOf(type)}`;
    case 'hexadecimal':
      return `a hexadecimal number of at most ${type.digits} digits`;
    case 'address':
      return addressName(type);
    case 'addressRange':
      return 'a range of two addresses with a hyphen between them';
    case 'hostname':
      return 'a host name';
    case 'domain':
      return 'a domain name';
    case 'host':
      return 'an address or a host name';
    case 'url':
      return 'a URL';
    case 'mac':
      return 'a MAC address such as 00:00:5e:00:53:01';
    case 'port':
      return portName(type, type.range ? [`"${type.range}"`] : []);
    case 'base64':
      return 'text in Base64';
    case 'epoch':
      return 'a time in seconds since 1970';
    case 'pattern':
      return type.is;
    case 'either':
      return alternatives(namesOf(type.of));
  }
}

function rangeOf({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max < Number.MAX_SAFE_INTEGER) return ` from ${min} to ${max}`;
  return min > Number.MIN_SAFE_INTEGER ? `, ${min} or more` : '';
}

function addressName({ family, prefix }: Extract<ValueType, { type: 'address' }>): string {
  const address = family === undefined ? 'an address' : `an IPv${family} address`;
  if (prefix === 'required') return `${address} with a prefix length`;
  return prefix === 'optional' ? `${address} (with or without a prefix length)` : address;
}
