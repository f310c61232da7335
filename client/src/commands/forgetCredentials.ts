import * as vscode from 'vscode';
import type { Live } from '../live/live.ts';
import { originsOf } from '../live/origins.ts';

/** Takes user names and passwords of a pair out of the secret storage. */
export async function forgetCredentials(live: Live): Promise<void> {
  const nodes = await originsOf(live, 'Forget the credentials of which pair?');
  if (!nodes) return;
  const known = await Promise.all(nodes.map(({ origin }) => live.credentials.forget(origin)));
  const forgotten = nodes.filter((_, index) => known[index]).map(({ origin }) => origin);
  void vscode.window.showInformationMessage(
    forgotten.length === 0
      ? 'No credentials are stored for this pair.'
      : `The credentials for ${forgotten.join(' and ')} are forgotten.`,
  );
}
