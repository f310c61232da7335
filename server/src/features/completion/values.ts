import { readTargetSchema } from '../../model/outboundNat.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { peerName } from '../snapshot.ts';
import { freeAddresses, knownAddresses } from './addressValues.ts';
import type { Draft } from './item.ts';
import { namedValues, outboundTarget } from './namedValues.ts';
import { peerValue, vipValues } from './pairValues.ts';
import { type Candidate, draftOf, type Writing } from './writing.ts';

/** The values that may be written there, the likeliest first; none for secrets and for text that is free. */
export function valueDrafts(writing: Writing): readonly Draft[] {
  const { element, place, schema, others } = writing;
  if (isSecretName(element.name, element.parent?.name) || schema.value?.type === 'flag') return [];
  const [names, addresses] = [namedValues(writing), knownAddresses(writing)];
  const isTarget = place.path === outboundTarget;
  const candidates = withPeer(writing, [
    ...vipValues(writing),
    ...freeAddresses(writing),
    ...wordValues(writing),
    // What leaves the pair has to leave with a VIP.
    ...(isTarget ? [...addresses, ...names] : [...names, ...addresses]),
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
  // What stands there already needs no offer, but a word where it is one of the others.
  if (!same) return isThere(writing, theirs.value) ? candidates : [theirs, ...candidates];
  const detail = () => [same.detail(), `as on ${peerName(writing.snapshot)}`].filter(each => each !== '').join(', ');
  return [{ ...same, detail }, ...candidates];
}

function isThere({ snapshot, element }: Writing, value: string): boolean {
  return snapshot.config.text(element) === value;
}

/** The schema's words, with the names that the web interface has for them. */
function wordValues({ snapshot, place, schema }: Writing): readonly Candidate[] {
  // Its one word went when a network became the target itself (facts.md §2.4).
  if (place.path === outboundTarget && snapshot.config.query(readTargetSchema) === 'target_subnet') return [];
  return Object.entries(schema.words ?? {}).map(([value, title]) => ({
    value,
    detail: () => (title.toLowerCase() === value.toLowerCase() ? '' : title),
    kind: 'word',
  }));
}
