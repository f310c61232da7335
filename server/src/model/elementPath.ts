import { isListTag } from '../schema/listTags.ts';
import { firstRowFrom } from '../syntax/search.ts';
import { Branch, Element, type Place } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { naturalKeysOf } from './naturalKeys.ts';

/**
 * An element's path, as people and files write it: `virtualip/vip[interface=lan,vhid=2]/advskew`. It holds while other
 * things are edited, put in or put into another order: an item of a list is called by what tells it from the others
 * ({@link naturalKeysOf}), and by its number only where nothing does. It never holds a secret.
 */
export type ElementPath = readonly ElementStep[];

/** One element on the way, from below the root. */
interface ElementStep {
  /** In lower case. */
  readonly name: string;
  /** What children hold, by their path from the element; the path `.` is the element's own text. */
  readonly keys: readonly ElementKeyValue[];
  /** From 1, among the siblings of that name that have these keys; absent where it does not matter. */
  readonly number: number | undefined;
}

interface ElementKeyValue {
  readonly path: string;
  readonly value: string;
}

/** The innermost element around a place; absent outside of all children of the root. */
export function elementAround({ anchor, from, to }: Place): Element | undefined {
  if (!(anchor instanceof Branch)) return undefined;
  let element: Element | undefined = new Element(anchor, Math.max(0, firstRowFrom(anchor, from + 1) - 1));
  while (element && element.end < anchor.start + to) element = element.parent;
  return element;
}

/** The path of an element. */
export function pathOfElement(config: Config, element: Element): string {
  const steps: string[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) steps.unshift(stepTo(config, at));
  return steps.join('/');
}

/** Reads a path; absent where it is not written as one. */
export function parseElementPath(text: string): ElementPath | undefined {
  const steps: ElementStep[] = [];
  for (let at = 0; at < text.length || at === 0; at++) {
    const end = stepEnd(text, at);
    const step = end === undefined ? undefined : parseStep(text.slice(at, end));
    if (!step || end === undefined) return undefined;
    steps.push(step);
    if (end === text.length) return steps;
    at = end;
  }
  return undefined;
}

/** Whether an element is one that the path means, or stands in one. */
export function isWithinPath(config: Config, element: Element, path: ElementPath): boolean {
  const chain: Element[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) chain.unshift(at);
  return path.length <= chain.length && path.every((step, i) => isMeant(config, chain[i] as Element, step));
}

/** Whether there is any element that the path means. */
export function hasElementAt(config: Config, path: ElementPath): boolean {
  const [first, ...rest] = path;
  if (!first) return false;
  let found = config
    .section(first.name)
    .map(branch => branch.top)
    .filter(element => isMeant(config, element, first));
  for (const step of rest) {
    found = found
      .flatMap(element => element.childrenNamed(step.name))
      .filter(element => isMeant(config, element, step));
  }
  return found.length > 0;
}

function isMeant(config: Config, element: Element, { name, keys, number }: ElementStep): boolean {
  const fits = (each: Element) => keys.every(({ path, value }) => valueAt(config, each, path) === value);
  if (element.name !== name || !fits(element)) return false;
  if (number === undefined) return true;
  return siblingsOf(config, element).filter(fits)[number - 1]?.is(element) ?? false;
}

function stepTo(config: Config, element: Element): string {
  if (!isListTag(element.name)) return numbered(element, element.name, siblingsOf(config, element));
  const siblings = siblingIndex(config, element);
  const candidates = config.ofElement(keysOf, element);
  const unique = candidates.find(keys => siblings.get(keys)?.length === 1);
  if (unique !== undefined) return `${element.name}[${unique}]`;
  const [best = ''] = candidates;
  const name = best === '' ? element.name : `${element.name}[${best}]`;
  return numbered(element, name, siblings.get(best) ?? []);
}

/** The name alone where it means one element, else with the number among those that it means, which stand in the order of the text. */
function numbered(element: Element, name: string, alike: readonly Element[]): string {
  if (alike.length < 2) return name;
  let low = 0;
  let high = alike.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((alike[middle]?.start ?? 0) < element.start) low = middle + 1;
    else high = middle;
  }
  return `${name}[${low + 1}]`;
}

/** What an element can be called by, the best first, each as it stands between the brackets of a path. For {@link Config.ofElement}. */
export function keysOf(element: Element, config: Config): readonly string[] {
  return naturalKeysOf(element).flatMap(paths => {
    const keys = paths.map(path => ({ path, value: valueAt(config, element, path) }));
    const isUsable = keys.every(({ value }) => value !== '' && value.length <= longestValue && !/[\n\r]/.test(value));
    return isUsable ? [keys.map(({ path, value }) => `${path}=${quoted(value)}`).join(',')] : [];
  });
}

