import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before as beforeAll } from 'node:test';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import type { SimulatedNode } from '../../../simulator/node/simulatedNode.ts';
import { differingSections, hurry, type LivePair, withLivePair } from '../livePair.ts';
import { edited } from './edits.ts';
import { assertTrue } from './outcomes.ts';
import type { PushOrder } from './pushProgram.ts';

const calm = { liveChanges: 'refused', onCancel: () => Promise.reject(new Error('Nobody has cancelled.')) } as const;

const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-crash-'));
const program = join(folder, 'push.cjs');

beforeAll(async () => {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(import.meta.dirname, 'pushProgram.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
});
after(() => rmSync(folder, { recursive: true, force: true }));

function startPush({ pair, before, store }: LivePair): ChildProcess {
  const at = ({ port, fingerprint }: SimulatedNode) => ({ port, fingerprint });
  const order: PushOrder = {
    wanted: edited(before),
    folder: store.folder,
    nodes: { primary: at(pair.primary), secondary: at(pair.secondary) },
  };
  return spawn(process.execPath, [program], {
    env: { ...process.env, PUSH_ORDER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

interface Moment {
  readonly role: Role;
  readonly call: string;
  /** So many calls of that name go well before. */
  readonly after: number;
  /** What is done by the time of the next start. */
  readonly expected: Readonly<Record<Role, readonly string[]>>;
}

/** Each call of a push that a kill can meet: the backups, a look before a send, each send, the wait. */
const moments: readonly Moment[] = [
  { role: 'secondary', call: 'restore_config_section', after: 0, expected: { primary: [], secondary: ['interfaces'] } },
  { role: 'primary', call: 'backup_config_section', after: 2, expected: { primary: [], secondary: ['interfaces'] } },
  {
    role: 'primary',
    call: 'restore_config_section',
    after: 0,
    expected: { primary: ['interfaces'], secondary: ['interfaces'] },
  },
  {
    role: 'primary',
    call: 'restore_config_section',
    after: 1,
    expected: { primary: ['interfaces', 'aliases'], secondary: ['interfaces', 'aliases'] },
  },
  {
    role: 'secondary',
    call: 'backup_config_section',
    after: 4,
    expected: { primary: ['interfaces', 'aliases'], secondary: ['interfaces', 'aliases'] },
  },
];

/** Lets a push begin and kills it while a call of it is under way, which the node carries out all the same. */
async function crash(live: LivePair, { role, call, after }: Moment): Promise<void> {
  const node = live.pair[role];
  node.orderFault({ kind: 'latency', milliseconds: 150 }, { call, after });
  const child = startPush(live);
  const ended = new Promise(resolve => child.on('exit', resolve));
  const isUnderWay = () => node.calls.filter(name => name === call).length > after;
  for (let waited = 0; !isUnderWay(); waited += 5) {
    assert.ok(waited < 20_000 && child.exitCode === null, 'the push does not get there');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  child.kill('SIGKILL');
  await ended;
}

for (const moment of moments) {
  const { role, call, after: count, expected } = moment;
  test(`crash: killed in call ${count + 1} of ${call} on the ${role}, it is verified and undone`, async () => {
    await withLivePair({}, async live => {
      const { pair, before, open, store } = live;
      await crash(live, moment);
      assert.equal(readdirSync(join(store.folder, 'locks')).length, 1, 'the lock is left behind');
      // The call is still under way, and the first look must not take it for one that never came.
      const sync = open(edited(before), { pace: { ...hurry, quiet: 400 } });
      const journal = await sync.lastRun();
      assert.ok(journal?.state === 'open');
      const seen = await sync.verify(journal);
      for (const each of ['primary', 'secondary'] as const) {
        const states = seen.nodes[each].sections;
        const wanted = states.filter(({ state }) => state === 'as wanted').map(({ name }) => name);
        assert.deepEqual(wanted, expected[each], `${each} ${JSON.stringify(states)}`);
      }
      const files = () => ({ primary: pair.primary.text, secondary: pair.secondary.text });
      if (seen.kind !== 'done') assertTrue(seen, { before, wanted: edited(before), now: files() }, call);
      const undone = await sync.undo(journal, calm);
      assert.equal(undone.kind, 'done', undone.cause);
      await pair.settled();
      assert.deepEqual(differingSections(pair.primary.text, before.primary), []);
      assert.deepEqual(differingSections(pair.secondary.text, before.secondary), []);
      assert.equal(await sync.lastRun(), undefined);
      assert.deepEqual(readdirSync(join(store.folder, 'locks')), []);
    });
  });
}

test('crash: before the first send nothing is left to be undone, and the next push goes', async () => {
  await withLivePair({}, async live => {
    const { pair, before, open } = live;
    await crash(live, { role: 'secondary', call: 'exec_php', after: 2, expected: { primary: [], secondary: [] } });
    assert.equal(await open(edited(before)).lastRun(), undefined);
    const child = startPush(live);
    assert.equal(await new Promise(resolve => child.on('exit', resolve)), 0);
    await pair.settled();
    assert.deepEqual(differingSections(pair.secondary.text, edited(before).secondary), []);
  });
});
