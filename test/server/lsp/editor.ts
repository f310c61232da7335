import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import {
  type ClientCapabilities,
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
  type UnregistrationParams,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { WorkspaceState } from '../../../server/src/lsp/protocol.ts';
import { TextBuffer } from '../../../server/src/syntax/textBuffer.ts';

const root = resolve(import.meta.dirname, '../../..');
export const serverProgram = join(root, 'dist/server.cjs');

/** An answer takes milliseconds; a machine that is busy with something else takes longer. */
const patience = 15_000;

/** What VS Code says of itself, as far as this server listens, without asking for diagnostics. */
export const pushCapabilities: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true, rangeLimit: 5000 },
  },
  workspace: {
    workspaceEdit: {
      documentChanges: true,
      changeAnnotationSupport: { groupsOnLabel: true },
      resourceOperations: ['create'],
    },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

export const pullCapabilities: ClientCapabilities = {
  textDocument: { ...pushCapabilities.textDocument, diagnostic: { dynamicRegistration: true } },
  workspace: { ...pushCapabilities.workspace, diagnostics: { refreshSupport: true } },
};

export interface EditorOptions {
  readonly folders?: readonly string[];
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly transport?: 'stdio' | 'ipc';
  readonly args?: readonly string[];
}

interface RegisteredFor {
  readonly documentSelector?: readonly { readonly language: string }[];
}

interface OpenText {
  version: number;
  readonly buffer: TextBuffer;
}

/** The editor's side of a conversation with the built server, over the real transport. */
export class TestEditor {
  readonly connection: ProtocolConnection;
  /** Every notification of diagnostics, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  readonly registrations: string[] = [];
  /** The languages of what is registered at present for some languages, by its method. */
  readonly registeredLanguages = new Map<string, readonly string[]>();
  refreshes = 0;
  /** What the server said it can do. */
  answer: InitializeResult = { capabilities: {} };
  state: WorkspaceState | undefined;
  private readonly texts = new Map<string, OpenText>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly server: ChildProcess,
    transport: 'stdio' | 'ipc',
  ) {
    this.connection =
      transport === 'ipc'
        ? createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server))
        : createProtocolConnection(new StreamMessageReader(server.stdout!), new StreamMessageWriter(server.stdin!));
    this.listen();
  }

  /** Starts the server and says hello. */
  static async start(options: EditorOptions = {}): Promise<TestEditor> {
    const { transport = 'stdio', folders = [], capabilities = pushCapabilities, args = [] } = options;
    const server =
      transport === 'ipc'
        ? fork(serverProgram, ['--node-ipc'], { execArgv: [], silent: true })
        : spawn(process.execPath, [...(args.length > 0 ? args : [serverProgram, '--stdio'])], { stdio: 'pipe' });
    const editor = new TestEditor(server, transport);
    editor.answer = await editor.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map(path => ({ uri: URI.file(path).toString(), name: path })),
      ...(options.initializationOptions !== undefined && { initializationOptions: options.initializationOptions }),
    });
    await editor.connection.sendNotification('initialized', {});
    return editor;
  }

  /** Says goodbye. @returns the server's exit status */
  async stop(): Promise<number | null> {
    if (this.server.exitCode !== null) return this.server.exitCode;
    const exit = once(this.server, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [status] = await exit;
    this.connection.dispose();
    return status as number | null;
  }

  async open(uri: string, text: string, languageId = 'pfsense-config'): Promise<void> {
    this.texts.set(uri, { version: 1, buffer: new TextBuffer(text) });
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async openFile(path: string, languageId?: string): Promise<string> {
    const uri = URI.file(path).toString();
    await this.open(uri, readFileSync(path, 'utf8'), languageId);
    return uri;
  }

  async close(uri: string): Promise<void> {
    this.texts.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** Replaces the first place where `before` stands. @returns the version after it */
  async edit(uri: string, before: string, after: string): Promise<number> {
    const text = this.text(uri);
    const from = text.indexOf(before);
    if (from < 0) throw new Error(`"${before}" does not stand in ${uri}.`);
    const { buffer } = this.openText(uri);
    const range = { start: buffer.positionAt(from), end: buffer.positionAt(from + before.length) };
    return this.change(uri, [{ range, newText: after }]);
  }

  /** Applies edits of the present text, as an editor does, and tells the server. @returns the version after it */
  async change(uri: string, edits: readonly TextEdit[]): Promise<number> {
    const open = this.openText(uri);
    const spans = edits.map(({ range, newText }) => ({
      range,
      from: open.buffer.offsetAt(range.start.line, range.start.character),
      to: open.buffer.offsetAt(range.end.line, range.end.character),
      newText,
    }));
    spans.sort((one, other) => other.from - one.from);
    for (const { from, to, newText } of spans) open.buffer.replace(from, to, newText);
    open.version++;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: open.version },
      contentChanges: spans.map(({ range, newText }) => ({ range, text: newText })),
    });
    return open.version;
  }

  text(uri: string): string {
    return this.openText(uri).buffer.toString();
  }

  version(uri: string): number {
    return this.openText(uri).version;
  }

  /** Applies an edit of the server to the open documents, and to files where they are not open; all or nothing. */
  async apply(edit: WorkspaceEdit): Promise<void> {
    const changes = (edit.documentChanges ?? []).filter(change => 'textDocument' in change);
    for (const { textDocument } of changes) {
      const open = this.texts.get(textDocument.uri);
      if ((open?.version ?? null) !== textDocument.version) throw new Error(`${textDocument.uri} is another version.`);
    }
    for (const { textDocument, edits } of changes) {
      const plain = edits.filter((each): each is TextEdit => 'newText' in each);
      if (this.texts.has(textDocument.uri)) await this.change(textDocument.uri, plain);
      else writeEdited(URI.parse(textDocument.uri).fsPath, plain);
    }
  }

  /** The last diagnostics that were sent for the file; absent where none were. */
  diagnostics(uri: string): readonly Diagnostic[] | undefined {
    return this.published.findLast(params => params.uri === uri)?.diagnostics;
  }

  /** Waits until the rules (codes) of the last diagnostics of a file fulfil something. @returns those diagnostics */
  async untilDiagnostics(
    uri: string,
    fulfils: (codes: readonly unknown[], diagnostics: readonly Diagnostic[]) => boolean,
  ): Promise<readonly Diagnostic[]> {
    const codes = () => (this.diagnostics(uri) ?? []).map(({ code }) => code);
    await this.until(
      () => this.diagnostics(uri) !== undefined && fulfils(codes(), this.diagnostics(uri) ?? []),
      () => `the diagnostics of ${uri} are ${JSON.stringify(codes())}`,
    );
    return this.diagnostics(uri) ?? [];
  }

  async untilState(fulfils: (state: WorkspaceState) => boolean): Promise<WorkspaceState> {
    await this.until(
      () => this.state !== undefined && fulfils(this.state),
      () => `the state is ${JSON.stringify(this.state)}`,
    );
    return this.state!;
  }

  /** Waits for something that a message of the server brings about. */
  async until(isReached: () => boolean, situation: () => string = () => 'it is not so'): Promise<void> {
    const end = Date.now() + patience;
    while (!isReached()) {
      if (Date.now() > end) throw new Error(`Waited in vain: ${situation()}. Log: ${this.log.join('\n')}`);
      await new Promise<void>(wake => {
        const timer = setTimeout(done, 200);
        const { waiting } = this;
        waiting.add(done);
        function done(): void {
          clearTimeout(timer);
          waiting.delete(done);
          wake();
        }
      });
    }
  }

  /** Has the server answer something, so that all it was told before is done. */
  async settle(): Promise<void> {
    for (let i = 0; i < 3; i++) await this.connection.sendRequest('pfsense-ha/peer', { uri: 'file:///none' });
  }

  async actionsAt(uri: string, diagnostic: Diagnostic): Promise<CodeAction[]> {
    const context = { diagnostics: [diagnostic], triggerKind: 1 };
    const params = { textDocument: { uri }, range: diagnostic.range, context };
    return (await this.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', params)) ?? [];
  }

  resolve(action: CodeAction): Promise<CodeAction> {
    return this.connection.sendRequest('codeAction/resolve', action);
  }

  private openText(uri: string): OpenText {
    const open = this.texts.get(uri);
    if (!open) throw new Error(`${uri} is not open.`);
    return open;
  }

  private listen(): void {
    const { connection } = this;
    const note = <P>(method: string, take: (params: P) => void) =>
      connection.onNotification(method, (params: P) => {
        take(params);
        for (const wake of [...this.waiting]) wake();
      });
    note<PublishDiagnosticsParams>('textDocument/publishDiagnostics', params => this.published.push(params));
    note<WorkspaceState>('pfsense-ha/state', state => {
      this.state = state;
    });
    note<{ message: string }>('window/logMessage', ({ message }) => this.log.push(message));
    connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registrations.push(...registrations.map(({ method }) => method));
      for (const { method, registerOptions } of registrations) {
        const { documentSelector } = (registerOptions ?? {}) as RegisteredFor;
        const languages = documentSelector?.map(({ language }) => language);
        if (languages) this.registeredLanguages.set(method, languages);
      }
      for (const wake of [...this.waiting]) wake();
      return null;
    });
    connection.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const { method } of unregisterations) this.registeredLanguages.delete(method);
      return null;
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      for (const wake of [...this.waiting]) wake();
      return null;
    });
    connection.listen();
  }
}

