import { namesAt } from '../model/references/namesAt.ts';
import { occurrencesOf } from '../model/references/occurrences.ts';
import { elementAt } from '../syntax/elementAt.ts';
import { type Place, spanOf } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A place that has to do with what is under the cursor. */
export interface Highlight {
  /** `definition` gives the name, `use` names it, `tag` is the start or end tag of the same element. */
  readonly kind: 'definition' | 'use' | 'tag';
  readonly place: Place;
}

/**
 * What to mark in this file for a cursor: every place that holds the name under it, else both tags of the element in whose
 * tag it stands. Nothing elsewhere, where an editor marks equal words by itself.
 *
 * @param offset of the present text
 */
export function highlights({ config }: Snapshot, offset: number): readonly Highlight[] {
  const named = namesAt(config, offset).filter(({ is }) => is !== 'label');
  if (named.length === 0) return tagsAt(config.document, offset);
  return named.flatMap(each => {
    const { definitions, uses } = occurrencesOf(config, each);
    return [
      ...definitions.map((place): Highlight => ({ kind: 'definition', place })),
      ...uses.map((place): Highlight => ({ kind: 'use', place })),
    ];
  });
}

function tagsAt(document: Snapshot['config']['document'], offset: number): readonly Highlight[] {
  const element = elementAt(document, offset);
  const tags = [element?.namePlace, element?.endTagNamePlace].filter(place => place !== undefined);
  const isInTag = tags.some(place => {
    const { start, end } = spanOf(place);
    return start <= offset && offset <= end;
  });
  return isInTag ? tags.map(place => ({ kind: 'tag', place })) : [];
}
