import type { Diagnostic } from 'vscode-languageserver';
import type { DocumentKind } from '../model/documentKind.ts';
import { normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import type { Finding, Severity } from '../rules/finding.ts';
import type { WorkspaceFindings } from '../rules/workspaceFindings.ts';
import type { DiskFiles } from './diskFiles.ts';
import type { OpenDocuments } from './openDocuments.ts';
import type { Counts } from './protocol.ts';
import { type DiagnosticOptions, isUpToDate, toDiagnostic, toNote } from './toProtocol.ts';

/** What an editor is told of one file. */
export interface Report {
  /** The file's address in our own spelling. */
  readonly key: string;
  /** As the editor writes it. */
  readonly uri: string;
  /** Of the open document; null where it is not open. */
  readonly version: number | null;
  readonly items: readonly Diagnostic[];
  /** Another one whenever `items` are others. */
  readonly resultId: string;
  /** Of all findings, also of those that are too many to be shown. */
  readonly counts: Counts;
}

/** More than this in one file are no list that a person reads; sending 10,000 takes an editor 25 ms each time. */
const mostItems = 1000;

const noCounts: Counts = { error: 0, warning: 0, info: 0, hint: 0 };

/** These are no pfSense configs, but so near to one that a person who has one open is told. */
const relations: readonly (DocumentKind | undefined)[] = ['opnsense', 'encrypted', 'area'];

interface Parts {
  readonly workspace: Workspace;
  readonly findings: WorkspaceFindings;
  readonly documents: OpenDocuments;
  readonly files: DiskFiles;
  readonly diagnostics: DiagnosticOptions;
  /** Whether another extension tells of what is wrong with a document as XML. */
  readonly leavesSyntax: (uri: string) => boolean;
}

/** What any reader of XML finds. */
const syntaxRules: ReadonlySet<string> = new Set(['xml-syntax', 'xml-entity-undefined']);

interface Remembered {
  readonly inputs: readonly unknown[];
  readonly findings: readonly Finding[];
  readonly report: Report;
}

/** Findings as an editor shows them, file by file. Asking again costs what has changed. */
export class Reports {
  private readonly remembered = new Map<string, Remembered>();
  private readonly converted = new WeakMap<Finding, Diagnostic>();
  private readonly withoutSyntax = new WeakMap<readonly Finding[], readonly Finding[]>();
  private results = 0;
  /** A client that has outlived a server must not take the new one's results for the old one's. */
  private readonly session = Math.random().toString(36).slice(2, 8);

  constructor(private readonly parts: Parts) {}

  /** The files that are reported on, in our own spelling: the open ones first. */
  keys(): readonly string[] {
    const { workspace, documents, files } = this.parts;
    const keys = new Set(documents.all().map(({ uri }) => normalUri(uri)));
    for (const { uri } of workspace.nodes()) if (this.isShown(uri)) keys.add(uri);
    for (const { source } of workspace.manifests()) if (this.isShown(source.uri)) keys.add(source.uri);
    for (const uri of files.refusals.keys()) if (this.isShown(uri)) keys.add(uri);
    return [...keys];
  }

  of(uri: string): Report {
    const key = normalUri(uri);
    const { workspace, documents } = this.parts;
    const document = documents.get(key);
    const findings = this.findingsOf(key);
    const note = this.noteOf(key);
    // The places in the same findings move with the text of this file, those of related places with the peer's.
    const inputs = [
      findings,
      note,
      textOf(workspace, key),
      textOf(workspace, workspace.peerOf(key)?.uri),
      document?.version,
    ];
    const before = this.remembered.get(key);
    if (before?.inputs.every((input, i) => input === inputs[i])) return before.report;
    const items = note === undefined ? this.itemsOf(findings) : [toNote(note)];
    const isSame = before !== undefined && sameItems(before.report.items, items);
    const report: Report = {
      key,
      uri: workspace.spellingOf(document?.uri ?? key),
      version: document?.version ?? null,
      items: isSame ? before.report.items : items,
      resultId: isSame ? before.report.resultId : `${this.session}-${++this.results}`,
      counts: count(findings),
    };
    this.remembered.set(key, { inputs, findings, report });
    return report;
  }

  /** A file that nobody reports on any more begins anew when it comes back. */
  forget(key: string): void {
    this.remembered.delete(key);
  }

  /** Nothing, for files that are not checked. */
  findingsOf(key: string): readonly Finding[] {
    const { workspace, findings, documents, files } = this.parts;
    const document = documents.get(key);
    // What a manifest names is missing only once everything has been read.
    if (files.isReading && isManifest(workspace, key)) return this.remembered.get(key)?.findings ?? [];
    if (!document) return this.isShown(key) ? findings.of(key) : [];
    const kind = workspace.kindOf(key);
    const isChecked = kind === undefined || kind === 'pfsense' || relations.includes(kind);
    if (!isChecked && document.languageId !== 'pfsense-config') return [];
    const found = findings.of(key);
    return this.parts.leavesSyntax(document.uri) ? this.beyondSyntax(found) : found;
  }

  /** The same list for the same findings. */
  private beyondSyntax(findings: readonly Finding[]): readonly Finding[] {
    const known = this.withoutSyntax.get(findings);
    if (known) return known;
    const kept = findings.filter(({ rule }) => !syntaxRules.has(rule));
    this.withoutSyntax.set(findings, kept);
    return kept;
  }

  /** How many findings of a file are not shown, because somebody has said so. */
  hiddenIn(uri: string): number {
    const { suppressed, baseline } = this.parts.findings.hiddenIn(uri);
    return suppressed + baseline;
  }

  /** Why the file is not checked although it could be. */
  private noteOf(key: string): string | undefined {
    const { documents, files } = this.parts;
    return documents.get(key) ? documents.refusalOf(key) : files.refusals.get(key);
  }

  /**
   * A file that is not open is shown where it lies in one of the editor's folders. Elsewhere only what belongs to an
   * open file is: a folder of downloads may hold many exports that nobody has asked about.
   */
  private isShown(key: string): boolean {
    const { workspace, documents, files } = this.parts;
    if (documents.get(key) || files.isInFolder(key)) return true;
    const peer = workspace.peerOf(key);
    if (peer && documents.get(peer.uri)) return true;
    return documents.all().some(({ uri }) => workspace.manifestOf(uri)?.source.uri === key);
  }

  private itemsOf(findings: readonly Finding[]): Diagnostic[] {
    if (findings.length <= mostItems) return findings.map(finding => this.itemOf(finding));
    const heaviest = [...findings].sort((one, other) => weights[one.severity] - weights[other.severity]);
    const items = heaviest.slice(0, mostItems).map(finding => this.itemOf(finding));
    return [...items, toNote(`${findings.length - mostItems} more findings in this file are not shown.`)];
  }

  /** The diagnostic of last time where that is still right, as it is for nearly all findings after an edit. */
  private itemOf(finding: Finding): Diagnostic {
    const { diagnostics } = this.parts;
    const before = this.converted.get(finding);
    if (before && isUpToDate(before, finding, diagnostics)) return before;
    const item = toDiagnostic(finding, diagnostics);
    this.converted.set(finding, item);
    return item;
  }
}

const weights = { error: 0, warning: 1, info: 2, hint: 3 } as const satisfies Record<Severity, number>;

/** What is another object whenever the text is another one: a tree, or a manifest's source. */
function textOf(workspace: Workspace, key: string | undefined): unknown {
  if (key === undefined) return undefined;
  return workspace.documentOf(key)?.tree ?? workspace.sourceOf(key);
}

function isManifest(workspace: Workspace, key: string): boolean {
  return workspace.kindOf(key) === undefined && workspace.sourceOf(key) !== undefined;
}

function count(findings: readonly Finding[]): Counts {
  if (findings.length === 0) return noCounts;
  const counts = { ...noCounts } as Record<Severity, number>;
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

function sameItems(one: readonly Diagnostic[], other: readonly Diagnostic[]): boolean {
  return one.length === other.length && one.every((item, i) => item === other[i] || sameDiagnostic(item, other[i]));
}

/** Everything that can differ between two diagnostics of this server; the rest follows from the rule. */
function sameDiagnostic(one: Diagnostic, other: Diagnostic | undefined): boolean {
  if (!other || one.message !== other.message || one.code !== other.code || one.severity !== other.severity)
    return false;
  if (!sameRange(one.range, other.range) || one.tags?.length !== other.tags?.length) return false;
  const [related, others] = [one.relatedInformation ?? [], other.relatedInformation ?? []];
  return (
    related.length === others.length &&
    related.every(({ message, location }, i) => {
      const there = others[i];
      return (
        message === there?.message &&
        location.uri === there.location.uri &&
        sameRange(location.range, there.location.range)
      );
    })
  );
}

function sameRange(one: Diagnostic['range'], other: Diagnostic['range']): boolean {
  return (
    one.start.line === other.start.line &&
    one.start.character === other.start.character &&
    one.end.line === other.end.line &&
    one.end.character === other.end.character
  );
}
