import type { ReferenceKind } from '../../schema/references.ts';
import { type Place, spanOf } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { type Definition, definitionsOf, nameElementOf } from './definitions.ts';
import { placeInText, textPlace } from './places.ts';
import { usesOf } from './references.ts';
import { resolve } from './resolve.ts';
import type { Candidate } from './table.ts';
import type { ReferenceUse } from './uses.ts';

/** Something with a name, whether it is there or not. */
export interface Named {
  readonly kind: ReferenceKind;
  readonly name: string;
}

/** Where a name stands in a file, each in the order of the text. */
export interface Occurrences {
  readonly definitions: readonly Place[];
  readonly uses: readonly Place[];
}

/** All places of a node that hold the name of a thing. */
export function occurrencesOf(config: Config, { kind, name }: Named): Occurrences {
  const definitions = (definitionsOf(config, kind).get(name) ?? []).map(each => definitionPlace(config, each));
  const uses = usesOf(config, kind, name).map(use => namePlaceOf(config, use));
  return { definitions: inOrder(definitions), uses: inOrder(uses) };
}

/** Something to jump to. */
export interface Target {
  /** The whole thing, such as the row of an alias. */
  readonly whole: Place;
  /** Where its name stands in it. */
  readonly name: Place;
}

export function targetOf(config: Config, definition: Definition): Target {
  return { whole: definition.element.wholePlace, name: definitionPlace(config, definition) };
}

/** Where a thing has its name. */
export function definitionPlace(config: Config, definition: Definition): Place {
  const element = nameElementOf(definition);
  return element.is(definition.element) ? element.namePlace : textPlace(config, element);
}

/** What a text in a place of the table is the name of; absent where it is something else than a name of this file. */
export function nameOf(config: Config, use: ReferenceUse): Candidate | undefined {
  const resolution = resolve(config, use.slot, use.text);
  return resolution.is === 'known' ? undefined : resolution.candidate;
}

/** The name in a use, without what stands beside it: of `wanip` the `wan`. */
export function namePlaceOf(config: Config, use: ReferenceUse): Place {
  const name = nameOf(config, use);
  if (!name || use.slot.slot.at === '' || name.to - name.from === use.text.length) return use.place;
  return placeInText(config, use.element, { from: use.from + name.from, to: use.from + name.to });
}

function inOrder(places: readonly Place[]): readonly Place[] {
  return [...places].sort((one, other) => spanOf(one).start - spanOf(other).start);
}
