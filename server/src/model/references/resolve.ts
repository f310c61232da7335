import { referenceKinds } from '../../schema/references.ts';
import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { readVersion } from '../version.ts';
import { type Definition, definitionsOf } from './definitions.ts';
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

function isResolvedElsewhere(config: Config, { kind, name }: Candidate): boolean {
  if (referenceKinds[kind].known?.test(name)) return true;
  if (kind !== 'gateway' && kind !== 'gateway-group') return false;
  // Before pfSense 2.0 a rule named an interface, or a pool of the load balancer.
  return (config.query(readVersion).number ?? 8) < 8 || isDynamicGateway(config, name);
}

/**
 * Whether pfSense makes a gateway of that name of an interface that gets its address by itself: `WAN_DHCP`, `OPT1_VPNV4`
 * (gwlb.inc:return_gateways_array). It stands in the file only once somebody has saved it.
 */
function isDynamicGateway(config: Config, name: string): boolean {
  const [, title, type] = /^(.+)_([A-Z0-9]+)$/i.exec(name) ?? [];
  if (title === undefined || !dynamicTypes.test(type ?? '')) return false;
  const wanted = plain(title);
  return [...config.query(readInterfaces).values()].some(
    each => plain(each.title) === wanted || plain(each.key) === wanted,
  );
}

const dynamicTypes = /^(?:DHCP6?|PPPOE|PPTP|L2TP|PPP|VPNV[46]|VTIV[46]|SLAAC|6RD|6TO4|TRACK6|TUNNELV[46]|WG)$/i;

/** Gateway names keep letters and digits of a description alone. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
