import * as vscode from 'vscode';
import type { Plan } from '../../../server/src/sync/plan/plan.ts';
import type { LiveFailure } from './failure.ts';
import type { Live } from './live.ts';
import type { OpenPair } from './openPair.ts';
import { withProgress } from './progress.ts';

export type MadePlan =
  | { readonly kind: 'plan'; readonly plan: Plan }
  | { readonly kind: 'failed'; readonly failed: LiveFailure };

/** Asks both nodes and works out what a push would do. */
export async function makePlan({ files, reached, sync, errors }: OpenPair): Promise<MadePlan> {
  const result = await withProgress(`Plan the sync of ${files.pair.name}`, run => sync.plan(errors, run));
  if (result.kind === 'plan') return result;
  const { role, failure } = result;
  return { kind: 'failed', failed: { role, origin: reached[role].origin, failure } };
}

export async function showPlan({ documents, engine }: Live, plan: Plan): Promise<void> {
  await documents.show(`Plan for ${plan.pair}.md`, engine.planMarkdown(plan));
}

/** Says why nothing was sent, with what helps against it. */
export async function tellRefusals(live: Live, plan: Plan): Promise<void> {
  const [first, ...others] = plan.refusals;
  if (!first) return;
  const [show, compare, pull] = ['Show Plan', 'Compare with Live', 'Pull from Pair'];
  const isAboutLive = plan.refusals.some(({ reason }) => reason === 'live changes');
  const more =
    others.length === 0
      ? ''
      : ` There ${others.length === 1 ? 'is one more reason' : `are ${others.length} more reasons`}.`;
  const answer = await vscode.window.showWarningMessage(
    `Nothing was sent. ${first.message}${more}`,
    ...(isAboutLive ? [compare, pull] : []),
    show,
  );
  if (answer === show) await showPlan(live, plan);
  if (answer === compare) await vscode.commands.executeCommand('pfsenseHa.compareWithLive');
  if (answer === pull) await vscode.commands.executeCommand('pfsenseHa.pullFromPair');
}
