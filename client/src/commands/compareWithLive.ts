import * as vscode from 'vscode';
import { fetchConfigs, showDifferences } from '../live/fetch.ts';
import type { Live } from '../live/live.ts';
import { withPair } from '../live/openPair.ts';

/** Shows what each firewall holds beside what its file says. Nothing is written. */
export async function compareWithLive(live: Live): Promise<void> {
  await withPair(live, 'Which pair is compared?', async ({ files, reached }) => {
    const result = await fetchConfigs(live, `Compare ${files.pair.name} with live`, [
      reached.primary,
      reached.secondary,
    ]);
    if (result.kind === 'failed') return result.failed;
    const different = result.all.filter(({ reach, text }) => text !== files.texts[reach.role]);
    if (different.length === 0) {
      void vscode.window.showInformationMessage('Both files say exactly what the firewalls hold.');
    } else await showDifferences(live, files, { all: different, after: 'file' });
    return undefined;
  });
}
