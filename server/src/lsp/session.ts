import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Snapshot } from '../features/snapshot.ts';
import { normalUri } from '../pair/uri.ts';
import { Workspace } from '../pair/workspace.ts';
import { rules } from '../rules/index.ts';
import { WorkspaceFindings } from '../rules/workspaceFindings.ts';
import { type ClientFeatures, readClientFeatures } from './clientFeatures.ts';
import type { ActionParts } from './codeActions.ts';
import { type Delivery, PullDelivery, PushDelivery } from './delivery.ts';
import { DiskFiles } from './diskFiles.ts';
import type { Guard } from './guard.ts';
import type { Host } from './host.ts';
import { OpenDocuments } from './openDocuments.ts';
import { type InitializationOptions, type InlayHintKind, stateNotification } from './protocol.ts';
import { type Report, Reports } from './reports.ts';
import { Rounds } from './rounds.ts';
import { EditorSettings } from './settings.ts';
import { workspaceState } from './workspaceState.ts';

interface Start {
  readonly connection: Connection;
  readonly host: Host;
  readonly guard: Guard;
  readonly params: InitializeParams;
}

/** Everything that lives as long as one editor is served, put together. */
export class Session {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly features: ClientFeatures;
  readonly workspace = new Workspace();
  readonly documents = new OpenDocuments(this.workspace);
  readonly files: DiskFiles;
  readonly reports: Reports;
  readonly rounds: Rounds;
  readonly delivery: Delivery;
  /** Absent where diagnostics are sent instead of asked for. */
  readonly pull: PullDelivery | undefined;
  readonly actions: ActionParts;
  /** Resolves once the settings are known; what is switched off must not be shown for a moment. */
  readonly settled: Promise<void>;
  /** Whether the client asks for closing tags itself. */
  readonly closesTags: boolean;
  private isOtherXmlActive: boolean;
  private readonly settings: EditorSettings;
  private settle: () => void = () => {};
  private readonly settledListeners: (() => void)[] = [];
  private readonly otherXmlListeners: (() => void)[] = [];
  private readonly spellings = new Map<string, string>();
  private lastState = '';

  constructor({ connection, host, guard, params }: Start) {
    const options = (params.initializationOptions ?? {}) as InitializationOptions;
    const { workspace, documents } = this;
    this.connection = connection;
    this.guard = guard;
    this.features = readClientFeatures(params);
    this.settings = new EditorSettings(options.settings);
    this.isOtherXmlActive = options.otherXml === true;
    this.closesTags = options.closesTags === true;
    this.settled = new Promise(resolve => {
      this.settle = resolve;
    });
    this.files = new DiskFiles(workspace, host, () => this.rounds.changed());
    for (const uri of foldersOf(params)) this.files.addFolder(uri);
    const findings = new WorkspaceFindings(workspace, {
      rules,
      settingsFor: uri => this.settings.for(uri).rules,
      onFailure: (rule, error) => guard.failed(`The rule ${rule.id}`, error),
    });
    const diagnostics = {
      features: this.features,
      pageOf: pages(options.documentationBase ?? host.documentationBase),
      spellingOf: (uri: string) => this.spellingOf(uri),
    };
    const leavesSyntax = (uri: string) => this.leavesSyntax(uri);
    this.reports = new Reports({ workspace, findings, documents, files: this.files, diagnostics, leavesSyntax });
    this.pull = this.features.pullsDiagnostics
      ? new PullDelivery(connection, keys => this.rounds.changed(keys))
      : undefined;
    this.delivery = this.pull ?? new PushDelivery(connection);
    const listener = {
      report: (report: Report) => this.delivery.report(report),
      settled: (keys: readonly string[]) => this.settledRound(keys),
    };
    this.rounds = new Rounds(this.reports, listener, { host, guard });
    const { features, reports } = this;
    this.actions = {
      workspace,
      documents,
      features,
      reports,
      diagnostics,
      commands: options.commands ?? [],
      snapshotOf: uri => this.snapshotOf(uri),
    };
  }

