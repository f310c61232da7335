import * as vscode from 'vscode';
import type { LivePair } from '../../../server/src/lsp/protocol.ts';
import type { Plan } from '../../../server/src/sync/plan/plan.ts';
import { chooseLivePair, nameOf, roles } from '../live/choosePair.ts';
import type { LiveFailure } from '../live/failure.ts';
import type { Live } from '../live/live.ts';
import { type OpenPair, withChosenPair } from '../live/openPair.ts';
import { makePlan, showPlan, tellRefusals } from '../live/plan.ts';
import { withProgress } from '../live/progress.ts';
import { report } from '../live/report.ts';
import { confirmSync } from '../live/syncDialog.ts';

/** Brings what both files say onto both firewalls, after a look at what that changes, and proves it by reading it back. */
export async function syncToPair(live: Live): Promise<void> {
  const pair = await chooseLivePair(live.session, 'Which pair is synced?');
  if (!pair || (await hasErrors(pair))) return;
  await withChosenPair(live, pair, open => sync(live, open));
}

/** Before anybody is asked for a password. */
async function hasErrors(pair: LivePair): Promise<boolean> {
  const wrong = roles.filter(role => pair.nodes[role].errors.length > 0);
  if (wrong.length === 0) return false;
  const show = 'Show Problems';
  const files = wrong.map(role => nameOf(pair, role)).join(' and ');
  const message = `Nothing was sent: errors were found in ${files}. Correct them first.`;
  const answer = await vscode.window.showWarningMessage(message, show);
  if (answer === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
  return true;
}

async function sync(live: Live, open: OpenPair): Promise<LiveFailure | undefined> {
  const made = await makePlan(open);
  if (made.kind === 'failed') return made.failed;
  const { plan } = made;
  if (plan.refusals.length > 0) {
    await tellRefusals(live, plan);
    return undefined;
  }
  if (live.engine.isNothingToDo(plan)) {
    void tellNothingToDo(live, plan);
    return undefined;
  }
  if (plan.steps.length === 0) {
    await showPlan(live, plan);
    void vscode.window.showInformationMessage(live.engine.conclusion(plan));
    return undefined;
  }
  const answer = await confirmSync(live, open, plan);
  if (answer.kind === 'failed') return answer.failed;
  if (answer.kind === 'agreed') await push(live, open, plan);
  return undefined;
}

/** There may be something to know all the same, such as that CARP is in maintenance mode. */
async function tellNothingToDo(live: Live, plan: Plan): Promise<void> {
  const [message, show] = ['There is nothing to do: a push would change nothing on either firewall.', 'Show Plan'];
  const buttons = plan.warnings.length > 0 ? [show] : [];
  if ((await vscode.window.showInformationMessage(message, ...buttons)) === show) await showPlan(live, plan);
}

async function push(live: Live, { files, sync: pairSync }: OpenPair, plan: Plan): Promise<void> {
  const outcome = await withProgress('Sync to Pair', run =>
    pairSync.push(plan, { ...run, liveChanges: plan.consents.length > 0 ? 'accepted' : 'refused', onCancel: askUndo }),
  );
  await report(live, files.pair, { kind: 'push', outcome });
}

/** Where nobody answers, nothing more is changed. */
async function askUndo(): Promise<'undo' | 'leave'> {
  const [undo, leave] = [{ title: 'Undo' }, { title: 'Leave It', isCloseAffordance: true }];
  const answer = await vscode.window.showWarningMessage(
    'Undo what was sent so far?',
    {
      modal: true,
      detail: 'The sync was cancelled after something had been sent. It can also be undone later, with Undo Last Sync.',
    },
    undo,
    leave,
  );
  return answer === undo ? 'undo' : 'leave';
}
