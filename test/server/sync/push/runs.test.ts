import assert from 'node:assert/strict';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import type { PairSyncOptions, PushOptions } from '../../../../server/src/sync/pairSync.ts';
import type { Plan } from '../../../../server/src/sync/plan/plan.ts';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import type { SyncStore } from '../../../../server/src/sync/store/store.ts';
import { isArray, type PhpArray, textAt } from '../../../simulator/php/value.ts';
import type { SimulatedPair } from '../../../simulator/startPair.ts';
import { hurry, type LivePair, planOf, withLivePair } from '../livePair.ts';
import { edited } from './edits.ts';
import { assertTrue } from './outcomes.ts';

const calm: PushOptions = {
  liveChanges: 'accepted',
  onCancel: () => Promise.reject(new Error('Nobody has cancelled.')),
};

/** Pushes the edits of this test, as the pair itself plans them. */
async function pushEdits(
  live: LivePair,
  options: Partial<PushOptions> = {},
  more: Partial<PairSyncOptions> = {},
): Promise<Outcome> {
  const sync = live.open(edited(live.before), more);
  return sync.push(await planOf(sync), { ...calm, ...options });
}

async function assertSays(outcome: Outcome, { pair, before }: LivePair, label = ''): Promise<void> {
  await pair.settled();
  const now = { primary: pair.primary.text, secondary: pair.secondary.text };
  assertTrue(outcome, { before, wanted: edited(before), now }, label);
}

test('cancel: at every step, undone or left as the person says, and asked once', async () => {
  const kinds: string[] = [];
  for (const answer of ['undo', 'leave'] as const) {
    for (let step = 0; step < 7; step++) {
      await withLivePair({}, async live => {
        const controller = new AbortController();
        let told = 0;
        let asked = 0;
        const outcome = await pushEdits(live, {
          signal: controller.signal,
          progress: () => {
            if (told++ === step) controller.abort();
          },
          onCancel: async () => {
            asked++;
            return answer;
          },
        });
        await assertSays(outcome, live, `${answer} at ${step}`);
        assert.ok(asked <= 1);
        if (outcome.kind === 'restored' || outcome.kind === 'partly') assert.equal(asked, 1);
        // After the last send the primary may or may not have synchronised by the time that one looks.
        const isOpen = answer === 'leave' && (step === 4 || step === 5);
        kinds.push(`${answer} ${step} ${isOpen && outcome.kind === 'done' ? 'partly' : outcome.kind}`);
      });
    }
  }
  // Backups, three sends, the wait, CARP: a send that is under way is finished, and so is a push whose last step is done.
  assert.deepEqual(kinds, [
    ...['undo 0 unchanged', 'undo 1 unchanged', 'undo 2 restored', 'undo 3 restored', 'undo 4 restored'],
    ...['undo 5 restored', 'undo 6 done', 'leave 0 unchanged', 'leave 1 unchanged', 'leave 2 partly', 'leave 3 partly'],
    ...['leave 4 partly', 'leave 5 partly', 'leave 6 done'],
  ]);
});

test('cancel: a section of which only the first part was sent is not called as wanted', async () => {
  const vip =
    '\t\t<vip>\n\t\t\t<mode>ipalias</mode>\n\t\t\t<interface>lan</interface>\n\t\t\t<uniqid>65f0c0ffee999</uniqid>\n\t\t\t<subnet_bits>24</subnet_bits>\n\t\t\t<subnet>192.168.1.90</subnet>\n\t\t</vip>\n';
  await withLivePair({}, async live => {
    const { before, open, pair } = live;
    const rename = (text: string) => text.replace('CDATA[VIP 1', 'CDATA[VIP one');
    const own = before.secondary.replace('\t</virtualip>', `${vip}\t</virtualip>`);
    const sync = open({ primary: rename(before.primary), secondary: rename(own) });
    const controller = new AbortController();
    const outcome = await sync.push(await planOf(sync), {
      ...calm,
      signal: controller.signal,
      progress: ({ message }) => {
        if (message.startsWith('Send')) controller.abort();
      },
      onCancel: async () => 'leave',
    });
    await pair.settled();
    assert.deepEqual(outcome.nodes.secondary.sections, [{ name: 'virtualip', state: 'other' }]);
    assert.deepEqual(outcome.nodes.primary.sections, [{ name: 'virtualip', state: 'kept' }]);
  });
});

