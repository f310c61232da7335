import { listPartAt } from '../../model/listPart.ts';
import { encode, isInCdata } from '../../model/textForm.ts';
import { readVersion } from '../../model/version.ts';
import type { LeafSchema } from '../../schema/elementSchema.ts';
import type { SchemaPlace } from '../../schema/schemaPlace.ts';
import { encodeText } from '../../syntax/entities.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Snapshot } from '../snapshot.ts';
import type { CompletionItem, CompletionKind, CompletionSubject, Draft } from './item.ts';

/** A value that somebody is writing in an element. */
export interface Writing {
  readonly snapshot: Snapshot;
  readonly element: Element;
  readonly place: SchemaPlace;
  readonly schema: LeafSchema;
  /** The value, or of a list the one among others; without the blanks around it. */
  readonly from: number;
  readonly to: number;
  /** What of it stands before the cursor. */
  readonly typed: string;
  readonly isCdata: boolean;
  /** Which value of the list it is, from 0; 0 where it is no list. */
  readonly index: number;
  /** The other values of the list. */
  readonly others: ReadonlySet<string>;
}

/** A value that may be written there. */
export interface Candidate {
  readonly value: string;
  /** What the list shows for a value that says nothing to a person: a certificate's name. */
  readonly label?: string;
  /** Asked for when the entry is shown. */
  readonly detail: () => string;
  readonly kind: CompletionKind;
  readonly subject?: CompletionSubject;
}

interface Text {
  readonly from: number;
  readonly to: number;
  readonly isCdata: boolean;
}

/** What is being written at an offset in the text of an element; absent where other text of the element stands beside it. */
export function writingAt(
  { snapshot, element, place }: Pick<Writing, 'snapshot' | 'element' | 'place'>,
  offset: number,
  run: Text,
): Writing | undefined {
  const { schema } = place;
  if (schema.kind !== 'leaf' || !isAlone(element, run)) return undefined;
  const text = element.document.buffer.slice(run.from, run.to);
  const { separator } = schema;
  const at = offset - run.from;
  const part = listPartAt(text, at, separator);
  const [from, to] = withoutBlanks(text, { start: part.from, end: part.to, at });
  const values = separator === undefined ? [] : text.split(separator).map(each => each.trim());
  return {
    snapshot,
    element,
    place,
    schema,
    from: run.from + from,
    to: run.from + to,
    typed: text.slice(from, at),
    isCdata: run.isCdata,
    index: part.index,
    others: new Set(values.filter((_, i) => i !== part.index)),
  };
}

/** The entry for a value. */
export function draftOf(writing: Writing, { value, label = value, detail, kind, subject }: Candidate): Draft {
  const filter = label === value ? value : `${label} ${value}`;
  return {
    filter,
    make: (sort): CompletionItem => ({
      label,
      kind,
      detail: detail(),
      filter,
      sort,
      from: writing.from,
      to: writing.to,
      text: written(writing, value),
      form: 'plain',
      ...(subject && { subject }),
    }),
  };
}

/** A value as pfSense writes it there: in CDATA where the tag's text stands in one, and does not yet. */
function written({ snapshot, element, isCdata, others }: Writing, value: string): string {
  const version = snapshot.config.query(readVersion);
  if (!isCdata && others.size === 0 && isInCdata(element.name, version)) return encode(element.name, value, version);
  return encodeText(value, version.form);
}

/** Whether the run is all that the element holds, so far as it is closed. */
function isAlone(element: Element, run: Text): boolean {
  const { buffer } = element.document;
  const before = buffer.slice(element.contentStart, run.from);
  if (before.trim() !== (run.isCdata ? '<![CDATA[' : '')) return false;
  if (!element.isClosed) return true;
  const behind = buffer.slice(run.to, element.contentEnd).trim();
  return behind === '' || (run.isCdata && behind === ']]>');
}

/** Moves both ends over blanks, but not over the cursor; what stands on other lines is left alone. */
function withoutBlanks(
  text: string,
  { start, end, at }: { readonly start: number; readonly end: number; readonly at: number },
): readonly [number, number] {
  let from = Math.max(start, text.slice(0, at).search(/[^\r\n]*$/));
  const line = text.slice(at, end).search(/[\r\n]/);
  let to = line < 0 ? end : at + line;
  while (from < at && /\s/.test(text[from] ?? '')) from++;
  while (to > at && /\s/.test(text[to - 1] ?? '')) to--;
  return [from, to];
}
