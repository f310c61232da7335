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
}

/** Takes out of a file's findings what is suppressed, then what the baseline has: each entry of it once. */
export function silence(
  file: { readonly uri: string; readonly config: Config },
  found: readonly Finding[],
  by: Silencers,
): Silenced {
  const suppressions = by.suppressions.filter(each => each.file === undefined || each.file.uri === file.uri);
  const waiting = by.baseline ? entriesOf(by.baseline, file.uri) : none;
  if (suppressions.length === 0 && waiting.size === 0) {
    return { shown: found, suppressed: [], known: [], used: new Set(), gone: [] };
  }
  const used = new Set<ManifestSuppression>();
  const [shown, suppressed, known]: Finding[][] = [[], [], []];
  const left = new Map([...waiting].map(([key, entries]) => [key, [...entries]]));
  for (const finding of found) {
    const fitting = suppressions.filter(each => each.rule === finding.rule && isMeant(file.config, finding, each));
    for (const each of fitting) used.add(each);
    if (fitting.length > 0) suppressed?.push(finding);
    else if (left.size > 0 && left.get(keyOf(entryOf(file, finding)))?.pop()) known?.push(finding);
    else shown?.push(finding);
  }
  return {
    shown: shown ?? [],
    suppressed: suppressed ?? [],
    known: known ?? [],
    used,
    gone: [...left.values()].flat(),
  };
}

/** What a baseline writes of a finding. */
export function entryOf(
  { uri, config }: { readonly uri: string; readonly config: Config },
  finding: Finding,
): BaselineEntry {
  const kept = entries.get(finding);
  if (kept?.uri === uri) return kept;
  const { id, data } = finding.wording;
  const digest = digestOf(JSON.stringify([id, Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))]));
  const entry = { rule: finding.rule, uri, element: elementOf(config, finding), digest };
  entries.set(finding, entry);
  return entry;
}

/** The path of the element that a finding stands at; empty outside of every section. */
export function elementOf(config: Config, { at }: Finding): string {
  const element = elementAround(at);
  return element ? pathOfElement(config, element) : '';
}

/** A finding is made anew whenever the section that it stands in has changed, so its path lasts as long as it does. */
const entries = new WeakMap<Finding, BaselineEntry>();

function isMeant(config: Config, { at }: Finding, { element }: ManifestSuppression): boolean {
  if (!element) return true;
  const there = elementAround(at);
  return there !== undefined && isWithinPath(config, there, element.path);
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
