import * as vscode from 'vscode';
import type { Journal } from '../../../server/src/sync/store/store.ts';
import type { Live } from '../live/live.ts';
import { withPair } from '../live/openPair.ts';
import { undoRun } from '../live/runs.ts';

/** Brings back what the last sync of a pair has changed. */
export async function undoLastSync(live: Live): Promise<void> {
  await withPair(live, 'The last sync of which pair is undone?', async open => {
    const { pair } = open.files;
    const last = await open.sync.lastRun();
    if (!last) {
      void vscode.window.showInformationMessage(
        `There is no sync of ${pair.name} on this computer that could be undone.`,
      );
    } else if (await confirms(last)) await undoRun(live, open, last);
    return undefined;
  });
}

async function confirms({ run, pair, nodes, state, steps }: Journal): Promise<boolean> {
  const undo = 'Undo';
  const sections = [...new Set(steps.flatMap(step => step.sections.map(({ name }) => name)))].join(', ');
  const answer = await vscode.window.showWarningMessage(
    `Undo the last sync of ${pair} on ${nodes.primary.host} and ${nodes.secondary.host}?`,
    {
      modal: true,
      detail: `It is of ${timeOf(run)} and ${endings[state]}. These sections are brought back from its backups: ${sections}.`,
    },
    undo,
  );
  return answer === undo;
}

const endings: Readonly<Record<Journal['state'], string>> = {
  open: 'was broken off',
  done: 'was carried out',
  restored: 'was taken back at once',
  partly: 'ended early',
  undone: 'was undone',
};

/** A run's name begins with when it was begun, in UTC. */
export function timeOf(run: string): string {
  return run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d).*$/, '$1-$2-$3 $4:$5 UTC');
}