test('a primary that does not synchronise: all is taken back, and nobody waits long for it twice', async () => {
  await withLivePair({}, async live => {
    live.pair.primary.orderSyncFailure(10);
    const outcome = await pushEdits(live, {}, { secondaryTimeout: 300 });
    assert.equal(outcome.kind, 'restored', outcome.cause);
    assert.equal(
      outcome.cause,
      'After 1 seconds the secondary (fw2.example.org) does not hold what the primary should have sent it: aliases. The log of the primary under Status > System Logs tells why.',
    );
    await assertSays(outcome, live);
  });
});

test('a synchronisation that fails at first and comes later does no harm', async () => {
  // Each of two saves has the primary try four times.
  for (const faults of [1, 8]) {
    await withLivePair({}, async live => {
      live.pair.secondary.orderFault({ kind: 'dropped before' }, { caller: 'peer', times: faults });
      const outcome = await pushEdits(live, {}, { secondaryTimeout: 500 });
      await assertSays(outcome, live, `${faults} faults`);
      assert.equal(outcome.kind, faults === 1 ? 'done' : 'restored', outcome.cause);
    });
  }
});

test('a synchronisation that is late reaches a secondary that has been brought back, and is taken back too', async () => {
  await withLivePair(
    { editSecondary: text => text.replace('<name>servers</name>', '<name>own</name>') },
    async live => {
      live.pair.secondary.orderFault({ kind: 'latency', milliseconds: 400 }, { caller: 'peer', times: 2 });
      const sync = live.open(edited(live.before), { secondaryTimeout: 20, pace: { ...hurry, quiet: 2_500 } });
      const outcome = await sync.push(await planOf(sync), calm);
      assert.equal(outcome.kind, 'restored', outcome.cause);
      await assertSays(outcome, live);
    },
  );
});

test('a secondary that goes away in the middle: what is known is said, and what is not', async () => {
  await withLivePair({}, async live => {
    let told = 0;
    const outcome = await pushEdits(
      live,
      {
        progress: () => {
          // At the third send the secondary has got its own section already.
          if (told++ === 4) void live.pair.secondary.dispose();
        },
      },
      { secondaryTimeout: 300 },
    );
    assert.equal(outcome.kind, 'partly');
    assert.deepEqual(
      outcome.nodes.secondary.sections.map(({ state }) => state),
      ['unknown', 'unknown'],
    );
    assert.deepEqual(
      outcome.nodes.primary.sections.map(({ state }) => state),
      ['restored', 'restored'],
    );
    assert.match(
      outcome.cause ?? '',
      /The secondary \(fw2\.example\.org\) cannot be reached at https:\/\/127\.0\.0\.1/,
    );
    await assertSays(outcome, live);
  });
});

test('two runs at the same time: the second is kept off, and says by whom', async () => {
  await withLivePair({}, async live => {
    const [one, other] = [live.open(edited(live.before)), live.open(edited(live.before))];
    const outcomes = await Promise.all([one.push(await planOf(one), calm), other.push(await planOf(other), calm)]);
    const kinds = outcomes.map(({ kind }) => kind).sort();
    assert.deepEqual(kinds, ['done', 'unchanged']);
    const held = outcomes.find(({ kind }) => kind === 'unchanged');
    assert.match(held?.cause ?? '', /^Another run on this pair is under way \(process \d+\)\. /);
    assert.deepEqual(readdirSync(join(live.store.folder, 'locks')), [], 'the lock is let go');
    const journal = await one.lastRun();
    assert.ok(journal);
    const [undone, alsoUndone] = await Promise.all([one.undo(journal, calm), other.undo(journal, calm)]);
    assert.deepEqual([undone.kind, alsoUndone.kind].sort(), ['done', 'unchanged']);
    await live.pair.settled();
    assert.ok(!live.pair.primary.text.includes('pushed'));
  });
});

