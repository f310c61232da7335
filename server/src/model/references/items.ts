import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';

/** Elements along a path from below the root, and within them, at any depth, those of another name. */
export interface ItemPath {
  /** Such as `filter/rule`; `*` is any name. */
  readonly items: string;
  readonly nested?: string;
}

/** The section in which the elements of a path stand. */
export function sectionOf(path: ItemPath): string {
  return path.items.split('/', 1)[0] ?? '';
}

/** The elements of a path, in the order of the file. */
export function itemsOf(config: Config, path: ItemPath): readonly Element[] {
  const [section = '', ...steps] = path.items.split('/');
  let found: readonly Element[] = config.section(section).map(branch => branch.top);
  for (const step of steps) {
    const below = (each: Element) => (step === '*' ? each.children() : each.childrenNamed(step));
    // Mostly there is one section, and its list of thousands is taken as it is.
    found = found.length === 1 ? below(found[0]!) : found.flatMap(below);
  }
  const { nested } = path;
  return nested === undefined ? found : found.flatMap(each => withNested(each, nested));
}

/** The element of a path that holds this one, or is it; absent where there is none. */
export function itemAround(element: Element, path: ItemPath): Element | undefined {
  const steps = path.items.split('/');
  const chain: Element[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) chain.unshift(at);
  if (chain.length < steps.length) return undefined;
  if (!steps.every((step, i) => step === '*' || chain[i]?.name === step)) return undefined;
  let last = steps.length - 1;
  while (path.nested !== undefined && chain[last + 1]?.name === path.nested) last++;
  return chain[last];
}

/** Without a call within a call, for a broken file may nest them by the thousand. */
function withNested(element: Element, name: string): Element[] {
  const found: Element[] = [];
  const open = [element];
  for (let each = open.pop(); each; each = open.pop()) {
    found.push(each);
    for (const below of [...each.childrenNamed(name)].reverse()) open.push(below);
  }
  return found;
}
