import type { ReferenceKind } from '../../schema/references.ts';
import { elementAt } from '../../syntax/elementAt.ts';
import { type Element, type Place, spanOf } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { definitionsAt, definitionsCalled } from './definitions.ts';
import { nameOf, namePlaceOf } from './occurrences.ts';
import { textPlace } from './places.ts';
import { usesIn } from './uses.ts';

/** A name under the cursor, and what it is the name of. */
export interface NameAt {
  readonly kind: ReferenceKind;
  /** By which others refer to the thing, such as a uniqid; it need not be what stands under the cursor. */
  readonly name: string;
  /** `label`: what people call a thing whose name is a number, such as the description of a certificate. */
  readonly is: 'use' | 'definition' | 'label';
  /** Of a label the name of its element. */
  readonly label?: string;
  /** Without what stands beside the name: of `_vip5f01` the uniqid. */
  readonly place: Place;
}

/**
 * The names at an offset of the present text, those that refer to something first. The place behind a name's last character
 * counts too, as a cursor stands there once the name is typed. Nothing where pfSense or a package gives the name its meaning.
 */
export function namesAt(config: Config, offset: number): readonly NameAt[] {
  const element = elementAt(config.document, offset);
  if (!element) return [];
  return [...usesAt(config, element, offset), ...thingsAt(config, element, offset)];
}

function usesAt(config: Config, element: Element, offset: number): readonly NameAt[] {
  return usesIn(config, element).flatMap((use): NameAt[] => {
    const named = nameOf(config, use);
    const isThere = use.slot.slot.at === '' ? isOnTag(element, offset) : holds(use.place, offset);
    return named && isThere ? [{ ...named, is: 'use', place: namePlaceOf(config, use) }] : [];
  });
}

function thingsAt(config: Config, element: Element, offset: number): readonly NameAt[] {
  const own = definitionsAt(config, element).flatMap(({ kind, name, element: item }): NameAt[] => {
    const isTag = item.is(element);
    if (isTag ? !isOnTag(element, offset) : !holds(element.contentPlace, offset)) return [];
    return [{ kind, name, is: 'definition', place: isTag ? element.namePlace : textPlace(config, element) }];
  });
  if (!holds(element.contentPlace, offset)) return own;
  const called = definitionsCalled(config, element).map(
    ({ kind, name }): NameAt => ({ kind, name, is: 'label', label: element.name, place: textPlace(config, element) }),
  );
  return [...own, ...called];
}

function isOnTag(element: Element, offset: number): boolean {
  const end = element.endTagNamePlace;
  return holds(element.namePlace, offset) || (end !== undefined && holds(end, offset));
}

function holds(place: Place, offset: number): boolean {
  const { start, end } = spanOf(place);
  return start <= offset && offset <= end;
}