test('somebody has worked there since the plan was made: nothing is sent', async () => {
  await withLivePair({}, async live => {
    const sync = live.open(edited(live.before));
    const plan = await planOf(sync);
    live.pair.secondary.saveInGui(text => text.replace('SYNC', 'Theirs'));
    const outcome = await sync.push(plan, calm);
    assert.deepEqual(
      [outcome.kind, outcome.cause],
      [
        'unchanged',
        'interfaces on the secondary (fw2.example.org) has changed since the plan was made: somebody works there. Pull, and make the plan again.',
      ],
    );
    assert.equal(await sync.lastRun(), undefined);
    assert.ok(!live.pair.primary.calls.includes('restore_config_section'));
  });
});

test('what stands against a plan stands against its push', async () => {
  await withLivePair({}, async live => {
    const sync = live.open(edited(live.before));
    const plan = await planOf(sync);
    const calls = live.pair.primary.calls.length + live.pair.secondary.calls.length;
    const consent = {
      role: 'primary',
      reason: 'no base',
      lost: [{ section: 'aliases', title: 'alias servers' }],
    } as const;
    const asking: Plan = { ...plan, consents: [consent] };
    const refused: Plan = {
      ...plan,
      refusals: [{ reason: 'other host', role: 'primary', message: 'It is another host.' }],
    };
    const causes: readonly (readonly [Plan, string])[] = [
      [asking, 'Something on the nodes would be lost, and nobody has agreed to that.'],
      [refused, 'It is another host.'],
      [{ ...plan, steps: [], consents: [] }, 'There is nothing to push.'],
    ];
    for (const [each, cause] of causes) {
      const outcome = await sync.push(each, { ...calm, liveChanges: 'refused' });
      assert.deepEqual([outcome.kind, outcome.cause], ['unchanged', cause]);
    }
    assert.equal(live.pair.primary.calls.length + live.pair.secondary.calls.length, calls);
    const agreed = await sync.push(asking, calm);
    assert.equal(agreed.kind, 'done', agreed.cause);
  });
});

/** A store of which the disk is full at the nth journal, and from then on or for once. */
function fullAt(store: SyncStore, { from, to }: { readonly from: number; readonly to: number }): SyncStore {
  let written = 0;
  return {
    folder: store.folder,
    base: node => store.base(node),
    rememberBase: (node, bytes) => store.rememberBase(node, bytes),
    saveBackup: (node, bytes) => store.saveBackup(node, bytes),
    readBackup: path => store.readBackup(path),
    backups: node => store.backups(node),
    journals: pair => store.journals(pair),
    lock: nodes => store.lock(nodes),
    writeJournal: journal => {
      written++;
      if (written < from || written > to) return store.writeJournal(journal);
      return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    },
  };
}

test('a journal that cannot be written ends the push, and what was sent is taken back', async () => {
  const kinds: string[] = [];
  const meet = (from: number, to: number) =>
    withLivePair({}, async live => {
      const store = fullAt(live.store, { from, to });
      const outcome = await pushEdits(live, {}, { store });
      await assertSays(outcome, live, `full at ${from}`);
      if (outcome.kind !== 'done') assert.match(outcome.cause ?? '', /^\S+ cannot be used \(ENOSPC\)\./);
      kinds.push(outcome.kind);
    });
  // The quick loop takes every third.
  const step = process.env.PFSENSE_HA_THOROUGH === '1' ? 1 : 3;
  for (let from = 1; from <= 10; from += step)
    await Promise.all([meet(from, from), meet(from, Number.POSITIVE_INFINITY)]);
  assert.deepEqual([...new Set(kinds)].sort(), ['done', 'restored', 'unchanged']);
});

test('a folder that cannot be written to is told of before anything is sent', async t => {
  if (process.getuid?.() === 0) return t.skip('root may write anywhere');
  await withLivePair({}, async live => {
    await live.store.rememberBase({ origin: 'x', host: 'x' }, Buffer.from('x'));
    chmodSync(live.store.folder, 0o500);
    const outcome = await pushEdits(live);
    assert.equal(outcome.kind, 'unchanged');
    assert.match(outcome.cause ?? '', /cannot be used \(EACCES\)/);
    chmodSync(live.store.folder, 0o700);
  });
  return undefined;
});

