import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { answering, type LiveFolder, liveFolder, password } from './liveFolder.ts';

/** Another address in the alias that both files have, which the primary takes on to the secondary. */
function editAlias(live: LiveFolder): void {
  for (const name of ['main.xml', 'second.xml'] as const) {
    edit(live, name, text => text.replace(/(<outbound>[\s\S]*?<descr><!\[CDATA\[)[^\]]*/, '$1edited for the push'));
  }
}

function edit({ cwd, read }: LiveFolder, name: 'main.xml' | 'second.xml', change: (text: string) => string): void {
  const before = read(name);
  const after = change(before);
  assert.notEqual(after, before, 'the edit changes nothing');
  writeFileSync(join(cwd, name), after);
}

test('plan: files that the firewalls hold give nothing to do', async t => {
  const { run } = await liveFolder(t);
  const { status, stdout } = await run(['plan']);
  assert.equal(status, 0);
  assert.match(stdout, /^Plan for hq\n[\s\S]*\nNothing to do: a push would change nothing on either firewall\.\n$/);
});

test('plan: says what would be sent, and asks for nothing that changes a firewall', async t => {
  const live = await liveFolder(t);
  editAlias(live);
  const { status, stdout } = await live.run(['plan']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /outbound NAT rule "edited for the push"/);
  assert.match(stdout, /copied on by the primary/i);
  assert.ok(!live.pair.primary.calls.includes('restore_config_section'));
  const json = JSON.parse((await live.run(['plan', '--format', 'json'])).stdout);
  assert.deepEqual([json.version, json.pair, json.state], [1, 'hq', 'consent']);
  assert.deepEqual(
    json.steps.map((step: { kind: string; node: string }) => [step.kind, step.node]),
    [
      ['send', 'primary'],
      ['wait', 'secondary'],
    ],
  );
});

test('push: an error in a file stands against it', async t => {
  const live = await liveFolder(t);
  edit(live, 'second.xml', text => text.replace(/<advskew>100<\/advskew>/, '<advskew>0</advskew>'));
  const { status, stdout } = await live.run(['push', '--yes', '--accept-live-changes']);
  assert.equal(status, 4);
  assert.match(stdout, /What stands against it:\n[\s\S]*\(carp-skew-order\)/);
  assert.ok(![...live.pair.primary.calls, ...live.pair.secondary.calls].includes('restore_config_section'));
});

test('push: after a pull it needs no more than --yes, arrives on both, and a second one has nothing to do', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const { status, stdout, stderr } = await live.run(['push', '--yes', '--format', 'json']);
  assert.equal(status, 0, stderr);
  const { outcome, plan } = JSON.parse(stdout);
  assert.deepEqual([outcome.kind, plan.state], ['done', 'ready']);
  await live.pair.settled();
  for (const node of [live.pair.primary, live.pair.secondary]) assert.match(node.text, /edited for the push/);
  assert.equal((await live.run(['plan', '--format', 'json'])).status, 0);
  assert.equal((await live.run(['pull', '--yes'])).status, 0);
  assert.match((await live.run(['push'])).stdout, /Nothing to do/);
});

test('push: without a pull before it, --yes alone refuses what would be lost; a person is asked for both', async t => {
  const live = await liveFolder(t);
  editAlias(live);
  const alone = await live.run(['push', '--yes']);
  assert.equal(alone.status, 4);
  assert.match(alone.stderr, /say --accept-live-changes\.\n$/);
  const person = answering('y', 'y');
  assert.equal((await live.run(['push'], person)).status, 0);
  assert.deepEqual(person.asked, [
    'May what is listed as lost be overwritten? [y/N] ',
    'Send this to the firewalls? [y/N] ',
  ]);
});

test('push: what somebody has changed since the pull stands against it', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  live.pair.primary.saveInGui(text => text.replace(/(<outbound>[\s\S]*?<descr><!\[CDATA\[)[^\]]*/, '$1by a colleague'));
  await live.pair.settled();
  const { status, stdout } = await live.run(['push', '--yes', '--accept-live-changes']);
  assert.equal(status, 4);
  assert.match(stdout, /The firewall has changed since it was pulled/);
  assert.match(live.pair.primary.text, /by a colleague/);
});

test("push: again, without a pull between the two: what the first one has left there is nobody else's work", async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  for (const name of ['main.xml', 'second.xml'] as const) {
    edit(live, name, text => text.replaceAll('edited for the push', 'edited once more'));
  }
  const { status, stdout } = await live.run(['push', '--yes']);
  assert.equal(status, 0, stdout);
  await live.pair.settled();
  for (const node of [live.pair.primary, live.pair.secondary]) assert.match(node.text, /edited once more/);
});

