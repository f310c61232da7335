import * as vscode from 'vscode';
import type { LivePair } from '../../../server/src/lsp/protocol.ts';
import type { Outcome } from '../../../server/src/sync/push/outcome.ts';
import type { RunKind } from '../../../server/src/sync/push/outcomeMarkdown.ts';
import { roles } from './choosePair.ts';
import type { Live } from './live.ts';
import { pullNodes } from './pull.ts';

/** Shows the report of a run, and says in one sentence how it ended. After a push that is done, offers to pull. */
export async function report(
  live: Live,
  pair: LivePair,
  run: { readonly kind: RunKind; readonly outcome: Outcome },
): Promise<void> {
  const { kind, outcome } = run;
  const { engine, documents } = live;
  await documents.show(`${titles[kind]} ${pair.name}.md`, engine.outcomeMarkdown(outcome, { kind, pair: pair.name }));
  const sentence = engine.outcomeSentence(outcome, kind);
  const message = outcome.cause === undefined ? sentence : `${sentence} ${outcome.cause}`;
  if (outcome.kind === 'partly') {
    void offerUndo(message);
    return;
  }
  if (outcome.kind !== 'done' || kind !== 'push') {
    const show =
      outcome.kind === 'done' || kind !== 'push'
        ? vscode.window.showInformationMessage
        : vscode.window.showWarningMessage;
    void show(message);
    return;
  }
  const pull = 'Pull Now';
  const answer = await vscode.window.showInformationMessage(
    `${sentence} Pull now, so that the files have what pfSense has added?`,
    pull,
  );
  if (answer === pull) await pullNodes(live, pair, roles);
}

/** What stands in part can be brought back, or brought back once more. */
async function offerUndo(message: string): Promise<void> {
  const undo = 'Undo Last Sync';
  const answer = await vscode.window.showErrorMessage(message, undo);
  if (answer === undo) await vscode.commands.executeCommand('pfsenseHa.undoLastSync');
}

const titles: Readonly<Record<RunKind, string>> = { push: 'Sync of', undo: 'Undo of', verify: 'State of' };