/** An editor with a sample's folder open, and the addresses of its files. */
export async function withSample(context: TestContext, name: string, options: EditorOptions = {}) {
  const folder = sampleFolder(name);
  const editor = await TestEditor.start({ folders: [folder.path], ...options });
  context.after(async () => {
    await editor.stop();
    folder.remove();
  });
  const path = (file: string) => join(folder.path, file);
  return { editor, path, uri: (file: string) => URI.file(path(file)).toString() };
}

/** A folder of its own with the files of a sample, removed by `remove`. */
export function sampleFolder(name?: string): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'pfsense-ha-lsp-'));
  if (name !== undefined) cpSync(join(root, 'samples', name), path, { recursive: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function writeFile(path: string, text: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return URI.file(path).toString();
}

export function fullItems(report: WorkspaceDocumentDiagnosticReport): readonly Diagnostic[] {
  return report.kind === 'full' ? report.items : [];
}

function writeEdited(path: string, edits: readonly TextEdit[]): void {
  const buffer = new TextBuffer(readFileSync(path, 'utf8'));
  const spans = edits.map(({ range, newText }) => ({
    from: buffer.offsetAt(range.start.line, range.start.character),
    to: buffer.offsetAt(range.end.line, range.end.character),
    newText,
  }));
  spans.sort((one, other) => other.from - one.from);
  for (const { from, to, newText } of spans) buffer.replace(from, to, newText);
  writeFileSync(path, buffer.toString());
}
