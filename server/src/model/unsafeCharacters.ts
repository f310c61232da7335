import { htmlCharacters } from '../syntax/htmlEntities.ts';
import { type Branch, Column, Element, type Place } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { Config } from './config.ts';
import { MarkedRows } from './markedRows.ts';
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
 * writes that name there, which is no XML, and its own save fails (facts.md §1.7, §3; xmlparse.inc:dump_xml_config_sub). After an
 * edit only what has changed is read.
 */
export function* unsafeTexts(config: Config): Iterable<UnsafeText> {
  const version = config.query(readVersion);
  if (version.number === undefined || version.number >= 24.5) return;
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  const isSafe = remembered(tag => isInCdata(tag, version));
  for (const name of names) {
    for (const branch of config.section(name)) {
      for (const row of marked.of(branch)) {
        const element = new Element(branch, row);
        const character = isSafe(element.name) ? undefined : unsafeIn(element);
        if (character === undefined) continue;
        yield { element, character, name: htmlNames.get(character) ?? '', place: placeOf(element, character) };
      }
    }
  }
}

/** A question about tags, of which a file has thousands and only some different ones. */
function remembered(ask: (tag: string) => boolean): (tag: string) => boolean {
  const known = new Map<string, boolean>();
  return tag => {
    const answer = known.get(tag) ?? ask(tag);
    known.set(tag, answer);
    return answer;
  };
}

const htmlNames: ReadonlyMap<string, string> = new Map(
  [...htmlCharacters].filter(([, character]) => character >= '\u00a0').map(([name, character]) => [character, name]),
);

/** The elements that hold such a character, of whatever tag. */
const marked = new MarkedRows((branch, row) => {
  if (branch.at(Column.next, row) > row + 1 || !mayHold(branch, row)) return false;
  return unsafeIn(new Element(branch, row)) !== undefined;
});

/** Whether something beyond ASCII stands in a text, as itself or as a reference: what nearly none has. */
function mayHold(branch: Branch, row: number): boolean {
  const start = branch.start + branch.at(Column.contentStart, row);
  const end = branch.start + branch.at(Column.contentEnd, row);
  const { units, shift } = branch.document.buffer.contiguous(start, end);
  for (let at = start + shift; at < end + shift; at++) {
    if (units[at]! >= 0xa0 || units[at] === ampersand) return true;
  }
  return false;
}

const ampersand = 0x26;

/** A character that stands there by a name of HTML alone makes pfSense refuse the file already (`xml-entity-undefined`). */
function unsafeIn(element: Element): string | undefined {
  return [...readValue(element, 'xml')].find(character => htmlNames.has(character));
}

function placeOf(element: Element, character: string): Place {
  const whole = element.contentPlace;
  const at = element.content.indexOf(character);
  return at < 0 ? whole : { ...whole, from: whole.from + at, to: whole.from + at + character.length };
}
