import { counterpartOf } from '../model/references/counterpart.ts';
import { namesAt } from '../model/references/namesAt.ts';
import { type Occurrences, occurrencesOf } from '../model/references/occurrences.ts';
import type { Place } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

export interface ReferenceOptions {
  /** Whether the places that give the thing its name are wanted, too. */
  readonly includeDeclaration: boolean;
}

/**
 * The places that name the thing under the cursor, in this file and, where the other node has the same thing, in its file:
 * where it has its name, then the others in the order of the text. Nothing where there is no name.
 *
 * @param offset of the present text
 */
export function references(
  { config, peer }: Snapshot,
  offset: number,
  { includeDeclaration }: ReferenceOptions,
): readonly Place[] {
  const named = namesAt(config, offset);
  const there = peer ? named.flatMap(each => counterpartOf(each, { node: config, peer }) ?? []) : [];
  const found = [
    ...named.map(each => occurrencesOf(config, each)),
    ...(peer ? there.map(each => occurrencesOf(peer, each)) : []),
  ];
  const wanted = ({ definitions, uses }: Occurrences) => (includeDeclaration ? [...definitions, ...uses] : uses);
  return withoutRepeats(found.flatMap(wanted));
}

/** A rule that belongs to a port forward names it and is named by it in one place. */
function withoutRepeats(places: readonly Place[]): readonly Place[] {
  const seen = new Map<Place['anchor'], Set<number>>();
  return places.filter(({ anchor, from }) => {
    const known = seen.get(anchor) ?? new Set();
    seen.set(anchor, known);
    return known.size < known.add(from).size;
  });
}
