import type { Config, Query } from '../../model/config.ts';
import { ofList } from '../../model/ofList.ts';
import { readVersion } from '../../model/version.ts';
import { Column, Element } from '../../syntax/tree.ts';
import { type SyncPart, syncAreas } from './areas.ts';
import { type Digest, digestOf } from './digest.ts';
import { type Fields, fieldsOfChildren, joinFields } from './fields.ts';
import {
  canonicalOf,
  cleaned,
  fieldsQueryOf,
  type ItemIdentity,
  type ItemKind,
  identityOf,
  isLeaf,
  isSetting,
  kindOfChild,
} from './kinds.ts';
import { partKinds } from './partKinds.ts';

/** Something that is compared as one: an alias, a rule, the settings of a section. */
export class SyncItem {
  private text: string | undefined;
  private read: Fields | undefined;

  constructor(
    private readonly config: Config,
    readonly kind: ItemKind,
    /** Absent where the file has no such section, and for the lists at the top, which have no element around them. */
    readonly element: Element | undefined,
    /** Of its text, for an item without items in it. */
    readonly digest: Digest | undefined,
    /** The items in it by the name of their elements, in the order of the file. */
    readonly parts: ReadonlyMap<string, SyncItems>,
    /** Of an item with items in it: its other children. */
    private readonly settings: readonly Element[] = [],
  ) {}

  /** All that it says but for the items in it, as one text; empty where that is nothing. */
  get canonical(): string {
    if (!this.element) return '';
    if (isLeaf(this.kind)) {
      return this.config.ofElement(canonicalOf(this.kind, { cleansDescr: cleansDescr(this.config) }), this.element);
    }
    this.text ??= joinFields(this.fields);
    return this.text;
  }

  /** What it says but for the items in it. */
  get fields(): Fields {
    this.read ??= this.readFields();
    return this.read;
  }

  private readFields(): Fields {
    if (!this.element) return nothing;
    if (!isLeaf(this.kind)) return fieldsOfChildren(this.settings, this.config);
    const fields = this.config.ofElement(fieldsQueryOf(this.kind), this.element);
    return this.kind.hasCleanedDescr && cleansDescr(this.config) ? cleaned(new Map(fields)) : fields;
  }

  get identities(): readonly string[] {
    return this.identity?.identities ?? [];
  }

  get group(): string | undefined {
    return this.kind.orderedBy && this.identity?.group;
  }

  /** Whether it says nothing: an empty row, a section without anything in it. */
  get isEmpty(): boolean {
    return this.parts.size === 0 && this.canonical === '';
  }

  private get identity(): ItemIdentity | undefined {
    return this.element && this.config.ofElement(identityOf(this.kind), this.element);
  }
}

/** What is read of an item without items in it, as long as its text is the same. */
export interface ItemText {
  /** Of the text as it stands in the file: the same text says the same. */
  readonly digest: Digest;
  /** The primary does not send it, where it asks for that (facts.md §1.8). */
  readonly isNosync: boolean;
}

/** The items of one list, which are made when somebody looks at them: mostly a list of thousands is as it should be. */
export class SyncItems {
  private readonly made: SyncItem[] = [];

  constructor(
    private readonly config: Config,
    readonly kind: ItemKind,
    private readonly elements: readonly Element[],
    /** None for items with items in them. */
    private readonly texts: readonly ItemText[],
  ) {}

  get length(): number {
    return this.elements.length;
  }

  /** As {@link SyncItem.digest}. */
  digestAt(index: number): Digest | undefined {
    return this.texts[index]?.digest;
  }

  at(index: number): SyncItem | undefined {
    const element = this.elements[index];
    if (!element) return undefined;
    this.made[index] ??= isLeaf(this.kind)
      ? new SyncItem(this.config, this.kind, element, this.digestAt(index), noItems)
      : readContainer(this.config, this.kind, element);
    return this.made[index];
  }

