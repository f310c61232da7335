import { compiledSchema, type PlainGroup, type PlainValue, type Violation } from '../schema/compiled.ts';
import { isListTag } from '../schema/listTags.ts';
import type { SchemaPlace } from '../schema/schemaPlace.ts';
import { anyName } from '../schema/values.ts';
import type { TextForm } from '../syntax/entities.ts';
import { Column, Element } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { Config, ElementQuery, Query } from './config.ts';
import { orNew } from './grouping.ts';
import { ofList } from './ofList.ts';
import { isOneSlipAway } from './spelling.ts';
import { readVersion } from './version.ts';

/** What the schema finds wrong with an element. What of it is worth a word, the rules decide. */
export type SchemaFault =
  /** A text that the element does not take. */
  | { readonly kind: 'value'; readonly element: Element; readonly place: SchemaPlace }
  /** Elements where a text belongs. */
  | { readonly kind: 'not-text'; readonly element: Element; readonly place: SchemaPlace }
  /** A text where elements belong. */
  | { readonly kind: 'not-elements'; readonly element: Element; readonly place: SchemaPlace }
  /** An unknown element that says something and is one slip away from a known one which is not there; `place` is that one's. */
  | { readonly kind: 'misspelt'; readonly element: Element; readonly place: SchemaPlace }
  /** An element that holds something and that the file's version no longer reads; nothing else is said of it, or of what is in it. */
  | { readonly kind: 'removed'; readonly element: Element; readonly place: SchemaPlace };

/**
 * Everything that the schema finds wrong in the sections of that name, in no order. Worked out for one unit (units.ts) at
 * a time: an edit in one of thousands of rules looks at one rule.
 */
export function schemaFaults(config: Config, section: string): readonly SchemaFault[] {
  if (!compiledSchema().root.child(section)) return readFaults(config, section);
  const kept = queries.get(section);
  if (kept) return config.query(kept);
  const query: Query<readonly SchemaFault[]> = each => readFaults(each, section);
  queries.set(section, query);
  return config.query(query);
}

/** One for each section that the schema knows: a file may hold any number of others. */
const queries = new Map<string, Query<readonly SchemaFault[]>>();

function readFaults(config: Config, section: string): readonly SchemaFault[] {
  const { root } = compiledSchema();
  const place = root.child(section);
  const faults: SchemaFault[] = [];
  for (const { top } of config.section(section)) {
    if (place) lookAtSection(config, { element: top, place, faults });
    else {
      const meant = meantBy(section, root, name => config.top(name) !== undefined);
      if (meant && saysSomething(config, top, meant)) faults.push({ kind: 'misspelt', element: top, place: meant });
    }
  }
  return ofVersion(config, faults);
}

/** Without what concerns other versions than the file's, and what stands in elements that the file's no longer reads. */
function ofVersion(config: Config, faults: readonly SchemaFault[]): readonly SchemaFault[] {
  const removed = faults.filter(({ kind }) => kind === 'removed');
  if (removed.length === 0) return faults;
  const version = config.query(readVersion).number ?? 0;
  const unread = new Set(
    removed.filter(({ place }) => version >= (place.schema.until ?? 0)).map(({ element }) => rowKey(element)),
  );
  return faults.filter(fault => {
    for (let at = fault.element.parent; at; at = at.parent) if (unread.has(rowKey(at))) return false;
    return unread.has(rowKey(fault.element)) === (fault.kind === 'removed');
  });
}

function rowKey({ branch, row }: Element): string {
  return `${branch.start} ${row}`;
}

interface Look {
  readonly element: Element;
  readonly place: SchemaPlace;
  readonly faults: SchemaFault[];
}

function lookAtSection(config: Config, { element, place, faults }: Look): void {
  if (place.unit) {
    // Of a list each section is one of many; else it is one of its kind, and what is worked out of it kept by the section.
    const found = place.isList ? config.ofElement(queryOf(place), element) : examine(config, element, place);
    collect(config, found, { element, place, faults });
    return;
  }
  if (element.hasChildren) faults.push({ kind: 'not-text', element, place });
  else if (compiledSchema().validate('', { [place.name]: config.text(element) }).length > 0) {
    faults.push({ kind: 'value', element, place });
  }
  if (place.schema.until !== undefined && saysSomething(config, element, place))
    faults.push({ kind: 'removed', element, place });
}

