import { interfaceDetail } from '../../model/definitionDetails.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { shortened } from '../../model/prose.ts';
import { schemaPlaceOf } from '../../model/schemaPlaces.ts';
import { readVersion } from '../../model/version.ts';
import { compiledSchema } from '../../schema/compiled.ts';
import { type ElementSchema, type GroupSchema, interfaceKey } from '../../schema/elementSchema.ts';
import { isListTag } from '../../schema/listTags.ts';
import type { SchemaPlace } from '../../schema/schemaPlace.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Snapshot } from '../snapshot.ts';
import { elementSnippet } from './elementText.ts';
import type { CompletionItem, Draft } from './item.ts';
import { bodyFor, snippets } from './snippets.ts';

/** Where an element may be written. */
export interface Opening {
  readonly snapshot: Snapshot;
  /** What it is to stand in. */
  readonly parent: Element | 'root';
  /** The element whose tag is being written; absent where there is none yet. */
  readonly element: Element | undefined;
  /** What is written of it: a name behind `<`, or a word without one. */
  readonly from: number;
  readonly to: number;
  readonly hasBracket: boolean;
}

const longestDetail = 100;

/** The elements that may stand there and do not yet, in the order in which pfSense's forms write them. */
export function elementDrafts(opening: Opening): readonly Draft[] {
  const place = placeOf(opening);
  if (place?.schema.kind !== 'group') return [];
  const present = namesPresent(opening);
  const version = opening.snapshot.config.query(readVersion).number;
  const named = Object.entries(place.schema.children())
    .filter(([name, schema]) => (isListTag(name) || !present.has(name)) && isRead(schema, version))
    .map(([name, schema]) => elementDraft(opening, { name, schema, detail: schema.description }));
  return [...named, ...keyedDrafts(opening, { place, group: place.schema, present })];
}

/** Of an element that nothing closes, its end tag. */
export function closingDrafts({ parent, from, to, hasBracket }: Opening): readonly Draft[] {
  if (parent === 'root' || parent.isClosed) return [];
  const text = `/${parent.tag}>`;
  return [closingDraft(parent.tag, { from, to, text: hasBracket ? text : `<${text}` })];
}

/** @param edit what the entry does */
export function closingDraft(tag: string, edit: TextEdit): Draft {
  const filter = edit.text.replace(/>$/, '');
  const label = `</${tag}>`;
  return {
    filter,
    isEndTag: true,
    make: sort => ({ ...edit, label, kind: 'closing', detail: '', filter, sort, form: 'plain' }),
  };
}

/** The snippets that belong there in a file of that version, but for what may stand there once and does. */
export function snippetDrafts(opening: Opening): readonly Draft[] {
  const { snapshot, parent, from, to, hasBracket } = opening;
  const place = parent === 'root' ? '' : parent.name;
  const present = namesPresent(opening);
  const version = snapshot.config.query(readVersion).number;
  const nodes = [snapshot.config, ...(snapshot.peer ? [snapshot.peer] : [])];
  const sign = hasBracket ? '<' : '';
  return snippets
    .filter(snippet => snippet.place === place)
    .filter(({ element }) => element === undefined || isListTag(element) || !present.has(element))
    .filter(snippet => version === undefined || (snippet.from <= version && version <= snippet.upTo))
    .map(snippet => ({
      filter: sign + snippet.prefix,
      make: (sort): CompletionItem => ({
        label: snippet.prefix,
        kind: 'snippet',
        detail: shortened(snippet.description, longestDetail),
        filter: sign + snippet.prefix,
        sort,
        from: from - sign.length,
        to,
        text: bodyFor(snippet, nodes),
        form: 'snippet',
        subject: { kind: 'snippet', prefix: snippet.prefix },
      }),
    }));
}

function placeOf({ parent, snapshot }: Opening): SchemaPlace | undefined {
  if (parent !== 'root') return schemaPlaceOf(parent);
  return snapshot.config.document.tree.root?.tag.toLowerCase() === 'pfsense' ? compiledSchema().root : undefined;
}

