import assert from 'node:assert/strict';
import test from 'node:test';
import { isNothingToDo, type Plan } from '../../../../server/src/sync/plan/plan.ts';
import { releases } from '../../../simulator/release.ts';
import { differingSections, type LivePair, type Texts, withLivePair } from '../livePair.ts';

async function planOf(live: LivePair, wanted: Texts, execPhp: 'allowed' | 'forbidden' = 'forbidden'): Promise<Plan> {
  const result = await live.open(wanted, { execPhp }).plan([]);
  assert.ok(result.kind === 'plan', JSON.stringify(result));
  return result.plan;
}

/** What a plan says of a node, a line a section. */
function lines(plan: Plan, role: 'primary' | 'secondary'): readonly string[] {
  return plan.nodes[role].sections.map(
    ({ name, way, changes }) => `${way} ${name}: ${changes.map(({ kind, title }) => `${kind} ${title}`).join('; ')}`,
  );
}

for (const { name: version } of releases) {
  test(`${version}: files that the nodes hold give nothing to do`, async () => {
    await withLivePair({ version }, async live => {
      await live.pair.settled();
      const plan = await planOf(live, live.before);
      assert.deepEqual(plan.refusals, []);
      assert.ok(isNothingToDo(plan), JSON.stringify([lines(plan, 'primary'), lines(plan, 'secondary'), plan.warnings]));
      assert.deepEqual(plan.steps, []);
    });
  });

  test(`${version}: what is synchronised goes to the primary, what is not to each node, and all of it arrives`, async () => {
    await withLivePair({ version }, async live => {
      const wanted = {
        primary: live.before.primary
          .replace('<address>192.168.1.30</address>', '<address>192.168.1.31</address>')
          .replace(/(<webgui>\s*<protocol>https<\/protocol>\s*<port>)/, '$1')
          .replace('<descr><![CDATA[SYNC]]></descr>', '<descr><![CDATA[PFSYNC]]></descr>'),
        secondary: live.before.secondary
          .replace('<address>192.168.1.30</address>', '<address>192.168.1.31</address>')
          .replace('<descr><![CDATA[SYNC]]></descr>', '<descr><![CDATA[PFSYNC]]></descr>'),
      };
      const plan = await planOf(live, wanted);
      assert.deepEqual(plan.refusals, []);
      assert.deepEqual(lines(plan, 'primary'), [
        'sent interfaces: changed interface opt1 (PFSYNC)',
        'sent aliases: changed alias servers',
      ]);
      assert.deepEqual(lines(plan, 'secondary'), [
        'sent interfaces: changed interface opt1 (PFSYNC)',
        'by the primary aliases: changed alias servers',
      ]);
      assert.deepEqual(
        plan.steps.map(({ kind, role }) => `${kind} ${role}`),
        ['send secondary', 'send primary', 'send primary', 'wait secondary'],
      );
      const sync = live.open(wanted);
      const outcome = await sync.push(plan, { liveChanges: 'accepted', onCancel: async () => 'undo' });
      assert.equal(outcome.kind, 'done', outcome.cause);
      assert.deepEqual(differingSections(live.pair.primary.text, wanted.primary), []);
      assert.deepEqual(differingSections(live.pair.secondary.text, wanted.secondary), []);
      assert.ok(isNothingToDo(await planOf(live, wanted)));
    });
  });
}
