import type { Config } from '../model/config.ts';
import { pathOfElement } from '../model/elementPath.ts';
import { peerElementOf } from '../model/peerElement.ts';
import { valuePlace } from '../model/read.ts';
import { elementAt } from '../syntax/elementAt.ts';
import type { Element, Place } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** Where the element under the cursor is in the other node's file. */
export interface PeerPlace {
  /** The whole of it. */
  readonly whole: Place;
  /** Its value, or its name where it holds elements. */
  readonly at: Place;
  /** Absent where it is the very element. */
  readonly instead?: Instead;
}

/** What the other node lacks, and what is shown in its stead. */
export interface Instead {
  /** The path of the element in this file. */
  readonly missing: string;
  /** The path of the nearest element around it that the other node has; empty for the root. */
  readonly shown: string;
}

/**
 * The element under the cursor in the other node's file; where that has none such, or where it would be a guess which one it
 * is, the nearest one around it. Absent without a peer, and where that has no root to show.
 *
 * @param offset of the present text
 */
export function peerPlace({ config, peer }: Snapshot, offset: number): PeerPlace | undefined {
  if (!peer) return undefined;
  const element = elementAt(config.document, offset);
  for (let at = element; at; at = at.parent) {
    const there = peerElementOf(at, { node: config, peer });
    if (!there) continue;
    const place = placeOf(there);
    if (at === element) return place;
    return { ...place, instead: insteadOf({ config, peer }, element as Element, there) };
  }
  const root = rootPlace(peer);
  return root && element ? { ...root, instead: insteadOf({ config, peer }, element, undefined) } : root;
}

function placeOf(element: Element): PeerPlace {
  return { whole: element.wholePlace, at: element.hasChildren ? element.namePlace : valuePlace(element) };
}

function insteadOf(
  { config, peer }: { readonly config: Config; readonly peer: Config },
  element: Element,
  shown: Element | undefined,
): Instead {
  return { missing: pathOfElement(config, element), shown: shown ? pathOfElement(peer, shown) : '' };
}

function rootPlace({ document: { tree } }: Config): PeerPlace | undefined {
  const { root, spine } = tree;
  if (!root) return undefined;
  const place = (from: number, to: number): Place => ({
    anchor: spine,
    from: from - spine.start,
    to: to - spine.start,
  });
  return { whole: place(root.start, root.end), at: place(root.start + 1, root.nameEnd) };
}
