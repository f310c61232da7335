import { createRequire } from 'node:module';
import type * as vscode from 'vscode';
import type * as Engine from '../../../server/src/sync/engine.ts';
import type { SyncStore } from '../../../server/src/sync/store/store.ts';

export type { Engine };

/** The code that talks to firewalls: a bundle of its own, which is loaded when it is first needed. */
export function loadEngine(context: vscode.ExtensionContext): typeof Engine {
  return createRequire(context.asAbsolutePath('dist/extension.cjs'))('./sync.cjs') as typeof Engine;
}

/** Where bases, backups and journals are kept: the extension's own folder on the machine that it runs on. */
export function openStore(
  { openDiskStore }: typeof Engine,
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
): SyncStore {
  return openDiskStore({ folder: context.globalStorageUri.fsPath, tell: message => log.warn(message) });
}
