import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { folderWith, runCommand } from '../../harness/commandLine.ts';
import { leaks } from '../../harness/leaks.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';
import { foundIn } from '../../harness/redacted.ts';

const main = nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
const second = nodeConfig({ host: 3, skews: [100, 0] });

test('redact: one copy is printed, and the original stays', async t => {
  const cwd = folderWith(t, { 'main.xml': main });
  const { status, stdout, stderr } = await runCommand(cwd, ['redact', 'main.xml']);
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /<password>redacted1<\/password>/);
  assert.deepEqual(leaks(main, stdout), []);
  assert.equal(readFileSync(join(cwd, 'main.xml'), 'utf8'), main);
});

test('redact --output: copies that fit together, under names that tell nothing', async t => {
  const cwd = folderWith(t, { 'config-fw1.corp.xml': main, 'config-fw2.corp.xml': second });
  const args = ['redact', 'config-fw1.corp.xml', 'config-fw2.corp.xml', '--output', 'copies'];
  const { status, stdout, stderr } = await runCommand(cwd, args);
  assert.deepEqual([status, stdout], [0, '']);
  assert.equal(
    stderr,
    'config-fw1.corp.xml: written to copies/redacted-1.xml\nconfig-fw2.corp.xml: written to copies/redacted-2.xml\nLook through the copies before you show them to anybody.\n',
  );
  const copies = ['redacted-1.xml', 'redacted-2.xml'].map(name => readFileSync(join(cwd, 'copies', name), 'utf8'));
  assert.deepEqual(foundIn(copies), foundIn([main, second]));
});

test('redact: what cannot be read or is no config of pfSense is said, and nothing is written', async t => {
  const cwd = folderWith(t, { 'main.xml': main, 'other.xml': '<opnsense></opnsense>', 'copies/redacted-1.xml': main });
  const other = await runCommand(cwd, ['redact', 'main.xml', 'other.xml', '--output', 'out']);
  assert.deepEqual(
    [other.status, other.stdout, other.stderr],
    [
      3,
      '',
      'pfsense-ha: other.xml cannot be redacted. This is an OPNsense config; only pfSense configs are checked.\n',
    ],
  );
  assert.equal(existsSync(join(cwd, 'out')), false);
  const missing = await runCommand(cwd, ['redact', 'missing.xml']);
  assert.deepEqual([missing.status, missing.stderr], [3, 'pfsense-ha: missing.xml does not exist.\n']);
  const file = await runCommand(cwd, ['redact', 'main.xml', '--output', 'other.xml']);
  assert.deepEqual([file.status, file.stderr], [3, 'pfsense-ha: other.xml is no folder; --output names one.\n']);
  const itself = await runCommand(cwd, ['redact', 'copies/redacted-1.xml', '--output', 'copies']);
  assert.equal(itself.status, 3);
  assert.equal(readFileSync(join(cwd, 'copies', 'redacted-1.xml'), 'utf8'), main);
});

test('redact: what is not understood is said', async t => {
  const cwd = folderWith(t, { 'main.xml': main });
  for (const [args, sentence] of [
    [['redact'], 'Name the files to redact.'],
    [['redact', 'main.xml', 'main.xml'], 'Of several files the copies need a folder: --output.'],
  ] as const) {
    const { status, stderr } = await runCommand(cwd, args);
    assert.deepEqual([status, stderr], [2, `pfsense-ha: ${sentence}\nTry: pfsense-ha redact --help\n`]);
  }
});
