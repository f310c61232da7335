import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import type { Element } from '../../syntax/tree.ts';
import { type PlannedPart, readSyncPlan, type SyncArea, type SyncPart } from './areas.ts';
import { type ItemPair, matchItems, type Slot } from './itemMatching.ts';
import { itemsOf, type SyncItem } from './items.ts';
import type { ItemKind } from './kinds.ts';
import { type Receiving, readAccountRules, receivingOf } from './receiving.ts';
import { contextKeyOf, type Rewrites, readSendContext, rewritesOf, type SendContext } from './rewrites.ts';
import { isOwnVip, isSent } from './sent.ts';

/**
 * One item of the secondary that is not as the primary's next synchronisation would leave it. `kind` says what it would do
 * there: `added` for what the secondary lacks, `removed` for what it alone has, `moved` for what stands in another order.
 */
export interface Difference {
  readonly area: SyncArea;
  readonly part: SyncPart;
  readonly kind: 'added' | 'changed' | 'removed' | 'moved';
  readonly itemKind: ItemKind;
  /** The names from the part's own element down to the item's: `nat/outbound/rule`. */
  readonly path: string;
  /** Of `changed`: the children that differ, sorted. Values may be secrets and are not told. */
  readonly children: readonly string[];
  /** Absent for `removed`, and where the primary has no such section. */
  readonly primary: Element | undefined;
  /** Absent for `added`, and where the secondary has no such section. */
  readonly secondary: Element | undefined;
  /** What the primary sends in place of what it has. */
  readonly rewrites: Rewrites | undefined;
  /** Of `added` and `moved`: between which elements of the secondary it goes. */
  readonly slot: { readonly after: Element | undefined; readonly before: Element | undefined } | undefined;
  /** What holds the item on the secondary; absent where that is missing too, and for lists at the top of the file. */
  readonly parent: Element | undefined;
}

/**
 * What a synchronisation would change on the secondary, as pfSense sends it and as the receiver takes it in: this is what
 * "in sync" means. Nothing where the primary sends nothing: without a target, and to a secondary of another config
 * version. `installedpackages`, which packages send by plug-ins of their own, is not looked at, and `adminsync`, which
 * goes along with any synchronisation, is not told of.
 */
export function drift(primary: Config, secondary: Config): readonly Difference[] {
  const [here, there] = [primary.query(readVersion).text, secondary.query(readVersion).text];
  if (here !== there) return [];
  const context = primary.query(readSendContext);
  return primary.query(readSyncPlan).flatMap(planned => {
    if (!isSent(primary, planned.part)) return [];
    return compareParts({ primary, secondary, planned, context });
  });
}

/** What a synchronisation would change on the secondary if that box were ticked too. */
export function driftOfArea({ primary, secondary }: Nodes, area: SyncArea): readonly Difference[] {
  const context = primary.query(readSendContext);
  return area.parts
    .filter(part => isSent(primary, part))
    .flatMap(part => compareParts({ primary, secondary, planned: { part, area }, context }));
}

/** What a message calls the item: `alias WEB`. Names of interfaces are those of the node that has the item. */
export function titleOf(difference: Difference, { primary, secondary }: Nodes): string {
  const { itemKind } = difference;
  if (difference.secondary) return itemKind.title(difference.secondary, secondary);
  if (difference.primary) return itemKind.title(difference.primary, primary);
  return difference.part;
}

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

interface Comparison extends Nodes {
  readonly planned: PlannedPart;
  readonly context: SendContext;
}

/** What was compared last with a part of the primary; it holds as long as all of it is the same. */
interface Known {
  readonly local: SyncItem;
  readonly area: SyncArea;
  readonly contextKey: string;
  readonly accountsKey: string;
  readonly differences: readonly Difference[];
}

const compared = new WeakMap<SyncItem, Known>();

function compareParts(comparison: Comparison): readonly Difference[] {
  const { primary, secondary, planned, context } = comparison;
  const sent = itemsOf(primary, planned.part);
  const local = itemsOf(secondary, planned.part);
  const accounts = primary.query(readAccountRules);
  const known = compared.get(sent);
  const contextKey = contextKeyOf(planned.part, context);
  const isSame = known?.local === local && known.area === planned.area && known.contextKey === contextKey;
  if (known && isSame && known.accountsKey === accounts.key) return known.differences;
  const found: Difference[] = [];
  const receiving = receivingOf(planned.part, accounts);
  compareItems(
    { sent, local, movedTo: undefined },
    { ...comparison, receiving, found, path: rootPath(planned.part), depth: 0 },
  );
  compared.set(sent, {
    local,
    area: planned.area,
    contextKey,
    accountsKey: accounts.key,
    differences: found,
  });
  return found;
}

