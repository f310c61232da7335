import { documentationUrl } from '../schema/documentation.ts';
import type { ElementSchema, LeafSchema } from '../schema/elementSchema.ts';
import type { SchemaPlace } from '../schema/schemaPlace.ts';
import { isSecretName } from '../schema/secrets.ts';
import { isChecked } from '../schema/values.ts';
import { takenBy } from '../schema/valueWords.ts';
import type { Line, Prose } from './prose.ts';
import { releaseOf } from './version.ts';

/** What an element is: its sentence, what it takes, its default, since and until when pfSense reads it, and its page. */
export function schemaProse(place: SchemaPlace): Prose {
  const { schema } = place;
  const facts: Line[] = [
    ...(schema.kind === 'leaf' ? leafFacts(place, schema) : []),
    ...(place.isList ? [['It may stand more than once.']] : []),
    ...versionFacts(schema),
  ];
  return [
    { text: [schema.description], ...(facts.length > 0 && { items: facts }) },
    ...(schema.docs === undefined
      ? []
      : [{ text: [{ words: "Netgate's documentation", href: documentationUrl(schema.docs) }] }]),
  ];
}

function leafFacts({ name }: SchemaPlace, schema: LeafSchema): readonly Line[] {
  const facts: Line[] = [];
  if (schema.value?.type === 'flag') facts.push(['It says yes by standing there, whatever it holds.']);
  else if (isChecked(schema)) facts.push([`Takes ${takenBy(schema)}.`]);
  if (schema.default !== undefined) facts.push(['Default: ', { code: schema.default }]);
  if (isSecretName(name)) facts.push(['A secret, which is not shown.']);
  return facts;
}

function versionFacts({ since, until, replacedBy }: ElementSchema): readonly Line[] {
  const facts: Line[] = [];
  if (since !== undefined) facts.push([`Since config version ${versionText(since)}.`]);
  if (until !== undefined) facts.push([`Not read from config version ${versionText(until)} on.`]);
  if (replacedBy !== undefined) facts.push([`Its place has taken ${replacedBy}.`]);
  return facts;
}

/** `22.9 (pfSense 2.7.0)`; a whole number with the fraction that pfSense writes. */
function versionText(number: number): string {
  const text = Number.isInteger(number) ? `${number}.0` : `${number}`;
  return `${text} (${releaseOf({ number })})`;
}
