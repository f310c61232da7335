import * as vscode from 'vscode';
import type { SyncStore } from '../../../server/src/sync/store/store.ts';
import type { Session } from '../session.ts';
import { CredentialStore } from './credentialStore.ts';
import { type Engine, loadEngine, openStore } from './engine.ts';
import { ReadOnlyDocuments } from './readOnlyDocuments.ts';

/** What the commands that talk to firewalls share. Nothing of it is loaded before one of them runs. */
export class Live implements vscode.Disposable {
  readonly credentials: CredentialStore;
  readonly documents = new ReadOnlyDocuments();
  private loaded: { readonly engine: typeof Engine; readonly store: SyncStore } | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly session: Session,
    readonly log: vscode.LogOutputChannel,
  ) {
    this.credentials = new CredentialStore(context.secrets);
  }

  get engine(): typeof Engine {
    return this.load().engine;
  }

  get store(): SyncStore {
    return this.load().store;
  }

  /** Whether there is a journal of any run, told without loading anything. */
  async hasRuns(): Promise<boolean> {
    const folder = vscode.Uri.joinPath(this.context.globalStorageUri, 'runs');
    try {
      return (await vscode.workspace.fs.readDirectory(folder)).length > 0;
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return false;
      throw error;
    }
  }

  dispose(): void {
    this.documents.dispose();
  }

  private load() {
    if (!this.loaded) {
      const engine = loadEngine(this.context);
      this.loaded = { engine, store: openStore(engine, this.context, this.log) };
    }
    return this.loaded;
  }
}
