import { elementAround } from '../../model/elementPath.ts';
import type { Element, Place } from '../../syntax/tree.ts';

/**
 * The innermost element around a place, as tags from below the root: `virtualip/vip[2]/advskew`. Where a parent has
 * several children of a name, `[n]` says which, from 1. Empty for a place outside every section.
 */
export function numberedPath(place: Place): string {
  const steps: string[] = [];
  for (let at = elementAround(place); at; at = at.parent) steps.unshift(step(at));
  return steps.join('/');
}

function step(element: Element): string {
  const { branch, name, parent, tag } = element;
  const siblings = parent?.childrenNamed(name) ?? branch.document.branches(name).map(({ top }) => top);
  return siblings.length < 2 ? tag : `${tag}[${siblings.findIndex(sibling => sibling.is(element)) + 1}]`;
}