  /** What a question about a file is asked of; absent for all but pfSense configs, and documents that are to become one. */
  snapshotOf(uri: string): Snapshot | undefined {
    const { workspace } = this;
    const config = this.isConfig(uri) ? workspace.configOf(uri) : undefined;
    if (!config) return undefined;
    const member = workspace.membershipOf(uri);
    return { config, role: member?.role, peer: member?.peer?.config };
  }

  private isConfig(uri: string): boolean {
    const kind = this.workspace.kindOf(uri);
    // Of a file that is empty, or begun, a person has said by its language what it is to be.
    const isBegun = kind === 'none' || kind === 'other';
    return kind === 'pfsense' || (isBegun && this.documents.get(uri)?.languageId === 'pfsense-config');
  }

  /** As {@link snapshotOf}, for what any extension for XML does; absent where another one does it. */
  xmlSnapshotOf(uri: string): Snapshot | undefined {
    return this.leavesSyntax(uri) ? undefined : this.snapshotOf(uri);
  }

  /** Whether another extension is at work that knows XML. */
  get hasOtherXml(): boolean {
    return this.isOtherXmlActive;
  }

  /** Calls as soon as another extension for XML comes or goes. */
  onOtherXml(listener: () => void): void {
    this.otherXmlListeners.push(listener);
  }

  /** Another extension for XML has come or gone. */
  setOtherXml(isActive: boolean): void {
    if (isActive === this.isOtherXmlActive) return;
    this.isOtherXmlActive = isActive;
    for (const listener of this.otherXmlListeners) listener();
    this.rounds.changed();
  }

  /** Whether another extension does in a document what any extension for XML does. */
  private leavesSyntax(uri: string): boolean {
    return this.hasOtherXml && this.documents.get(uri)?.languageId === 'xml';
  }

  /** Which words are wanted within the text of a file. */
  inlayHintsIn(uri: string): ReadonlySet<InlayHintKind> {
    return this.settings.for(normalUri(uri)).inlayHints;
  }

  /** Whether lines with lenses are wanted in a file. */
  hasCodeLenses(uri: string): boolean {
    return this.settings.for(normalUri(uri)).hasCodeLenses;
  }

  /** Has something run whenever every file has been reported on after a change. */
  onSettled(run: () => void): void {
    this.settledListeners.push(this.guard.run('settled', run));
  }

  /** A document was opened or closed: with it may come or go the editor's own spelling of its address. */
  openedOrClosed(uri: string): void {
    this.spellings.clear();
    this.changed(uri);
  }

  /** A document has another text: it and its peer come first. */
  changed(uri: string): void {
    const peer = this.workspace.peerOf(uri)?.uri;
    this.guard.background('read', this.files.readNamed());
    this.rounds.changed(peer === undefined ? [normalUri(uri)] : [normalUri(uri), peer]);
  }

  /** @param sent what the editor has sent by itself, for those that cannot be asked */
  async fetchSettings(sent?: unknown): Promise<void> {
    try {
      if (this.features.configuration) {
        await this.settings.fetch(this.connection, this.files.roots);
      } else if (sent !== undefined) this.settings.replace(sent);
    } finally {
      this.settle();
      this.rounds.changed();
    }
  }

  /** A thousand findings name the same two files at each edit, and to compare addresses means to take them apart. */
  private spellingOf(uri: string): string {
    const kept = this.spellings.get(uri) ?? this.workspace.spellingOf(uri);
    this.spellings.set(uri, kept);
    return kept;
  }

  private settledRound(keys: readonly string[]): void {
    this.delivery.settled(keys);
    this.sendState(keys);
    for (const run of this.settledListeners) run();
  }

  private sendState(keys: readonly string[]): void {
    const state = workspaceState(this, keys);
    const written = JSON.stringify(state);
    if (written === this.lastState) return;
    this.lastState = written;
    this.guard.background('state', this.connection.sendNotification(stateNotification, state));
  }
}

/** Editors of before LSP 3.6 know one folder. */
function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

function pages(base: string | undefined): (rule: string) => string | undefined {
  const ids = new Set(rules.map(({ id }) => id));
  if (base === undefined) return () => undefined;
  const folder = base.endsWith('/') ? base : `${base}/`;
  return rule => (ids.has(rule) ? `${folder}${rule}.md` : undefined);
}
