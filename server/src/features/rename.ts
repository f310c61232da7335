import type { Config } from '../model/config.ts';
import { clashWith, type Rename } from '../model/names/nameClash.ts';
import { type Bearer, type RenamableKind, shapeProblem } from '../model/names/nameShape.ts';
import { counterpartOf } from '../model/references/counterpart.ts';
import { readDynamicGateways } from '../model/references/dynamicGateways.ts';
import { type NameAt, namesAt } from '../model/references/namesAt.ts';
import { packageUseOf } from '../model/references/packageUses.ts';
import { definitionsOf } from '../model/references/references.ts';
import { renameEdits, retext, textElementsOf } from '../model/references/renameEdits.ts';
import { hasKnownStructure } from '../model/structure.ts';
import { namesOnPeer } from '../model/users.ts';
import type { DocumentEdit } from '../rules/finding.ts';
import { type ReferenceKind, referenceKinds } from '../schema/references.ts';
import type { Place } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Snapshot } from './snapshot.ts';

/** Why something cannot be done, in one sentence for a person. */
export interface Refusal {
  readonly problem: string;
}

/** What is to be renamed: the name under the cursor, and where it stands there. */
export interface RenameStart {
  readonly place: Place;
  readonly text: string;
}

/** What of a thing a new name is held against, and what it is to both nodes. */
interface Thing extends RenameStart {
  readonly kind: RenamableKind;
  /** By which others refer to it. */
  readonly name: string;
  readonly bearer: Bearer;
}

/**
 * The name under the cursor, where it can be changed in every place that holds it: of aliases, gateways, schedules,
 * interfaces (their description), groups, users, and the uniqid of VIPs.
 *
 * @param offset of the present text
 */
export function prepareRename(snapshot: Snapshot, offset: number): RenameStart | Refusal {
  const thing = thingAt(snapshot, offset);
  return 'problem' in thing ? thing : { place: thing.place, text: thing.text };
}

/**
 * The edits that give what is under the cursor another name: in this file, and in the other node's where that has the same
 * thing by the same name. Refused where pfSense would not take the name, and where a place might be missed.
 *
 * @param offset of the present text
 */
export function rename(
  snapshot: Snapshot,
  offset: number,
  newName: string,
): { readonly edits: readonly DocumentEdit[] } | Refusal {
  const thing = thingAt(snapshot, offset);
  if ('problem' in thing) return thing;
  const to = newName.trim();
  if (to === thing.text) return { edits: [] };
  const problem = shapeProblem(thing.bearer, to);
  if (problem !== undefined) return { problem };
  const { config } = snapshot;
  const here = { kind: thing.kind, name: thing.name, to };
  const there = peerRename(snapshot, thing, to);
  const clash = clashWith(config, here);
  if (clash !== undefined) return { problem: clash };
  const peerProblem = there && problemThere(there);
  if (peerProblem !== undefined) return { problem: `On the other node: ${within(peerProblem)}` };
  const edits = [edit(config, [...renameEdits(config, here), ...(there ? namesThere(config, thing, to) : [])])];
  if (there) edits.push(edit(there.peer, [...renameEdits(there.peer, there), ...namesThere(there.peer, thing, to)]));
  return { edits };
}

function edit({ document }: Config, edits: readonly TextEdit[]): DocumentEdit {
  return { document, edits };
}

function thingAt({ config, peer }: Snapshot, offset: number): Thing | Refusal {
  const named = namesAt(config, offset);
  const found = named.find(isRenamable) ?? named[0];
  if (!found) return { problem: 'There is no name here that other places refer to.' };
  if (!isRenamable(found)) return { problem: refusalOf(found) };
  if (!hasKnownStructure(config.document))
    return { problem: 'Mend the broken tags of this file first, or places might be missed.' };
  const { kind, name } = found;
  const { title } = referenceKinds[kind];
  const things = definitionsOf(config, kind).get(name) ?? [];
  const [thing] = things;
  const [own] = textElementsOf(config, found);
  if (!thing || !own) return { problem: `Nothing here is the ${title} ${name}.` };
  if (things.length > 1) return { problem: ambiguity(things.length, name) };
  const text = config.text(own).trim();
  const scope = config.text(thing.element.child('scope'));
  const problem = keptProblem(config, { kind, name, text, scope }, peer);
  if (problem !== undefined) return { problem };
  const nic = config.text(thing.element.child('if'));
  const bearer: Bearer = { kind, nic, ...(scope === 'remote' && { isRemote: true }) };
  return { kind, name, text, place: found.place, bearer };
}

