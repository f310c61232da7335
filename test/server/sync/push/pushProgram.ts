// A process that pushes and can be killed in the middle: what an editor is for the tests of a crash.
import { openPairSync } from '../../../../server/src/sync/openPairSync.ts';
import { openDiskStore } from '../../../../server/src/sync/store/diskStore.ts';
import { filesOf, hurry, nodeAt, planOf, type Texts } from '../livePair.ts';

export interface PushOrder {
  readonly wanted: Texts;
  readonly folder: string;
  readonly nodes: Readonly<Record<'primary' | 'secondary', { readonly port: number; readonly fingerprint: string }>>;
}

const order = JSON.parse(process.env.PUSH_ORDER ?? '') as PushOrder;
const files = filesOf(order.wanted);
const sync = openPairSync({
  pair: 'hq',
  nodes: {
    primary: nodeAt(order.nodes.primary, files.primary),
    secondary: nodeAt(order.nodes.secondary, files.secondary),
  },
  store: openDiskStore({ folder: order.folder }),
  execPhp: 'forbidden',
  secondaryTimeout: 5_000,
  pace: hurry,
});
void planOf(sync)
  .then(plan => sync.push(plan, { liveChanges: 'accepted', onCancel: async () => 'undo' }))
  .then(({ kind }) => {
    process.exitCode = kind === 'done' ? 0 : 1;
  });
