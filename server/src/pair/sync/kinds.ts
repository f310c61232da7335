import type { Config, ElementQuery } from '../../model/config.ts';
import type { Element } from '../../syntax/tree.ts';
import { type Fields, fieldsOfChildren, joinFields, readFields } from './fields.ts';

/** What tells an item from others and where its order counts: read once, until its own text changes. */
export interface ItemIdentity {
  /** The best first; an empty text where the item lacks that. */
  readonly identities: readonly string[];
  /** Items of one group have an order that means something; absent where the order means nothing. */
  readonly group: string | undefined;
}

/** How one sort of item is read, matched and named. */
export interface ItemKind {
  /** Paths of children whose texts together tell an item from others, the best first. */
  readonly identities: readonly (readonly string[])[];
  /** The children whose texts make the group in which the order matters; absent where it matters in none. */
  readonly orderedBy?: readonly string[];
  /** The primary may send it otherwise than it has it, so that the same text on both nodes need not be in sync. */
  readonly isRewritten?: true;
  /** `<nosync>` keeps the primary from sending it. */
  readonly mayBeNosync?: true;
  /** Children that each node keeps for itself, or that change while it runs. */
  readonly local?: readonly string[];
  /** Children that are items of their own: list tags, or single elements with items in them. */
  readonly parts?: Readonly<Record<string, ItemKind>>;
  /** The kind of all other children that hold elements, each known by its name: `dhcpd/lan`. */
  readonly keyed?: ItemKind;
  /** The settings are these children alone: the section holds much that is never sent. */
  readonly only?: readonly string[];
  /** Before 2.5 the primary takes all but letters, digits, `_` and `-` out of the descriptions of these. */
  readonly hasCleanedDescr?: true;
  /** The title is a plural, such as `NAT settings`. */
  readonly isPlural?: true;
  /** What a message calls the item, with its name: `alias WEB`. */
  readonly title: (element: Element, config: Config) => string;
}

/** The queries that read items of a kind, so that what was read is kept. */
interface Readers {
  readonly identity: ElementQuery<ItemIdentity>;
  readonly fields: ElementQuery<Fields>;
  readonly plain: ElementQuery<string>;
  readonly cleaned: ElementQuery<string>;
}

const readers = new WeakMap<ItemKind, Readers>();

function readersOf(kind: ItemKind): Readers {
  const known = readers.get(kind) ?? {
    identity: (element: Element, node: Config) => readIdentity(kind, element, node),
    fields: (element: Element, node: Config) => settingsOf(kind, element, node),
    plain: (element: Element, node: Config) => joinFields(settingsOf(kind, element, node)),
    cleaned: (element: Element, node: Config) => joinFields(cleaned(settingsOf(kind, element, node))),
  };
  readers.set(kind, known);
  return known;
}

/** The query for all that an item of the kind says but for the items in it, as one text; empty where that is nothing. */
export function canonicalOf(kind: ItemKind, config: { readonly cleansDescr: boolean }): ElementQuery<string> {
  const { plain, cleaned: other } = readersOf(kind);
  return config.cleansDescr && kind.hasCleanedDescr ? other : plain;
}

/** The query for the settings of an item without items in it. */
export function fieldsQueryOf(kind: ItemKind): ElementQuery<Fields> {
  return readersOf(kind).fields;
}

export function identityOf(kind: ItemKind): ElementQuery<ItemIdentity> {
  return readersOf(kind).identity;
}

const always = ['created', 'updated'] as const;
const excluded = new WeakMap<ItemKind, ReadonlySet<string>>();

/** The names of the children that are no settings of the item: its parts, what is local, and who saved it when. */
export function notCompared(kind: ItemKind): ReadonlySet<string> {
  const known = excluded.get(kind) ?? new Set([...always, ...(kind.local ?? []), ...Object.keys(kind.parts ?? {})]);
  excluded.set(kind, known);
  return known;
}

/** Whether a child of an item is an item by itself. */
export function kindOfChild(kind: ItemKind, child: Element): ItemKind | undefined {
  const part = kind.parts?.[child.name];
  if (part) return part;
  return child.hasChildren && !kind.local?.includes(child.name) ? kind.keyed : undefined;
}

/** What an item says but for the items in it. */
export function settingsOf(kind: ItemKind, element: Element, config: Config): Map<string, string> {
  if (isLeaf(kind)) return readFields(element, config, notCompared(kind));
  return fieldsOfChildren(
    element.children().filter(child => isSetting(kind, child)),
    config,
  );
}

/** Whether a child of an item with items in it is a setting of its own. */
export function isSetting(kind: ItemKind, child: Element): boolean {
  if (kind.only) return kind.only.includes(child.name);
  return !notCompared(kind).has(child.name) && !(kind.keyed && child.hasChildren);
}

/** Whether there are no items in items of the kind. */
export function isLeaf(kind: ItemKind): boolean {
  return !kind.parts && !kind.keyed;
}

function readIdentity(kind: ItemKind, element: Element, config: Config): ItemIdentity {
  return {
    identities: kind.identities.map(paths => textsOf(element, config, paths)),
    group: kind.orderedBy && textsOf(element, config, kind.orderedBy),
  };
}

function textsOf(element: Element, config: Config, paths: readonly string[]): string {
  const texts = paths.map(path => config.text(element.find(path)));
  return texts.every(text => text === '') ? '' : texts.join('\u0001');
}

/** rc.filter_synchronize:remove_special_characters, up to 2.4.5; what the secondary has been sent stays as it is. */
export function cleaned(fields: Map<string, string>): Map<string, string> {
  const descr = fields.get('descr');
  if (descr !== undefined) fields.set('descr', descr.match(/[a-zA-Z0-9_-]+/g)?.join(' ') ?? '');
  if (fields.get('descr') === '') fields.delete('descr');
  return fields;
}
