import { isSecretName } from '../../schema/secrets.ts';
import { addressValues } from './addressValues.ts';
import type { Draft } from './item.ts';
import { namedValues } from './namedValues.ts';
import { peerValues, vipValues } from './pairValues.ts';
import { type Candidate, draftOf, type Writing } from './writing.ts';

/** The values that may be written there, the likeliest first; none for secrets and for text that is free. */
export function valueDrafts(writing: Writing): readonly Draft[] {
  const { element, schema, others } = writing;
  if (isSecretName(element.name, element.parent?.name) || schema.value?.type === 'flag') return [];
  const candidates = [
    ...vipValues(writing),
    ...peerValues(writing),
    ...wordValues(writing),
    ...namedValues(writing),
    ...addressValues(writing),
  ];
  const seen = new Set<string>(others);
  return candidates
    .filter(({ value }) => !seen.has(value) && seen.add(value))
    .map(candidate => draftOf(writing, candidate));
}

/** The schema's words, with the names that the web interface has for them. */
function wordValues({ schema }: Writing): readonly Candidate[] {
  return Object.entries(schema.words ?? {}).map(([value, title]) => ({
    value,
    detail: () => (title.toLowerCase() === value.toLowerCase() ? '' : title),
    kind: 'word',
  }));
}
