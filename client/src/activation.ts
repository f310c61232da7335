import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  compareWithPeerCommand,
  type LensPlace,
  type RenumberedInterface,
  renumberCommand,
  type Suppression,
  showReferencesCommand,
  suppressCommand,
} from '../../server/src/lsp/protocol.ts';
import { closeTags } from './closeTags.ts';
import { checkWorkspace } from './commands/checkWorkspace.ts';
import { choosePair } from './commands/choosePair.ts';
import { compareWithPeer } from './commands/compareWithPeer.ts';
import { copyRedacted } from './commands/copyRedacted.ts';
import { goToPeerElement } from './commands/goToPeerElement.ts';
import { openPeer } from './commands/openPeer.ts';
import { renumberInterface } from './commands/renumberInterface.ts';
import { showReferences } from './commands/showReferences.ts';
import { suppress } from './commands/suppress.ts';
import { setLanguages } from './documentLanguage.ts';
import { isOurs } from './documents.ts';
import { watchOtherXml } from './otherXml.ts';
import { Session } from './session.ts';

/** What differs between a desktop and a browser. */
export interface Surroundings {
  /** Makes the client of the server, which is not started yet. */
  readonly createClient: (log: vscode.LogOutputChannel) => Promise<BaseLanguageClient>;
  /** Registers the commands that talk to firewalls. @returns what is done once the server is started */
  readonly registerLive: (session: Session, log: vscode.LogOutputChannel) => () => Promise<void>;
}

/**
 * What the extension is in VS Code on a desktop and in a browser alike. Called for every XML file, and where a folder
 * holds a manifest. Nothing starts before a document or a manifest is ours: a workspace of other XML gets a few kilobytes
 * read and no process.
 */
export async function activateWith(
  context: vscode.ExtensionContext,
  { createClient, registerLive }: Surroundings,
): Promise<void> {
  const log = vscode.window.createOutputChannel('HA Pair for pfSense', { log: true });
  const session = new Session(() => createClient(log), log);
  const liveStarted = registerLive(session, log);
  context.subscriptions.push(
    log,
    session,
    setLanguages(log),
    closeTags(session, log),
    watchOtherXml(session),
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    vscode.commands.registerCommand('pfsenseHa.checkWorkspace', () => checkWorkspace(session)),
    vscode.commands.registerCommand('pfsenseHa.openPeer', (uri?: vscode.Uri) => openPeer(session, uri)),
    vscode.commands.registerCommand('pfsenseHa.goToPeerElement', () => goToPeerElement(session)),
    vscode.commands.registerCommand('pfsenseHa.choosePair', () => choosePair(session)),
    vscode.commands.registerCommand('pfsenseHa.copyRedacted', (uri?: vscode.Uri) => copyRedacted(session, uri)),
    vscode.commands.registerCommand(compareWithPeerCommand, (place?: LensPlace) => compareWithPeer(session, place)),
    vscode.commands.registerCommand(showReferencesCommand, showReferences),
    vscode.commands.registerCommand(renumberCommand, (what: RenumberedInterface) => renumberInterface(session, what)),
    vscode.commands.registerCommand(suppressCommand, (what: Suppression) => suppress(session, what)),
    vscode.commands.registerCommand('pfsenseHa.showLog', () => log.show()),
  );
  function startFor(document: vscode.TextDocument): void {
    if (!session.isStarted && isOurs(document)) void session.client();
  }
  vscode.workspace.textDocuments.forEach(startFor);
  if (!session.isStarted && (await vscode.workspace.findFiles('**/pfsense-ha.json', undefined, 1)).length > 0) {
    await session.client();
  }
  if (session.isStarted) await liveStarted();
}
