import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReleaseName } from './release.ts';

const folder = '../shared/pfsense';

/** Why tests of recordings are left out; false where the recordings are there. */
export const skipRecordings = existsSync(folder)
  ? false
  : 'no recordings of pfSense lie beside this checkout (../shared/pfsense)';

/** The names under which the releases were recorded. */
export const recorded: Readonly<Record<ReleaseName, string>> = {
  '2.5.2': 'RELENG_2_5_2',
  '2.6.0': 'RELENG_2_6_0',
  '2.7.2': 'RELENG_2_7_2',
  '2.8.0': 'pre29',
  '2.9.0': 'master',
};

export const releaseNames = Object.keys(recorded) as readonly ReleaseName[];

export function readRecording(...path: readonly string[]): string {
  return readFileSync(join(folder, ...path), 'utf8');
}

export function hasRecording(...path: readonly string[]): boolean {
  return existsSync(join(folder, ...path));
}

/** Passwords behind the hashes of the recorded pairs. */
export const recordedPasswords = { admin: 'pfsense', hasync: 'hasyncpw', plain: 'plainpw' };

/** What was recorded of one request. Long bodies were cut off, and end with their whole length. */
export interface Exchange {
  readonly title: string;
  readonly credentials: string;
  readonly request: Cut;
  readonly status: number;
  readonly contentType: string;
  readonly contentLength: number | undefined;
  readonly response: Cut;
}

export interface Cut {
  readonly text: string;
  readonly isCut: boolean;
}

/** The exchanges of answers/out.*.txt, in order. */
export function readExchanges(text: string): readonly Exchange[] {
  return text
    .split(/^### /m)
    .slice(1)
    .map(block => {
      const lines = block.split('\n');
      const heading = lines[0] ?? '';
      const [, title = heading, credentials = 'hasync:hasyncpw'] = /^(.*?) \(auth (.*)\)$/.exec(heading) ?? [];
      const answer = lines.findIndex(line => line.startsWith('< HTTP '));
      const [, status, headers = '{}'] = /^< HTTP (\d+) (.*)$/.exec(lines[answer] ?? '') ?? [];
      const fields = JSON.parse(headers) as Record<string, string | undefined>;
      const length = fields['content-length'];
      return {
        title,
        credentials,
        request: cut(lines.slice(1, answer), '> '),
        status: Number(status),
        contentType: fields['content-type'] ?? '',
        contentLength: length === undefined ? undefined : Number(length),
        response: cut(lines.slice(answer + 1), '< '),
      };
    });
}

function cut(lines: readonly string[], mark: string): Cut {
  const text = lines
    .filter(line => line.startsWith(mark.trimEnd()))
    .map(line => line.slice(mark.length))
    .join('\n');
  const [, kept] = /^([\s\S]*) …\[\d+ bytes\]$/.exec(text) ?? [];
  return { text: kept ?? text, isCut: kept !== undefined };
}

/** What a probe shows under its heading: lines of answers, and what a section of the file then was, at least its beginning. */
export interface Probe {
  readonly answers: readonly string[];
  readonly dump: string;
}

/** The probes of answers/probe.*.txt, by heading. */
export function readProbes(text: string): ReadonlyMap<string, Probe> {
  const probes = new Map<string, Probe>();
  for (const block of text.split(/^### /m).slice(1)) {
    const [heading = '', ...lines] = block.split('\n');
    const answers = lines.filter(line => line.startsWith('  -> ')).map(line => line.slice(5));
    const first = lines.findIndex(line => line.startsWith('     '));
    const dump = first < 0 ? '' : textOf(lines.slice(first));
    probes.set(heading, { answers, dump });
  }
  return probes;
}

/** Without the margin, and without the remark that stands below some. */
function textOf(lines: readonly string[]): string {
  const text = lines.join('\n').replace(/^ {5}/gm, '').trimEnd();
  return text.replace(/\n(?:rev|revision after|config changed): .*$/, '');
}
