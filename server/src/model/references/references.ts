/** Who names what in a config: the table of `schema/references.ts` applied to a node. */
import { type ReferenceKind, referenceKinds } from '../../schema/references.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { asTold } from '../prose.ts';
import { isSameList } from '../sameData.ts';
import { readVersion } from '../version.ts';
import { definitionsOf } from './definitions.ts';
import { replaceInText } from './places.ts';
import { isPlainlyDefined, resolve } from './resolve.ts';
import { type Candidate, candidatesOf, type Slot } from './table.ts';
import { allTexts, type ReferenceUse, type TextCounts, type Texts, usesOfTexts } from './uses.ts';

export { type Definition, definitionsAt, definitionsIn, definitionsOf, labelOf, nameElementOf } from './definitions.ts';
export { type Resolution, resolve } from './resolve.ts';
export type { Candidate, Slot } from './table.ts';
export { type ReferenceUse, slotsAt, usesBetween, usesIn } from './uses.ts';

/** The places that name the thing of that kind and name, those that are switched off too; by kind of place, in the order of the file. */
export function usesOf(config: Config, kind: ReferenceKind, name: string): readonly ReferenceUse[] {
  return usesOfNames(config, kind, new Set([name])).map(({ use }) => use);
}

/**
 * Tells of a name of that kind whether any place in the table holds it, also one that is switched off. A text that might
 * be something else counts as a use: nothing is called unused by mistake.
 */
export function namesUsed(config: Config, kind: ReferenceKind): (name: string) => boolean {
  const counts: TextCounts[] = [];
  const affixed: Candidate['name'][] = [];
  for (const [slot, texts] of [...allTexts(config)].flatMap(each => [...each])) {
    const targets = slot.slot.targets.filter(target => target.kind === kind);
    if (targets.length === 0 || texts.size === 0) continue;
    counts.push(texts);
    if (!targets.some(target => target.prefixes ?? target.suffixes)) continue;
    for (const text of texts.keys()) {
      for (const candidate of candidatesOf(slot, text)) if (candidate.kind === kind) affixed.push(candidate.name);
    }
  }
  const others = new Set(affixed);
  return name => others.has(name) || counts.some(texts => texts.has(name));
}

/** A place, and the name of the thing that it names. */
export interface NamedUse {
  readonly use: ReferenceUse;
  readonly name: string;
}

/** The places that name one of these things of that kind, as {@link usesOf}. */
export function usesOfNames(
  config: Config,
  kind: ReferenceKind,
  names: { has(name: string): boolean },
): readonly NamedUse[] {
  return [...allTexts(config)].flatMap(texts => {
    const wanted = new Map<Slot, Map<string, string>>();
    for (const [slot, counts] of texts) {
      if (!slot.slot.targets.some(target => target.kind === kind)) continue;
      for (const text of counts.keys()) {
        if (!candidatesOf(slot, text).some(each => each.kind === kind && names.has(each.name))) continue;
        const resolution = resolve(config, slot, text);
        if (resolution.is === 'known' || resolution.candidate.kind !== kind) continue;
        const known = wanted.get(slot) ?? new Map<string, string>();
        wanted.set(slot, known.set(text, resolution.candidate.name));
      }
    }
    return usesOfTexts(config, wanted).flatMap(use => {
      const name = wanted.get(use.slot)?.get(use.text);
      return name === undefined ? [] : [{ use, name }];
    });
  });
}

/** The item of a use as a message calls it, on one line: `Firewall rule (Allow web)`. */
export function userOf(config: Config, { item, slot: { source } }: ReferenceUse): string {
  const name =
    source.items.endsWith('/*') && source.labels.length === 0
      ? item.name
      : source.labels.map(label => asTold(config.text(item.child(label)))).find(text => text !== '');
  return name === undefined ? source.title : `${source.title} (${name})`;
}

/** A name that an item which is switched on holds, and that nothing has. */
export interface UndefinedReference {
  readonly use: ReferenceUse;
  readonly candidate: Candidate;
}

/** The names that nothing on this node has, and that neither pfSense nor a package is known to resolve. */
export function undefinedReferences(config: Config): readonly UndefinedReference[] {
  const found: UndefinedReference[] = [];
  for (const texts of allTexts(config)) {
    const missing = missingOf(config, texts);
    if (missing.size === 0) continue;
    for (const use of usesOfTexts(config, missing)) {
      const candidate = missing.get(use.slot)?.get(use.text);
      if (candidate && use.isActive) found.push({ use, candidate });
    }
  }
  return found;
}

/** What of a source's texts names nothing, as it was last worked out. */
interface Missing {
  /** What the texts may be names of. */
  readonly kinds: ReadonlySet<ReferenceKind>;
  /** What it was worked out from, beside the texts. */
  readonly from: readonly unknown[];
  readonly bySlot: ReadonlyMap<Slot, ReadonlyMap<string, Candidate>>;
}

const lastMissing = new WeakMap<Texts, Missing>();

function missingOf(config: Config, texts: Texts): Missing['bySlot'] {
  const known = lastMissing.get(texts);
  const kinds = known?.kinds ?? new Set([...texts.keys()].flatMap(({ slot }) => slot.targets.map(({ kind }) => kind)));
  const from = [
    config.query(readVersion).number,
    config.query(readInterfaces),
    ...[...kinds].map(kind => definitionsOf(config, kind)),
  ];
  if (known && isSameList(known.from, from)) return known.bySlot;
  const bySlot = new Map<Slot, ReadonlyMap<string, Candidate>>();
  for (const [slot, counts] of texts) {
    const candidates = missingIn(config, slot, counts);
    if (candidates.size > 0) bySlot.set(slot, candidates);
  }
  lastMissing.set(texts, { kinds, from, bySlot });
  return bySlot;
}

function missingIn(config: Config, slot: Slot, counts: TextCounts): Map<string, Candidate> {
  const missing = new Map<string, Candidate>();
  const isDefined = isPlainlyDefined(config, slot);
  for (const [text, { active }] of counts) {
    if (active === 0 || isDefined(text)) continue;
    const resolution = resolve(config, slot, text);
    if (resolution.is === 'undefined') missing.set(text, resolution.candidate);
  }
  return missing;
}

/** What the name would be the name of, in words: `alias`, `interface or interface group`. */
export function kindsOf(slot: Slot, candidate: Candidate): string {
  // What looks like an interface's key can be nothing else.
  if (candidate.kind === 'interface') return referenceKinds.interface.title;
  const kinds = slot.slot.targets.filter(target => !target.isPrefixed).map(target => referenceKinds[target.kind].title);
  return [...new Set(kinds)].join(' or ');
}

/** The edit that makes a use name another thing of the same kind; what stands around the name stays. */
export function retargetUse(
  config: Config,
  use: ReferenceUse,
  change: { candidate: Candidate; name: string },
): TextEdit {
  const from = use.from + change.candidate.from;
  const to = use.from + change.candidate.to;
  return replaceInText(config, use.element, { from, to, text: change.name });
}
