// What the command line finds, in the words of the Problems pane: the two edges must tell the same.
import { execFileSync } from 'node:child_process';
import { basename, resolve } from 'node:path';
import type { Problem, RelatedPlace } from './harness/problems.ts';

const program = resolve(import.meta.dirname, '../../dist/pfsense-ha.cjs');

interface Place {
  readonly message: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

interface Finding extends Place {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly related: readonly Place[];
}

/** What the built `pfsense-ha check` finds in a folder, as the Problems pane would show it, in the order of {@link inOrder}. */
export function findingsOf(folder: string): readonly Problem[] {
  return inOrder(
    check(folder).map(({ rule, severity, message, file, line, column, related }) => ({
      severity: severities[severity],
      message,
      file: basename(file),
      line,
      column,
      source: 'pfsense-ha',
      code: rule,
      related: related.map(relatedPlace),
    })),
  );
}

/** The pane groups by file and sorts by severity and place; the command line sorts by place alone. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const key = ({ file, line, column, code }: Problem) =>
    [file, String(line).padStart(6, '0'), String(column).padStart(4, '0'), code].join(' ');
  return [...problems].sort((one, other) => key(one).localeCompare(key(other)));
}

/** Without the related places, which the pane hides below a row that was double-clicked. */
export function rows(problems: readonly Problem[]): readonly Omit<Problem, 'related'>[] {
  return inOrder(problems).map(({ related, ...row }) => row);
}

function check(folder: string): readonly Finding[] {
  try {
    return read(execFileSync(process.execPath, [program, 'check', folder, '--format', 'json'], { encoding: 'utf8' }));
  } catch (error) {
    // Errors were found; anything else is a failure of the program.
    if (!isExit(error) || error.status !== 1) throw error;
    return read(error.stdout);
  }
}

function read(output: string): readonly Finding[] {
  return (JSON.parse(output) as { readonly findings: readonly Finding[] }).findings;
}

function isExit(error: unknown): error is Error & { readonly status: number; readonly stdout: string } {
  return error instanceof Error && 'status' in error && 'stdout' in error;
}

function relatedPlace({ message, file, line, column }: Place): RelatedPlace {
  return { message, file: basename(file), line, column };
}

const severities = { error: 'Error', warning: 'Warning', info: 'Info', hint: 'Info' } as const;
