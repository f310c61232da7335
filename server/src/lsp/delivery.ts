import type {
  CancellationToken,
  Connection,
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Report } from './reports.ts';
import type { RoundListener } from './rounds.ts';

/** How diagnostics get to the editor: either it asks for them, or they are sent. Never both, or all would be shown twice. */
export interface Delivery extends RoundListener {
  /** The editor has changed these documents itself, and asks for them by itself where it asks at all. */
  edited(key: string): void;
  closed(key: string): void;
}

/** Sends what has changed. */
export class PushDelivery implements Delivery {
  private readonly sent = new Map<string, { readonly uri: string; readonly resultId: string }>();

  constructor(private readonly connection: Connection) {}

  report({ key, uri, resultId, version, items }: Report): void {
    const before = this.sent.get(key);
    if (before?.resultId === resultId && before.uri === uri) return;
    if (before && before.uri !== uri) this.send(before.uri, []);
    this.sent.set(key, { uri, resultId });
    // That nothing was found in an open document is an answer too: some editors show that they wait for one.
    if (before || items.length > 0 || version !== null) this.send(uri, items, version);
  }

  settled(keys: readonly string[]): void {
    const present = new Set(keys);
    for (const [key, { uri }] of [...this.sent]) {
      if (present.has(key)) continue;
      this.sent.delete(key);
      this.send(uri, []);
    }
  }

  edited(): void {}

  closed(): void {}

  private send(uri: string, items: Report['items'], version?: number | null): void {
    const diagnostics = [...items];
    void this.connection.sendDiagnostics(
      typeof version === 'number' ? { uri, version, diagnostics } : { uri, diagnostics },
    );
  }
}

/** A request for the diagnostics of the whole workspace, which stays open as long as the editor lets it. */
interface Stream {
  /** The result that the editor has, by file. */
  readonly known: Map<string, { readonly uri: string; readonly resultId: string }>;
  readonly send: (items: WorkspaceDocumentDiagnosticReport[]) => void;
  readonly end: () => void;
}

export interface WorkspaceRequest {
  readonly previousResultIds: readonly { readonly key: string; readonly uri: string; readonly value: string }[];
  readonly token: CancellationToken;
  /** Absent where the editor takes one answer and no parts. */
  readonly part: ((report: WorkspaceDiagnosticReportPartialResult) => void) | undefined;
}

/** By then an editor has asked for what it has edited. */
const askedMilliseconds = 500;

/** VS Code asks a last time for a document that it closes, and passes over what it is sent in that moment. */
const closingMilliseconds = 300;

/**
 * Answers when asked. Open documents the editor asks for after each of its own edits; when they change for another
 * reason (the peer was edited) it is told to ask again. The other files go through one request that stays open.
 */
export class PullDelivery implements Delivery {
  private readonly streams = new Set<Stream>();
  private readonly open = new Map<string, string>();
  private readonly refreshed = new Map<string, string>();
  private readonly closing = new Set<string>();
  /** Closed since their last report: the editor may still show what an edit made of them that was thrown away. */
  private readonly leftBehind = new Set<string>();
  private readonly editedKeys = new Set<string>();
  private isRefreshing = false;
  private wantsRefresh = false;
  private parts = new Map<Stream, WorkspaceDocumentDiagnosticReport[]>();

  /** @param again called where reports have to be made once more */
  constructor(
    private readonly connection: Connection,
    private readonly again: (keys: readonly string[]) => void,
  ) {}

  /** The answer to `textDocument/diagnostic`. */
  answer(report: Report, previousResultId: string | undefined): DocumentDiagnosticReport {
    const { key, resultId, items, version } = report;
    if (version !== null) this.open.set(key, resultId);
    return previousResultId === resultId
      ? { kind: 'unchanged', resultId }
      : { kind: 'full', resultId, items: [...items] };
  }

  /** The answer to `workspace/diagnostic`: the parts as they come; without parts, what has changed once anything has. */
  answerWorkspace({ previousResultIds, token, part }: WorkspaceRequest): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previousResultIds.map(({ key, uri, value }) => [key, { uri, resultId: value }]));
    return new Promise(resolve => {
      const end = (items: WorkspaceDocumentDiagnosticReport[]) => {
        this.streams.delete(stream);
        resolve({ items });
      };
      const stream: Stream = { known, send: part ? items => part({ items }) : end, end: () => end([]) };
      this.streams.add(stream);
      token.onCancellationRequested(stream.end);
    });
  }

  /** Answers what is still open, for the editor wants to leave. */
  close(): void {
    for (const stream of [...this.streams]) stream.end();
  }

  edited(key: string): void {
    this.editedKeys.add(key);
  }

  closed(key: string): void {
    this.open.delete(key);
    this.refreshed.delete(key);
    for (const stream of this.streams) stream.known.delete(key);
    this.closing.add(key);
    this.leftBehind.add(key);
    setTimeout(() => {
      this.closing.delete(key);
      this.again([key]);
    }, closingMilliseconds);
  }

  report(report: Report): void {
    const { key, resultId } = report;
    const answered = this.open.get(key);
    if (answered === undefined) {
      for (const stream of this.streams) this.stream(stream, report);
      if (!this.closing.has(key) && this.streams.size > 0) this.leftBehind.delete(key);
    } else if (answered !== resultId && this.refreshed.get(key) !== resultId && !this.editedKeys.has(key)) {
      this.refreshed.set(key, resultId);
      this.wantsRefresh = true;
    }
  }

  settled(keys: readonly string[]): void {
    const present = new Set(keys);
    for (const stream of this.streams) {
      for (const [key, { uri }] of [...stream.known]) {
        if (present.has(key)) continue;
        stream.known.delete(key);
        this.part(stream, { kind: 'full', uri, version: null, items: [] });
      }
    }
    for (const [stream, items] of this.parts) stream.send(items);
    this.parts = new Map();
    this.lookAgain();
    if (this.wantsRefresh && !this.isRefreshing) void this.refresh();
  }

  /** Something else may have changed an edited document's report after the editor has asked for it. */
  private lookAgain(): void {
    if (this.editedKeys.size === 0) return;
    const keys = [...this.editedKeys];
    this.editedKeys.clear();
    setTimeout(() => this.again(keys), askedMilliseconds);
  }

  private stream(stream: Stream, { key, uri, version, resultId, items }: Report): void {
    const before = stream.known.get(key);
    if (this.closing.has(key) || before?.resultId === resultId) return;
    stream.known.set(key, { uri, resultId });
    if (before || items.length > 0 || this.leftBehind.has(key))
      this.part(stream, { kind: 'full', uri, version, resultId, items: [...items] });
  }

  private part(stream: Stream, item: WorkspaceDocumentDiagnosticReport): void {
    const items = this.parts.get(stream) ?? [];
    items.push(item);
    this.parts.set(stream, items);
  }

  /** One at a time: while the editor asks, what it is told next is told at once. */
  private async refresh(): Promise<void> {
    this.isRefreshing = true;
    try {
      while (this.wantsRefresh) {
        this.wantsRefresh = false;
        await this.connection.languages.diagnostics.refresh();
      }
    } catch (error) {
      this.connection.console.warn(`The editor did not ask for diagnostics again: ${String(error)}`);
    } finally {
      this.isRefreshing = false;
    }
  }
}
