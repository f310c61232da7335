import { readTargetSchema } from '../../model/outboundNat.ts';
import { readVersion, releasedVersions, releaseOf } from '../../model/version.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { peerName } from '../snapshot.ts';
import { freeAddresses, knownAddresses } from './addressValues.ts';
import type { Draft } from './item.ts';
import { namedValues, outboundTarget } from './namedValues.ts';
import { peerValue, vipValues } from './pairValues.ts';
import { isRefusedPort, portValues } from './portValues.ts';
import { type Candidate, draftOf, type Writing } from './writing.ts';

export interface ValueDrafts {
  readonly drafts: readonly Draft[];
  /** Whether there are others, which what was typed cannot mean. */
  readonly isCut: boolean;
}

const none: ValueDrafts = { drafts: [], isCut: false };

/** The values that may be written there, the likeliest first; none for secrets and for text that is free. */
export function valueDrafts(writing: Writing): ValueDrafts {
  const { element, place, schema, others } = writing;
  if (isSecretName(element.name, element.parent?.name) || schema.value?.type === 'flag') return none;
  const [names, addresses] = [namedValues(writing), knownAddresses(writing)];
  // What the table of references knows beside names comes behind them, and is worded there.
  const beside = new Set(names.candidates.map(({ value }) => value));
  const words = wordValues(writing).filter(({ value }) => !beside.has(value));
  // What leaves the pair has to leave with a VIP; and where an address is meant, a word is the exception.
  const addressesFirst = words.length > 0 || place.path === outboundTarget || place.path === 'nat/onetoone/external';
  const candidates = withPeer(writing, [
    ...vipValues(writing),
    ...freeAddresses(writing),
    ...portValues(writing),
    ...(addressesFirst ? addresses : []),
    ...words,
    ...versionValues(writing),
    ...names.candidates,
    ...addresses,
  ]);
  const seen = new Set<string>([...others, ...valuesBeside(writing)]);
  const different = candidates.filter(({ value }) => !seen.has(value) && seen.add(value));
  return { drafts: different.map(candidate => draftOf(writing, candidate)), isCut: names.isCut };
}

/** What the other elements of a list hold: a member that is in a group already. Of compound texts that is the first part. */
function valuesBeside({ snapshot, element, place, schema, index }: Writing): readonly string[] {
  if (!place.isList || index > 0) return [];
  const others = element.parent?.childrenNamed(element.name).filter(each => !each.is(element)) ?? [];
  return others.map(each => {
    const text = snapshot.config.text(each);
    return (schema.separator === '|' ? (text.split('|', 1)[0] ?? '') : text).trim();
  });
}

/** Puts what the other node has in front: the very candidate, where it is one of them. */
function withPeer(writing: Writing, candidates: readonly Candidate[]): readonly Candidate[] {
  const theirs = peerValue(writing);
  if (!theirs || isRefusedPort(writing, theirs.value)) return candidates;
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
  // A file without a version is taken for one of the newest.
  const { number = Number.POSITIVE_INFINITY } = snapshot.config.query(readVersion);
  const words = Object.entries(schema.words ?? {}).filter(([value]) => {
    const until = schema.wordsUntil?.[value];
    return until === undefined || number < until;
  });
  return words.map(([value, title]) => ({
    value,
    detail: () => (title.toLowerCase() === value.toLowerCase() ? '' : title),
    kind: 'word',
  }));
}

/** The versions that a file may be of, with the releases that write them. */
function versionValues({ place }: Writing): readonly Candidate[] {
  if (place.path !== 'version') return [];
  return releasedVersions().map(value => ({
    value,
    detail: () => releaseOf({ number: Number(value) }),
    kind: 'value',
  }));
}
