import type { Pair } from '../pair/pairs.ts';
import { normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { DiskFiles } from './diskFiles.ts';
import type {
  Counts,
  NodeState,
  PairState,
  Problem,
  SingleState,
  WorkspaceState,
  WorkspaceSummary,
} from './protocol.ts';
import type { Reports } from './reports.ts';

interface Parts {
  readonly workspace: Workspace;
  readonly files: DiskFiles;
  readonly reports: Reports;
}

/** What the editor's status item shows of the files that are reported on. */
export function workspaceState(parts: Parts, keys: readonly string[]): WorkspaceState {
  const { workspace, files } = parts;
  const shown = new Set(keys);
  const pairs = workspace.pairs().flatMap(pair => pairState(parts, pair, shown));
  const paired = new Set(pairs.flatMap(({ primary, secondary }) => [normalUri(primary.uri), normalUri(secondary.uri)]));
  const singles = workspace.nodes().filter(({ uri }) => shown.has(uri) && !paired.has(uri));
  return {
    isSearching: files.isSearching,
    pairs,
    singles: singles.map(
      ({ uri }): SingleState => ({ ...nodeState(parts, uri), reason: singleReason(workspace, uri) }),
    ),
    manifests: workspace
      .manifests()
      .filter(({ source }) => shown.has(source.uri))
      .map(({ source, pairs: named }) => ({
        uri: workspace.spellingOf(source.uri),
        counts: parts.reports.of(source.uri).counts,
        pairs: named.map(({ name }) => name),
      })),
    problems: problems(parts, keys),
  };
}

export function workspaceSummary({ workspace, reports }: Parts, keys: readonly string[]): WorkspaceSummary {
  const shown = new Set(keys);
  const counts = keys.map(key => reports.of(key).counts);
  return {
    counts: counts.reduce(add, { error: 0, warning: 0, info: 0, hint: 0 }),
    hidden: keys.reduce((sum, key) => sum + reports.hiddenIn(key), 0),
    files: workspace.nodes().filter(({ uri }) => shown.has(uri)).length,
    pairs: workspace.pairs().filter(({ roles, nodes }) => roles && nodes.some(({ uri }) => shown.has(uri))).length,
  };
}

/** A pair is shown where either file is; without roles it is none yet. */
function pairState(
  parts: Parts,
  { name, roles, nodes, manifest, because }: Pair,
  shown: ReadonlySet<string>,
): PairState[] {
  if (!roles || !nodes.some(({ uri }) => shown.has(uri))) return [];
  const primary = nodeState(parts, roles.primary.uri);
  const secondary = nodeState(parts, roles.secondary.uri);
  const reason = sentence(because);
  return [
    {
      name,
      primary,
      secondary,
      reason,
      ...(manifest !== undefined && { manifest: parts.workspace.spellingOf(manifest) }),
    },
  ];
}

function nodeState({ workspace, reports }: Parts, uri: string): NodeState {
  return { uri: workspace.spellingOf(uri), counts: reports.of(uri).counts, hidden: reports.hiddenIn(uri) };
}

function singleReason(workspace: Workspace, uri: string): string {
  const problem = workspace.problems().find(({ uris }) => uris.includes(uri));
  if (problem) return sentence(problem.message);
  const membership = workspace.membershipOf(uri);
  if (membership && !membership.peer) return 'The manifest puts it in a pair whose other file cannot be read.';
  return 'No other configuration here synchronises with it or shares its CARP addresses.';
}

function problems({ workspace, files, reports }: Parts, keys: readonly string[]): Problem[] {
  const notes = keys.flatMap((key): Problem[] => {
    const kind = workspace.kindOf(key);
    const [first] = reports.of(key).items;
    const isNote = files.refusals.has(key) || (kind !== undefined && kind !== 'pfsense');
    return isNote && first ? [{ uri: workspace.spellingOf(key), message: String(first.message) }] : [];
  });
  if (!files.isFull) return notes;
  return [
    ...notes,
    {
      message:
        'There are more configurations in the folders than can be held at once; the others are checked when they are opened.',
    },
  ];
}

function add(one: Counts, other: Counts): Counts {
  return {
    error: one.error + other.error,
    warning: one.warning + other.warning,
    info: one.info + other.info,
    hint: one.hint + other.hint,
  };
}

/** What the pairing says is a part of a sentence; a file's name keeps its own first letter. */
function sentence(words: string): string {
  const startsWithFile = /^[^\s:]*\.\w/.test(words);
  const start = startsWithFile ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