/** The names of what stands there beside the element that is being written. */
function namesPresent({ snapshot, parent, element }: Opening): ReadonlySet<string> {
  const siblings =
    parent === 'root' ? snapshot.config.document.tree.branches.map(branch => branch.top) : parent.children();
  const present = new Set<string>();
  for (const each of siblings) if (!each.is(element)) present.add(each.name);
  // What follows a tag that is not whole yet looks as if it stood in it.
  if (element && !element.isClosed) for (const each of element.children()) present.add(each.name);
  return present;
}

function isRead({ since, until }: ElementSchema, version: number | undefined): boolean {
  return version === undefined || ((since ?? 0) <= version && version < (until ?? Number.POSITIVE_INFINITY));
}

/** Elements that are called by the keys of interfaces. */
function keyedDrafts(
  opening: Opening,
  {
    place,
    group,
    present,
  }: { readonly place: SchemaPlace; readonly group: GroupSchema; readonly present: ReadonlySet<string> },
): readonly Draft[] {
  const { keyed } = group;
  if (keyed?.pattern !== interfaceKey) return [];
  const { config, peer } = opening.snapshot;
  const own = config.query(readInterfaces);
  const isAssignment = place.path === 'interfaces';
  const known = isAssignment ? peer?.query(readInterfaces) : own;
  const drafts = [...(known?.values() ?? [])]
    .filter(({ key }) => !present.has(key))
    .map(each => {
      const detail = interfaceDetail(isAssignment && peer ? peer : config, each);
      return elementDraft(opening, { name: each.key, schema: keyed.of, detail });
    });
  if (!isAssignment) return drafts;
  const taken = new Set([...own.keys(), ...(known?.keys() ?? [])]);
  if (opening.element) taken.delete(opening.element.name);
  const next = nextKey(taken);
  return [...drafts, elementDraft(opening, { name: next, schema: keyed.of, detail: 'The next free interface' })];
}

/** The first of wan, lan, opt1, opt2 … that no node of the pair has. */
function nextKey(taken: ReadonlySet<string>): string {
  const first = ['wan', 'lan'].find(key => !taken.has(key));
  if (first !== undefined) return first;
  let number = 1;
  while (taken.has(`opt${number}`)) number++;
  return `opt${number}`;
}

interface Offer {
  readonly name: string;
  readonly schema: ElementSchema;
  readonly detail: string;
}

function elementDraft(opening: Opening, { name, schema, detail }: Offer): Draft {
  const { snapshot, parent } = opening;
  return {
    filter: name,
    make: sort => ({
      label: name,
      kind: schema.kind === 'group' ? 'section' : 'element',
      detail: shortened(detail, longestDetail),
      filter: name,
      sort,
      ...writtenAs(opening, { name, schema }),
      subject: { kind: 'element', path: [...namesTo(snapshot, parent), name].join('/') },
    }),
  };
}

/** Only its name where the tag is whole already, with that of its end tag; else all of it. */
function writtenAs(
  { snapshot, element, from, to, hasBracket }: Opening,
  { name, schema }: Pick<Offer, 'name' | 'schema'>,
): Pick<CompletionItem, 'from' | 'to' | 'text' | 'form' | 'also'> {
  if (element?.isClosed) {
    const end = element.endTagNamePlace;
    const also = end && { from: element.branch.start + end.from, to: element.branch.start + end.to, text: name };
    return { from, to, text: name, form: 'plain', ...(also && { also }) };
  }
  const whole = elementSnippet(name, schema, snapshot.config.query(readVersion));
  const { buffer } = snapshot.config.document;
  // Some editors put the `>` of a tag behind its `<` at once.
  const end = hasBracket && buffer.slice(to, to + 1) === '>' ? to + 1 : to;
  return { from, to: end, text: hasBracket ? whole.slice(1) : whole, form: 'snippet' };
}

/** The names from below the root down to an element. */
function namesTo(snapshot: Snapshot, parent: Element | 'root'): readonly string[] {
  if (parent === 'root') return [];
  return [...namesTo(snapshot, parent.parent ?? 'root'), parent.name];
}
