import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { defaultStoreFolder } from '../../../../server/src/sync/store/defaultFolder.ts';
import { openDiskStore } from '../../../../server/src/sync/store/diskStore.ts';
import { writeJournalText } from '../../../../server/src/sync/store/journalText.ts';
import type { Journal, NodeKey, SyncStore } from '../../../../server/src/sync/store/store.ts';

const fw1: NodeKey = { origin: 'https://192.0.2.1', host: 'fw1.example.org' };
const fw2: NodeKey = { origin: 'https://192.0.2.2', host: 'fw2.example.org' };
const bytes = Buffer.from('<pfsense>\r\n\xe9</pfsense>', 'latin1');

function temporaryStore(t: TestContext) {
  const parent = mkdtempSync(join(tmpdir(), 'pfsense-ha-store-'));
  t.after(() => rmSync(parent, { recursive: true, force: true }));
  const told: string[] = [];
  let time = Date.UTC(2026, 10, 29, 14, 55);
  const folder = join(parent, 'state', 'pfsense-ha');
  const store = openDiskStore({ folder, tell: message => told.push(message), now: () => new Date(time++) });
  return { store, folder, told };
}

function allFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? [path, ...allFiles(path)] : [path];
  });
}

function journal(run: string, state: Journal['state'] = 'open', pair = 'hq'): Journal {
  const step = {
    role: 'primary',
    kind: 'send',
    state: 'sending',
    sections: [
      { name: 'aliases', before: undefined, wanted: 'ab12' },
      { name: 'nat', before: 'cd34', wanted: undefined },
    ],
  } as const;
  return {
    run,
    kind: 'push',
    pair,
    salt: '00ff',
    state,
    nodes: { primary: { ...fw1, backup: '/b/1.xml' }, secondary: { ...fw2, backup: undefined } },
    steps: [step],
  };
}

test('store: a base comes back byte for byte, for each node its own', async t => {
  const { store } = temporaryStore(t);
  assert.equal(await store.base(fw1), undefined);
  await store.rememberBase(fw1, Buffer.from('first'));
  await store.rememberBase(fw1, bytes);
  assert.deepEqual(await store.base(fw1), bytes);
  assert.equal(await store.base(fw2), undefined);
  assert.equal(await store.base({ ...fw1, origin: 'https://192.0.2.9' }), undefined);
});

test('store: folders are for their owner alone, files too, and no draft is left', async t => {
  const { store, folder } = temporaryStore(t);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  await store.rememberBase(fw1, bytes);
  await store.saveBackup(fw1, bytes);
  await store.writeJournal(journal('20261129T145500Z-1f3a'));
  const lock = await store.lock([fw1, fw2]);
  const paths = [folder, ...allFiles(folder)];
  assert.ok(paths.length >= 10, paths.join('\n'));
  for (const path of paths) {
    const stats = statSync(path);
    assert.equal((stats.mode & 0o777).toString(8), stats.isDirectory() ? '700' : '600', path);
    assert.doesNotMatch(path, /tmp$/);
  }
  assert.ok(lock.kind === 'locked');
  await lock.release();
});

test('store: the newest 20 backups of a node are kept, and those of the other are not counted', async t => {
  const { store } = temporaryStore(t);
  await store.saveBackup(fw2, bytes);
  const paths: string[] = [];
  for (let i = 0; i < 23; i++) paths.push(await store.saveBackup(fw1, Buffer.from(`backup ${i}`)));
  const kept = await store.backups(fw1);
  assert.deepEqual(
    kept.map(({ path }) => path),
    paths.slice(3).reverse(),
  );
  assert.equal(readFileSync(kept[0]?.path ?? '', 'utf8'), 'backup 22');
  assert.equal(kept[0]?.size, 9);
  assert.equal(kept[0]?.savedAt.toISOString().slice(0, 16), '2026-11-29T14:55');
  assert.equal((await store.backups(fw2)).length, 1);
});

test('store: two backups at the same moment are two', async t => {
  const { folder } = temporaryStore(t);
  const store = openDiskStore({ folder, now: () => new Date(0) });
  const paths = [await store.saveBackup(fw1, bytes), await store.saveBackup(fw1, bytes)];
  assert.notEqual(paths[0], paths[1]);
});

test('store: what somebody else has put among the backups is neither one nor taken away', async t => {
  const { store } = temporaryStore(t);
  const folder = dirname(await store.saveBackup(fw1, bytes));
  writeFileSync(join(folder, 'my notes.txt'), 'mine');
  for (let i = 0; i < 21; i++) await store.saveBackup(fw1, bytes);
  assert.equal((await store.backups(fw1)).length, 20);
  assert.equal(readFileSync(join(folder, 'my notes.txt'), 'utf8'), 'mine');
});

test('store: names of pairs and hosts lead to no other folder', async t => {
  const { store, folder } = temporaryStore(t);
  const hosts = ['../../evil', '..', '', 'a/b', 'a_b', 'x'.repeat(300), 'ä\u0000'];
  for (const host of hosts) await store.rememberBase({ ...fw1, host }, Buffer.from(host));
  for (const host of hosts) assert.equal(String(await store.base({ ...fw1, host })), host);
  await store.writeJournal(journal('r1', 'open', '../../x'));
  assert.equal((await store.journals('../../x')).length, 1);
  assert.deepEqual(readdirSync(folder).sort(), ['nodes', 'runs']);
});

