import * as vscode from 'vscode';
import { liveCommands } from './commandNames.ts';

/** In a browser the commands that talk to firewalls say what they need: a page cannot reach a firewall's XMLRPC. */
export function refuseLive({ subscriptions }: vscode.ExtensionContext): () => Promise<void> {
  for (const [id, name] of Object.entries(liveCommands)) {
    const message = `${name} needs VS Code on a desktop, or a remote window: a browser cannot reach the firewalls.`;
    subscriptions.push(vscode.commands.registerCommand(id, () => vscode.window.showInformationMessage(message)));
  }
  return () => Promise.resolve();
}
