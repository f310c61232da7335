import { definitionProse } from '../model/definitionProse.ts';
import type { Prose } from '../model/prose.ts';
import { definitionsOf } from '../model/references/references.ts';
import { schemaPlaceAt, schemaPlaceOf } from '../model/schemaPlaces.ts';
import { schemaProse } from '../model/schemaProse.ts';
import { type Cursor, cursorAt } from '../syntax/cursor.ts';
import { closingDraft, closingDrafts, elementDrafts, type Opening, snippetDrafts } from './completion/elements.ts';
import { type CompletionList, type CompletionSubject, type Draft, listOf } from './completion/item.ts';
import { snippets } from './completion/snippets.ts';
import { valueDrafts } from './completion/values.ts';
import { type Writing, writingAt } from './completion/writing.ts';
import { peerName, type Snapshot } from './snapshot.ts';

export interface CompletionQuestion {
  readonly offset: number;
  /** What was typed, where that is why the editor asks; absent where a person, or a letter of a word, made it ask. */
  readonly trigger: string | undefined;
  /** Whether end tags are to be among them: another extension for XML has them, too. */
  readonly endTags: 'offered' | 'left to another extension';
}

const nothing: CompletionList = { items: [], isCut: false };

/** What may be written at an offset, the likeliest first. Works in any document; secrets are never in it. */
export function complete(snapshot: Snapshot, question: CompletionQuestion): CompletionList {
  const { document } = snapshot.config;
  const cursor = cursorAt(document, question.offset);
  if (cursor.kind === 'other') return nothing;
  const { drafts, from, isCut = false } = offersAt(snapshot, cursor, question);
  const wanted = question.endTags === 'offered' ? drafts : drafts.filter(({ isEndTag }) => isEndTag !== true);
  return listOf(wanted, { typed: document.buffer.slice(from, question.offset), isCut });
}

/** What an entry means, for a person who looks at it; nothing where that is gone by now. */
export function describeCompletion(snapshot: Snapshot, subject: CompletionSubject): Prose {
  const { config: node, peer } = snapshot;
  if (subject.kind === 'element') {
    const place = schemaPlaceAt(subject.path);
    return place ? schemaProse(place) : [];
  }
  if (subject.kind === 'snippet') {
    const found = snippets.find(({ prefix }) => prefix === subject.prefix);
    return found ? [{ text: [found.description] }] : [];
  }
  const [definition] = definitionsOf(node, subject.of).get(subject.name) ?? [];
  return definition ? definitionProse(definition, { node, peer, peerName: peerName(snapshot) }) : [];
}

interface Offers {
  readonly drafts: readonly Draft[];
  /** Where what they are held against begins. */
  readonly from: number;
  readonly isCut?: boolean;
}

function offersAt(
  snapshot: Snapshot,
  cursor: Exclude<Cursor, { kind: 'other' }>,
  question: CompletionQuestion,
): Offers {
  const { from } = cursor;
  switch (cursor.kind) {
    case 'end-tag':
      return { drafts: endTagDrafts(snapshot, cursor), from };
    case 'start-tag': {
      const { parent, element, to } = cursor;
      const drafts =
        parent === undefined
          ? rootDrafts(snapshot, cursor, question.offset)
          : openingDrafts({ snapshot, parent, element, from, to, hasBracket: true });
      return { drafts, from };
    }
    case 'text':
      return textOffers(snapshot, cursor, question);
  }
}

function openingDrafts(opening: Opening): readonly Draft[] {
  const isWhole = opening.element?.isClosed === true;
  return [...elementDrafts(opening), ...(isWhole ? [] : snippetDrafts(opening)), ...closingDrafts(opening)];
}