function vipState(state: (vhid: string) => 'MASTER' | 'BACKUP' | 'INIT' | undefined) {
  return (vip: PhpArray) => (isArray(vip) ? state(textAt(vip, 'vhid')) : undefined);
}

function carpNotes({ notes }: Outcome): readonly string[] {
  return notes.filter(note => !note.includes('takes effect only after'));
}

async function notesAfter(prepare: (pair: SimulatedPair) => void): Promise<Outcome> {
  let result: Outcome | undefined;
  await withLivePair({}, async live => {
    prepare(live.pair);
    result = await pushEdits(live);
  });
  assert.ok(result?.kind === 'done', result?.cause);
  return result;
}

test('CARP: the primary MASTER and the secondary BACKUP is worth no note, anything else is', async () => {
  const good = await notesAfter(() => undefined);
  assert.deepEqual(carpNotes(good), []);
  assert.deepEqual(
    good.nodes.primary.carp?.vips.map(({ state }) => state),
    ['MASTER', 'MASTER'],
  );
  const turned = await notesAfter(({ primary, secondary }) => {
    primary.carpStateOverride = vipState(vhid => (vhid === '2' ? 'BACKUP' : undefined));
    secondary.carpStateOverride = vipState(vhid => (vhid === '2' ? 'MASTER' : undefined));
  });
  assert.deepEqual(carpNotes(turned), [
    'The primary (fw1.example.org) should be MASTER, but VHID 2 on lan is BACKUP.',
    'The secondary (fw2.example.org) should be BACKUP, but VHID 2 on lan is MASTER.',
  ]);
  const off = await notesAfter(({ secondary }) => {
    secondary.carpStateOverride = vipState(() => 'INIT');
  });
  assert.match(carpNotes(off).join(' '), /should be BACKUP, but VHID 1 on wan is INIT, VHID 2 on lan is INIT\.$/);
});

test('CARP: an election that takes its time is waited for', async () => {
  await withLivePair({}, async live => {
    live.pair.primary.carpStateOverride = () => 'BACKUP';
    setTimeout(() => {
      live.pair.primary.carpStateOverride = undefined;
    }, 700);
    const sync = live.open(edited(live.before), { pace: { ...hurry, election: 5_000 } });
    const outcome = await sync.push(await planOf(sync), calm);
    assert.deepEqual([outcome.kind, carpNotes(outcome)], ['done', []]);
  });
});

test('CARP: who may not ask is told nothing, and the push is done', async () => {
  await withLivePair({}, async live => {
    live.pair.primary.orderFault({ kind: 'fatal error' }, { call: 'exec_php', after: 3, times: 5 });
    const outcome = await pushEdits(live);
    assert.deepEqual([outcome.kind, carpNotes(outcome), outcome.nodes.primary.carp], ['done', [], undefined]);
  });
});

test('progress goes forward from the first backup to the end, and names the nodes', async () => {
  await withLivePair({}, async live => {
    const told: string[] = [];
    let last = 0;
    await pushEdits(live, {
      progress: ({ message, fraction }) => {
        assert.ok(fraction >= last && fraction <= 1, `${message} ${fraction}`);
        last = fraction;
        told.push(message);
      },
    });
    assert.deepEqual(told, [
      'Back up the primary (fw1.example.org)',
      'Back up the secondary (fw2.example.org)',
      'Send 1 section to the secondary (fw2.example.org)',
      'Send 1 section to the primary (fw1.example.org)',
      'Send 1 section to the primary (fw1.example.org)',
      'Wait up to 4 seconds until the secondary (fw2.example.org) holds what the primary sends it',
      'Look how CARP stands on both nodes',
    ]);
  });
});

test('backups are the whole files from before, for their owner alone', async () => {
  await withLivePair({}, async live => {
    const sync = live.open(edited(live.before));
    const outcome = await sync.push(await planOf(sync), calm);
    for (const role of ['primary', 'secondary'] as const) {
      const path = outcome.nodes[role].backup ?? '';
      assert.equal(Buffer.from((await live.store.readBackup(path)) ?? []).toString('utf8'), live.before[role]);
      assert.equal(statSync(path).mode & 0o777, 0o600);
    }
  });
});
