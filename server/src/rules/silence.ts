import type { Config } from '../model/config.ts';
import { elementAround, isWithinPath, pathOfElement } from '../model/elementPath.ts';
import type { Baseline, BaselineEntry } from '../pair/baseline.ts';
import type { ManifestSuppression } from '../pair/manifest.ts';
import type { Finding } from './finding.ts';

/** What somebody has said about the findings of one file. */
export interface Silencers {
  readonly suppressions: readonly ManifestSuppression[];
  readonly baseline: Baseline | undefined;
}

/** The findings of one file, by whether they are shown. */
export interface Silenced {
  readonly shown: readonly Finding[];
  /** Suppressed with a reason. */
  readonly suppressed: readonly Finding[];
  /** In the baseline. */
  readonly known: readonly Finding[];
  /** The suppressions that have silenced something here. */
  readonly used: ReadonlySet<ManifestSuppression>;
  /** What the baseline has for this file and nobody finds any more. */
  readonly gone: readonly BaselineEntry[];
  /**
   * What the findings are to a baseline. A finding is made anew whenever the section that it stands in has changed, so
   * its element's path lasts as long as it does.
   */
  readonly keys: ReadonlyMap<Finding, string>;
}

export const nothingSilenced: Silenced = {
  shown: [],
  suppressed: [],
  known: [],
  used: new Set(),
  gone: [],
  keys: new Map(),
};

interface FoundIn {
  /** The address of the file. */
  readonly uri: string;
  readonly config: Config;
}

/**
 * Takes out of a file's findings what is suppressed, then what the baseline has: each entry of it once.
 *
 * @param before what came out for this file the last time: findings that are still the same are not worked out again
 */
export function silence(
  {
    uri,
    config,
    found,
    before,
  }: FoundIn & { readonly found: readonly Finding[]; readonly before: Silenced | undefined },
  by: Silencers,
): Silenced {
  const suppressions = by.suppressions.filter(each => each.file === undefined || each.file.uri === uri);
  const waiting = by.baseline ? entriesOf(by.baseline, uri) : none;
  if (suppressions.length === 0 && waiting.size === 0) return { ...nothingSilenced, shown: found };
  const used = new Set<ManifestSuppression>();
  const shown: Finding[] = [];
  const suppressed: Finding[] = [];
  const known: Finding[] = [];
  const taken = new Map<string, number>();
  const keys = new Map<Finding, string>();
  for (const finding of found) {
    const fitting = suppressions.filter(each => each.rule === finding.rule && isMeant(config, finding, each));
    for (const each of fitting) used.add(each);
    if (fitting.length > 0) {
      suppressed.push(finding);
    } else if (waiting.size === 0) {
      shown.push(finding);
    } else {
      const key = before?.keys.get(finding) ?? keyOf(entryOf({ uri, config }, finding));
      keys.set(finding, key);
      const times = taken.get(key) ?? 0;
      const isKnown = times < (waiting.get(key)?.length ?? 0);
      if (isKnown) taken.set(key, times + 1);
      (isKnown ? known : shown).push(finding);
    }
  }
  const isAllThere = known.length === count(waiting);
  const gone = isAllThere ? [] : [...waiting].flatMap(([key, entries]) => entries.slice(taken.get(key) ?? 0));
  return { shown, suppressed, known, used, gone, keys };
}

/** What a baseline writes of a finding. */
export function entryOf({ uri, config }: FoundIn, finding: Finding): BaselineEntry {
  const { id, data } = finding.wording;
  const values = Object.keys(data)
    .sort()
    .map(name => `${name}=${data[name]}`);
  const digest = digestOf([id, ...values].join('\n'));
  return { rule: finding.rule, uri, element: elementOf(config, finding), digest };
}

/** The path of the element that a finding stands at; empty outside of every section. */
export function elementOf(config: Config, { at }: Finding): string {
  const element = elementAround(at);
  return element ? pathOfElement(config, element) : '';
}

function isMeant(config: Config, { at }: Finding, { element }: ManifestSuppression): boolean {
  if (!element) return true;
  const there = elementAround(at);
  return there !== undefined && isWithinPath(config, there, element.path);
}

function count(entries: Entries): number {
  let sum = 0;
  for (const same of entries.values()) sum += same.length;
  return sum;
}

function keyOf({ rule, element, digest }: BaselineEntry): string {
  return `${rule}\n${digest}\n${element}`;
}

type Entries = ReadonlyMap<string, readonly BaselineEntry[]>;

const none: Entries = new Map();

/** A baseline's entries by file, and those of a file by what makes a finding the same. */
const byFile = new WeakMap<Baseline, ReadonlyMap<string, Entries>>();

function entriesOf(baseline: Baseline, uri: string): Entries {
  const kept = byFile.get(baseline) ?? grouped(baseline);
  byFile.set(baseline, kept);
  return kept.get(uri) ?? none;
}

function grouped(baseline: Baseline): ReadonlyMap<string, Entries> {
  const files = new Map<string, Map<string, BaselineEntry[]>>();
  for (const entry of baseline.entries) {
    const file = files.get(entry.uri) ?? new Map<string, BaselineEntry[]>();
    files.set(entry.uri, file);
    const key = keyOf(entry);
    const same = file.get(key);
    if (same) same.push(entry);
    else file.set(key, [entry]);
  }
  return files;
}

/**
 * Sixteen hexadecimal digits that stand for a text: two 32-bit FNV-1a sums, the second over the units in reverse order.
 * It tells a changed message from the same one; nothing depends on it being hard to find another text for.
 */
function digestOf(text: string): string {
  let one = 0x811c9dc5;
  let other = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    one = Math.imul(one ^ text.charCodeAt(i), 0x01000193);
    other = Math.imul(other ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return [one, other].map(sum => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}
