import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { helpTexts } from '../../../server/src/cli/help.ts';
import { folderWith, runCommand } from '../../harness/commandLine.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';
import { liveFolder, password } from './live/liveFolder.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const program = join(root, 'dist/pfsense-ha.cjs');

/** Runs the built program as a process of its own, as a person or a pipeline does. */
function execute(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ status: unknown; stdout: string; stderr: string }>(resolve => {
    execFile(process.execPath, [program, ...args], { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    );
  });
}

test('the program: it is built', () => {
  assert.ok(existsSync(program), 'npm run build');
});

test('the program: exit status, and output on the right stream', async t => {
  const cwd = folderWith(t, {
    'good.xml': '<pfsense>\n\t<version>22.2</version>\n</pfsense>\n',
    'bad.xml': '<pfsense><a></pfsense>',
  });
  const [good, bad, usage, failure, version] = await Promise.all([
    execute(cwd, ['check', 'good.xml']),
    execute(cwd, ['check', 'bad.xml']),
    execute(cwd, ['check', '--nonsense']),
    execute(cwd, ['check', 'no.xml']),
    execute(cwd, ['--version']),
  ]);
  assert.deepEqual(good, { status: 0, stdout: 'Nothing found in 1 file.\n', stderr: '' });
  assert.deepEqual([bad.status, bad.stderr], [1, '']);
  assert.match(bad.stdout, /\[xml-syntax\]/);
  assert.deepEqual(usage, {
    status: 2,
    stdout: '',
    stderr: "pfsense-ha: Unknown option '--nonsense'.\nTry: pfsense-ha check --help\n",
  });
  assert.equal(failure.status, 3);
  assert.deepEqual(version.stdout.trim(), JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version);
});

test('the program: whoever stops reading is no failure', async t => {
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, i) => [`${i}.xml`, `<pfsense>${'<A></A>'.repeat(20)}</pfsense>`]),
  );
  const cwd = folderWith(t, files);
  const child = spawn(process.execPath, [program, 'check'], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', data => {
    stderr += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  const status = await new Promise(resolve => child.on('close', resolve));
  assert.deepEqual([status, stderr], [1, ''], 'errors were found, and nothing else went wrong');
});

test('the program: lsp --stdio answers', async () => {
  const child = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const say = (message: object) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  let received = '';
  const answered = new Promise<void>(resolve => {
    child.stdout.on('data', data => {
      received += data;
      if (received.includes('"id":1')) resolve();
    });
  });
  say({ id: 1, method: 'initialize', params: { processId: process.pid, rootUri: null, capabilities: {} } });
  await answered;
  assert.match(received, /"capabilities"/);
  say({ id: 2, method: 'shutdown' });
  say({ method: 'exit' });
  assert.equal(await new Promise(resolve => child.on('close', resolve)), 0);
});

test('the command line: what is not understood is said, with the help to read', async t => {
  const cwd = folderWith(t, {});
  for (const [args, sentence] of [
    [['chekc'], 'There is no command "chekc".\nTry: pfsense-ha --help'],
    [['check', '--format', 'xml'], '--format is text or json, not "xml".\nTry: pfsense-ha check --help'],
    [['fix'], 'Name the files to repair.\nTry: pfsense-ha fix --help'],
    [['fix', 'a.xml', '--rule', 'nonsense'], 'There is no rule "nonsense".\nTry: pfsense-ha fix --help'],
    [
      ['fix', 'a.xml', '--include', 'all'],
      '--include is suggestion or dangerous, not "all".\nTry: pfsense-ha fix --help',
    ],
    [['fix', 'a.xml', '--rule'], "Option '--rule <value>' argument missing.\nTry: pfsense-ha fix --help"],
    [['check', ''], 'The name of a file or folder is empty; is a variable not set?\nTry: pfsense-ha check --help'],
    [
      ['fix', 'a.xml', '--rule', ''],
      'What --rule is given is empty; is a variable not set?\nTry: pfsense-ha fix --help',
    ],
    [
      ['check', '--baseline='],
      'What --baseline is given is empty; is a variable not set?\nTry: pfsense-ha check --help',
    ],
    [['lsp'], 'Say --stdio: that is how the language server is talked to.\nTry: pfsense-ha lsp --help'],
    [['lsp', '--stdio', 'x'], '"x" means nothing here.\nTry: pfsense-ha lsp --help'],
  ] as const) {
    const ran = await runCommand(cwd, args);
    assert.deepEqual(ran, { status: 2, stdout: '', stderr: `pfsense-ha: ${sentence}\n` });
  }
  assert.equal((await runCommand(cwd, ['--version', 'check'])).status, 0);
  assert.deepEqual(await runCommand(cwd, []), { status: 2, stdout: '', stderr: helpTexts.main });
});

