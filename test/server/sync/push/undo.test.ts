import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import test from 'node:test';
import type { PairSync } from '../../../../server/src/sync/pairSync.ts';
import type { Journal } from '../../../../server/src/sync/store/store.ts';
import { type ReleaseName, releases } from '../../../simulator/release.ts';
import type { SimulatedPair } from '../../../simulator/startPair.ts';
import { differingSections, type LivePair, planOf, type Texts, withLivePair } from '../livePair.ts';
import { edited } from './edits.ts';

const calm = { liveChanges: 'refused', onCancel: () => Promise.reject(new Error('Nobody has cancelled.')) } as const;
const accepting = { ...calm, liveChanges: 'accepted' } as const;

interface Pushed extends LivePair {
  readonly sync: PairSync;
  readonly journal: Journal;
}

/** A pair after a push that went well. */
async function afterPush(
  version: ReleaseName,
  use: (pushed: Pushed) => Promise<void>,
  edit: (before: Texts) => Texts = edited,
): Promise<void> {
  await withLivePair({ version }, async live => {
    const wanted = edit(live.before);
    const sync = live.open(wanted);
    const outcome = await sync.push(await planOf(sync), accepting);
    assert.equal(outcome.kind, 'done', outcome.cause);
    await live.pair.settled();
    const journal = await sync.lastRun();
    assert.ok(journal && journal.run === outcome.run && journal.state === 'done');
    await use({ ...live, sync, journal });
  });
}

async function assertHolds(pair: SimulatedPair, texts: Texts, label = ''): Promise<void> {
  await pair.settled();
  assert.deepEqual(differingSections(pair.primary.text, texts.primary), [], `primary ${label}`);
  assert.deepEqual(differingSections(pair.secondary.text, texts.secondary), [], `secondary ${label}`);
}

test('undo: both nodes hold what they held before, on every release', async () => {
  for (const { name } of releases) {
    await afterPush(name, async ({ pair, before, sync, journal, store }) => {
      const outcome = await sync.undo(journal, calm);
      assert.equal(outcome.kind, 'done', outcome.cause);
      assert.deepEqual(outcome.nodes.primary.sections, [
        { name: 'interfaces', state: 'restored' },
        { name: 'aliases', state: 'restored' },
      ]);
      await assertHolds(pair, before, name);
      assert.deepEqual((await store.journals('hq')).map(({ kind, state }) => `${kind} ${state}`).sort(), [
        'push undone',
        'undo done',
      ]);
      assert.equal(await sync.lastRun(), undefined);
      assert.equal((await store.backups(sync.keys.primary)).length, 2);
    });
  }
});

test('undo: later work is taken back only by who accepts it', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    const rename = (text: string) => text.replace('<name>servers</name>', '<name>later</name>');
    pair.primary.saveInGui(rename);
    await pair.settled();
    const saved = { primary: pair.primary.text, secondary: pair.secondary.text };
    const refused = await sync.undo(journal, calm);
    assert.equal(refused.kind, 'unchanged');
    assert.equal(
      refused.cause,
      'aliases on the primary (fw1.example.org) is not as that run has left it: to undo it would take back later work, too.',
    );
    await assertHolds(pair, saved);
    const accepted = await sync.undo(journal, accepting);
    assert.equal(accepted.kind, 'done', accepted.cause);
    await assertHolds(pair, before);
  });
});

test('undo: later work in other sections stays, and asks nobody', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    const domain = (text: string) => text.replace('example.org', 'example.net');
    pair.secondary.saveInGui(domain);
    const outcome = await sync.undo(journal, calm);
    assert.equal(outcome.kind, 'done', outcome.cause);
    await assertHolds(pair, { primary: before.primary, secondary: domain(before.secondary) });
  });
});

