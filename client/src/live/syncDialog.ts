import * as vscode from 'vscode';
import type { Plan } from '../../../server/src/sync/plan/plan.ts';
import type { LiveFailure } from './failure.ts';
import { fetchConfigs, showDifferences } from './fetch.ts';
import type { Live } from './live.ts';
import type { OpenPair } from './openPair.ts';
import { showPlan } from './plan.ts';

export type SyncAnswer =
  | { readonly kind: 'agreed' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'failed'; readonly failed: LiveFailure };

/** A dialog with more lines than that is read by nobody; the plan has all of them. */
const mostLines = 20;

/** Asks whether a plan is to be carried out, as often as the person wants to look at it first. */
export async function confirmSync(live: Live, open: OpenPair, plan: Plan): Promise<SyncAnswer> {
  const [sync, diff, dry] = ['Sync', 'Show Diff', 'Dry Run'];
  for (;;) {
    const { primary, secondary } = plan.nodes;
    const answer = await vscode.window.showWarningMessage(
      `Sync ${plan.pair} to ${primary.host} and ${secondary.host}?`,
      { modal: true, detail: [live.engine.planSummary(plan), ...shortened(plan.warnings)].join('\n\n') },
      sync,
      diff,
      dry,
    );
    if (answer === sync) return (await acceptsLoss(live, plan)) ? { kind: 'agreed' } : { kind: 'declined' };
    if (answer === dry) await showPlan(live, plan);
    if (answer !== diff) return { kind: 'declined' };
    const failed = await showLive(live, open);
    if (failed) return { kind: 'failed', failed };
    if (!(await wantsToGoOn(plan))) return { kind: 'declined' };
  }
}

async function showLive(live: Live, { files, reached }: OpenPair): Promise<LiveFailure | undefined> {
  const result = await fetchConfigs(live, `Compare ${files.pair.name} with live`, [reached.primary, reached.secondary]);
  if (result.kind === 'failed') return result.failed;
  await showDifferences(live, files, { all: result.all, after: 'file' });
  return undefined;
}

/** The differences can be read while this stands in the corner. */
async function wantsToGoOn({ pair }: Plan): Promise<boolean> {
  const goOn = 'Continue…';
  const message = `The differences are shown, secrets hidden. Go on with the sync of ${pair}?`;
  return (await vscode.window.showInformationMessage(message, goOn, 'Not Now')) === goOn;
}

/** What would be lost is agreed to by a button of its own. */
async function acceptsLoss(live: Live, plan: Plan): Promise<boolean> {
  const lost = plan.consents.flatMap(({ role, lost: items }) =>
    items.map(({ section, title }) => `${role}, ${section}: ${title}`),
  );
  if (lost.length === 0) return true;
  if (lost.length > mostLines) await showPlan(live, plan);
  const overwrite = 'Overwrite Live Changes';
  const answer = await vscode.window.showWarningMessage(
    'The firewalls hold something that the files do not, and it would be lost.',
    {
      modal: true,
      detail: [
        'The files were never pulled from these firewalls, so nothing tells whether somebody has worked there since. Pull from Pair fetches what they hold.',
        shortened(lost).join('\n'),
      ].join('\n\n'),
    },
    overwrite,
  );
  return answer === overwrite;
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines;
  return [
    ...lines.slice(0, mostLines),
    `… and ${lines.length - mostLines} more. The plan, which is open behind this, lists all.`,
  ];
}
