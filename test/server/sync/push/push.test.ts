import assert from 'node:assert/strict';
import test from 'node:test';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import { releases } from '../../../simulator/release.ts';
import { handPlan } from '../handPlan.ts';
import { differingSections, filesOf, type LivePair, type Texts, withLivePair } from '../livePair.ts';

const calm = { liveChanges: 'refused', onCancel: () => Promise.reject(new Error('Nobody has cancelled.')) } as const;

/** An alias more, which the primary synchronises, and another description of an interface on each node. */
export function edited({ primary, secondary }: Texts): Texts {
  const describe = (text: string) =>
    text.replace('<descr><![CDATA[SYNC]]></descr>', '<descr><![CDATA[HA link]]></descr>');
  const alias = (text: string) =>
    text.replace(
      '\t</aliases>',
      '\t\t<alias>\n\t\t\t<name>pushed</name>\n\t\t\t<type>host</type>\n\t\t\t<address>192.0.2.7</address>\n\t\t</alias>\n\t</aliases>',
    );
  return { primary: alias(describe(primary)), secondary: alias(describe(secondary)) };
}

async function pushed({ pair, before, open }: LivePair, wanted = edited(before)): Promise<Outcome> {
  const outcome = await open(wanted).push(handPlan(filesOf(before), filesOf(wanted)), calm);
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