test('undo: of two runs the last one first, then the one before', async () => {
  await afterPush('2.8.0', async ({ pair, before, sync, journal, open }) => {
    const first = edited(before);
    const rename = (text: string) => text.replace('<name>servers</name>', '<name>second</name>');
    const second = { primary: rename(first.primary), secondary: rename(first.secondary) };
    const again = open(second);
    const outcome = await again.push(await planOf(again), accepting);
    assert.equal(outcome.kind, 'done', outcome.cause);
    assert.equal((await again.undo(journal, calm)).kind, 'unchanged', 'the older one is refused');
    const last = await again.lastRun();
    assert.ok(last && last.run !== journal.run);
    assert.equal((await again.undo(last, calm)).kind, 'done');
    await assertHolds(pair, first);
    const older = await sync.lastRun();
    assert.equal(older?.run, journal.run);
    assert.equal((await sync.undo(journal, calm)).kind, 'done');
    await assertHolds(pair, before);
  });
});

test('undo: a secondary that had not been in sync gets back what it had', async () => {
  for (const version of ['2.6.0', '2.9.0'] as const) {
    const own = (text: string) => text.replace('<name>servers</name>', '<name>own</name>');
    await withLivePair({ version, editSecondary: own }, async ({ pair, before, open }) => {
      const wanted = edited(before);
      const sync = open(wanted);
      const pushed = await sync.push(await planOf(sync), accepting);
      assert.equal(pushed.kind, 'done', pushed.cause);
      const journal = await sync.lastRun();
      assert.ok(journal);
      const outcome = await sync.undo(journal, calm);
      assert.equal(outcome.kind, 'done', outcome.cause);
      await assertHolds(pair, before, version);
    });
  }
});

test('undo: of a push that only had the primary save, so that it synchronises', async () => {
  const own = (text: string) => text.replace('<name>servers</name>', '<name>own</name>');
  await withLivePair({ version: '2.7.2', editSecondary: own }, async ({ pair, before, open }) => {
    const wanted = { primary: before.primary, secondary: before.secondary.replace('>own<', '>servers<') };
    const sync = open(wanted);
    const plan = await planOf(sync);
    assert.deepEqual(
      plan.steps.map(({ kind, role }) => `${kind} ${role}`),
      ['send primary', 'wait secondary'],
    );
    const pushed = await sync.push(plan, accepting);
    assert.equal(pushed.kind, 'done', pushed.cause);
    await assertHolds(pair, wanted);
    const journal = await sync.lastRun();
    assert.ok(journal);
    assert.equal((await sync.verify(journal)).kind, 'done');
    const outcome = await sync.undo(journal, calm);
    assert.equal(outcome.kind, 'done', outcome.cause);
    assert.deepEqual(outcome.nodes.secondary.sections, [{ name: 'aliases', state: 'restored' }]);
    await assertHolds(pair, before);
    assert.equal((await sync.verify(journal)).kind, 'unchanged');
  });
});

test('undo: without its backup, or with one that says something else, nothing is done', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    const wanted = edited(before);
    const path = journal.nodes.primary.backup ?? '';
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('<name>servers</name>', '<name>forged</name>'));
    const forged = await sync.undo(journal, calm);
    assert.equal(forged.kind, 'partly');
    assert.match(forged.notes.join(' '), /^aliases on the primary \(fw1\.example\.org\) cannot be brought back/);
    assert.deepEqual(
      forged.nodes.primary.sections.map(({ state }) => state),
      ['restored', 'other'],
    );
    await pair.settled();
    assert.deepEqual(differingSections(pair.primary.text, wanted.primary), ['interfaces']);
    rmSync(path);
    const gone = await sync.undo(journal, accepting);
    assert.match(gone.cause ?? '', /^The backup \S+ is gone, so that it cannot be undone\.$/);
  });
});

test('undo: a second time there is nothing to undo', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    await sync.undo(journal, calm);
    const calls = pair.primary.calls.length;
    const outcome = await sync.undo(journal, calm);
    assert.equal(outcome.cause, 'Both nodes hold what they held before that run: there is nothing to undo.');
    assert.deepEqual(pair.primary.calls.slice(calls), ['backup_config_section']);
    await assertHolds(pair, before);
  });
});