/** A longer text is no name. */
const longestValue = 100;

/** The siblings of an element's name and the element itself, by what they can be called by; under '' all of them. */
export function siblingIndex(config: Config, element: Element): ReadonlyMap<string, readonly Element[]> {
  const { parent } = element;
  const owner = parent ? parent.branch : config.section(element.name);
  const kept = indexes.get(owner) ?? new Map<string, ReadonlyMap<string, readonly Element[]>>();
  indexes.set(owner, kept);
  const key = `${parent?.row ?? -1} ${element.name}`;
  const before = kept.get(key);
  if (before) return before;
  const siblings = siblingsOf(config, element);
  const index = new Map<string, Element[]>([['', [...siblings]]]);
  const names = keysOfAll(config, siblings);
  for (const [i, each] of siblings.entries()) {
    for (const keys of names[i] ?? []) {
      const same = index.get(keys);
      if (same) same.push(each);
      else index.set(keys, [each]);
    }
  }
  kept.set(key, index);
  return index;
}

/**
 * How many of an element's siblings of its name, itself included, can be called so ({@link keysOf}). Right after an edit
 * among thousands it is quicker than {@link siblingIndex}, which is made anew.
 */
export function countCalled(config: Config, element: Element, keys: string): number {
  let count = 0;
  for (const own of keysOfAll(config, siblingsOf(config, element))) if (own.includes(keys)) count++;
  return count;
}

function keysOfAll(config: Config, siblings: readonly Element[]): readonly (readonly string[])[] {
  // Of those at the top of the file each is a section by itself.
  return siblings[0]?.parent
    ? config.ofElements(keysOf, siblings)
    : siblings.map(each => config.ofElement(keysOf, each));
}

/** By the branch that holds the siblings, or by the list of branches that they are: neither ever changes. */
const indexes = new WeakMap<object, Map<string, ReadonlyMap<string, readonly Element[]>>>();

function siblingsOf(config: Config, element: Element): readonly Element[] {
  const { parent, name } = element;
  return parent ? parent.childrenNamed(name) : config.section(name).map(branch => branch.top);
}

function valueAt(config: Config, element: Element, path: string): string {
  if (path === '.') return element.hasChildren ? '' : config.text(element);
  return config.text(element.find(path));
}

/** A plain word as it is; anything else as JSON writes it, so that brackets and commas in it mean nothing. */
function quoted(value: string): string {
  return /^[\w.:/@%+-]+$/.test(value) ? value : JSON.stringify(value);
}

/** Where the step that begins at an offset ends: at the next `/` outside of brackets and quotes, or at the text's end. */
function stepEnd(text: string, from: number): number | undefined {
  const step = /^[^[\]"/]+(?:\[(?:[^[\]"]|"(?:[^"\\]|\\.)*")*\])*(?=\/|$)/.exec(text.slice(from));
  return step ? from + step[0].length : undefined;
}

function parseStep(text: string): ElementStep | undefined {
  const [, name = ''] = /^([^[\]"/=,\s]+)(?=\[|$)/.exec(text) ?? [];
  if (name === '') return undefined;
  const brackets = [...text.slice(name.length).matchAll(/\[((?:[^[\]"]|"(?:[^"\\]|\\.)*")*)\]/g)].map(
    each => each[1] ?? '',
  );
  const last = brackets.at(-1) ?? '';
  const number = /^[1-9]\d*$/.test(last) ? Number(last) : undefined;
  const keys = (number === undefined ? brackets : brackets.slice(0, -1)).map(parseKeys);
  if (!keys.every(each => each !== undefined)) return undefined;
  return { name: name.toLowerCase(), keys: keys.flat(), number };
}

function parseKeys(text: string): readonly ElementKeyValue[] | undefined {
  const keys: ElementKeyValue[] = [];
  const part = /\s*([^\s=,"]+?)\s*=\s*("(?:[^"\\]|\\.)*"|[^",]*?)\s*(,|$)/y;
  for (;;) {
    const match = part.exec(text);
    const value = match && unquoted(match[2] ?? '');
    if (!match || value === undefined || value === null) return undefined;
    keys.push({ path: (match[1] ?? '').toLowerCase(), value });
    if (match[3] === '') return keys;
  }
}

function unquoted(written: string): string | undefined {
  if (!written.startsWith('"')) return written;
  try {
    const value: unknown = JSON.parse(written);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // An escape that JSON does not know.
    return undefined;
  }
}