test('the command line: help for each command, the same as in docs/cli.md', async t => {
  const cwd = folderWith(t, {});
  const docs = readFileSync(join(root, 'docs/cli.md'), 'utf8');
  for (const topic of ['main', 'check', 'fix', 'lsp'] as const) {
    const { status, stdout } = await runCommand(cwd, topic === 'main' ? ['--help'] : [topic, '-h']);
    assert.deepEqual([status, stdout], [0, helpTexts[topic]]);
    assert.ok(docs.includes(`\`\`\`\n${stdout}\`\`\`\n`), `docs/cli.md does not hold the help of ${topic}`);
    assert.ok(
      stdout.split('\n').every(line => line.length <= 84),
      topic,
    );
  }
});

test('the samples: clean ones are clean, and the broken one is repaired to the last finding', async t => {
  for (const name of ['tutorial', 'kea']) {
    const { status, stdout } = await runCommand(join(root, 'samples', name), ['check']);
    assert.deepEqual([status, stdout], [0, `Nothing found in 2 files, pair: ${name}.\n`]);
  }
  const names = ['main-pfSense.xml', 'second-pfSense.xml', 'pfsense-ha.json'];
  const cwd = folderWith(
    t,
    Object.fromEntries(names.map(name => [name, readFileSync(join(root, 'samples/broken', name))])),
  );
  const before = await runCommand(cwd, ['check']);
  assert.equal(before.status, 1);
  const { status, stderr } = await runCommand(cwd, ['fix', names[0] ?? '', names[1] ?? '', '--include', 'dangerous']);
  assert.match(stderr, /Nothing is left to repair\.\n$/);
  assert.equal(status, 0);
  assert.equal((await runCommand(cwd, ['check'])).stdout, 'Nothing found in 2 files, pair: broken.\n');
});

test('the program: two nodes of a pair that has no manifest', async t => {
  const cwd = folderWith(t, {
    'a.xml': nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] }),
    'b.xml': nodeConfig({ host: 3, skews: [0, 100] }),
  });
  const { stdout, status } = await execute(cwd, ['check', 'a.xml', 'b.xml', '--format', 'json'], { FORCE_COLOR: '1' });
  assert.equal(status, 1);
  assert.deepEqual(JSON.parse(stdout).pairs, [{ name: 'a.xml and b.xml', primary: 'a.xml', secondary: 'b.xml' }]);
});

test('the program: a disk that takes half of a file gets none', { skip: process.platform === 'win32' }, async t => {
  const { cwd, state } = await liveFolder(t, { files: ['main.xml'] });
  const limited = ['-c', 'ulimit -f 8; exec "$0" "$@"', process.execPath, program, 'pull'];
  const env = { ...process.env, XDG_STATE_HOME: state, PFSENSE_HA_PASSWORD: password };
  const child = spawn('sh', limited, { cwd, env, stdio: 'ignore' });
  const status = await new Promise(resolve => child.on('close', resolve));
  assert.deepEqual([status, existsSync(join(cwd, 'second.xml'))], [3, false]);
});

test('the program: whoever stops reading stops no push half-way', async t => {
  const { cwd, state, pair } = await liveFolder(t);
  const env = { ...process.env, XDG_STATE_HOME: state, PFSENSE_HA_PASSWORD: password };
  const edited = readFileSync(join(cwd, 'main.xml'), 'utf8').replace('<timezone>Etc/UTC', '<timezone>Europe/Vienna');
  writeFileSync(join(cwd, 'main.xml'), edited);
  const args = [program, 'push', '--yes', '--accept-live-changes'];
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  child.stderr.once('data', () => child.stderr.destroy());
  assert.equal(await new Promise(resolve => child.on('close', resolve)), 0);
  assert.match(pair.primary.text, /<timezone>Europe\/Vienna/);
});

test('the program: a terminal that is gone stops no push half-way', { skip: process.platform === 'win32' }, async t => {
  const { cwd, state, pair } = await liveFolder(t);
  const env = { ...process.env, XDG_STATE_HOME: state, PFSENSE_HA_PASSWORD: password };
  const edited = readFileSync(join(cwd, 'main.xml'), 'utf8').replace('<timezone>Etc/UTC', '<timezone>Europe/Vienna');
  writeFileSync(join(cwd, 'main.xml'), edited);
  const args = [program, 'push', '--yes', '--accept-live-changes'];
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr.on('data', data => {
    if (String(data).includes('Send 1 section')) child.kill('SIGHUP');
  });
  assert.equal(await new Promise(resolve => child.on('close', resolve)), 0);
  assert.match(pair.primary.text, /<timezone>Europe\/Vienna/);
});
