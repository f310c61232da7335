import { createHash } from 'node:crypto';
import {
  append,
  copyOf,
  isArray,
  isTrue,
  looseEqual,
  type PhpArray,
  type PhpValue,
  phpList,
  toInteger,
  toKey,
  toText,
} from './value.ts';

type PhpFunction = (...values: readonly PhpValue[]) => PhpValue;

const array = (value: PhpValue | undefined): PhpArray => (isArray(value) ? value : new Map());
const text = toText;

/** The functions of PHP itself that snippets use. By reference is nothing here but what the language does so. */
export const phpFunctions: Readonly<Record<string, PhpFunction>> = {
  array_column: (list, key) =>
    phpList([...array(list).values()].flatMap(row => array(row).get(toKey(text(key))) ?? [])),
  array_filter: list => new Map([...array(list)].filter(([, value]) => isTrue(value))),
  array_flip: list => new Map([...array(list)].map(([key, value]) => [toKey(text(value)), key])),
  array_intersect_key: (list, other) => new Map([...array(list)].filter(([key]) => array(other).has(key))),
  array_key_exists: (key, list) => array(list).has(toKey(text(key))),
  array_keys: list => phpList(array(list).keys()),
  array_merge: (...lists) => {
    const result: PhpArray = new Map();
    for (const [key, value] of lists.flatMap(list => [...array(list)])) {
      if (typeof key === 'number') append(result, copyOf(value));
      else result.set(key, copyOf(value));
    }
    return result;
  },
  array_replace: (...lists) => new Map(lists.flatMap(list => [...copyOf(array(list))])),
  array_values: list => phpList(array(list).values()),
  base64_decode: value => Buffer.from(text(value), 'base64').toString('utf8'),
  base64_encode: value => Buffer.from(text(value), 'utf8').toString('base64'),
  count: list => array(list).size,
  explode: (separator, value) => phpList(text(value).split(text(separator))),
  hash: (algorithm, value) => createHash(text(algorithm)).update(text(value)).digest('hex'),
  implode: (separator, list) => [...array(list).values()].map(text).join(text(separator)),
  in_array: (value, list) => [...array(list).values()].some(each => looseEqual(each, value)),
  intval: value => toInteger(value),
  is_array: value => isArray(value),
  is_null: value => value === null,
  is_string: value => typeof value === 'string',
  json_decode: value => fromJson(text(value)),
  json_encode: value => JSON.stringify(toJson(value ?? null)),
  ltrim: value => text(value).trimStart(),
  md5: value => createHash('md5').update(text(value)).digest('hex'),
  rtrim: value => text(value).trimEnd(),
  sha1: value => createHash('sha1').update(text(value)).digest('hex'),
  str_replace: (what, by, value) => text(value).replaceAll(text(what), text(by)),
  strlen: value => Buffer.byteLength(text(value)),
  strpos: (value, what) => {
    const index = text(value).indexOf(text(what));
    return index < 0 ? false : index;
  },
  strtolower: value => text(value).toLowerCase(),
  strval: value => text(value),
  trim: value => text(value).trim(),
};

/** As json_decode with `true` for arrays does; null for what is no JSON. */
function fromJson(json: string): PhpValue {
  try {
    return fromJavaScript(JSON.parse(json));
  } catch {
    return null;
  }
}

function fromJavaScript(value: unknown): PhpValue {
  if (Array.isArray(value)) return phpList(value.map(fromJavaScript));
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, inner]) => [toKey(key), fromJavaScript(inner)]));
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function toJson(value: PhpValue): unknown {
  if (!isArray(value)) return value;
  const isList = [...value.keys()].every((key, index) => key === index);
  if (isList) return [...value.values()].map(toJson);
  return Object.fromEntries([...value].map(([key, inner]) => [key, toJson(inner)]));
}
