import { URI } from 'vscode-uri';
import type { Pair } from '../pair/pairs.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Rule } from '../rules/rule.ts';
import { WorkspaceFindings } from '../rules/workspaceFindings.ts';
import { type Place, spanOf } from '../syntax/tree.ts';
import { type Loaded, shownPath } from './load.ts';

/** What a check found, in the order in which it is shown: by file, then by place. */
export interface CheckReport {
  readonly pairs: readonly Pair[];
  readonly findings: readonly Finding[];
  /** What a person should know about how it was checked, in sentences. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** How many configs were checked; manifests do not count. */
  readonly files: number;
}

/** A place in a file as editors count it. */
export interface Position {
  readonly path: string;
  /** All from 1, columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Checks what was loaded, and the other node of every pair that it belongs to. */
export function checkLoaded(
  loaded: Loaded,
  options: { readonly rules: readonly Rule[]; readonly cwd: string },
): CheckReport {
  const { workspace, named } = loaded;
  const all = new WorkspaceFindings(workspace, { rules: options.rules, named: [...named] });
  const targets = withPeers(loaded);
  const findings = [...targets].sort(byPath).flatMap(uri => [...all.of(uri)].sort(byPlace));
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  return {
    pairs: workspace.pairs().filter(({ nodes }) => nodes.some(({ uri }) => targets.has(uri))),
    findings,
    notes: [...notesOn(loaded, targets, options.cwd)],
    counts,
    files: [...targets].filter(uri => workspace.kindOf(uri) !== undefined).length,
  };
}

export function positionOf(place: Place): Position {
  const { document } = place.anchor;
  const { start, end } = spanOf(place);
  const from = document.buffer.positionAt(start);
  const to = document.buffer.positionAt(end);
  return {
    path: URI.parse(document.uri).fsPath,
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}

/** A pair is checked as one, so the peer of a file that was asked for is shown with it. */
function withPeers({ workspace, targets }: Loaded): ReadonlySet<string> {
  const peers = [...targets].flatMap(uri => workspace.membershipOf(uri)?.peer?.uri ?? []);
  return new Set([...targets, ...peers]);
}

function* notesOn(loaded: Loaded, targets: ReadonlySet<string>, cwd: string): Iterable<string> {
  const { workspace, files } = loaded;
  const name = (uri: string) => shownPath(URI.parse(uri).fsPath, cwd);
  for (const uri of [...targets].sort(byPath)) {
    if (!loaded.targets.has(uri)) yield `${name(uri)} is checked too, as the other node of a pair.`;
    const encoding = files.get(uri)?.encoding;
    if (encoding && !encoding.isFaithful) {
      yield `${name(uri)} holds bytes that are not ${encoding.name}; they are read as \ufffd.`;
    }
    const member = workspace.membershipOf(uri);
    if (member?.role && !member.peer) {
      yield `${name(uri)} is checked alone: the other node's file is not there.`;
    }
  }
  for (const { uris, message } of workspace.problems()) {
    if (uris.some(uri => targets.has(uri))) yield message;
  }
}

function byPath(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byPlace(a: Finding, b: Finding): number {
  return spanOf(a.at).start - spanOf(b.at).start || spanOf(a.at).end - spanOf(b.at).end;
}
