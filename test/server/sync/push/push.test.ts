import assert from 'node:assert/strict';
import test from 'node:test';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import { releases } from '../../../simulator/release.ts';
import { differingSections, type LivePair, planOf, withLivePair } from '../livePair.ts';
import { edited } from './edits.ts';

const calm = { liveChanges: 'accepted', onCancel: () => Promise.reject(new Error('Nobody has cancelled.')) } as const;

async function pushed({ pair, before, open }: LivePair, wanted = edited(before)): Promise<Outcome> {
  const sync = open(wanted);
  const outcome = await sync.push(await planOf(sync), calm);
  await pair.settled();
  return outcome;
}

test('push: both nodes hold what the files say, on every release', async () => {
  for (const { name: version } of releases) {
    await withLivePair({ version }, async live => {
      const outcome = await pushed(live);
      assert.equal(outcome.kind, 'done', `${version} ${outcome.cause}`);
      const wanted = edited(live.before);
      assert.deepEqual(differingSections(live.pair.primary.text, wanted.primary), []);
      assert.deepEqual(differingSections(live.pair.secondary.text, wanted.secondary), []);
      assert.deepEqual(outcome.nodes.secondary.sections, [
        { name: 'interfaces', state: 'as wanted' },
        { name: 'aliases', state: 'as wanted' },
      ]);
    });
  }
});
