import type { Config } from '../config.ts';
import { peerElementOf } from '../peerElement.ts';
import { definitionsIn, definitionsOf } from './definitions.ts';
import type { Named } from './occurrences.ts';

/**
 * What a thing is called on the other node: by the same name mostly, but a VIP may have another uniqid there, and a user
 * another number. Absent where the other node has none such, and where that would be a guess.
 */
export function counterpartOf(
  { kind, name }: Named,
  nodes: { readonly node: Config; readonly peer: Config },
): Named | undefined {
  const here = definitionsOf(nodes.node, kind).get(name) ?? [];
  const [definition] = here;
  // What this node only names is there by that name, or not at all.
  if (!definition) return definitionsOf(nodes.peer, kind).has(name) ? { kind, name } : undefined;
  if (here.length > 1) return undefined;
  const there = peerElementOf(definition.element, nodes);
  return there && definitionsIn(nodes.peer, there).find(each => each.kind === kind);
}
