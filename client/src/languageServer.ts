import type * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { clientOptions } from './languageClient.ts';

/** Makes the client of the bundled server; it runs in a process of its own and speaks over ipc. */
export function createLanguageClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClient {
  const module = context.asAbsolutePath('dist/server.cjs');
  const client: LanguageClient = new LanguageClient(
    'pfsenseHa',
    'HA Pair for pfSense',
    {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    },
    clientOptions(context, log, () => client),
  );
  return client;
}
