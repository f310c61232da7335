import assert from 'node:assert/strict';
import test from 'node:test';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import type { Fault } from '../../../simulator/node/faults.ts';
import { releases } from '../../../simulator/release.ts';
import { planOf, withLivePair } from '../livePair.ts';
import { edited } from './edits.ts';
import { assertTrue } from './outcomes.ts';

const isThorough = process.env.PFSENSE_HA_THOROUGH === '1';

const elsewhere = (text: string) => text.replace('<domain>', '<timezone>Europe/Vienna</timezone>\n\t\t<domain>');
const sameSection = (text: string) => text.replace('<name>servers</name>', '<name>renamed</name>');

interface Case {
  readonly fault: Fault;
  readonly othersWork?: readonly string[];
}

const cases: readonly Case[] = [
  { fault: { kind: 'latency', milliseconds: 25 } },
  { fault: { kind: 'dropped before' } },
  { fault: { kind: 'dropped after' } },
  { fault: { kind: 'gateway timeout' } },
  { fault: { kind: 'half an answer' } },
  { fault: { kind: 'cut XML' } },
  { fault: { kind: 'lie' } },
  { fault: { kind: 'fatal error' } },
  { fault: { kind: 'redirect', location: 'https://192.0.2.9/' } },
  { fault: { kind: 'certificate change' } },
  { fault: { kind: 'another administrator', when: 'before', edit: elsewhere }, othersWork: ['system'] },
  { fault: { kind: 'another administrator', when: 'after', edit: elsewhere }, othersWork: ['system'] },
  { fault: { kind: 'another administrator', when: 'before', edit: sameSection }, othersWork: ['aliases'] },
  { fault: { kind: 'another administrator', when: 'after', edit: sameSection }, othersWork: ['aliases'] },
];

/** A push during which one call of one node goes wrong. @returns undefined where there are not so many calls */
async function pushWith(
  { fault, othersWork = [] }: Case,
  { role, after }: { role: Role; after: number },
): Promise<Outcome | undefined> {
  const version = releases[after % releases.length]?.name ?? '2.7.2';
  let result: Outcome | undefined;
  await withLivePair({ version }, async ({ pair, before, open }) => {
    const wanted = edited(before);
    const sync = open(wanted);
    const plan = await planOf(sync);
    pair[role].orderFault(fault, { after });
    const outcome = await sync.push(plan, {
      liveChanges: 'accepted',
      onCancel: () => assert.fail('Nobody has cancelled.'),
    });
    await pair.settled();
    const now = { primary: pair.primary.text, secondary: pair.secondary.text };
    const label = `${fault.kind} at call ${after + 1} of the ${role} (${version})`;
    assertTrue(outcome, { before, wanted, now, othersWork }, label);
    if (pair[role].faultsAreUsedUp) result = outcome;
    else assert.equal(outcome.kind, 'done', label);
  });
  return result;
}

for (const each of cases) {
  const { kind } = each.fault;
  const which =
    'when' in each.fault ? ` ${each.fault.when}${each.othersWork?.includes('system') ? ' elsewhere' : ''}` : '';
  test(`push: ${kind}${which}, at any call of either node`, async () => {
    const kinds = new Map<string, number>();
    const meet = async (role: Role): Promise<void> => {
      for (let after = 0; ; after++) {
        // The quick loop takes every sixth call, each fault others.
        if (!isThorough && (after + cases.indexOf(each)) % 6 !== 0) continue;
        const outcome = await pushWith(each, { role, after });
        if (!outcome) break;
        kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
      }
    };
    await Promise.all([meet('primary'), meet('secondary')]);
    if (kind === 'latency') assert.deepEqual([...kinds.keys()], ['done']);
    else assert.ok(isThorough ? (kinds.get('unchanged') ?? 0) + (kinds.get('done') ?? 0) > 0 : kinds.size > 0);
    if (process.env.PFSENSE_HA_SHOW) console.log(kind, which, Object.fromEntries(kinds));
  });
}
