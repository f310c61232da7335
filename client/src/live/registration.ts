import * as vscode from 'vscode';
import { compareWithLive } from '../commands/compareWithLive.ts';
import { dryRun } from '../commands/dryRun.ts';
import { forgetCredentials } from '../commands/forgetCredentials.ts';
import { pullFromPair } from '../commands/pullFromPair.ts';
import { setCredentials } from '../commands/setCredentials.ts';
import { showBackups } from '../commands/showBackups.ts';
import { syncToPair } from '../commands/syncToPair.ts';
import { undoLastSync } from '../commands/undoLastSync.ts';
import type { Session } from '../session.ts';
import { type LiveCommand, liveCommands } from './commandNames.ts';
import { Live } from './live.ts';
import { offerOpenRuns } from './runs.ts';

const handlers: Readonly<Record<LiveCommand, (live: Live) => Promise<void>>> = {
  'pfsenseHa.syncToPair': syncToPair,
  'pfsenseHa.dryRun': dryRun,
  'pfsenseHa.pullFromPair': pullFromPair,
  'pfsenseHa.compareWithLive': compareWithLive,
  'pfsenseHa.undoLastSync': undoLastSync,
  'pfsenseHa.setCredentials': setCredentials,
  'pfsenseHa.forgetCredentials': forgetCredentials,
  'pfsenseHa.showBackups': showBackups,
};

/** @returns what is done once the server is started: to ask about a run that was broken off */
export function registerLive(
  context: vscode.ExtensionContext,
  session: Session,
  log: vscode.LogOutputChannel,
): () => Promise<void> {
  const live = new Live(context, session, log);
  context.subscriptions.push(live);
  for (const id of Object.keys(liveCommands) as LiveCommand[]) {
    context.subscriptions.push(vscode.commands.registerCommand(id, () => run(live, id)));
  }
  return () => offerOpenRuns(live);
}

/** Everything is refused where the workspace is not trusted: a manifest of strangers must not say where a password goes. */
async function run(live: Live, id: LiveCommand): Promise<void> {
  if (vscode.workspace.isTrusted) {
    await handlers[id](live);
    return;
  }
  const manage = 'Manage Workspace Trust';
  const answer = await vscode.window.showErrorMessage(
    `${liveCommands[id]} has to do with live firewalls, and works only in a workspace that you trust.`,
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}