  slice(from: number, to: number): SyncItem[] {
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => this.at(from + i)).filter(
      item => item !== undefined,
    );
  }

  /** Those that the primary sends. */
  withoutNosync(): SyncItems {
    if (!this.kind.mayBeNosync || nosyncOf(this.texts).length === 0) return this;
    return this.filter(index => this.texts[index]?.isNosync !== true);
  }

  /** Those whose elements fulfil a condition. */
  where(isKept: (element: Element) => boolean): SyncItems {
    return this.filter((_, element) => isKept(element));
  }

  private filter(isKept: (index: number, element: Element) => boolean): SyncItems {
    const { config, kind, elements, texts } = this;
    if (elements.every((element, i) => isKept(i, element))) return this;
    const kept = elements.map((element, i) => isKept(i, element));
    return new SyncItems(
      config,
      kind,
      elements.filter((_, i) => kept[i]),
      texts.filter((_, i) => kept[i]),
    );
  }
}

const nothing: Fields = new Map();
const nosyncOf = ofList((texts: readonly ItemText[]) => texts.filter(({ isNosync }) => isNosync));

const noItems: ReadonlyMap<string, SyncItems> = new Map();

/** The part as a node has it, cut into items. */
export function itemsOf(config: Config, part: SyncPart): SyncItem {
  const query = queries.get(part);
  return query ? config.query(query) : new SyncItem(config, partKinds[part], undefined, undefined, noItems);
}

/** Before 2.5 the primary cleans descriptions (rc.filter_synchronize of 2.4.5). */
export function cleansDescr(config: Config): boolean {
  return (config.query(readVersion).number ?? Number.POSITIVE_INFINITY) < 21;
}

const queries: ReadonlyMap<SyncPart, Query<SyncItem>> = new Map(
  [...new Set(syncAreas.flatMap(area => area.parts))].map(part => [part, (config: Config) => readPart(config, part)]),
);

function readPart(config: Config, part: SyncPart): SyncItem {
  const kind = partKinds[part];
  const itemKind = kind.parts?.[part];
  if (itemKind && (part === 'cert' || part === 'ca' || part === 'crl')) {
    // Each is a section of its own: the list stands at the top of the file.
    const elements = config.section(part).flatMap(branch => (branch.top.hasChildren ? [branch.top] : []));
    const texts = elements.map(element => config.ofElement(readText, element));
    const parts = elements.length > 0 ? new Map([[part, new SyncItems(config, itemKind, elements, texts)]]) : noItems;
    return new SyncItem(config, kind, undefined, undefined, parts);
  }
  const element = config.top(part === 'users' || part === 'authservers' ? 'system' : part);
  return element ? readContainer(config, kind, element) : new SyncItem(config, kind, undefined, undefined, noItems);
}

/** An item with the items in it. Rows without anything in them are none. */
function readContainer(config: Config, kind: ItemKind, element: Element): SyncItem {
  const { branch, row: own } = element;
  const grouped = new Map<string, { readonly kind: ItemKind; readonly elements: readonly Element[] }>();
  const settings: Element[] = [];
  const end = branch.at(Column.next, own);
  let listed = -1;
  for (let row = own + 1; row < end; row = branch.at(Column.next, row)) {
    // In a list thousands of the same name follow each other.
    if (branch.at(Column.name, row) === listed) continue;
    const name = branch.nameAt(row);
    if (grouped.has(name) && kind.parts?.[name]) {
      listed = branch.at(Column.name, row);
      continue;
    }
    const child = new Element(branch, row);
    const childKind = kindOfChild(kind, child);
    if (!childKind) {
      if (isSetting(kind, child)) settings.push(child);
    } else if (child.hasChildren && !grouped.has(name)) {
      // A list of thousands is one that others have asked for, too.
      grouped.set(name, { kind: childKind, elements: withContent(element.childrenNamed(name)) });
    }
  }
  const parts = new Map<string, SyncItems>();
  for (const [name, group] of grouped) {
    const texts = isLeaf(group.kind) ? config.ofElements(readText, group.elements) : [];
    parts.set(name, new SyncItems(config, group.kind, group.elements, texts));
  }
  return new SyncItem(config, kind, element, undefined, parts, settings);
}

function withContent(elements: readonly Element[]): readonly Element[] {
  return elements.every(({ hasChildren }) => hasChildren)
    ? elements
    : elements.filter(({ hasChildren }) => hasChildren);
}

function readText(element: Element): ItemText {
  return { digest: digestOf(element), isNosync: element.child('nosync') !== undefined };
}
