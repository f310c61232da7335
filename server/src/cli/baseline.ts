import { dirname, join } from 'node:path';
import { URI } from 'vscode-uri';
import { baselineName, baselineText } from '../pair/baseline.ts';
import type { Manifest } from '../pair/manifest.ts';
import { setBaseline } from '../pair/manifestEntries.ts';
import type { Rule } from '../rules/rule.ts';
import { isThere, type Outcome, replaceFiles, writeTextFile } from './disk.ts';
import { encodeText } from './encoding.ts';
import { type Loaded, shownPath, uriOf } from './load.ts';
import { findingsOf, withPeers } from './report.ts';
import { printable, type Terminal } from './terminal.ts';

/** A baseline to be written. */
interface Destination {
  readonly path: string;
  /** The manifest that speaks for the files in it; absent where none does, or where the baseline was named by `--baseline`. */
  readonly manifest: Manifest | undefined;
  /** The files that were checked now. */
  readonly uris: string[];
}

/**
 * Writes what is found now and not suppressed as the baseline: of each manifest into the file that it names, or beside
 * it and into the manifest by name. What a baseline has for files that were not checked now stays.
 *
 * @returns the sentence that says why not
 */
export function writeBaselines(loaded: Loaded, terminal: Terminal, rules: readonly Rule[]): string | undefined {
  const all = findingsOf(loaded, rules);
  for (const destination of destinationsOf(loaded, terminal.cwd)) {
    const { path, uris } = destination;
    const name = shownPath(path, terminal.cwd);
    const before = loaded.workspace.baseline(uriOf(path));
    if (before?.problem !== undefined) return `${name} ${before.problem}; it was not written over.`;
    const found = uris.flatMap(uri => all.baselineEntries(uri));
    const kept = (before?.entries ?? []).filter(({ uri }) => !uris.includes(uri) && isThere(URI.parse(uri).fsPath));
    const written = writeTextFile({ path, name, text: baselineText(uriOf(path), [...found, ...kept]) });
    if (!written.isDone) return written.problem;
    const findings = found.length === 1 ? '1 finding' : `${found.length} findings`;
    terminal.tell(`${findings} written to ${name}.\n`);
    const named = nameInManifest(loaded, destination, terminal.cwd);
    if (!named.isDone) return named.problem;
    if (named.value !== '') terminal.tell(`${printable(named.value)}\n`);
  }
  return undefined;
}

function destinationsOf(loaded: Loaded, cwd: string): readonly Destination[] {
  const { workspace } = loaded;
  const destinations = new Map<string, Destination>();
  for (const uri of withPeers(loaded)) {
    if (workspace.kindOf(uri) === undefined) continue;
    const manifest = loaded.baseline === undefined ? workspace.manifestOf(uri) : undefined;
    const named = workspace.baselineUriOf(uri);
    const folder = manifest ? dirname(URI.parse(manifest.source.uri).fsPath) : cwd;
    const path = named === undefined ? join(folder, baselineName) : URI.parse(named).fsPath;
    const known = destinations.get(path);
    if (known) known.uris.push(uri);
    else destinations.set(path, { path, manifest, uris: [uri] });
  }
  return [...destinations.values()];
}

/** @returns what a person should know of it: nothing where the baseline counts already */
function nameInManifest(loaded: Loaded, { path, manifest }: Destination, cwd: string): Outcome<string> {
  const name = shownPath(path, cwd);
  if (loaded.baseline !== undefined || manifest?.baseline) return { isDone: true, value: '' };
  const use = `name it in a manifest ("baseline": "${baselineName}") or with --baseline ${name}`;
  const file = manifest && loaded.files.get(manifest.source.uri);
  if (!manifest || !file) return { isDone: true, value: `No manifest speaks for these files; to use it, ${use}.` };
  const shown = shownPath(file.path, cwd);
  const result = setBaseline(file.text, baselineName);
  if (!result.isPossible) return { isDone: true, value: `${shown} is broken; to use the baseline, ${use}.` };
  const text = result.edits.reduceRight(
    (all, { from, to, text: put }) => all.slice(0, from) + put + all.slice(to),
    file.text,
  );
  const bytes = encodeText(text, file.encoding);
  if (!bytes) return { isDone: true, value: `${shown} was not changed; to use the baseline, ${use}.` };
  const replaced = replaceFiles([{ file, name: shown, bytes }]);
  return replaced.isDone ? { isDone: true, value: `${shown} names it now.` } : replaced;
}