test('store: journals come back as they were written, the newest first, those of the pair alone', async t => {
  const { store } = temporaryStore(t);
  const runs = ['20261129T145500Z-1f3a', '20261130T000000Z-0000', '20261129T145501Z-0000'];
  for (const run of runs) await store.writeJournal(journal(run));
  await store.writeJournal(journal('20270101T000000Z-0000', 'open', 'branch'));
  const done = journal(runs[0] ?? '', 'done');
  await store.writeJournal(done);
  const read = await store.journals('hq');
  assert.deepEqual(
    read.map(({ run }) => run),
    [runs[1], runs[2], runs[0]],
  );
  assert.deepEqual(read[2], done);
});

test('store: a journal that cannot be read is told of and passed over', async t => {
  const { store, folder, told } = temporaryStore(t);
  await store.writeJournal(journal('20261129T145500Z-1f3a'));
  const path = allFiles(folder).find(each => each.endsWith('.json')) ?? '';
  const good = readFileSync(path, 'utf8');
  const broken = ['', '{', 'null', '[]', good.replace('"form": 1', '"form": 2'), good.replace('"send"', '"sing"')];
  for (const [index, text] of broken.entries()) writeFileSync(join(dirname(path), `2027-${index}.json`), text);
  assert.equal((await store.journals('hq')).length, 1);
  assert.equal(told.length, broken.length);
  assert.match(told[0] ?? '', /^The journal \S+2027-5\.json cannot be read and is passed over\.$/);
});

test('store: old journals of finished runs go, others stay', async t => {
  const { store, folder } = temporaryStore(t);
  await store.writeJournal(journal('0000', 'open'));
  const [path = ''] = allFiles(folder).filter(each => each.endsWith('.json'));
  for (let i = 1; i <= 100; i++) {
    const run = String(i).padStart(4, '0');
    writeFileSync(join(dirname(path), `${run}.json`), writeJournalText(journal(run, 'done')));
  }
  await store.writeJournal(journal('0101', 'done'));
  const runs = (await store.journals('hq')).map(({ run }) => run);
  assert.deepEqual([runs[0], runs.at(-2), runs.at(-1)], ['0101', '0002', '0000']);
});

async function lockedOf(store: SyncStore) {
  const lock = await store.lock([fw1, fw2]);
  assert.ok(lock.kind === 'locked', lock.kind === 'held' ? lock.message : '');
  return lock;
}

test('lock: who comes second is told who is first, whatever the order of the nodes', async t => {
  const { store, folder } = temporaryStore(t);
  const first = await lockedOf(store);
  const second = await openDiskStore({ folder }).lock([fw2, fw1]);
  assert.ok(second.kind === 'held');
  assert.match(
    second.message,
    new RegExp(`^Another run on this pair is under way \\(process ${process.pid}\\)\\. .*delete \\S+\\.lock\\.$`),
  );
  assert.equal((await store.lock([fw1])).kind, 'locked', 'another pair is not kept off');
  await first.release();
  const third = await lockedOf(store);
  await first.release();
  assert.equal((await store.lock([fw1, fw2])).kind, 'held', 'who has let go does not let go for others');
  await third.release();
});

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  const { pid = 0 } = child;
  await new Promise(resolve => child.on('exit', resolve));
  return pid;
}

test('lock: what a process that is gone has left is taken over, by one alone', async t => {
  const { store, folder } = temporaryStore(t);
  await (await lockedOf(store)).release();
  const lock = await lockedOf(store);
  const [path = ''] = allFiles(folder).filter(each => each.endsWith('.lock'));
  await lock.release();
  writeFileSync(path, JSON.stringify({ pid: await deadProcess(), host: hostname(), token: 'old' }));
  const results = await Promise.all(Array.from({ length: 10 }, () => openDiskStore({ folder }).lock([fw1, fw2])));
  assert.deepEqual(
    results.map(({ kind }) => kind).sort(),
    ['locked', ...Array.from({ length: 9 }, () => 'held')].sort(),
  );
  assert.deepEqual(readdirSync(dirname(path)).length, 1);
});

test('lock: one of another computer is not judged, one that says nothing only when it is old', async t => {
  const { store, folder } = temporaryStore(t);
  const lock = await lockedOf(store);
  const [path = ''] = allFiles(folder).filter(each => each.endsWith('.lock'));
  await lock.release();
  writeFileSync(path, JSON.stringify({ pid: await deadProcess(), host: 'elsewhere', token: 'old' }));
  const held = await store.lock([fw1, fw2]);
  assert.ok(held.kind === 'held' && held.message.includes(' on elsewhere)'));
  writeFileSync(path, '');
  assert.equal((await store.lock([fw1, fw2])).kind, 'held');
  utimesSync(path, new Date(0), new Date(0));
  await (await lockedOf(store)).release();
});

test('store: the command line keeps it where each system keeps such things', () => {
  const folder = (platform: NodeJS.Platform, environment: Record<string, string>, home: string) =>
    defaultStoreFolder({ platform, environment, home });
  assert.equal(folder('linux', {}, '/home/a'), '/home/a/.local/state/pfsense-ha');
  assert.equal(folder('freebsd', { XDG_STATE_HOME: '/var/a' }, '/home/a'), '/var/a/pfsense-ha');
  assert.equal(folder('linux', { XDG_STATE_HOME: 'state' }, '/home/a'), '/home/a/.local/state/pfsense-ha');
  assert.equal(folder('darwin', {}, '/Users/a'), '/Users/a/Library/Application Support/pfsense-ha');
  assert.equal(folder('win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\Users\\a'), 'C:\\L\\pfsense-ha');
  assert.equal(folder('win32', {}, 'C:\\Users\\a'), 'C:\\Users\\a\\AppData\\Local\\pfsense-ha');
});