function rootPath(part: SyncPart): string {
  if (part === 'users' || part === 'authservers') return 'system';
  return part === 'cert' || part === 'ca' || part === 'crl' ? '' : part;
}

interface At extends Comparison {
  readonly receiving: Receiving;
  readonly found: Difference[];
  readonly path: string;
  /** 0 for the part itself. */
  readonly depth: number;
}

/** The settings of two items that are the same, then the items in them. */
function compareItems({ sent, local, movedTo }: ItemPair, at: At): void {
  const { found, receiving, depth } = at;
  const isMerged = depth === 0 && receiving.isMerged;
  const rewrites = rewritesOf(sent, at.primary, { part: at.planned.part, context: at.context });
  const children = differingChildren({ sent, local, rewrites, isMerged });
  if (children.length > 0) found.push(difference(at, { kind: 'changed', sent, local, children, rewrites }));
  else if (movedTo) found.push(difference(at, { kind: 'moved', sent, local, rewrites, slot: movedTo }));
  const names = new Set([...sent.parts.keys(), ...local.parts.keys()]);
  for (const name of names) {
    if (isMerged && !sent.parts.has(name) && !receiving.alwaysSent.has(name)) continue;
    compareLists(name, [sent, local], { ...at, path: at.path === '' ? name : `${at.path}/${name}`, depth: depth + 1 });
  }
}

function compareLists(name: string, [sent, local]: readonly [SyncItem, SyncItem], at: At): void {
  const { receiving, found, primary, secondary, planned } = at;
  const [all, present] = [sent.parts.get(name)?.withoutNosync(), local.parts.get(name)];
  const hasOwn = planned.part === 'virtualip' && name === 'vip';
  const here = hasOwn ? all?.where(vip => !isOwnVip(vip, primary)) : all;
  const there = hasOwn ? present?.where(vip => !isOwnVip(vip, secondary)) : present;
  const { unlike, missing, extra } = matchItems(here, there);
  for (const pair of unlike) if (!receiving.keepsMatched(name, pair.sent, primary)) compareItems(pair, at);
  const parent = local.element;
  for (const { sent: item, slot } of missing) {
    const rewrites = rewritesOf(item, primary, { part: planned.part, context: at.context });
    found.push(difference(at, { kind: 'added', sent: item, rewrites, slot, parent }));
  }
  for (const item of extra) {
    if (!receiving.keepsExtra(name, item, secondary))
      found.push(difference(at, { kind: 'removed', local: item, parent }));
  }
}

function difference(
  { planned, path }: At,
  what: {
    readonly kind: Difference['kind'];
    readonly sent?: SyncItem;
    readonly local?: SyncItem;
    readonly children?: readonly string[];
    readonly rewrites?: Rewrites | undefined;
    readonly slot?: Slot;
    readonly parent?: Element | undefined;
  },
): Difference {
  const { sent, local, slot } = what;
  return {
    area: planned.area,
    part: planned.part,
    kind: what.kind,
    itemKind: (sent ?? local)!.kind,
    path,
    children: what.children ?? [],
    primary: sent?.element,
    secondary: local?.element,
    rewrites: what.rewrites,
    slot: slot && { after: slot.after?.element, before: slot.before?.element },
    parent: what.parent,
  };
}

/** The names of the settings in which the secondary's item is not what it is sent, sorted. */
function differingChildren({
  sent,
  local,
  rewrites,
  isMerged,
}: {
  readonly sent: SyncItem;
  readonly local: SyncItem;
  readonly rewrites: Rewrites | undefined;
  readonly isMerged: boolean;
}): readonly string[] {
  if (!rewrites && sent.canonical === local.canonical) return [];
  const there = local.fields;
  const here = new Map(sent.fields);
  const unknown = new Set<string>();
  for (const [name, text] of rewrites ?? []) {
    if (text === undefined) unknown.add(name);
    if (text === undefined || text === '') here.delete(name);
    else here.set(name, text);
  }
  const differing = [...here.keys()].filter(name => here.get(name) !== there.get(name));
  if (isMerged) return differing.sort();
  for (const name of there.keys()) if (!here.has(name) && !unknown.has(name)) differing.push(name);
  return differing.sort();
}
