import type { Config } from '../model/config.ts';
import { readHostname } from '../model/hostname.ts';
import { itemsOf } from '../model/references/items.ts';
import { definitionPlace, occurrencesOf } from '../model/references/occurrences.ts';
import { definitionsIn } from '../model/references/references.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { type Difference, drift } from '../pair/sync/drift.ts';
import { type SectionSync, sectionSync } from '../pair/sync/sectionSync.ts';
import { type DefinitionSource, definitionSources, type ReferenceKind } from '../schema/references.ts';
import type { Element, Place } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';

/** A thing whose references are to be counted: `list` is a number in the table of what is counted, `index` that of the item in it. */
export interface Counted {
  readonly list: number;
  readonly index: number;
}

/** What a lens says, and what a click shows. */
export interface LensContent {
  readonly title: string;
  /** Absent where there is nothing more to show. */
  readonly shows?: 'references' | 'difference';
  /** The name that is referred to, or that of the element that differs. */
  readonly at: Place;
}

/** A line above an element that tells something of it; references are counted when they come into view. */
export type CodeLens = { readonly at: Place } & ({ readonly content: LensContent } | { readonly counts: Counted });

/** Of a longer list the first: nobody scrolls through ten thousand aliases by their lenses. */
const mostInList = 500;

/** What is worth counting: things that a person names. Users and rules that belong to a port forward are named once each. */
const counted: readonly DefinitionSource[] = definitionSources.filter(
  ({ kind }) => !new Set<ReferenceKind>(['user', 'group', 'port-forward', 'associated-rule']).has(kind),
);

/**
 * The lenses of a file: one on each section of a pair that says whether it is synchronised, one on each thing that others
 * name, and beside these, in the same line, one where the other node differs. So a line comes and goes with its section or
 * item alone, and typing in one moves nothing.
 */
export function codeLenses(snapshot: Snapshot): readonly CodeLens[] {
  const nodes = nodesOf(snapshot);
  const differing = nodes && differingItems(snapshot, nodes);
  const lenses = nodes ? sectionLenses(snapshot, nodes) : [];
  for (const [list, source] of counted.entries()) {
    for (const [index, item] of itemsOf(snapshot.config, source).slice(0, mostInList).entries()) {
      if (source.kind === 'vip' && !mayBeNamed(snapshot.config, item)) continue;
      const at = item.namePlace;
      lenses.push({ at, counts: { list, index } });
      const difference = differing?.get(keyOf(item));
      if (difference) lenses.push({ at, content: differenceContent(snapshot, difference, at) });
    }
  }
  return lenses;
}

/** The words of a lens that counts; absent where what it counted is gone. */
export function countedContent({ config }: Snapshot, { list, index }: Counted): LensContent | undefined {
  const source = counted[list];
  const item = source && itemsOf(config, source)[index];
  return item && referenceContent(config, source.kind, item);
}

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/** Both nodes, where it is known who is primary. */
function nodesOf({ config, role, peer }: Snapshot): Nodes | undefined {
  if (!peer || !role) return undefined;
  return role === 'primary' ? { primary: config, secondary: peer } : { primary: peer, secondary: config };
}

function sectionLenses(snapshot: Snapshot, nodes: Nodes): CodeLens[] {
  const lenses: CodeLens[] = [];
  const seen = new Set<string>();
  for (const { top } of snapshot.config.document.tree.branches) {
    const section = top.name;
    // What packages synchronise they decide themselves.
    if (seen.has(section) || section === 'installedpackages') continue;
    seen.add(section);
    if (schemaPlaceOf(top)?.schema.kind !== 'group') continue;
    const at = top.namePlace;
    const sync = sectionSync(nodes, section);
    lenses.push({ at, content: { title: syncTitle(snapshot, section, sync), at } });
    const count = sync.differences.length;
    if (count === 0) continue;
    lenses.push({ at, content: { title: `differs on ${peerName(snapshot)} (${count})`, shows: 'difference', at } });
  }
  return lenses;
}

function syncTitle(snapshot: Snapshot, section: string, { parts, hasOwnVips, isHeldBack }: SectionSync): string {
  if (parts.length === 0) return 'node-local';
  if (isHeldBack) return 'not synchronised, as the config versions differ';
  const way = snapshot.role === 'primary' ? `synchronised to ${peerName(snapshot)}` : 'synchronised by the primary';
  if (section === 'system') {
    return `${parts.map(({ area }) => area.title).join(', ')} ${way}; the rest node-local`;
  }
  return hasOwnVips ? `${way}, but for each node's own IP aliases and proxy ARP` : way;
}

/** pfSense gives no uniqid to VIPs of these modes: NAT takes their addresses. */
function mayBeNamed(config: Config, vip: Element): boolean {
  return !/^(?:proxyarp|other)$/.test(config.text(vip.child('mode')));
}

function referenceContent(config: Config, kind: ReferenceKind, item: Element): LensContent {
  const definition = definitionsIn(config, item).find(each => each.kind === kind);
  if (!definition) return { title: 'no name', at: item.namePlace };
  const { uses } = occurrencesOf(config, definition);
  const count = uses.length === 1 ? '1 reference' : `${uses.length || 'no'} references`;
  const at = definitionPlace(config, definition);
  // NAT and DHCP take a VIP's address, which is not looked for.
  const title = kind === 'vip' ? `${count} by uniqid` : count;
  return uses.length === 0 ? { title, at } : { title, shows: 'references', at };
}

function differenceContent(snapshot: Snapshot, { kind, children }: Difference, at: Place): LensContent {
  const host = peerName(snapshot);
  const title = kind === 'changed' ? `differs on ${host} (${children.length})` : `missing on ${host}`;
  return { title, shows: 'difference', at };
}

/** What the next synchronisation would change, by the item of this file that it is about; what stands in another order is told of by its section alone. */
function differingItems({ role }: Snapshot, { primary, secondary }: Nodes): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>();
  for (const difference of drift(primary, secondary)) {
    const item = role === 'primary' ? difference.primary : difference.secondary;
    if (item && difference.kind !== 'moved') found.set(keyOf(item), difference);
  }
  return found;
}

/** Of an element among the others of its file. */
function keyOf({ branch, row }: Element): string {
  return `${branch.start} ${row}`;
}

function peerName({ peer }: Snapshot): string {
  return peer ? peer.query(readHostname) : '';
}
