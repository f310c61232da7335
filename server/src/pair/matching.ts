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
  const best = new Map(candidates.map(candidate => [candidate, bestOf(candidate, couples)]));
  const matches: Match[] = [];
  const unmatched: Unmatched[] = strangers.map(contradicted);
  for (const candidate of candidates) {
    const choice = best.get(candidate) ?? [];
    const [couple] = choice;
    if (!couple) {
      const isExplained = strangers.some(({ one, other }) => one === candidate || other === candidate);
      if (!isExplained) unmatched.push(...lonely(candidate));
    } else if (choice.length > 1) {
      unmatched.push(ambiguous(candidate, choice));
    } else if (best.get(partnerOf(candidate, couple))?.every(each => each === couple)) {
      if (couple.one === candidate) matches.push({ nodes: [couple.one, couple.other], because: factsOf(couple) });
    } else {
      unmatched.push(outdone(candidate, couple));
    }
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
  const names = couples.map(couple => partnerOf(candidate, couple).name);
  const message = `${candidate.name} could belong to ${names.slice(0, -1).join(', ')} or ${names.at(-1)}; pfsense-ha.json can name the pair.`;
  return { kind: 'ambiguous', nodes: [candidate], message };
}

/** The only partner of this candidate has others, or a better one. */
function outdone(candidate: Candidate, couple: Couple): Unmatched {
  const partner = partnerOf(candidate, couple);
  const message = `${candidate.name} could belong to ${partner.name}, which could belong to another file too; pfsense-ha.json can name the pair.`;
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
    return missing(`${name} synchronises to ${synchronizeTo}, but no other file here has that address.`);
  }
  if (pfsyncPeer !== undefined)
    return missing(`${name} has the pfsync peer ${pfsyncPeer}, but no file here points back.`);
  return carpVips.length > 0 ? missing(`${name} has CARP VIPs, but no file here is the other node.`) : [];
}

function factsOf({ facts }: Couple): string {
  return listed([...facts.values()]);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
