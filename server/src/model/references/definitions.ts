import { once } from '../../schema/once.ts';
import { type DefinitionSource, definitionSources, type ReferenceKind } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { ofList } from '../ofList.ts';
import { asTold } from '../prose.ts';
import { type ItemData, type ItemReader, readerOf } from './itemData.ts';
import { itemAround } from './items.ts';

/** Something that has a name by which others refer to it. */
export interface Definition {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** The whole of it, such as the row of the alias. */
  readonly element: Element;
}

interface Reader {
  readonly source: DefinitionSource;
  readonly read: (config: Config) => ReadonlyMap<string, readonly Definition[]>;
}

const readers = once((): ReadonlyMap<ReferenceKind, Reader> => new Map(definitionSources.map(makeReader)));

function makeReader(source: DefinitionSource): readonly [ReferenceKind, Reader] {
  const kept = readerOf(source);
  const index = definitionSources.filter(each => readerOf(each) === kept).indexOf(source);
  const named = ofList((data: readonly ItemData[]) => data.flatMap(({ names }, i) => (names[index] ? [i] : [])));
  return [source.kind, { source, read: config => readAll(config, source.kind, { kept, index, named }) }];
}

/** The things of one kind by name, in the order of the file; several where a name stands more than once. */
export function definitionsOf(config: Config, kind: ReferenceKind): ReadonlyMap<string, readonly Definition[]> {
  const reader = readers().get(kind);
  return reader ? config.query(reader.read) : noDefinitions;
}

const noDefinitions: ReadonlyMap<string, readonly Definition[]> = new Map();

/** The thing whose name this element holds, or is; absent where it is none. One element may be the name of two kinds. */
export function definitionsAt(config: Config, element: Element): readonly Definition[] {
  return definitionSources.flatMap(source => {
    const item = itemAround(element, source);
    if (!item || !nameElement(item, source)?.is(element)) return [];
    const name = nameIn(config, item, source);
    return name === '' ? [] : [{ kind: source.kind, name, element: item }];
  });
}

/** The things that an element is the whole of, such as the row of an alias; a rule may be two. */
export function definitionsIn(config: Config, item: Element): readonly Definition[] {
  return definitionSources.flatMap(source => {
    if (!itemAround(item, source)?.is(item)) return [];
    const name = nameIn(config, item, source);
    return name === '' ? [] : [{ kind: source.kind, name, element: item }];
  });
}

/**
 * The things that people call by this element's text, because their name is a number that pfSense gives: the description of
 * a certificate, the name of a user.
 */
export function definitionsCalled(config: Config, element: Element): readonly Definition[] {
  const { parent } = element;
  if (!parent) return [];
  return definitionsIn(config, parent).filter(
    ({ kind }) => numbered.has(kind) && readers().get(kind)?.source.labels.includes(element.name),
  );
}

const numbered: ReadonlySet<ReferenceKind> = new Set<ReferenceKind>([
  'interface',
  'certificate',
  'ca',
  'crl',
  'vip',
  'user',
  'openvpn-server',
  'phase1',
]);

/** The element that holds the name; the thing's own element where its tag is the name. */
export function nameElementOf({ kind, element }: Definition): Element {
  const source = readers().get(kind)?.source;
  return (source && nameElement(element, source)) ?? element;
}

/** What a person calls the thing beside its name, on one line: its description, or a certificate's; absent where it has none. */
export function labelOf(config: Config, { kind, element }: Definition): string | undefined {
  const labels = readers().get(kind)?.source.labels ?? [];
  return labels.map(label => asTold(config.text(element.child(label)))).find(text => text !== '');
}

function readAll(
  config: Config,
  kind: ReferenceKind,
  {
    kept,
    index,
    named,
  }: {
    readonly kept: ItemReader;
    readonly index: number;
    /** The numbers of the items that have a name. */
    readonly named: (data: readonly ItemData[]) => readonly number[];
  },
): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, Definition[]>();
  const { items, data } = config.query(kept.readAll);
  for (const i of named(data)) {
    const [element, name] = [items[i]!, data[i]!.names[index]!];
    const known = found.get(name);
    const definition = { kind, name, element };
    if (known) known.push(definition);
    else found.set(name, [definition]);
  }
  return found;
}

function nameElement(item: Element, source: DefinitionSource): Element | undefined {
  return source.name === undefined ? item : item.child(source.name);
}

function nameIn(config: Config, item: Element, source: DefinitionSource): string {
  const name = source.name === undefined ? item.name : config.text(item.child(source.name));
  return source.except?.includes(name) ? '' : name;
}
