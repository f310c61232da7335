import { URI } from 'vscode-uri';
import type { Config } from '../../model/config.ts';
import { type KnownNode, knownPairs } from '../../pair/knownPairs.ts';
import { type Role, roles } from '../../pair/manifest.ts';
import type { NodeSettings } from '../../sync/node/address.ts';
import type { DiskFile, Outcome } from '../disk.ts';
import { type Loaded, shownPath } from '../load.ts';

/** A pair whose roles are known, with what its manifest says of reaching the firewalls. */
export interface LivePair {
  /** What the manifest calls it, or the names of its files. */
  readonly name: string;
  readonly nodes: Readonly<Record<Role, LiveFile>>;
}

export interface LiveFile {
  readonly path: string;
  /** As it is shown to a person. */
  readonly shown: string;
  /** Absent where it is not there yet: a pull makes it. */
  readonly file: DiskFile | undefined;
  /** Absent where the file is not there or is no XML that could be read. */
  readonly config: Config | undefined;
  readonly settings: NodeSettings;
}

/**
 * The pair that a command is about: the one of that name, else the only one that there is to choose from. The problem
 * says what to do.
 */
export function choosePair(
  loaded: Loaded,
  { name, cwd }: { readonly name: string | undefined; readonly cwd: string },
): Outcome<LivePair> {
  const all = pairsIn(loaded, cwd);
  const chosen = name === undefined ? all : all.filter(pair => pair.name === name);
  const [pair] = chosen;
  const names = all.map(each => `"${each.name}"`).join(', ');
  if (!pair) {
    const problem =
      name !== undefined && all.length > 0
        ? `there is no pair "${name}" here; there is ${names}.`
        : 'there is no pair here whose roles are known. Name it in pfsense-ha.json: see docs/settings.md.';
    return { isDone: false, problem };
  }
  if (chosen.length > 1)
    return { isDone: false, problem: `there are several pairs here: ${names}. Say which one with --pair.` };
  return { isDone: true, value: pair };
}

function pairsIn(loaded: Loaded, cwd: string): readonly LivePair[] {
  const { workspace, named } = loaded;
  const all = knownPairs(workspace);
  const asked =
    named.size === 0
      ? all
      : all.filter(({ nodes }) => [...named].every(uri => roles.some(role => nodes[role].uri === uri)));
  return asked.map(({ name, nodes: { primary, secondary } }) => ({
    name,
    nodes: { primary: liveFile(loaded, primary, cwd), secondary: liveFile(loaded, secondary, cwd) },
  }));
}

function liveFile({ workspace, files }: Loaded, { uri, named }: KnownNode, cwd: string): LiveFile {
  const path = URI.parse(uri).fsPath;
  return {
    path,
    shown: shownPath(path, cwd),
    file: files.get(uri),
    config: workspace.configOf(uri),
    settings: named ?? {},
  };
}
