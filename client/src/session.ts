import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  checkWorkspaceRequest,
  type EditManifestParams,
  type EditManifestResult,
  editManifestRequest,
  type Peer,
  peerRequest,
  stateNotification,
  type WorkspaceState,
  type WorkspaceSummary,
} from '../../server/src/lsp/protocol.ts';
import { createLanguageClient } from './languageClient.ts';
import { Status } from './status.ts';

/** The one connection to the language server: started when first needed, and what it last told of the workspace. */
export class Session implements vscode.Disposable {
  private starting: Promise<LanguageClient> | undefined;
  private readonly status = new Status();
  private current: WorkspaceState | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  get isStarted(): boolean {
    return this.starting !== undefined;
  }

  /** What the server last told; absent before it has told anything. */
  get state(): WorkspaceState | undefined {
    return this.current;
  }

  /** The running client, started if need be. */
  client(): Promise<LanguageClient> {
    this.starting ??= this.start();
    return this.starting;
  }

  async peerOf(uri: vscode.Uri): Promise<Peer | null> {
    return (await this.client()).sendRequest(peerRequest, { uri: uri.toString() });
  }

  async checkWorkspace(): Promise<WorkspaceSummary> {
    return (await this.client()).sendRequest(checkWorkspaceRequest);
  }

  /** The edit that writes a pair into a manifest, in VS Code's own terms, or the sentence why there is none. */
  async editManifest(
    params: EditManifestParams,
  ): Promise<{ readonly manifest: vscode.Uri; readonly edit: vscode.WorkspaceEdit } | { readonly problem: string }> {
    const client = await this.client();
    const result: EditManifestResult = await client.sendRequest(editManifestRequest, params);
    if ('problem' in result) return result;
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(result.edit);
    return { manifest: vscode.Uri.parse(result.manifest), edit };
  }

  dispose(): void {
    this.status.dispose();
    void this.starting?.then(client => client.dispose());
  }

  private async start(): Promise<LanguageClient> {
    const client = createLanguageClient(this.context, this.log);
    client.onNotification(stateNotification, (state: WorkspaceState) => {
      this.current = state;
      this.status.show(state);
    });
    try {
      await client.start();
      return client;
    } catch (error) {
      this.starting = undefined;
      this.log.error(`The language server did not start: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  }
}