test('push: what an earlier run has left there is not taken for the work of somebody else, whatever was pushed since', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  edit(live, 'main.xml', text => text.replace('<timezone>Etc/UTC', '<timezone>Europe/Vienna'));
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  const change = (to: string) => {
    for (const name of ['main.xml', 'second.xml'] as const) {
      edit(live, name, text => text.replaceAll('edited for the push', to));
    }
  };
  change('edited once more');
  const third = await live.run(['push', '--yes']);
  assert.equal(third.status, 0, third.stdout);
  assert.equal((await live.run(['undo', '--yes'])).status, 0);
  for (const name of ['main.xml', 'second.xml'] as const)
    edit(live, name, text => text.replaceAll('once more', 'anew'));
  const fourth = await live.run(['push', '--yes']);
  assert.equal(fourth.status, 0, fourth.stdout);
  await live.pair.settled();
  for (const node of [live.pair.primary, live.pair.secondary]) assert.match(node.text, /edited anew/);
});

test('push: what only a backup carries, SSH host keys, graphs and leases, is sent nowhere', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  edit(live, 'main.xml', text =>
    text
      .replace('</pfsense>', `${backupData('rrddata', 'rrddatafile')}${backupData('sshdata', 'sshkeyfile')}</pfsense>`)
      .replace('\t</dhcpd>', `${backupData('dhcpddata', 'xmldatafile')}\t</dhcpd>`),
  );
  const { status, stdout } = await live.run(['push', '--yes']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^Plan for hq\n\nPrimary: [^\n]+\n {2}Nothing would change on it\.\n/);
  for (const node of [live.pair.primary, live.pair.secondary])
    assert.ok(!node.calls.includes('restore_config_section'));
});

function backupData(section: string, file: string): string {
  return `<${section}><${file}><filename>file</filename><xmldata>c2VjcmV0</xmldata></${file}></${section}>`;
}

test('plan: of a file of the secondary that the primary would not send it, it does not say that the firewall holds it', async t => {
  const live = await liveFolder(t);
  edit(live, 'second.xml', text => text.replace(/(<outbound>[\s\S]*?<descr><!\[CDATA\[)[^\]]*/, '$1here alone'));
  const { status, stdout } = await live.run(['plan']);
  assert.equal(status, 0);
  assert.match(
    stdout,
    /The secondary's file is not what the primary would send it: outbound NAT rule "here alone" on WAN\./,
  );
  assert.doesNotMatch(stdout, /holds? what the files? says?/);
});

test('push: where something is left to do by hand, it does not say that the firewall holds what the file says', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  edit(live, 'main.xml', text =>
    text.replace(/\t\t<timeservers>[^\n]*\n/, '').replace('<timezone>Etc/UTC', '<timezone>Europe/Vienna'),
  );
  const { status, stdout } = await live.run(['push', '--yes']);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /\nDone: it was read back, and both firewalls hold what was planned\.\n/);
  assert.match(stdout, /\nnote: Not done: system on the primary [\s\S]*\n {2}system: as planned\n/);
});

test('pull, plan, undo: a place for backups that cannot be used is told in a sentence', async t => {
  const live = await liveFolder(t);
  const env = { XDG_STATE_HOME: join(live.cwd, 'main.xml') };
  const said = (text: string) => /^pfsense-ha: (.*)$/m.exec(text)?.[1]?.replaceAll(live.cwd, '');
  const cause = '/main.xml/pfsense-ha cannot be used (ENOTDIR). Check its space and permissions.';
  const pulled = await live.run(['pull'], { env });
  assert.deepEqual(
    [pulled.status, said(pulled.stderr)],
    [3, `what was fetched could not be remembered for the next push: ${cause}`],
  );
  for (const command of ['plan', 'undo']) {
    const { status, stderr } = await live.run([command], { env });
    assert.deepEqual([status, said(stderr)], [3, cause], command);
  }
});

test('undo: a backup that cannot be read is told, and nothing is sent', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const { stdout } = await live.run(['push', '--yes', '--format', 'json']);
  const { backup } = JSON.parse(stdout).outcome.nodes.primary;
  rmSync(backup);
  mkdirSync(backup);
  const undone = await live.run(['undo', '--yes']);
  assert.equal(undone.status, 4, undone.stdout);
  assert.match(undone.stdout, /\nThe backup \S+ cannot be read\. \S+ cannot be used \(EISDIR\)\./);
});

test('undo: while a journal cannot be read, it does not take an earlier push for the last one, nor say that there is none', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  const [run = ''] = readdirSync(live.state, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.json'),
  );
  writeFileSync(join(live.state, run), '{ "form": 2 }');
  const { status, stdout, stderr } = await live.run(['undo', '--yes']);
  assert.deepEqual([status, stdout], [3, '']);
  assert.match(
    stderr,
    /\.json cannot be read and is passed over\.\npfsense-ha: which push was the last one is not known/,
  );
  rmSync(join(live.state, run));
  assert.equal((await live.run(['undo', '--yes'])).status, 0);
});

