import { isListTag } from '../schema/listTags.ts';
import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { countCalled, keysOf, siblingIndex } from './elementPath.ts';

/**
 * The same element in the other node's file: below the same section the one of that name; of the items of a list the one
 * that bears the same identifier, name or description (naturalKeys.ts), where that tells it from the others on both
 * nodes. Absent where the other has none, and where it would be a guess.
 *
 * @param element of `node`
 */
export function peerElementOf(
  element: Element,
  nodes: { readonly node: Config; readonly peer: Config },
): Element | undefined {
  const { name, parent } = element;
  const around = parent && peerElementOf(parent, nodes);
  if (parent && !around) return undefined;
  const [first] = parent ? parent.childrenNamed(name) : nodes.node.section(name).map(branch => branch.top);
  const there = around ? around.child(name) : nodes.peer.top(name);
  // Where one that must stand once stands twice, nobody knows what the second is.
  if (!isListTag(name)) return first?.is(element) ? there : undefined;
  return there && itemLike(element, { ...nodes, there });
}

/** @param there any item of the other node's list */
function itemLike(
  element: Element,
  { node, peer, there }: { readonly node: Config; readonly peer: Config; readonly there: Element },
): Element | undefined {
  const theirs = siblingIndex(peer, there);
  const keys = node.ofElement(keysOf, element);
  for (const key of keys) {
    const found = theirs.get(key);
    if (found && countCalled(node, element, key) === 1) return found.length === 1 ? found[0] : undefined;
  }
  const { name, parent } = element;
  const count = parent ? parent.childrenNamed(name).length : node.section(name).length;
  return keys.length === 0 && count === 1 && theirs.get('')?.length === 1 ? there : undefined;
}