function ambiguity(count: number, name: string): string {
  return `${count} things are called ${name}, and which of them is meant is not known.`;
}

type Renamable = NameAt & { readonly kind: RenamableKind };

const byName: ReadonlySet<ReferenceKind> = new Set<ReferenceKind>([
  'alias',
  'interface-group',
  'gateway',
  'gateway-group',
  'schedule',
  'group',
  'vip',
]);

/** Of interfaces and users it is what people call them, which others do not refer to. */
function isRenamable(found: NameAt): found is Renamable {
  const { kind, is, label } = found;
  if (kind === 'interface') return label === 'descr';
  if (kind === 'user') return label === 'name';
  return is !== 'label' && byName.has(kind);
}

function refusalOf({ kind, name }: NameAt): string {
  const { title } = referenceKinds[kind];
  switch (kind) {
    case 'interface':
      return `${name} is the key of the interface, which pfSense gives; what can be changed is its description.`;
    case 'user':
      return `${name} is the number of a user, which pfSense gives; what can be changed is the user's name.`;
    case 'certificate':
    case 'ca':
    case 'crl':
    case 'openvpn-server':
    case 'phase1':
      return `Other places know the ${title} by a number, which pfSense gives.`;
    case 'vip':
      return 'Other places know the VIP by its uniqid; that can be changed.';
    default:
      return `The name of a ${title} cannot be changed here.`;
  }
}

/** Why a thing has to keep its name. */
function keptProblem(
  config: Config,
  { kind, name, text, scope }: Pick<Thing, 'kind' | 'name' | 'text'> & { readonly scope: string },
  peer: Config | undefined,
): string | undefined {
  if ((kind === 'user' || kind === 'group') && scope === 'system') return `${text} belongs to the system.`;
  if (kind === 'alias' && referenceKinds.alias.known?.test(text)) return `pfSense or a package makes ${text} itself.`;
  if (kind === 'user' && !peer && namesOnPeer(config).some(({ value }) => value === text)) {
    return `This node logs in as ${text} on the other node, whose file is not here.`;
  }
  for (const word of wordsOf(config, { kind, name, text })) {
    const path = packageUseOf(config, word) ?? (peer && packageUseOf(peer, word));
    if (path) return `${path} holds ${word} too, and what that means to the package is not known here.`;
  }
  return undefined;
}

/** What a package would call a thing: an interface by its key, which stays, but its gateways by its description. */
function wordsOf(config: Config, { kind, name, text }: Pick<Thing, 'kind' | 'name' | 'text'>): readonly string[] {
  if (kind === 'vip') return [`_vip${text}`];
  if (kind !== 'interface') return [text];
  const made = config.query(readDynamicGateways).filter(({ interfaceKey }) => interfaceKey === name);
  return made.map(gateway => gateway.name);
}

type PeerRename = Rename & { readonly peer: Config };

/** What is to be done on the other node, where that has the same thing by the same name. */
function peerRename({ config, peer }: Snapshot, thing: Thing, to: string): PeerRename | undefined {
  const there = peer && counterpartOf(thing, { node: config, peer });
  if (!there) return undefined;
  const rename = { kind: thing.kind, name: there.name, to };
  const isSame = textElementsOf(peer, rename).some(element => peer.text(element).trim() === thing.text);
  return isSame ? { ...rename, peer } : undefined;
}

/** A sentence as it goes on behind a colon; names keep their first letter. */
function within(sentence: string): string {
  return sentence.replace(/^(?:There|The|Its) /, word => word.toLowerCase());
}

function problemThere(rename: PeerRename): string | undefined {
  const { peer } = rename;
  if (!hasKnownStructure(peer.document)) return 'Its file has broken tags, and places might be missed.';
  const { length } = definitionsOf(peer, rename.kind).get(rename.name) ?? [];
  return length > 1 ? ambiguity(length, rename.name) : clashWith(peer, rename);
}

/** Where a node says by which account it logs in on the other one, where that is renamed. */
function namesThere(config: Config, { kind, text }: Thing, to: string): readonly TextEdit[] {
  if (kind !== 'user') return [];
  return namesOnPeer(config).flatMap(({ value, element }) => (value === text ? retext(config, element, to) : []));
}
