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
  readonly kind: 'ambiguous' | 'peerMissing';
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
  const couples = couplesOf(candidates);
  const best = new Map(candidates.map(candidate => [candidate, bestOf(candidate, couples)]));
  const matches: Match[] = [];
  const unmatched: Unmatched[] = [];
  for (const candidate of candidates) {
    const choice = best.get(candidate);
    if (!choice || choice.length === 0) {
      const message = lonely(candidate);
      if (message) unmatched.push({ kind: 'peerMissing', nodes: [candidate], message });
      continue;
    }
    const [couple] = choice;
    const partner = couple && partnerOf(candidate, couple);
    if (choice.length > 1 || !couple || !partner) {
      unmatched.push(ambiguous(candidate, choice));
      continue;
    }
    const back = best.get(partner) ?? [];
    if (back.length !== 1 || back[0] !== couple) {
      if (back.length === 1)
        unmatched.push({ kind: 'ambiguous', nodes: [candidate], message: taken(candidate, partner, couple) });
      continue;
    }
    if (couple.one === candidate)
      matches.push({ nodes: [couple.one, couple.other], because: listed([...couple.facts.values()]) });
  }
  return { matches, unmatched };
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

function couplesOf(candidates: readonly Candidate[]): Couple[] {
  const couples: Couple[] = [];
  candidates.forEach((one, i) => {
    for (const other of candidates.slice(i + 1)) {
      if (isSameNode(one.facts, other.facts) || shareNoVip(one.facts, other.facts)) continue;
      const facts = factsBetween(one, other);
      if (facts.size > 0) couples.push({ one, other, facts });
    }
  });
  return couples;
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

/** The couples of a candidate that no other couple of it outdoes. */
function bestOf(candidate: Candidate, couples: readonly Couple[]): readonly Couple[] {
  const own = couples.filter(({ one, other }) => one === candidate || other === candidate);
  return own.filter(couple => !own.some(rival => rival !== couple && outdoes(rival, couple)));
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

function ambiguous(candidate: Candidate, couples: readonly Couple[]): Unmatched {
  const partners = couples.map(couple => partnerOf(candidate, couple));
  const names = partners.map(({ name }) => name);
  return {
    kind: 'ambiguous',
    nodes: [candidate],
    message: `${candidate.name} could belong to ${names.slice(0, -1).join(', ')} or ${names.at(-1)}.`,
  };
}

function taken(candidate: Candidate, partner: Candidate, couple: Couple): string {
  return `${candidate.name} could belong to ${partner.name} (${listed([...couple.facts.values()])}), but more speaks for another file.`;
}

/** A node that speaks of a peer which is not here. */
function lonely({ name, facts }: Candidate): string | undefined {
  const { synchronizeTo, pfsyncPeer } = facts;
  if (synchronizeTo !== undefined)
    return `${name} synchronises to ${synchronizeTo}, but no file here has that address.`;
  if (pfsyncPeer !== undefined)
    return `${name} has the pfsync peer ${pfsyncPeer}, but no file here belongs to that node.`;
  return facts.carpVips.length > 0 ? `${name} has CARP VIPs, but no other file here belongs to it.` : undefined;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
