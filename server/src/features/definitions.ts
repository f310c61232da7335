import type { Config } from '../model/config.ts';
import { counterpartOf } from '../model/references/counterpart.ts';
import { groundsOf } from '../model/references/grounds.ts';
import { namesAt } from '../model/references/namesAt.ts';
import { type Named, type Target, targetOf } from '../model/references/occurrences.ts';
import { definitionsOf } from '../model/references/references.ts';
import type { Place } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** Where a jump leads, and from what. */
export interface Jump extends Target {
  /** The name under the cursor. */
  readonly from: Place;
}

/**
 * Where the thing under the cursor is defined: in this file, else, where only the other node has it, in that one's. One jump
 * mostly: who stands on the definition itself is led to it, and an editor may show its references instead.
 *
 * @param offset of the present text
 */
export function definitions(snapshot: Snapshot, offset: number): readonly Jump[] {
  return jumpsTo(snapshot, offset, (config, { kind, name }) =>
    (definitionsOf(config, kind).get(name) ?? []).map(each => targetOf(config, each)),
  );
}

/**
 * What the thing under the cursor stands on: of a VIP, a gateway or a tunnel its interface, of an interface the VLAN, LAGG,
 * bridge or tunnel that it is assigned to, of a certificate the authority that has issued it, of a gateway group its gateways.
 *
 * @param offset of the present text
 */
export function typeDefinitions(snapshot: Snapshot, offset: number): readonly Jump[] {
  return jumpsTo(snapshot, offset, groundsOf);
}

function jumpsTo(
  { config, peer }: Snapshot,
  offset: number,
  find: (config: Config, named: Named) => readonly Target[],
): readonly Jump[] {
  const [first] = namesAt(config, offset);
  if (!first) return [];
  const jumps = (targets: readonly Target[]) => targets.map(target => ({ from: first.place, ...target }));
  if (definitionsOf(config, first.kind).has(first.name) || !peer) return jumps(find(config, first));
  const there = counterpartOf(first, { node: config, peer });
  return there ? jumps(find(peer, there)) : [];
}
