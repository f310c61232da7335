import type { CarpVip, PairFacts } from './pairFacts.ts';

/** A node that no manifest puts in a pair. */
export interface Candidate {
  readonly uri: string;
  /** What to call it in a sentence. */
  readonly name: string;
  readonly facts: PairFacts;
}

/** Two candidates that belong together. */
export interface Match {
  readonly nodes: readonly [Candidate, Candidate];
  /** The facts that say so, in words. */
  readonly because: string;
}

/** Why a candidate is in no pair although its file speaks of another node. */
export interface Unmatched {
  readonly kind: 'ambiguous' | 'contradicted' | 'peerMissing';
  readonly nodes: readonly Candidate[];
  readonly message: string;
}

export interface Matching {
  readonly matches: readonly Match[];
  readonly unmatched: readonly Unmatched[];
}

/** What is known about the roles of two nodes: the index of the primary and why, or what keeps it from being known. */
export type RoleDecision =
  | { readonly isKnown: true; readonly primary: 0 | 1; readonly because: string }
  | { readonly isKnown: false; readonly because: string };

interface Couple {
  readonly one: Candidate;
  readonly other: Candidate;
  /** By kind of fact, the sentence. Never empty. */
  readonly facts: ReadonlyMap<FactKind, string>;
}

type FactKind = 'sync' | 'pfsync' | 'vips';

/**
 * Pairs nodes by what their files say, never by guesses: `synchronizetoip` of one is an address of the other, pfsync
 * peers point at each other, or both carry the same CARP VIPs (design.md, "Roles and pairs").
 *
 * Two nodes are paired where each is the other's only candidate, or where every fact that speaks for another
 * candidate speaks for this one too and one more does. Two files with the same addresses are exports of one node.
 */
export function pairByFacts(candidates: readonly Candidate[]): Matching {
  const { couples, strangers } = couplesOf(candidates);
  const own = couplesByCandidate(couples);
  const best = new Map(candidates.map(candidate => [candidate, bestOf(own.get(candidate) ?? [])]));
  const isMutual = (couple: Couple) =>
    [couple.one, couple.other].every(candidate => best.get(candidate)?.every(each => each === couple));
  const matched = couples.filter(isMutual);
  const taken = new Set(matched.flatMap(({ one, other }) => [one, other]));
  const isOpen = ({ one, other }: Couple) => !taken.has(one) && !taken.has(other);
  const unsettled = [...new Set([...best.values()].flat())].filter(isOpen);
  const explained = new Set([...unsettled, ...strangers].flatMap(({ one, other }) => [one, other]));
  const others = candidates.filter(candidate => !taken.has(candidate) && !explained.has(candidate));
  return {
    matches: matched.map(couple => ({ nodes: [couple.one, couple.other], because: factsOf(couple) })),
    unmatched: [
      ...strangers.filter(isOpen).map(contradicted),
      ...ambiguous(couplesByCandidate(unsettled)),
      ...others.flatMap(candidate => outdone(candidate, best.get(candidate)?.[0]) ?? lonely(candidate)),
    ],
  };
}

/**
 * Who is primary: the one that synchronises to the other; else the one with the lower advskew on most of the VIPs that
 * both have; else nobody can say.
 */
export function decideRoles(nodes: readonly [Candidate, Candidate]): RoleDecision {
  const [one, other] = nodes;
  const forward = synchronisesTo(one, other);
  const backward = synchronisesTo(other, one);
  if (forward !== backward) {
    const [from, to] = forward ? [one, other] : [other, one];
    return { isKnown: true, primary: forward ? 0 : 1, because: `${from.name} synchronises to ${to.name}` };
  }
  const [oneSets, otherSets] = [one.facts.synchronizeTo !== undefined, other.facts.synchronizeTo !== undefined];
  if (oneSets !== otherSets) {
    return {
      isKnown: true,
      primary: oneSets ? 0 : 1,
      because: `only ${(oneSets ? one : other).name} has synchronizetoip`,
    };
  }
  const balance = skewBalance(one.facts, other.facts);
  if (balance !== 0) {
    const lower = balance < 0 ? one : other;
    return {
      isKnown: true,
      primary: balance < 0 ? 0 : 1,
      because: `${lower.name} has the lower advskew on most CARP VIPs`,
    };
  }
  const both = oneSets ? 'both have synchronizetoip' : 'neither has synchronizetoip';
  return { isKnown: false, because: `${both}, and neither has the lower advskew on most CARP VIPs` };
}