/** Turns what was found in one unit's element into elements, and goes on with the units in it. */
function collect(config: Config, { faults, units }: Examined, { element, faults: all }: Look): void {
  const at = (row: number) => new Element(element.branch, element.row + row);
  for (const { row, ...fault } of faults) all.push({ ...fault, element: at(row) });
  for (const { place, rows } of units) {
    for (const elements of elementsIn(element, rows, place)) {
      const found = config.ofElements(queryOf(place), elements);
      for (const i of unsound(found)) collect(config, found[i]!, { element: elements[i]!, place, faults: all });
    }
  }
}

/** The numbers of those with something to tell, of which a list of thousands mostly has none. */
const unsound = ofList((found: readonly Examined[]) => found.flatMap((each, i) => (each === sound ? [] : [i])));

/** The elements of {@link UnitsWithin}, those of one parent together. */
function elementsIn(
  { branch, row: own }: Element,
  rows: readonly number[],
  place: SchemaPlace,
): readonly (readonly Element[])[] {
  if (place.name === anyName) return [rows.map(row => new Element(branch, own + row))];
  return rows.map(row => branch.childrenOf(own + row, place.name));
}

/** What one unit's element shows by itself; rows count from its own. */
interface Examined {
  readonly faults: readonly RowFault[];
  /** The elements in it that are units of their own. */
  readonly units: readonly UnitsWithin[];
}

/** Elements that are units of one place: where they have names of their own, their rows, else those of their parents. */
interface UnitsWithin {
  readonly place: SchemaPlace;
  readonly rows: readonly number[];
}

interface RowFault {
  readonly kind: SchemaFault['kind'];
  readonly row: number;
  readonly place: SchemaPlace;
}

/** The answer for nearly every element. */
const sound: Examined = { faults: [], units: [] };

const unitQueries = new Map<SchemaPlace, ElementQuery<Examined>>();

function queryOf(place: SchemaPlace): ElementQuery<Examined> {
  const before = unitQueries.get(place);
  if (before) return before;
  const query: ElementQuery<Examined> = (element, config) => examine(config, element, place);
  unitQueries.set(place, query);
  return query;
}

function examine(config: Config, top: Element, place: SchemaPlace): Examined {
  return new Examination(config, top).of(place);
}

/** One look at one unit's element. */
class Examination {
  private readonly form: TextForm;
  private readonly faults: RowFault[] = [];
  private units: Map<SchemaPlace, number[]> | undefined;

  constructor(
    private readonly config: Config,
    private readonly top: Element,
  ) {
    // Asked for once and not at each text, of which a config has tens of thousands.
    this.form = config.query(readVersion).form;
  }

  of(place: SchemaPlace): Examined {
    const value = this.plain(this.top.row, place, 0);
    for (const violation of compiledSchema().validate(place.path, value)) {
      const wrong = placeOf(violation, this.top, place);
      if (wrong) this.report('value', wrong.element.row, wrong.place);
    }
    const { faults, units } = this;
    if (faults.length === 0 && !units) return sound;
    return { faults, units: [...(units ?? [])].map(([unit, rows]) => ({ place: unit, rows })) };
  }

