import type { Config, Query } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import type { Element } from '../../syntax/tree.ts';
import { type SyncPart, syncAreas } from './areas.ts';
import { formOf, type ItemForm, type ItemKind, kindOfChild } from './kinds.ts';
import { partKinds } from './partKinds.ts';

/** Something that is compared as one: an alias, a rule, the settings of a section. */
export interface SyncItem {
  readonly kind: ItemKind;
  /** Absent where the file has no such section, and for the lists at the top, which have no element around them. */
  readonly element: Element | undefined;
  readonly form: ItemForm;
  /** The items in it by the name of their elements, in the order of the file. */
  readonly parts: ReadonlyMap<string, readonly SyncItem[]>;
}

const noItems: ReadonlyMap<string, readonly SyncItem[]> = new Map();
const noForm: ItemForm = { canonical: '', identities: [], group: undefined, isNosync: false };

/** The part as a node has it, cut into items. */
export function itemsOf(config: Config, part: SyncPart): SyncItem {
  const query = queries.get(part);
  return query ? config.query(query) : { kind: partKinds[part], element: undefined, form: noForm, parts: noItems };
}

/** Whether an item says nothing: an empty row, a section without anything in it. */
export function isEmpty(item: SyncItem): boolean {
  return item.form.canonical === '' && item.parts.size === 0;
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
  if (part === 'cert' || part === 'ca' || part === 'crl') {
    // Each is a section of its own: the list stands at the top of the file.
    const itemKind = kind.parts?.[part] ?? kind;
    const items = config
      .section(part)
      .flatMap(branch => readItems(config, itemKind, [branch.top]))
      .filter(item => !isEmpty(item));
    const parts = items.length > 0 ? new Map([[part, items]]) : noItems;
    return { kind, element: undefined, form: noForm, parts };
  }
  const element = config.top(part === 'users' || part === 'authservers' ? 'system' : part);
  if (!element) return { kind, element, form: noForm, parts: noItems };
  return readItems(config, kind, [element])[0] ?? { kind, element, form: noForm, parts: noItems };
}

/** Elements of one section. */
function readItems(config: Config, kind: ItemKind, elements: readonly Element[]): SyncItem[] {
  const forms = config.ofElements(formOf(kind, { cleansDescr: cleansDescr(config) }), elements);
  const isLeaf = !kind.parts && !kind.keyed;
  return elements.map((element, i) => ({
    kind,
    element,
    form: forms[i] ?? noForm,
    parts: isLeaf ? noItems : readParts(config, kind, element),
  }));
}

function readParts(config: Config, kind: ItemKind, element: Element): ReadonlyMap<string, readonly SyncItem[]> {
  const grouped = new Map<string, { readonly kind: ItemKind; readonly elements: Element[] }>();
  for (const child of element.children()) {
    const childKind = kindOfChild(kind, child);
    if (!childKind) continue;
    const group = grouped.get(child.name);
    if (group) group.elements.push(child);
    else grouped.set(child.name, { kind: childKind, elements: [child] });
  }
  const parts = new Map<string, readonly SyncItem[]>();
  for (const [name, group] of grouped) {
    const items = readItems(config, group.kind, group.elements).filter(item => !isEmpty(item));
    if (items.length > 0) parts.set(name, items);
  }
  return parts;
}
