import type { Rule } from '../rules/rule.ts';
import { formatJson } from './formats/json.ts';
import { formatText } from './formats/text.ts';
import { load } from './load.ts';
import { checkLoaded } from './report.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from './terminal.ts';

export interface CheckRequest {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json';
  readonly config: string | undefined;
}

/** `pfsense-ha check`: prints what is wrong in the files, and tells of what could not be read. */
export function check(request: CheckRequest, terminal: Terminal, rules: readonly Rule[]): ExitStatus {
  const started = performance.now();
  const loaded = load(request, terminal);
  const report = checkLoaded(loaded, { rules, cwd: terminal.cwd });
  const took = performance.now() - started;
  for (const problem of loaded.problems) terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
  for (const note of report.notes) terminal.tell(`note: ${printable(note)}\n`);
  if (loaded.targets.size === 0 && loaded.problems.length === 0) {
    terminal.tell(`pfsense-ha: there is no pfSense configuration in ${request.paths.join(', ') || 'this folder'}.\n`);
  }
  if (request.format === 'json') terminal.print(formatJson(report, { cwd: terminal.cwd, took }));
  else if (loaded.targets.size > 0) terminal.print(formatText(report, terminal));
  if (loaded.problems.length > 0 || loaded.targets.size === 0) return exitStatus.failure;
  return report.counts.error > 0 ? exitStatus.errors : exitStatus.clean;
}
