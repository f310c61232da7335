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

test('push: what the primary copies on and the comparison passes over is waited for, too, and nobody else is blamed for it', async () => {
  const rule =
    '\t<filter>\n\t\t<rule>\n\t\t\t<type>pass</type>\n\t\t\t<interface>lan</interface>\n\t\t\t<updated>\n\t\t\t\t<time>1700000001</time>\n\t\t\t</updated>\n\t\t</rule>\n\t</filter>\n';
  const withRule = (text: string) => text.replace('</pfsense>', `${rule}</pfsense>`);
  const later = (text: string) => text.replace('1700000001', '1700000002');
  await withLivePair({ editPrimary: withRule, editSecondary: withRule, syncDelayMilliseconds: 40 }, async live => {
    const { pair, before, open } = live;
    const wanted = { primary: later(before.primary), secondary: later(before.secondary) };
    const outcome = await pushed(live, wanted);
    assert.equal(outcome.kind, 'done', outcome.cause);
    assert.deepEqual(differingSections(pair.secondary.text, wanted.secondary), []);
    const sync = open(wanted);
    const last = await sync.lastRun();
    assert.ok(last);
    const undone = await sync.undo(last, { ...calm, liveChanges: 'refused' });
    await pair.settled();
    assert.equal(undone.kind, 'done', undone.cause);
    for (const role of ['primary', 'secondary'] as const) {
      assert.deepEqual(differingSections(pair[role].text, before[role]), []);
    }
  });
});
