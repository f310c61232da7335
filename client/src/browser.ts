import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateWith } from './activation.ts';
import { clientOptions } from './languageClient.ts';
import { refuseLive } from './live/refusal.ts';
import { serveFiles } from './workspaceFiles.ts';

/** The browser's own. TypeScript's library of it would bring the names of web pages into every file. */
declare const Worker: new (address: string) => { terminate(): void };

/** The extension where there is no Node: VS Code in a browser. The server runs in a worker. */
export function activate(context: vscode.ExtensionContext): Promise<void> {
  const createClient = async (log: vscode.LogOutputChannel) => {
    // A worker may be started only from where the page comes from, so the program is read and handed over.
    const program = vscode.Uri.joinPath(context.extensionUri, 'dist', 'browserServer.cjs');
    const code = new Blob([await vscode.workspace.fs.readFile(program)], { type: 'text/javascript' });
    const address = URL.createObjectURL(code);
    const worker = new Worker(address);
    const options = clientOptions(context, log, () => client);
    const client: LanguageClient = new LanguageClient('pfsenseHa', 'HA Pair for pfSense', worker, options);
    serveFiles(client);
    context.subscriptions.push({
      dispose: () => {
        worker.terminate();
        // Not before: VS Code starts a worker of its own that reads the address only later.
        URL.revokeObjectURL(address);
      },
    });
    return client;
  };
  return activateWith(context, { createClient, registerLive: () => refuseLive(context) });
}
