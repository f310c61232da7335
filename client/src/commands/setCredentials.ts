import * as vscode from 'vscode';
import { askCredentials } from '../live/askCredentials.ts';
import type { Live } from '../live/live.ts';
import { originsOf } from '../live/origins.ts';

/** Asks for user name and password of one firewall of a pair, or of both, and keeps them in the secret storage. */
export async function setCredentials(live: Live): Promise<void> {
  const nodes = await originsOf(live, 'Credentials for which pair?');
  if (!nodes) return;
  const single = nodes.map(({ role, origin }) => ({ origins: [origin], label: `The ${role}`, description: origin }));
  const both = {
    origins: nodes.map(({ origin }) => origin),
    label: 'Both firewalls',
    description: 'The same user name and password',
  };
  const picked = await vscode.window.showQuickPick([both, ...single], { title: 'Credentials for which firewall?' });
  if (!picked) return;
  const [first = ''] = picked.origins;
  const entered = await askCredentials(picked.origins, await live.credentials.get(first));
  if (!entered) return;
  for (const origin of picked.origins) await live.credentials.set(origin, entered);
  void vscode.window.showInformationMessage(`Credentials are set for ${picked.origins.join(' and ')}.`);
}