/** The nodes that facts bring together; apart from them those that share no VIP and so are strangers all the same. */
function couplesOf(candidates: readonly Candidate[]): {
  readonly couples: readonly Couple[];
  readonly strangers: readonly Couple[];
} {
  const couples: Couple[] = [];
  const strangers: Couple[] = [];
  candidates.forEach((one, i) => {
    for (const other of candidates.slice(i + 1)) {
      if (isSameNode(one.facts, other.facts)) continue;
      const facts = factsBetween(one, other);
      if (facts.size === 0) continue;
      (shareNoVip(one.facts, other.facts) ? strangers : couples).push({ one, other, facts });
    }
  });
  return { couples, strangers };
}

function factsBetween(one: Candidate, other: Candidate): ReadonlyMap<FactKind, string> {
  const facts = new Map<FactKind, string>();
  const [from, to] = synchronisesTo(one, other) ? [one, other] : [other, one];
  if (synchronisesTo(from, to)) {
    facts.set('sync', `${from.name}'s synchronizetoip ${from.facts.synchronizeTo} is an address of ${to.name}`);
  }
  if (hasAddress(other.facts, one.facts.pfsyncPeer) && hasAddress(one.facts, other.facts.pfsyncPeer)) {
    facts.set('pfsync', 'their pfsync peers point at each other');
  }
  if (haveSameVips(one.facts, other.facts)) facts.set('vips', 'both carry the same CARP VIPs');
  return facts;
}

/** Of the couples of one candidate those that no other one outdoes. */
function bestOf(own: readonly Couple[]): readonly Couple[] {
  // Only which kinds of facts speak for a couple counts, and there are few combinations of them.
  const byKinds = new Map(own.map(couple => [[...couple.facts.keys()].join(), couple]));
  const outdone = new Set(
    [...byKinds]
      .filter(([, couple]) => [...byKinds.values()].some(rival => outdoes(rival, couple)))
      .map(([kinds]) => kinds),
  );
  return own.filter(({ facts }) => !outdone.has([...facts.keys()].join()));
}

function couplesByCandidate(couples: readonly Couple[]): ReadonlyMap<Candidate, readonly Couple[]> {
  const own = new Map<Candidate, Couple[]>();
  for (const couple of couples) {
    for (const candidate of [couple.one, couple.other]) {
      const list = own.get(candidate);
      if (list) list.push(couple);
      else own.set(candidate, [couple]);
    }
  }
  return own;
}

/** Whether every fact for `weaker` speaks for `stronger` too, and one more. */
function outdoes(stronger: Couple, weaker: Couple): boolean {
  return stronger.facts.size > weaker.facts.size && [...weaker.facts.keys()].every(kind => stronger.facts.has(kind));
}

function partnerOf(candidate: Candidate, { one, other }: Couple): Candidate {
  return one === candidate ? other : one;
}

function synchronisesTo(from: Candidate, to: Candidate): boolean {
  return hasAddress(to.facts, from.facts.synchronizeTo) && !hasAddress(from.facts, from.facts.synchronizeTo);
}

function hasAddress(facts: PairFacts, address: string | undefined): boolean {
  return address !== undefined && [...facts.addresses.values()].includes(address);
}

/** Whether both files are exports of one node: they have the same address on most of the interfaces where both have one. */
function isSameNode(one: PairFacts, other: PairFacts): boolean {
  const shared = [...one.addresses].filter(([key]) => other.addresses.has(key));
  const same = shared.filter(([key, address]) => other.addresses.get(key) === address);
  return same.length > 0 && same.length * 2 > shared.length;
}

/** Whether both have CARP VIPs, and none in common: then an address that fits is a coincidence. */
function shareNoVip(one: PairFacts, other: PairFacts): boolean {
  if (one.carpVips.length === 0 || other.carpVips.length === 0) return false;
  // A VIP whose VHID is wrong on one node is the same VIP all the same, so only the address counts.
  return !one.carpVips.some(vip => other.carpVips.some(({ address }) => address === vip.address));
}

