import { isInCdata } from '../../model/textForm.ts';
import type { ConfigVersion } from '../../model/version.ts';
import type { ElementSchema, LeafSchema } from '../../schema/elementSchema.ts';
import { isChecked } from '../../schema/values.ts';
import { choiceOf, escaped } from './snippetText.ts';

/** More words than these are chosen from the list of values. */
const mostChoices = 12;

/**
 * An element as pfSense writes it (facts.md §3), as a snippet: without anything in it for a flag, on lines of its own for
 * one that holds elements, in CDATA where the tag's text is written so.
 */
export function elementSnippet(name: string, schema: ElementSchema, version: ConfigVersion): string {
  const tag = escaped(name);
  if (schema.kind === 'group') return `<${tag}>\n\t$0\n</${tag}>`;
  if (schema.value?.type === 'flag') return `<${tag}></${tag}>$0`;
  const text = placeFor(schema);
  const written = isInCdata(name, version) ? `<![CDATA[${text}]]>` : text;
  return `<${tag}>${written}</${tag}>$0`;
}

/** A choice where the words are all that it may be, and few. */
function placeFor(schema: LeafSchema): string {
  const words = Object.keys(schema.words ?? {});
  const isClosed = isChecked(schema) && schema.value === undefined && schema.separator === undefined;
  if (!isClosed && words.length !== 1) return '$1';
  return words.length > 0 && words.length <= mostChoices ? choiceOf(1, words) : '$1';
}
