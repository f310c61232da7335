import { isSecretName } from '../../schema/secrets.ts';
import { peerName } from '../snapshot.ts';
import { addressValues } from './addressValues.ts';
import type { Draft } from './item.ts';
import { namedValues } from './namedValues.ts';
import { peerValue, vipValues } from './pairValues.ts';
import { type Candidate, draftOf, type Writing } from './writing.ts';

/** The values that may be written there, the likeliest first; none for secrets and for text that is free. */
export function valueDrafts(writing: Writing): readonly Draft[] {
  const { element, schema, others } = writing;
  if (isSecretName(element.name, element.parent?.name) || schema.value?.type === 'flag') return [];
  const candidates = withPeer(writing, [
    ...vipValues(writing),
    ...wordValues(writing),
    ...namedValues(writing),
    ...addressValues(writing),
  ]);
  const seen = new Set<string>(others);
  return candidates
    .filter(({ value }) => !seen.has(value) && seen.add(value))
    .map(candidate => draftOf(writing, candidate));
}

/** Puts what the other node has in front: the very candidate, where it is one of them. */
function withPeer(writing: Writing, candidates: readonly Candidate[]): readonly Candidate[] {
  const theirs = peerValue(writing);
  if (!theirs) return candidates;
  const same = candidates.find(({ value }) => value === theirs.value);
  if (!same) return [theirs, ...candidates];
  const detail = () => [same.detail(), `as on ${peerName(writing.snapshot)}`].filter(each => each !== '').join(', ');
  return [{ ...same, detail }, ...candidates];
}

/** The schema's words, with the names that the web interface has for them. */
function wordValues({ schema }: Writing): readonly Candidate[] {
  return Object.entries(schema.words ?? {}).map(([value, title]) => ({
    value,
    detail: () => (title.toLowerCase() === value.toLowerCase() ? '' : title),
    kind: 'word',
  }));
}
