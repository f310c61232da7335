import { htmlCharacters } from '../syntax/htmlEntities.ts';
import { type Branch, Element, type Place } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { Config } from './config.ts';
import { isInCdata } from './textForm.ts';
import { readVersion } from './version.ts';

/** An element whose text pfSense would write with a name that XML does not have. */
export interface UnsafeText {
  readonly element: Element;
  /** The first such character, and its name: `é`, `eacute`. */
  readonly character: string;
  readonly name: string;
  /** On the character where it stands as itself, else on the whole text. */
  readonly place: Place;
}

/**
 * The elements with a character for which HTML has a name, in tags that pfSense writes without CDATA. Before config version 24.5 it
 * writes that name there, which is no XML, and its own save fails (facts.md §1.7, §3; xmlparse.inc:dump_xml_config_sub). Of each
 * section that has not changed it is known from before; of the others only the items that have changed are read.
 */
export function* unsafeTexts(config: Config): Iterable<UnsafeText> {
  const version = config.query(readVersion);
  if (version.number === undefined || version.number >= 24.5) return;
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  const found = config.query(readFound);
  for (const name of names) {
    for (const branch of config.section(name)) {
      for (const { row, character } of orNew(found, branch, () => scanBranch(config, branch))) {
        const element = new Element(branch, row);
        if (isInCdata(element.name, version)) continue;
        yield { element, character, name: htmlNames.get(character) ?? '', place: placeOf(element, character) };
      }
    }
  }
}

/** What was found in each branch, which is another one after an edit. */
function readFound(): WeakMap<Branch, readonly Found[]> {
  return new WeakMap();
}

/** Counted from the row of the item. */
interface Found {
  readonly row: number;
  readonly character: string;
}

const htmlNames: ReadonlyMap<string, string> = new Map(
  [...htmlCharacters].filter(([, character]) => character >= '\u00a0').map(([name, character]) => [character, name]),
);

function scanBranch(config: Config, { top }: Branch): readonly Found[] {
  const items = top.children();
  if (items.length === 0) return scan(top);
  return config
    .ofElements(scan, items)
    .flatMap((found, i) => found.map(({ row, character }) => ({ row: row + (items[i]?.row ?? 0), character })));
}

/** The elements in an item that hold such a character, of whatever tag. */
function scan(item: Element): readonly Found[] {
  const { buffer } = item.document;
  const { units, shift } = buffer.contiguous(item.start, item.end);
  let mayHave = false;
  for (let at = item.start + shift; at < item.end + shift && !mayHave; at++) {
    const unit = units[at]!;
    // A character may also stand there as a reference.
    mayHave = unit >= 0xa0 || unit === 0x26;
  }
  if (!mayHave) return none;
  const found: Found[] = [];
  for (const element of leaves(item)) {
    if (!/[\u00a0-\uffff]|&[#\w]/.test(element.content)) continue;
    const character = [...readValue(element, 'html')].find(each => htmlNames.has(each));
    if (character !== undefined) found.push({ row: element.row - item.row, character });
  }
  return found;
}

const none: readonly Found[] = [];

function* leaves(element: Element): Iterable<Element> {
  if (!element.hasChildren) yield element;
  else for (const child of element.children()) yield* leaves(child);
}

function placeOf(element: Element, character: string): Place {
  const whole = element.contentPlace;
  const at = element.content.indexOf(character);
  return at < 0 ? whole : { ...whole, from: whole.from + at, to: whole.from + at + character.length };
}

function orNew<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