function haveSameVips(one: PairFacts, other: PairFacts): boolean {
  return (
    one.carpVips.length > 0 &&
    one.carpVips.length === other.carpVips.length &&
    one.carpVips.every(vip => sameVip(vip, other.carpVips) !== undefined)
  );
}

function sameVip({ interfaceKey, vhid, address }: CarpVip, among: readonly CarpVip[]): CarpVip | undefined {
  return among.find(other => other.address === address && other.vhid === vhid && other.interfaceKey === interfaceKey);
}

/** Below 0 where `one` has the lower advskew on most of the common VIPs, above 0 where `other` has. */
function skewBalance(one: PairFacts, other: PairFacts): number {
  let balance = 0;
  for (const vip of one.carpVips) {
    const there = sameVip(vip, other.carpVips);
    if (vip.skew !== undefined && there?.skew !== undefined) balance += Math.sign(vip.skew - there.skew);
  }
  return balance;
}

/** One sentence about each group of candidates that could be paired in more than one way. */
function ambiguous(own: ReadonlyMap<Candidate, readonly Couple[]>): Unmatched[] {
  const seen = new Set<Candidate>();
  return [...own.keys()].flatMap((candidate): Unmatched[] => {
    if (seen.has(candidate)) return [];
    const group = groupAround(candidate, own);
    for (const each of group) seen.add(each);
    // Where all of them could belong to one and the same, that one is the subject.
    const hub = group.find(each => own.get(each)?.length === group.length - 1);
    const names = group.filter(each => each !== hub).map(({ name }) => name);
    const message = hub
      ? `${hub.name} could belong to ${listed(names, 'or')}; pfsense-ha.json can name the pair.`
      : `${listed(names)} could be paired in more than one way; pfsense-ha.json can name the pairs.`;
    return [{ kind: 'ambiguous', nodes: group, message }];
  });
}

/** Every candidate that couples lead to from this one. */
function groupAround(candidate: Candidate, own: ReadonlyMap<Candidate, readonly Couple[]>): readonly Candidate[] {
  const group = new Set([candidate]);
  // A set hands out what is added to it while it is walked.
  for (const each of group) for (const couple of own.get(each) ?? []) group.add(partnerOf(each, couple));
  return [...group];
}

/** A candidate whose only possible partner belongs to a file for which more speaks. */
function outdone(candidate: Candidate, couple: Couple | undefined): Unmatched | undefined {
  if (!couple) return undefined;
  const partner = partnerOf(candidate, couple);
  const message = `${candidate.name} could belong to ${partner.name}, but more speaks for another file.`;
  return { kind: 'ambiguous', nodes: [candidate], message };
}

function contradicted(couple: Couple): Unmatched {
  const { one, other } = couple;
  const message = `${factsOf(couple)}, but ${one.name} and ${other.name} have no CARP VIP in common; if they are a pair, pfsense-ha.json can say so.`;
  return { kind: 'contradicted', nodes: [one, other], message };
}

/** A node that speaks of a peer which is not here. */
function lonely(candidate: Candidate): Unmatched[] {
  const { name, facts } = candidate;
  const { synchronizeTo, pfsyncPeer, carpVips } = facts;
  const missing = (message: string): Unmatched[] => [{ kind: 'peerMissing', nodes: [candidate], message }];
  if (synchronizeTo !== undefined) {
    return missing(`${name} synchronises to ${synchronizeTo}, but no other file here without a pair has that address.`);
  }
  if (pfsyncPeer !== undefined)
    return missing(`${name} has the pfsync peer ${pfsyncPeer}, but no file here points back.`);
  return carpVips.length > 0 ? missing(`${name} has CARP VIPs, but no file here is the other node.`) : [];
}

function factsOf({ facts }: Couple): string {
  return listed([...facts.values()]);
}

/** `a, b and c`; of many only the first three are named. */
function listed(parts: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  const named = parts.length > 4 ? [...parts.slice(0, 3), `${parts.length - 3} others`] : parts;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} ${conjunction} ${named.at(-1)}`;
}