  /** The element as plain data, as far as its values are checked; on the way its names are looked at. */
  private plain(row: number, group: SchemaPlace, depth: number): PlainGroup {
    const { branch } = this.top;
    const end = branch.at(Column.next, row);
    if (end === row + 1 && this.text(row) !== '') this.report('not-elements', row, group);
    if (end === row + 1 || depth > deepest) return nothing;
    const value: Record<string, PlainValue | PlainValue[]> = {};
    let [id, name, found, isNoted]: [number, string, SchemaPlace | undefined, boolean] = [-1, '', undefined, false];
    for (let child = row + 1; child < end; child = branch.at(Column.next, child)) {
      // In a list thousands of the same name follow each other.
      if (branch.at(Column.name, child) !== id) {
        id = branch.at(Column.name, child);
        name = branch.nameAt(child);
        found = group.child(name);
        isNoted = false;
      } else if (isNoted) continue;
      if (!found) {
        this.lookAtName(child, group);
        continue;
      }
      if (found.schema.until !== undefined && this.saysSomething(child, found)) this.report('removed', child, found);
      if (found.unit) {
        this.noteUnit(found, found.name === anyName ? child : row);
        isNoted = found.name !== anyName && found.schema.until === undefined;
        continue;
      }
      const part = this.partOf(child, found, depth);
      if (part === undefined) continue;
      const before = Object.hasOwn(value, name) ? value[name] : undefined;
      if (!found.isList) value[name] = before ?? part;
      else if (Array.isArray(before)) before.push(part);
      else value[name] = [part];
    }
    return value;
  }

  /** Absent where nothing in it is checked here. */
  private partOf(row: number, found: SchemaPlace, depth: number): PlainValue | undefined {
    if (found.schema.kind === 'leaf') {
      if (this.top.branch.at(Column.next, row) === row + 1) return found.isChecked ? this.text(row) : undefined;
      this.report('not-text', row, found);
      // An empty text keeps the numbers of those behind it in a list.
      return found.isList ? '' : undefined;
    }
    return this.plain(row, found, depth + 1);
  }

  private noteUnit(place: SchemaPlace, row: number): void {
    this.units ??= new Map();
    const rows = orNew(this.units, place, (): number[] => []);
    if (rows.at(-1) !== row - this.top.row) rows.push(row - this.top.row);
  }

  private lookAtName(row: number, group: SchemaPlace): void {
    const element = new Element(this.top.branch, row);
    const meant = meantBy(element.name, group, name => element.parent?.child(name) !== undefined);
    if (meant && this.saysSomething(row, meant)) this.report('misspelt', row, meant);
  }

  private saysSomething(row: number, place: SchemaPlace): boolean {
    return saysSomething(this.config, new Element(this.top.branch, row), place);
  }

  private text(row: number): string {
    return readValue(new Element(this.top.branch, row), this.form);
  }

  private report(kind: RowFault['kind'], row: number, place: SchemaPlace): void {
    this.faults.push({ kind, row: row - this.top.row, place });
  }
}

const nothing: PlainGroup = {};

/** Queues lie in queues, and a broken file may hold any number within each other. */
const deepest = 32;

/** The element that a violation of a unit's validator is about. */
function placeOf(
  violation: Violation,
  top: Element,
  unit: SchemaPlace,
): { readonly element: Element; readonly place: SchemaPlace } | undefined {
  let [element, place]: [Element | undefined, SchemaPlace | undefined] = [top, unit];
  for (let i = 0; i < violation.length; i++) {
    const name = violation[i]!;
    place = place?.child(name);
    // In a list the number of the item follows.
    element = element?.childrenNamed(name)[place?.isList ? Number(violation[++i]) : 0];
  }
  return element && place && { element, place };
}

/** An empty element says nothing, unless it is a flag. */
function saysSomething(config: Config, element: Element, { schema }: SchemaPlace): boolean {
  if (element.hasChildren) return true;
  return (schema.kind === 'leaf' && schema.value?.type === 'flag') || config.text(element) !== '';
}

/** Names shorter than this are too near to one another. */
const shortest = 4;

/**
 * The place of the known element that an unknown one was most likely meant to be, and that is not there. Silent where the
 * name has a meaning somewhere else, where anything may stand, and where two are as near.
 */
function meantBy(name: string, parent: SchemaPlace, isThere: (name: string) => boolean): SchemaPlace | undefined {
  const { schema } = parent;
  if (schema.kind !== 'group' || schema.isOpen || name.length < shortest) return undefined;
  if (isListTag(name) || compiledSchema().names.has(name)) return undefined;
  const near = Object.entries(schema.children()).filter(
    ([known, { until }]) => until === undefined && isOneSlipAway(name, known) && (isListTag(known) || !isThere(known)),
  );
  const [meant] = near;
  return near.length === 1 && meant ? parent.child(meant[0]) : undefined;
}
