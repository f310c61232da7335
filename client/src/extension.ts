import type * as vscode from 'vscode';
import { activateWith } from './activation.ts';
import { createLanguageClient } from './languageServer.ts';
import { registerLive } from './live/registration.ts';

/** The extension where there is Node: on a desktop, and at the other end of a remote window. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  return activateWith(context, {
    createClient: async log => createLanguageClient(context, log),
    registerLive: (session, log) => registerLive(context, session, log),
  });
}
