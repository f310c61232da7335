import type { Rule } from '../rules/rule.ts';
import { writeBaselines } from './baseline.ts';
import { formatJson } from './formats/json.ts';
import { formatText } from './formats/text.ts';
import { type Loaded, load } from './load.ts';
import { checkLoaded } from './report.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from './terminal.ts';

export interface CheckRequest {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly config: string | undefined;
  readonly baseline: string | undefined;
  /** Whether what is found is written down as known instead of printed. */
  readonly writesBaseline: boolean;
}

/** `pfsense-ha check`: prints what is wrong in the files, and tells of what could not be read. */
export function check(request: CheckRequest, terminal: Terminal, rules: readonly Rule[]): ExitStatus {
  const started = performance.now();
  const loaded = load(request, terminal);
  if (request.writesBaseline) return writeBaseline(loaded, request, { terminal, rules });
  const report = checkLoaded(loaded, { rules, cwd: terminal.cwd });
  const took = performance.now() - started;
  tellProblems(loaded, request, terminal);
  for (const note of report.notes) terminal.tell(`note: ${printable(note)}\n`);
  if (request.format === 'json') terminal.print(formatJson(report, { cwd: terminal.cwd, took }));
  else if (loaded.targets.size > 0) terminal.print(formatText(report, terminal));
  if (loaded.problems.length > 0 || loaded.targets.size === 0) return exitStatus.failure;
  return report.counts.error > 0 ? exitStatus.errors : exitStatus.clean;
}

/** What could not be read or is not there. @returns whether that is nothing */
function tellProblems({ problems, targets }: Loaded, request: CheckRequest, terminal: Terminal): boolean {
  for (const problem of problems) terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
  if (targets.size === 0 && problems.length === 0) {
    terminal.tell(`pfsense-ha: there is no pfSense configuration in ${request.paths.join(', ') || 'this folder'}.\n`);
  }
  return targets.size > 0 && problems.length === 0;
}

/** Where something could not be read, what stands in it is not known, and nothing is written. */
function writeBaseline(
  loaded: Loaded,
  request: CheckRequest,
  { terminal, rules }: { readonly terminal: Terminal; readonly rules: readonly Rule[] },
): ExitStatus {
  if (!tellProblems(loaded, request, terminal)) return exitStatus.failure;
  const problem = writeBaselines(loaded, terminal, rules);
  if (problem === undefined) return exitStatus.clean;
  terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
  return exitStatus.failure;
}
