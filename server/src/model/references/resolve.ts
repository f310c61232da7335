import { referenceKinds } from '../../schema/references.ts';
import type { Config } from '../config.ts';
import { readVersion } from '../version.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { isDynamicGateway } from './dynamicGateways.ts';
import { type Candidate, candidatesOf, type Slot } from './table.ts';

/** What a text in a slot names. */
export type Resolution =
  | { readonly is: 'defined'; readonly candidate: Candidate; readonly definitions: readonly Definition[] }
  /** pfSense or a package resolves the name, or it may be something else than a name. */
  | { readonly is: 'known' }
  /** Nothing has the name. */
  | { readonly is: 'undefined'; readonly candidate: Candidate };

const known: Resolution = { is: 'known' };

/** What a text in a slot names on this node: the first of its readings that something has. */
export function resolve(config: Config, slot: Slot, text: string): Resolution {
  const candidates = candidatesOf(slot, text);
  for (const candidate of candidates) {
    const definitions = definitionsOf(config, candidate.kind).get(candidate.name);
    if (definitions) return { is: 'defined', candidate, definitions };
  }
  const [first] = candidates;
  if (!first || slot.words.has(text.toLowerCase()) || slot.slot.mayBeElse?.test(text)) return known;
  return candidates.some(each => isResolvedElsewhere(config, each)) ? known : { is: 'undefined', candidate: first };
}

/** A quick look at whether a text in a slot is as it stands the name of something: most are. */
export function isPlainlyDefined(config: Config, slot: Slot): (text: string) => boolean {
  const targets = slot.slot.targets.filter(target => !target.isPrefixed);
  const names = targets.map(target => definitionsOf(config, target.kind));
  return text => names.some(each => each.has(text));
}

/** Whether pfSense, or a package, makes a thing of that kind and name itself, so that the file need not have it. */
export function isResolvedElsewhere(config: Config, { kind, name }: Pick<Candidate, 'kind' | 'name'>): boolean {
  if (referenceKinds[kind].known?.test(name)) return true;
  if (kind !== 'gateway' && kind !== 'gateway-group') return false;
  // Before pfSense 2.0 a rule named an interface, or a pool of the load balancer.
  return (config.query(readVersion).number ?? 8) < 8 || isDynamicGateway(config, name);
}