test('undo: what a merge cannot take out again is named, or taken out exactly where that is allowed', async () => {
  const add = ({ primary, secondary }: Texts): Texts => ({
    primary,
    secondary: secondary.replace('</interfaces>', '\t<opt2>\n\t\t\t<if>vtnet3</if>\n\t\t</opt2>\n\t</interfaces>'),
  });
  for (const execPhp of ['forbidden', 'allowed'] as const) {
    await afterPush(
      '2.7.2',
      async ({ pair, before, journal, open }) => {
        const sync = open(add(before), { execPhp });
        const outcome = await sync.undo(journal, calm);
        const [section] = outcome.nodes.secondary.sections;
        if (execPhp === 'allowed') {
          assert.deepEqual([outcome.kind, section?.state], ['done', 'restored']);
          await assertHolds(pair, before);
        } else {
          assert.deepEqual([outcome.kind, section?.state], ['partly', 'other']);
          await assertHolds(pair, add(before));
        }
      },
      add,
    );
  }
});

test('undo: where the primary cannot be brought back, it tells what the primary may take on afterwards', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    // Here the synchronisation after the push had not come.
    pair.secondary.saveInGui(() => before.secondary);
    pair.primary.orderFault({ kind: 'fatal error' }, { call: 'restore_config_section', times: 9 });
    const outcome = await sync.undo(journal, accepting);
    assert.equal(outcome.kind, 'partly');
    assert.deepEqual(
      outcome.nodes.primary.sections.map(({ name, state }) => `${name} ${state}`),
      ['interfaces other', 'aliases other'],
    );
    assert.deepEqual(
      outcome.nodes.secondary.sections.find(({ name }) => name === 'aliases'),
      { name: 'aliases', state: 'kept' },
    );
    assert.deepEqual(outcome.notes, ['The primary may still take aliases on to the secondary (fw2.example.org).']);
  });
});

test('verify: says how a run stands, and changes nothing', async () => {
  await afterPush('2.7.2', async ({ pair, before, sync, journal }) => {
    const good = await sync.verify(journal);
    assert.deepEqual([good.kind, good.cause], ['done', undefined]);
    pair.secondary.saveInGui(text => text.replace('HA link', 'Later'));
    const later = await sync.verify(journal);
    assert.equal(later.kind, 'partly');
    assert.deepEqual(
      later.nodes.secondary.sections.map(({ name, state }) => `${name} ${state}`),
      ['interfaces other', 'aliases as wanted'],
    );
    await sync.undo(journal, accepting);
    const undone = await sync.verify(journal);
    assert.deepEqual([undone.kind, undone.cause], ['unchanged', 'Both nodes hold what they held before that run.']);
    await assertHolds(pair, before);
    await pair.secondary.dispose();
    const gone = await sync.verify(journal);
    assert.deepEqual([gone.kind, gone.nodes.secondary.sections[0]?.state], ['partly', 'unknown']);
  });
});

test('undo: where no backup tells what the primary had, the secondary is not said to have back what the primary takes on again', async () => {
  await withLivePair({}, async live => {
    const { pair, before, open } = live;
    const sync = open(edited(before));
    const { nodes } = await sync.push(await planOf(sync), accepting);
    await pair.settled();
    const backup = nodes.primary.backup ?? '';
    writeFileSync(backup, readFileSync(backup, 'utf8').replace('192.168.1.30', '192.168.1.99'));
    const last = await sync.lastRun();
    assert.ok(last);
    const outcome = await sync.undo(last, calm);
    pair.primary.saveInGui(text => text);
    await pair.settled();
    assert.equal(outcome.kind, 'partly');
    assert.deepEqual(outcome.nodes.secondary.sections, [
      { name: 'interfaces', state: 'restored' },
      { name: 'aliases', state: 'other' },
    ]);
    assert.deepEqual(differingSections(pair.secondary.text, before.secondary), ['aliases']);
  });
});
