import { parseAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { copyDefinition } from '../../model/references/copyDefinition.ts';
import { definitionsAt, definitionsOf, resolve } from '../../model/references/references.ts';
import { usesWithin } from '../../model/references/uses.ts';
import { readVersion } from '../../model/version.ts';
import { isAddressTaken } from '../../model/vipCopies.ts';
import { readKnownAreas, readSyncPlan } from '../../pair/sync/areas.ts';
import { copyEdits } from '../../pair/sync/copy.ts';
import { haveSameKeys, isHazardous } from '../../pair/sync/copyHazards.ts';
import { type Difference, drift, driftOfArea, titleOf } from '../../pair/sync/drift.ts';
import { kindOfChild } from '../../pair/sync/kinds.ts';
import { referenceKinds } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import { editsOf, elementAsked, type Offer, type Refactoring } from './refactoring.ts';

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/**
 * Copies one item of the primary to the secondary as the configuration sync would send and receive it, also of what it
 * does not send by itself; and from the secondary to the primary, where no synchronisation goes, what the primary lacks.
 */
export const copyToPeer: Refactoring = {
  kind: 'refactor.rewrite',
  offers: question => {
    const { config, peer, role } = question.snapshot;
    const element = elementAsked(question);
    if (!peer || !element) return [];
    if (role === 'primary') return toSecondary(element, { primary: config, secondary: peer });
    return role === 'secondary' ? toPrimary(element, { config, peer }) : [];
  },
};

function toSecondary(element: Element, nodes: Nodes): readonly Offer[] {
  const difference = differenceAround(element, nodes);
  if (!difference) return [];
  const item = titleOf(difference, nodes);
  const title = `Copy ${item} to the secondary`;
  if (!haveSameKeys(nodes)) {
    return [{ title, refusal: 'The two nodes do not have the same interfaces; that has to be put right first.' }];
  }
  if (isHazardous([difference], nodes) || takesAddress(difference, nodes)) {
    const refusal = `${capitalised(item)} has a name, a number or an address that something else on the secondary has already.`;
    return [{ title, refusal }];
  }
  const missing = missingName(difference, nodes);
  if (missing !== undefined) {
    return [{ title, refusal: `${capitalised(item)} names ${missing}, which the secondary does not have.` }];
  }
  const edits = copyEdits([difference], nodes);
  return edits.length === 0 ? [] : [{ title, edits: () => editsOf(nodes.secondary, edits) }];
}

/** Whether it is a VIP whose address something else on the secondary has. */
function takesAddress({ path, kind, children, primary }: Difference, nodes: Nodes): boolean {
  if (path !== 'virtualip/vip' || !(kind === 'added' || children.includes('subnet'))) return false;
  const address = parseAddress(nodes.primary.text(primary?.child('subnet')));
  return address !== undefined && isAddressTaken(nodes.secondary, address);
}

/** A name in it that something on the primary has, and nothing on the secondary. */
function missingName({ primary: item }: Difference, { primary, secondary }: Nodes): string | undefined {
  const uses = item ? usesWithin(primary, item) : [];
  const lacks = ({ slot, text }: (typeof uses)[number]) =>
    resolve(primary, slot, text).is === 'defined' && resolve(secondary, slot, text).is === 'undefined';
  return uses.find(lacks)?.text;
}

/** What a synchronisation would change of the innermost item that holds the element. */
function differenceAround(element: Element, nodes: Nodes): Difference | undefined {
  const { primary, secondary } = nodes;
  if (primary.query(readVersion).text !== secondary.query(readVersion).text) return undefined;
  const planned = new Set(primary.query(readSyncPlan).map(({ part }) => part));
  const others = primary.query(readKnownAreas).filter(area => !area.parts.every(part => planned.has(part)));
  const holding = [...drift(primary, secondary), ...others.flatMap(area => driftOfArea(nodes, area))].filter(each => {
    // What is only in another order is moved, not copied.
    return each.kind !== 'moved' && each.primary !== undefined && holds(each, each.primary, element);
  });
  return holding.sort((one, other) => lengthOf(one.primary) - lengthOf(other.primary))[0];
}

/** Whether an element belongs to an item, and to no item in it. */
function holds({ itemKind }: Difference, item: Element, element: Element): boolean {
  let child: Element | undefined;
  for (let at: Element | undefined = element; at; at = at.parent) {
    if (at.is(item)) return !child || !kindOfChild(itemKind, child);
    child = at;
  }
  return false;
}

function lengthOf(element: Element | undefined): number {
  return element ? element.end - element.start : 0;
}

function toPrimary(
  element: Element,
  { config, peer }: { readonly config: Config; readonly peer: Config },
): readonly Offer[] {
  for (let at: Element | undefined = element; at; at = at.parent) {
    const item = at;
    const definition = item
      .children()
      .flatMap(child => definitionsAt(config, child))
      .find(each => each.element.is(item));
    if (!definition) continue;
    const { kind, name } = definition;
    const edit = definitionsOf(peer, kind).has(name)
      ? undefined
      : copyDefinition({ from: config, to: peer }, definition);
    if (!edit) return [];
    const title = `Copy ${referenceKinds[kind].title} ${name} to the primary`;
    return [{ title, edits: () => editsOf(peer, [edit]) }];
  }
  return [];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