test('undo: what cannot be brought back is not said to be another than the push has left it', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const { stdout } = await live.run(['push', '--yes', '--format', 'json']);
  const { backup } = JSON.parse(stdout).outcome.nodes.primary;
  writeFileSync(backup, readFileSync(backup, 'utf8').replace('<outbound>', '<outbound><tampered></tampered>'));
  const undone = await live.run(['undo', '--yes']);
  assert.equal(undone.status, 6, undone.stdout);
  assert.match(undone.stdout, /\n {2}nat: not as it was: look at it\n/);
});

test('undo: where the manifest reaches the firewalls elsewhere by now, it says to which ones there was no push', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  const manifest = join(live.cwd, 'pfsense-ha.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replaceAll('127.0.0.1', 'localhost'));
  const { stderr } = await live.run(['undo', '--yes']);
  assert.match(stderr, /There is no push of hq to main-pfSense\.example\.org \(https:\/\/localhost:\d+\) and /);
});

test('undo: for a program, not to be agreed to is an answer, too', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  const { status, stdout } = await live.run(['undo', '--format', 'json']);
  assert.deepEqual([status, JSON.parse(stdout)], [4, { version: 1, plan: null, outcome: null }]);
});

test('push: a firewall that says yes and does nothing is found out; all is as it was, and the status says so', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const before = live.pair.primary.text;
  live.pair.primary.orderFault({ kind: 'lie' }, { call: 'restore_config_section' });
  const { status, stdout } = await live.run(['push', '--yes']);
  assert.equal(status, 5, stdout);
  assert.match(stdout, /It did not succeed\. What it had changed was brought back/);
  assert.equal(live.pair.primary.text, before);
});

test('undo: takes the last push back, once', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  assert.equal((await live.run(['undo'])).status, 4, 'nobody agreed');
  const { status, stdout } = await live.run(['undo', '--yes']);
  assert.equal(status, 0, stdout);
  await live.pair.settled();
  for (const node of [live.pair.primary, live.pair.secondary]) assert.doesNotMatch(node.text, /edited for the push/);
  const again = await live.run(['undo', '--yes']);
  assert.deepEqual([again.status, again.stdout], [0, '']);
  assert.match(
    again.stderr,
    /There is no push of hq to main-pfSense\.example\.org \(https:\S+\) and second-pfSense\.example\.org \(https:\S+\) on this computer that could be undone\.\n$/,
  );
});

test('undo: later work is refused with what to say, and nothing left to undo is no refusal', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  const before = live.pair.primary.text;
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  await live.pair.settled();
  live.pair.primary.saveInGui(text => text.replace('edited for the push', 'later'));
  await live.pair.settled();
  const later = await live.run(['undo', '--yes']);
  assert.equal(later.status, 4, later.stdout);
  assert.match(later.stderr, /Say --accept-live-changes to take back what somebody has changed there since, too\.\n$/);
  live.pair.primary.saveInGui(() => before);
  await live.pair.settled();
  const back = await live.run(['undo', '--yes']);
  assert.equal(back.status, 0, back.stdout);
  assert.match(back.stdout, /there is nothing to undo\./);
});

test('undo: a firewall that does not answer is no refusal', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  assert.equal((await live.run(['push', '--yes'])).status, 0);
  await live.pair.dispose();
  const { status, stdout } = await live.run(['undo', '--yes']);
  assert.equal(status, 3, stdout);
  assert.match(stdout, /: not touched\n/);
  assert.doesNotMatch(stdout, /as it was/);
});

test('push: Ctrl+C between two calls ends it, and what was sent is taken back', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const before = live.pair.primary.text;
  const stop = new AbortController();
  const { status, stdout } = await live.run(['push', '--yes'], {
    interrupted: () => stop.signal,
    tell: text => {
      if (text.startsWith('Wait')) stop.abort();
    },
  });
  assert.equal(status, 5, stdout);
  await live.pair.settled();
  assert.equal(withoutRevision(live.pair.primary.text), withoutRevision(before));
});

test('what is kept is for its owner alone, and no password is in what was printed or in a journal', async t => {
  const live = await liveFolder(t);
  await live.run(['pull']);
  editAlias(live);
  const { stdout, stderr } = await live.run(['push', '--yes']);
  const secrets = [password, ...secretsOf(live.read('main.xml'))];
  assert.ok(secrets.length > 2, `${secrets.length} secrets`);
  const files = readdirSync(live.state, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  const printed = [stdout, stderr];
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    assert.equal(statSync(path).mode & 0o777, 0o600, path);
    if (!path.endsWith('.xml')) printed.push(readFileSync(path, 'utf8'));
  }
  assert.equal(printed.length, 3, 'the journal is read too');
  for (const secret of secrets) for (const text of printed) assert.ok(!text.includes(secret));
});

function secretsOf(text: string): readonly string[] {
  const found = text.matchAll(/<(?:password|bcrypt-hash|prv|pre-shared-key)>(?:<!\[CDATA\[)?([^<\]]{6,})/g);
  return [...new Set([...found].map(([, secret = '']) => secret))];
}

function withoutRevision(text: string): string {
  return text.replace(/<revision>[\s\S]*?<\/revision>/, '');
}
