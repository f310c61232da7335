import { renameElement } from '../../syntax/edits.ts';
import { type Element, spanOf } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Config } from '../config.ts';
import type { Rename } from '../names/nameClash.ts';
import { setText } from '../write.ts';
import { definitionsOf, nameElementOf } from './definitions.ts';
import { dynamicGatewayUses } from './dynamicGateways.ts';
import { nameOf } from './occurrences.ts';
import { placeInText } from './places.ts';
import { usesOf } from './references.ts';

/** A part of an element's text as pfSense reads it, and what it is to be. */
interface Part {
  readonly element: Element;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * The edits that give a thing of a node another name, in every place of the node that holds it. Of an interface that is its
 * description, on which the names of the gateways rest that pfSense makes of it; of a user, whom others name by number, the
 * user's own name.
 */
export function renameEdits(config: Config, rename: Rename): readonly TextEdit[] {
  const { kind, name, to } = rename;
  const own = textElementsOf(config, rename).map(element => wholeOf(config, element, to));
  if (kind === 'user') return editsOf(config, own);
  if (kind === 'interface') return editsOf(config, [...own, ...gatewayParts(config, rename)]);
  const separators = kind === 'interface-group' ? separatorEdits(config, rename) : [];
  const uses = usesOf(config, kind, name).map((use): Part => {
    const candidate = nameOf(config, use);
    const [from, end] = [use.from + (candidate?.from ?? 0), use.from + (candidate?.to ?? use.text.length)];
    return { element: use.element, from, to: end, text: to };
  });
  return [...editsOf(config, [...own, ...uses]), ...separators].sort((one, other) => one.from - other.from);
}

/**
 * The separators among a group's rules stand in an element that is called after the group in small letters
 * (firewall_rules.php). Where the new name has some already, the old ones are left alone.
 */
function separatorEdits(config: Config, { name, to }: Rename): readonly TextEdit[] {
  const all = config.find('filter/separator');
  const own = all?.child(name.toLowerCase());
  const text = to.toLowerCase();
  if (!own || all?.child(text)) return [];
  return renameElement(own, text);
}

/** The elements that hold the name itself, as people see it. */
export function textElementsOf(config: Config, { kind, name }: Pick<Rename, 'kind' | 'name'>): readonly Element[] {
  const things = definitionsOf(config, kind).get(name) ?? [];
  if (kind === 'interface') return things.flatMap(({ element }) => element.child('descr') ?? []);
  if (kind === 'user') return things.flatMap(({ element }) => element.child('name') ?? []);
  return things.map(nameElementOf);
}

/** The edit that makes all of an element's text another one, as small as it can be. */
export function retext(config: Config, element: Element, text: string): readonly TextEdit[] {
  return editsOf(config, [wholeOf(config, element, text)]);
}

function gatewayParts(config: Config, rename: Rename): readonly Part[] {
  const titles = textElementsOf(config, rename).map(element => config.text(element));
  return titles.flatMap(title =>
    dynamicGatewayUses(config, title).map(({ element, from }) => ({
      element,
      from,
      to: from + title.length,
      text: rename.to.toUpperCase(),
    })),
  );
}

function wholeOf(config: Config, element: Element, text: string): Part {
  const before = config.text(element);
  const from = before.length - before.trimStart().length;
  return { element, from, to: from + before.trim().length, text };
}

function editsOf(config: Config, parts: readonly Part[]): readonly TextEdit[] {
  const byElement: Part[][] = [];
  for (const part of parts) {
    const known = byElement.find(([first]) => first?.element.is(part.element));
    if (!known) byElement.push([part]);
    else if (!known.some(({ from }) => from === part.from)) known.push(part);
  }
  return byElement.flatMap(each => editsIn(config, each)).sort((one, other) => one.from - other.from);
}

/** Of a text that is written as it is read the names alone; of one with references in it all of it. Names hold nothing to be encoded. */
function editsIn(config: Config, parts: readonly Part[]): readonly TextEdit[] {
  const [first] = parts;
  if (!first) return [];
  const { element } = first;
  const text = config.text(element);
  const { buffer } = element.document;
  const spans = parts.map(part => spanOf(placeInText(config, element, part)));
  const isPlain = spans.every(({ start, end }, i) => {
    const { from, to } = parts[i]!;
    return buffer.slice(start, end) === text.slice(from, to);
  });
  if (isPlain) return spans.map(({ start, end }, i) => ({ from: start, to: end, text: parts[i]!.text }));
  const changed = [...parts]
    .sort((one, other) => other.from - one.from)
    .reduce((rest, part) => rest.slice(0, part.from) + part.text + rest.slice(part.to), text);
  return [setText(config, element, changed)];
}
