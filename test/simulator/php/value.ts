/** A key of a PHP array: a string that looks like a whole number is one. */
export type PhpKey = string | number;

/** A PHP array: ordered, and both list and map. */
export type PhpArray = Map<PhpKey, PhpValue>;

/** What `<base64>` of XML-RPC becomes: an object that nothing in pfSense can write. */
export class PhpObject {
  readonly kind = 'object';
}

export type PhpValue = string | number | boolean | null | PhpArray | PhpObject;

export function isArray(value: PhpValue | undefined): value is PhpArray {
  return value instanceof Map;
}

/** The key that PHP makes of a string: "7" becomes 7, "07" stays. */
export function toKey(name: string): PhpKey {
  return /^(?:0|-?[1-9]\d{0,14})$/.test(name) ? Number(name) : name;
}

/** A list with the keys 0, 1, 2 … */
export function phpList(values: Iterable<PhpValue>): PhpArray {
  const list: PhpArray = new Map();
  for (const value of values) list.set(list.size, value);
  return list;
}

/** A map in the order of the entries. */
export function phpMap(entries: Readonly<Record<string, PhpValue>>): PhpArray {
  return new Map(Object.entries(entries).map(([name, value]) => [toKey(name), value]));
}

/** Adds at the end, under the next whole number. */
export function append(array: PhpArray, value: PhpValue): void {
  let next = 0;
  for (const key of array.keys()) if (typeof key === 'number' && key >= next) next = key + 1;
  array.set(next, value);
}

/** PHP arrays are values: what is assigned is a copy. */
export function copyOf<T extends PhpValue>(value: T): T {
  if (!isArray(value)) return value;
  const copy: PhpArray = new Map();
  for (const [key, inner] of value as PhpArray) copy.set(key, copyOf(inner));
  return copy as T;
}

/** Whether PHP's `if` takes the value for true. */
export function isTrue(value: PhpValue | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (isArray(value)) return value.size > 0;
  return value !== '' && value !== '0' && value !== 0;
}

/** What `==` says, as far as the values of a config go: no order of keys, numbers by their value. */
export function looseEqual(one: PhpValue | undefined, other: PhpValue | undefined): boolean {
  if (isArray(one) && isArray(other)) {
    return (
      one.size === other.size && [...one].every(([key, value]) => other.has(key) && looseEqual(value, other.get(key)))
    );
  }
  if (isArray(one) || isArray(other)) return isTrue(one) === isTrue(other) && !(isTrue(one) || isTrue(other));
  if (typeof one === 'boolean' || typeof other === 'boolean') return isTrue(one) === isTrue(other);
  const [left, right] = [toText(one), toText(other)];
  if (left === right) return true;
  return isNumeric(left) && isNumeric(right) && Number(left) === Number(right);
}

function isNumeric(text: string): boolean {
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(text);
}

/** The value as PHP puts it into a string. */
export function toText(value: PhpValue | undefined): string {
  if (value === undefined || value === null || value === false) return '';
  if (value === true) return '1';
  if (isArray(value)) return 'Array';
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** As `intval` reads a text: its leading digits, else 0. */
export function toInteger(value: PhpValue | undefined): number {
  if (isArray(value)) return value.size > 0 ? 1 : 0;
  return Number.parseInt(toText(value), 10) || 0;
}

function segments(path: string): readonly PhpKey[] {
  return path
    .split('/')
    .filter(segment => segment !== '')
    .map(toKey);
}

/** What stands at a path such as `hasync/synchronizetoip`; undefined where nothing does. */
export function valueAt(array: PhpArray, path: string): PhpValue | undefined {
  let found: PhpValue | undefined = array;
  for (const key of segments(path)) {
    if (!isArray(found)) return undefined;
    found = found.get(key);
  }
  return found;
}

/** The array at a path; empty where there is none, as after an empty element, which is a text. */
export function arrayAt(array: PhpArray, path: string): PhpArray {
  const value = valueAt(array, path);
  return isArray(value) ? value : new Map();
}

/** The text at a path; empty where there is none. */
export function textAt(array: PhpArray, path: string): string {
  return toText(valueAt(array, path));
}

/** Puts a value at a path and makes the arrays that lead there, in place of texts too. */
export function setAt(array: PhpArray, path: string, value: PhpValue): void {
  const keys = segments(path);
  let parent = array;
  for (const key of keys.slice(0, -1)) {
    let inner = parent.get(key);
    if (!isArray(inner)) {
      inner = new Map();
      parent.set(key, inner);
    }
    parent = inner;
  }
  const last = keys.at(-1);
  if (last !== undefined) parent.set(last, value);
}

/** Takes away what stands at a path, if anything does. */
export function deleteAt(array: PhpArray, path: string): void {
  const keys = segments(path);
  const parent = valueAt(array, keys.slice(0, -1).join('/'));
  const last = keys.at(-1);
  if (isArray(parent) && last !== undefined) parent.delete(last);
}
