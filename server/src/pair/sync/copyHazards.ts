import { parseAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { failoverOf, readServedScopes } from '../../model/dhcpPools.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { definitionsAt, usesOfNames } from '../../model/references/references.ts';
import { isKeyTaken } from '../../model/references/takenKeys.ts';
import { syncUserName } from '../../model/users.ts';
import { isAddressTaken } from '../../model/vipCopies.ts';
import { isListTag } from '../../schema/listTags.ts';
import type { ReferenceKind } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Difference } from './drift.ts';

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/**
 * Whether something on the secondary would be broken if these differences were copied and nothing else: a name or number
 * would stand twice, what goes is still named, what comes stands twice itself, a gateway would be the node itself, or the sync's own user would go. A whole
 * synchronisation, which replaces more than these, may be right all the same.
 */
export function isHazardous(differences: readonly Difference[], nodes: Nodes): boolean {
  const replaced = differences.flatMap(({ secondary, kind }) => (secondary && kind !== 'moved' ? [secondary] : []));
  const isBroken = (each: Difference) =>
    each.kind === 'removed' ? isSyncUser(each, nodes) : takesTaken(each, nodes, replaced);
  return differences.some(isBroken) || areNamed(differences, nodes.secondary);
}

/**
 * Whether a DHCP server or a pool of it would come to a secondary that gives its addresses away by itself from then on, for the
 * primary has no fail-over there. The next synchronisation does the same, but what is wrong then stands on the primary.
 */
export function bringsSharedPool(differences: readonly Difference[], { primary, secondary }: Nodes): boolean {
  return differences.some(({ path, kind, children }) => {
    const key = /^dhcpd\/([^/]+)(?:\/pool)?$/.exec(path)?.[1];
    if (key === undefined || kind === 'removed' || kind === 'moved') return false;
    if (kind === 'changed' && !['enable', 'range', 'denyunknown'].some(name => children.includes(name))) return false;
    const scope = primary.query(readServedScopes).get(key)?.scope;
    if (!scope || failoverOf(primary, scope) || !secondary.query(readInterfaces).get(key)?.ipv4) return false;
    return scope.pools.some(({ range, deniesUnknownClients }) => range && !deniesUnknownClients);
  });
}

/** Where a key is missing, what is copied lands on no interface or another one: that comes first (interface-set-mismatch). */
export function haveSameKeys({ primary, secondary }: Nodes): boolean {
  const [here, there] = [primary.query(readInterfaces), secondary.query(readInterfaces)];
  if (here.size === 0 || there.size === 0) return true;
  return here.size === there.size && [...here.keys()].every(key => there.has(key));
}

/** Whether what it brings has a unique name or number, or as a gateway an address, that the secondary has elsewhere. */
function takesTaken({ primary, path, kind }: Difference, nodes: Nodes, instead: readonly Element[]): boolean {
  if (!primary || kind === 'moved') return false;
  if (standsTwice(primary)) return true;
  if (isKeyTaken(nodes.secondary, { item: primary, from: nodes.primary, instead })) return true;
  if (path !== 'gateways/gateway_item') return false;
  const address = parseAddress(nodes.primary.text(primary.child('gateway')));
  return address !== undefined && isAddressTaken(nodes.secondary, address);
}

/** An element of which there may be one, such as the DHCP server of an interface: which of the two is meant nobody can tell. */
function standsTwice({ name, parent }: Element): boolean {
  return !isListTag(name) && parent !== undefined && parent.childrenNamed(name).length > 1;
}

function isSyncUser({ path, secondary }: Difference, nodes: Nodes): boolean {
  return path === 'system/user' && nodes.secondary.text(secondary?.child('name')) === syncUserName(nodes.primary);
}

/** Whether something that stays names what goes. */
function areNamed(differences: readonly Difference[], secondary: Config): boolean {
  const gone = differences.flatMap(each => (each.kind === 'removed' && each.secondary ? [each.secondary] : []));
  const names = new Map<ReferenceKind, Set<string>>();
  for (const element of gone.flatMap(item => [item, ...item.children()])) {
    for (const { kind, name } of definitionsAt(secondary, element)) {
      names.set(kind, (names.get(kind) ?? new Set()).add(name));
    }
  }
  const isGone = (element: Element) => gone.some(each => each.start <= element.start && element.end <= each.end);
  return [...names].some(([kind, wanted]) =>
    usesOfNames(secondary, kind, wanted).some(({ use }) => use.isActive && !isGone(use.item)),
  );
}
