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
  /** How a push may end, wherever the fault meets it. What went through is seen by a look, whatever came for an answer. */
  readonly ends: readonly Outcome['kind'][];
  readonly othersWork?: readonly string[];
}

const cases: readonly Case[] = [
  { fault: { kind: 'latency', milliseconds: 25 }, ends: ['done'] },
  { fault: { kind: 'dropped before' }, ends: ['done', 'restored', 'unchanged'] },
  { fault: { kind: 'dropped after' }, ends: ['done', 'unchanged'] },
  { fault: { kind: 'gateway timeout' }, ends: ['done', 'unchanged'] },
  { fault: { kind: 'half an answer' }, ends: ['done', 'unchanged'] },
  { fault: { kind: 'cut XML' }, ends: ['done', 'unchanged'] },
  { fault: { kind: 'lie' }, ends: ['done', 'restored', 'unchanged'] },
  { fault: { kind: 'fatal error' }, ends: ['done', 'restored', 'unchanged'] },
  { fault: { kind: 'redirect', location: 'https://192.0.2.9/' }, ends: ['done', 'restored', 'unchanged'] },
  { fault: { kind: 'certificate change' }, ends: ['done', 'partly', 'restored', 'unchanged'] },
  { fault: { kind: 'another administrator', when: 'before', edit: elsewhere }, ends: ['done'], othersWork: ['system'] },
  { fault: { kind: 'another administrator', when: 'after', edit: elsewhere }, ends: ['done'], othersWork: ['system'] },
  {
    fault: { kind: 'another administrator', when: 'before', edit: sameSection },
    ends: ['done', 'partly', 'restored', 'unchanged'],
    othersWork: ['aliases'],
  },
  {
    fault: { kind: 'another administrator', when: 'after', edit: sameSection },
    ends: ['done', 'partly', 'restored', 'unchanged'],
    othersWork: ['aliases'],
  },
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
  test(`push: ${kind}${which}, at any call of either node`, async t => {
    const kinds = new Map<Outcome['kind'], number>();
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
    const seen = [...kinds.keys()].sort();
    if (isThorough) assert.deepEqual(seen, each.ends);
    else assert.ok(seen.length > 0 && seen.every(end => each.ends.includes(end)), seen.join(', '));
    t.diagnostic(JSON.stringify([...kinds]));
  });
}
