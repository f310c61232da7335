import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { redact as redactConfigs } from '../features/redact/redact.ts';
import { Config } from '../model/config.ts';
import { describeDocument } from '../model/documentKind.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';
import { type Outcome, readDiskFile, reasonOf, writeTextFile } from './disk.ts';
import { shownPath, uriOf } from './load.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from './terminal.ts';

export interface RedactRequest {
  readonly paths: readonly string[];
  /** The folder that the copies are written to; absent where the one there is is printed. */
  readonly output: string | undefined;
}

/** `pfsense-ha redact`: prints a copy that can be shown to others, or writes several that belong together. */
export function redact({ paths, output }: RedactRequest, terminal: Terminal): ExitStatus {
  const read = paths.map(path => readConfig(resolve(terminal.cwd, path), terminal));
  const problems = read.flatMap(each => (each.isDone ? [] : each.problem));
  if (problems.length > 0) return fail(problems, terminal);
  const configs = read.flatMap(each => (each.isDone ? each.value : []));
  const copies = redactConfigs(configs, crypto.getRandomValues(new Uint8Array(32)));
  if (output === undefined) {
    for (const copy of copies) terminal.print(copy);
    return exitStatus.clean;
  }
  return write(copies, { request: { paths, output: resolve(terminal.cwd, output) }, terminal });
}

function readConfig(path: string, { cwd }: Terminal): Outcome<Config> {
  const name = shownPath(path, cwd);
  const file = readDiskFile(path, name);
  if (!file.isDone) return file;
  const document = new XmlDocument(uriOf(path), file.value.text);
  const other = describeDocument(document);
  if (other !== undefined) return { isDone: false, problem: `${name} cannot be redacted. ${other}` };
  return { isDone: true, value: new Config(document) };
}

/** The copies are numbered: the name of a backup from pfSense's GUI holds the firewall's. */
function write(
  copies: readonly string[],
  {
    request: { paths, output },
    terminal,
  }: { readonly request: { readonly paths: readonly string[]; readonly output: string }; readonly terminal: Terminal },
): ExitStatus {
  const { cwd } = terminal;
  try {
    mkdirSync(output, { recursive: true });
  } catch (error) {
    const shown = shownPath(output, cwd);
    return fail(
      [existsSync(output) ? `${shown} is no folder; --output names one.` : `${shown} ${reasonOf(error)}.`],
      terminal,
    );
  }
  for (const [i, text] of copies.entries()) {
    const path = join(output, `redacted-${i + 1}.xml`);
    const name = shownPath(path, cwd);
    if (paths.some(each => resolve(cwd, each) === path)) {
      return fail([`${name} is one of the files to redact; name another folder.`], terminal);
    }
    const written = writeTextFile({ path, name, text });
    if (!written.isDone) return fail([written.problem], terminal);
    terminal.tell(`${shownPath(resolve(cwd, paths[i] ?? ''), cwd)}: written to ${name}\n`);
  }
  terminal.tell('Look through the copies before you show them to anybody.\n');
  return exitStatus.clean;
}

function fail(problems: readonly string[], terminal: Terminal): ExitStatus {
  for (const problem of problems) terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
  return exitStatus.failure;
}
