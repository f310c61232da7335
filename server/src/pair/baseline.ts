import type { TextSource } from '../syntax/tree.ts';
import { relativePath, resolveBeside } from './uri.ts';

/** The name that a baseline gets beside its manifest. */
export const baselineName = 'pfsense-ha-baseline.json';

/** A finding that was there when the baseline was written. It holds none of the finding's values. */
export interface BaselineEntry {
  readonly rule: string;
  /** The address of the file that it stands in. */
  readonly uri: string;
  /** The element's path; empty for what stands outside of every section. */
  readonly element: string;
  /** Of the message and its values: a finding with other values is another one. */
  readonly digest: string;
}

/** A baseline as it now stands. A new text makes a new one. */
export interface Baseline {
  readonly source: TextSource;
  readonly entries: readonly BaselineEntry[];
  /** Why nothing can be read from it, as a sentence goes on behind the file's name. */
  readonly problem: string | undefined;
}

/** Reads a baseline. Never fails; what is no entry is passed over. */
export function readBaseline(source: TextSource): Baseline {
  const unread = (problem: string): Baseline => ({ source, entries: [], problem });
  const value = parse(source.buffer.toString());
  if (value === undefined) return unread('is no JSON');
  const findings = property(value, 'findings');
  if (property(value, 'version') !== 1 || !Array.isArray(findings)) {
    return unread('is no baseline that this version reads');
  }
  return { source, entries: findings.flatMap(each => readEntry(source.uri, each)), problem: undefined };
}

/** The text of a baseline at an address: one line a finding, in an order of its own, so that two versions compare well. */
export function baselineText(uri: string, entries: readonly BaselineEntry[]): string {
  const lines = entries.map(({ rule, uri: file, element, digest }) => {
    const path = relativePath(uri, file) ?? file;
    const values = { file: path, rule, element, digest };
    const written = Object.entries(values).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
    return `    { ${written.join(', ')} }`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.sort().join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

function readEntry(base: string, value: unknown): BaselineEntry[] {
  const [rule, file, element, digest] = ['rule', 'file', 'element', 'digest'].map(key => property(value, key));
  if (typeof rule !== 'string' || typeof file !== 'string' || file === '') return [];
  if (typeof element !== 'string' || typeof digest !== 'string') return [];
  // Only a file on another drive has no relative path.
  const uri = /^[a-z][\w+.-]*:\/\//i.test(file) ? file : resolveBeside(base, file);
  return [{ rule, uri, element, digest }];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Told of as a problem of the baseline.
    return undefined;
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
