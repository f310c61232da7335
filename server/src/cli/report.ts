import { URI } from 'vscode-uri';
import type { Pair } from '../pair/pairs.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { Rule } from '../rules/rule.ts';
import { elementOf } from '../rules/silence.ts';
import { staleSentence } from '../rules/silenceFaults.ts';
import { type HiddenCounts, WorkspaceFindings } from '../rules/workspaceFindings.ts';
import { type Place, spanOf } from '../syntax/tree.ts';
import { type Loaded, shownPath } from './load.ts';

/** What a check found, in the order in which it is shown: by file, then by place. */
export interface CheckReport {
  readonly pairs: readonly Pair[];
  readonly findings: readonly Finding[];
  /** What a person should know about how it was checked, in sentences. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<Severity, number>>;
  /** What was found and is not shown. */
  readonly hidden: HiddenCounts;
  /** The path of the element that a finding stands at; empty outside of every section and in a manifest. */
  readonly pathOf: (finding: Finding) => string;
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
  const { workspace } = loaded;
  const all = findingsOf(loaded, options.rules);
  const targets = withPeers(loaded);
  const findings = [...targets].sort(byPath).flatMap(uri => [...all.of(uri)].sort(byPlace));
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  const hidden = { suppressed: 0, baseline: 0 };
  for (const { suppressed, baseline } of [...targets].map(uri => all.hiddenIn(uri))) {
    hidden.suppressed += suppressed;
    hidden.baseline += baseline;
  }
  const gone = loaded.baseline === undefined ? 0 : all.goneFrom([...targets]).length;
  return {
    pairs: workspace.pairs().filter(({ nodes }) => nodes.some(({ uri }) => targets.has(uri))),
    findings,
    notes: [...notesOn(loaded, targets, options.cwd), ...(gone > 0 ? [staleSentence(gone)] : [])],
    counts,
    hidden,
    pathOf: finding => {
      const config = workspace.configOf(finding.at.anchor.document.uri);
      return config ? elementOf(config, finding) : '';
    },
    files: [...targets].filter(uri => workspace.kindOf(uri) !== undefined).length,
  };
}

/** What is wrong in the files that were loaded. */
export function findingsOf({ workspace, named }: Loaded, rules: readonly Rule[]): WorkspaceFindings {
  return new WorkspaceFindings(workspace, { rules, named: [...named] });
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
export function withPeers({ workspace, targets }: Loaded): ReadonlySet<string> {
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
      yield `${name(uri)} is checked alone: the other node's file is not there, or cannot be read.`;
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
