import * as vscode from 'vscode';
import type { LivePair, Role } from '../../../server/src/lsp/protocol.ts';
import type { Journal, NodeKey } from '../../../server/src/sync/store/store.ts';
import { presentFiles } from './checkedFiles.ts';
import { roles } from './choosePair.ts';
import type { Live } from './live.ts';
import { type OpenPair, withChosenPair } from './openPair.ts';
import { withProgress } from './progress.ts';
import { configsOf, readConnectionOf } from './reach.ts';
import { report } from './report.ts';

/** Brings back what a run has changed, and reports. What somebody has done since is taken back only if a person agrees. */
export async function undoRun(live: Live, { files, sync }: OpenPair, journal: Journal): Promise<void> {
  const now = await withProgress('Undo Last Sync', run => sync.verify(journal, run));
  const later = roles.flatMap(role =>
    now.nodes[role].sections.flatMap(({ name, state }) => (state === 'other' ? [`${name} on the ${role}`] : [])),
  );
  if (later.length > 0 && !(await acceptsLoss(later))) return;
  const liveChanges = later.length > 0 ? 'accepted' : 'refused';
  const outcome = await withProgress('Undo Last Sync', run =>
    // What is undone in part can be undone again.
    sync.undo(journal, { ...run, liveChanges, onCancel: async () => 'leave' }),
  );
  await report(live, files.pair, { kind: 'undo', outcome });
}

async function acceptsLoss(later: readonly string[]): Promise<boolean> {
  const undo = 'Undo All the Same';
  const answer = await vscode.window.showWarningMessage(
    'Some sections are not as that sync has left them.',
    {
      modal: true,
      detail: `To undo it takes back what somebody has done there since, too: ${later.join(', ')}. Cancel, and use Compare with Live to see what that is.`,
    },
    undo,
  );
  return answer === undo;
}

async function verifyRun(live: Live, { files, sync }: OpenPair, journal: Journal): Promise<void> {
  const outcome = await withProgress('Verify the last sync', run => sync.verify(journal, run));
  await report(live, files.pair, { kind: 'verify', outcome });
}

/** After a crash of the editor a run may be open: offers to verify or undo it, once for each pair. */
export async function offerOpenRuns(live: Live): Promise<void> {
  if (!vscode.workspace.isTrusted || !(await live.hasRuns())) return;
  for (const pair of await live.session.livePairs()) {
    const open = await openRun(live, pair);
    if (open) void offer(live, pair, open);
  }
}

async function offer(live: Live, pair: LivePair, journal: Journal): Promise<void> {
  const [verify, undo] = ['Verify', 'Undo'];
  const message = `A sync of ${pair.name} was broken off, so it is not known what the firewalls hold.`;
  const answer = await vscode.window.showWarningMessage(message, verify, undo);
  if (answer === undefined) return;
  const run = answer === verify ? verifyRun : undoRun;
  await withChosenPair(live, pair, async open => {
    await run(live, open, journal);
    return undefined;
  });
}

/** The run of this very pair that was broken off; absent where another window is at it. */
async function openRun(live: Live, pair: LivePair): Promise<Journal | undefined> {
  const journals = await live.store.journals(pair.name);
  const open = journals.filter(({ state }) => state === 'open');
  if (open.length === 0) return undefined;
  const keys = await keysOf(live, pair);
  const own = keys && open.find(({ nodes }) => roles.every(role => isSameNode(nodes[role], keys[role])));
  if (!own) return undefined;
  const lock = await live.store.lock([keys.primary, keys.secondary]);
  if (lock.kind === 'held') return undefined;
  await lock.release();
  return own;
}

async function keysOf(live: Live, pair: LivePair): Promise<Readonly<Record<Role, NodeKey>> | undefined> {
  const { engine } = live;
  if (roles.some(role => pair.nodes[role].version === undefined)) return undefined;
  const configs = configsOf(live, await presentFiles(pair));
  const key = (role: Role) => {
    const reading = readConnectionOf(live, pair, { role, configs });
    if (reading.kind === 'refused') return undefined;
    return engine.nodeKeyOf(engine.originOf(reading.connection), configs[role]);
  };
  const [primary, secondary] = [key('primary'), key('secondary')];
  return primary && secondary && { primary, secondary };
}

function isSameNode(one: NodeKey, other: NodeKey): boolean {
  return one.origin === other.origin && one.host === other.host;
}