/** The names of the elements that are open, the innermost first. */
function endTagDrafts(snapshot: Snapshot, { open, from, to }: Cursor & { kind: 'end-tag' }): readonly Draft[] {
  const { tree, buffer } = snapshot.config.document;
  const tags: string[] = [];
  for (let at = open; at !== undefined && at !== 'root'; at = at.parent) tags.push(at.tag);
  if (open !== undefined && tree.root) tags.push(tree.root.tag);
  const end = buffer.slice(to, to + 1) === '>' ? to + 1 : to;
  return tags.map(tag => closingDraft(tag, { from, to: end, text: `${tag}>` }));
}

function textOffers(snapshot: Snapshot, cursor: Cursor & { kind: 'text' }, question: CompletionQuestion): Offers {
  const { parent, isCdata, from } = cursor;
  const { offset, trigger } = question;
  if (parent === undefined) return { drafts: rootDrafts(snapshot, cursor, offset), from };
  const place = parent === 'root' ? undefined : schemaPlaceOf(parent);
  if (parent !== 'root' && place?.schema.kind === 'leaf') {
    return leafOffers({ snapshot, element: parent, place }, cursor, question);
  }
  // Behind most tags nobody wants a list of elements; it comes with the first letter, or the next `<`.
  if (isCdata || trigger !== undefined) return { drafts: [], from };
  const word = wordAround(snapshot, cursor, offset);
  return {
    drafts: openingDrafts({ snapshot, parent, element: undefined, ...word, hasBracket: false }),
    from: word.from,
  };
}

function leafOffers(
  leaf: Pick<Writing, 'snapshot' | 'element' | 'place'>,
  cursor: Cursor & { kind: 'text' },
  { offset, trigger }: CompletionQuestion,
): Offers {
  const writing = writingAt(leaf, offset, cursor);
  // A slash in a value begins no end tag.
  const values = writing && trigger !== '/' && trigger !== '<' ? valueDrafts(writing) : { drafts: [], isCut: false };
  const from = writing?.from ?? offset;
  if (trigger !== undefined || cursor.isCdata) return { ...values, from };
  const { snapshot, element: parent } = leaf;
  const end = { snapshot, parent, element: undefined, from: offset, to: offset, hasBracket: false };
  return { ...values, drafts: [...values.drafts, ...closingDrafts(end)], from };
}

function wordAround(
  { config }: Snapshot,
  { from, to }: Cursor & { kind: 'text' },
  offset: number,
): { readonly from: number; readonly to: number } {
  const { buffer } = config.document;
  const before = /[\w-]*$/.exec(buffer.slice(from, offset))?.[0].length ?? 0;
  const behind = /^[\w-]*/.exec(buffer.slice(offset, to))?.[0].length ?? 0;
  return { from: offset - before, to: offset + behind };
}

/** A whole config, for a document in which there is none yet. */
function rootDrafts(
  { config }: Snapshot,
  { from, to, kind }: Pick<Cursor & { kind: 'text' | 'start-tag' }, 'from' | 'to' | 'kind'>,
  offset: number,
): readonly Draft[] {
  const { buffer, tree } = config.document;
  const start = kind === 'start-tag' ? from - 1 : from + (/^\s*/.exec(buffer.slice(from, offset))?.[0].length ?? 0);
  const isEmpty = buffer.slice(to, buffer.length).trim() === '' && (!tree.root || tree.root.start === start);
  const before = buffer.slice(0, start).trim();
  if (!isEmpty || (before !== '' && !/^<\?xml[^<>]*\?>$/.test(before))) return [];
  const declaration = before === '' ? '<?xml version="1.0"?>\n' : '';
  const text = `${declaration}<pfsense>\n\t<version>$1</version>\n\t$0\n</pfsense>\n`;
  const filter = `${kind === 'start-tag' ? '<' : ''}pfsense`;
  return [
    {
      filter,
      make: sort => ({
        label: 'pfsense',
        kind: 'section',
        detail: 'The configuration of one pfSense firewall',
        filter,
        sort,
        from: start,
        to,
        text,
        form: 'snippet',
      }),
    },
  ];
}
