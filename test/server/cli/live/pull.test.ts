import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { folderWith } from '../../../harness/commandLine.ts';
import { answering, liveFolder, password, pinned } from './liveFolder.ts';

const descr = (text: string, to: string) =>
  text.replace(/<descr><!\[CDATA\[[^\]]*\]\]><\/descr>/, `<descr><![CDATA[${to}]]></descr>`);

test('pull: files that are as the firewalls have them are left alone, and remembered', async t => {
  const { cwd, run } = await liveFolder(t);
  const before = statSync(join(cwd, 'main.xml')).ino;
  const { status, stdout, stderr } = await run(['pull']);
  assert.deepEqual([status, stdout], [0, '']);
  assert.match(stderr, /^Fetch the configuration of the primary from https:\/\/127\.0\.0\.1:\d+\.\n/);
  assert.match(stderr, /main\.xml is as the firewall has it\.\nsecond\.xml is as the firewall has it\.\n$/);
  assert.equal(statSync(join(cwd, 'main.xml')).ino, before);
});

test('pull: a file that is not there is made, for nobody else to read', async t => {
  const { cwd, run, pair, read } = await liveFolder(t, { files: ['main.xml'] });
  const { status, stderr } = await run(['pull']);
  assert.equal(status, 0, stderr);
  assert.match(stderr, /second\.xml is new\.\n/);
  assert.equal(read('second.xml'), pair.secondary.text);
  assert.equal(statSync(join(cwd, 'second.xml')).mode & 0o777, 0o600);
});

test('pull: what would change is shown without secrets and asked about; no answer changes nothing', async t => {
  const { run, pair, read } = await liveFolder(t);
  pair.primary.saveInGui(text =>
    descr(text, 'edited in the GUI').replace('example-sync-password', 'another-sync-password'),
  );
  const before = read('main.xml');
  const declined = answering('n');
  const { status, stdout, stderr } = await run(['pull'], declined);
  assert.equal(status, 4);
  assert.deepEqual(declined.asked, ['Replace main.xml by what the firewalls hold? [y/N] ']);
  assert.match(stdout, /^\+.*edited in the GUI/m);
  assert.doesNotMatch(stdout + stderr, /example-sync-password|another-sync-password/);
  assert.equal(read('main.xml'), before);
  assert.equal((await run(['pull'])).status, 4, 'in a pipeline nobody can agree');
  assert.equal((await run(['pull'], answering('y'))).status, 0);
  assert.equal(read('main.xml'), pair.primary.text);
});

test('pull --yes --node: one file, without a question', async t => {
  const { run, pair, read } = await liveFolder(t);
  await pair.settled();
  pair.secondary.saveInGui(text => descr(text, 'edited in the GUI'));
  const before = read('main.xml');
  const { status, stderr } = await run(['pull', '--yes', '--node', 'secondary']);
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /primary/);
  assert.deepEqual([read('main.xml'), read('second.xml')], [before, pair.secondary.text]);
  assert.deepEqual(pair.primary.calls, []);
});

test('pull: an unknown certificate is refused, with its fingerprint and the line for the manifest', async t => {
  const { run, pair, state } = await liveFolder(t, { node: (each, role) => ({ url: each[role].url }) });
  const { status, stderr } = await run(['pull']);
  assert.equal(status, 3);
  assert.ok(stderr.includes(`"tls": { "sha256": "${pair.primary.fingerprint}" }`), stderr);
  assert.deepEqual(pair.primary.calls, [], 'nothing was sent to it');
  assert.ok(!existsSync(join(state, 'pfsense-ha')), 'and nothing is kept');
});

test('pull: a changed certificate stops everything, with both fingerprints', async t => {
  const { run, pair } = await liveFolder(t);
  const old = pair.primary.fingerprint;
  pair.primary.changeCertificate();
  const { status, stderr } = await run(['pull']);
  assert.equal(status, 3);
  assert.ok(stderr.includes(old) && stderr.includes(pair.primary.fingerprint), stderr);
  assert.deepEqual(pair.primary.calls, []);
});

test('pull: a wrong password is tried once, and never shown', async t => {
  const { run, pair } = await liveFolder(t);
  const { status, stderr } = await run(['pull'], { env: { PFSENSE_HA_PRIMARY_PASSWORD: 'wrong-password-7' } });
  assert.equal(status, 3);
  assert.match(stderr, /did not accept user name and password of “admin”/);
  assert.ok(!stderr.includes('wrong-password-7') && !stderr.includes(password));
  assert.deepEqual(pair.primary.calls, ['exec_php']);
});

test('pull: the password is asked for at a terminal, hidden; without one it says what to set', async t => {
  const { run } = await liveFolder(t);
  const env = { PFSENSE_HA_PASSWORD: '' };
  const person = answering(password, password);
  const { status, stderr } = await run(['pull'], { ...person, env });
  assert.equal(status, 0, stderr);
  assert.match(person.asked[0] ?? '', /^Password of "admin" on https:\/\/127\.0\.0\.1:\d+ \(primary\): $/);
  const alone = await run(['pull'], { env });
  assert.equal(alone.status, 3);
  assert.match(alone.stderr, /Set PFSENSE_HA_PRIMARY_PASSWORD or PFSENSE_HA_PASSWORD in the environment\.\n$/);
});

test('pull: which pair, where there are several or none', async t => {
  const { run } = await liveFolder(t);
  assert.match((await run(['pull', '--pair', 'branch'])).stderr, /there is no pair "branch" here; there is "hq"\.\n$/);
  const empty = await run(['pull'], { cwd: folderWith(t, {}) });
  assert.deepEqual([empty.status, /there is no pair here whose roles are known\./.test(empty.stderr)], [3, true]);
  assert.deepEqual((await run(['pull', 'main.xml', 'second.xml'])).status, 0);
  const usage = await run(['pull', '--node', 'third']);
  assert.deepEqual(
    [usage.status, usage.stderr.split('\n')[0]],
    [2, 'pfsense-ha: --node is primary or secondary, not "third".'],
  );
});

test('pull: plain HTTP is refused unless the manifest allows it', async t => {
  const { run } = await liveFolder(t, { node: (pair, role) => ({ ...pinned(pair, role), url: 'http://127.0.0.1:9' }) });
  const { status, stderr } = await run(['pull']);
  assert.equal(status, 3);
  assert.match(stderr, /"allowHttp": true/);
});

test('pull: a node is named in the middle of a sentence as in one', async t => {
  const { run, pair } = await liveFolder(t);
  pair.primary.orderFault({ kind: 'gateway timeout' });
  const { status, stderr } = await run(['pull']);
  assert.equal(status, 3);
  assert.match(stderr, /^pfsense-ha: The primary took longer than its web server waits/m);
  pair.primary.orderFault({ kind: 'half an answer' });
  assert.match((await run(['pull'])).stderr, /^pfsense-ha: The answer of the primary ends in the middle\.$/m);
});

test('pull: of two nodes whose addresses are swapped no file is replaced, not even with --yes', async t => {
  const { run, read } = await liveFolder(t, {
    node: (pair, role) => pinned(pair, role === 'primary' ? 'secondary' : 'primary'),
  });
  const before = [read('main.xml'), read('second.xml')];
  const { status, stdout, stderr } = await run(['pull', '--yes']);
  assert.deepEqual([status, stdout, read('main.xml'), read('second.xml')], [3, '', ...before]);
  assert.match(
    stderr,
    /at https:\S+ answers second-pfSense\.example\.org, whose file is second\.xml and not main\.xml; nothing was written\./,
  );
});
