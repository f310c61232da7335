import * as vscode from 'vscode';
import { chooseLivePair, nameOf, roles } from '../live/choosePair.ts';
import type { Live } from '../live/live.ts';
import { pullNodes } from '../live/pull.ts';

/** Fetches what the firewalls hold into the files of the pair: both, or one of them. */
export async function pullFromPair(live: Live): Promise<void> {
  const pair = await chooseLivePair(live.session, 'Which pair is pulled?');
  if (!pair) return;
  const items = roles.map(role => ({ role, label: role, description: nameOf(pair, role), picked: true }));
  const picked = await vscode.window.showQuickPick(items, {
    title: `Pull ${pair.name}: which firewalls?`,
    canPickMany: true,
  });
  if (picked && picked.length > 0)
    await pullNodes(
      live,
      pair,
      picked.map(({ role }) => role),
    );
}
