import assert from 'node:assert/strict';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { folderWith, runCommand } from '../../harness/commandLine.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const main = nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] });
/** The second VIP's advskew is the primary's: `carp-skew-order`, an error. */
const second = nodeConfig({ host: 3, skews: [100, 0] });
const manifest = `{
  "pairs": [
    { "name": "hq", "primary": { "config": "main.xml" }, "secondary": { "config": "second.xml" } }
  ]
}
`;

function pair(t: TestContext, files: Readonly<Record<string, string>> = { 'pfsense-ha.json': manifest }): string {
  return folderWith(t, { 'main.xml': main, 'second.xml': second, ...files });
}

function read(cwd: string, name: string): string {
  return readFileSync(join(cwd, name), 'utf8');
}

interface Entry {
  readonly file: string;
  readonly rule: string;
  readonly element: string;
}

function entries(cwd: string, name = 'pfsense-ha-baseline.json'): readonly Entry[] {
  return (JSON.parse(read(cwd, name)) as { findings: Entry[] }).findings;
}

test('check --write-baseline: what is there now is written down, named in the manifest, and not shown again', async t => {
  const cwd = pair(t);
  assert.equal((await runCommand(cwd, ['check'])).status, 1);
  const wrote = await runCommand(cwd, ['check', '--write-baseline']);
  const count = entries(cwd).length;
  assert.deepEqual(wrote, {
    status: 0,
    stdout: '',
    stderr: `${count} findings written to pfsense-ha-baseline.json.\npfsense-ha.json names it now.\n`,
  });
  assert.ok(count > 1);
  assert.equal(
    read(cwd, 'pfsense-ha.json'),
    manifest.replace('  ]\n}', '  ],\n  "baseline": "pfsense-ha-baseline.json"\n}'),
  );
  const skew = entries(cwd).find(({ rule }) => rule === 'carp-skew-order');
  assert.deepEqual([skew?.file, skew?.element], ['second.xml', 'virtualip/vip[interface=lan,vhid=2]/advskew']);
  assert.deepEqual(await runCommand(cwd, ['check']), {
    status: 0,
    stdout: `Nothing new in 2 files, pair: hq. Hidden: ${count} by the baseline.\n`,
    stderr: '',
  });
  const again = await runCommand(cwd, ['check', '--write-baseline']);
  assert.equal(again.stderr, `${count} findings written to pfsense-ha-baseline.json.\n`);
});

test('check: what is new is shown, what is gone is told', async t => {
  const cwd = pair(t);
  await runCommand(cwd, ['check', '--write-baseline']);
  const count = entries(cwd).length;
  writeFileSync(join(cwd, 'second.xml'), second.replace('<advskew>100</advskew>', '<advskew>0</advskew>'));
  const more = await runCommand(cwd, ['check']);
  assert.equal(more.status, 1);
  assert.match(more.stdout, /^second\.xml:\d+:13: error: .* \[carp-skew-order\]$/m);
  writeFileSync(join(cwd, 'second.xml'), second.replace('<advskew>0</advskew>', '<advskew>100</advskew>'));
  const less = await runCommand(cwd, ['check']);
  assert.match(
    less.stdout,
    /^pfsense-ha\.json:5:16: info: \d+ entr(?:y|ies) of the baseline (?:is|are) no longer found; write it again with: pfsense-ha check --write-baseline \[manifest\]$/m,
  );
  await runCommand(cwd, ['check', '--write-baseline']);
  assert.ok(entries(cwd).length < count);
});

test('check --format json: how many findings are hidden', async t => {
  const cwd = pair(t, {
    'pfsense-ha.json': manifest.replace(
      '  ]\n}',
      '  ],\n  "suppressions": [{ "rule": "carp-skew-order", "element": "virtualip/vip[vhid=2]", "reason": "lab" }]\n}',
    ),
  });
  const summary = async (...args: string[]) =>
    (
      JSON.parse((await runCommand(cwd, ['check', '--format', 'json', ...args])).stdout) as {
        summary: { suppressed: number; baseline: number; error: number };
      }
    ).summary;
  const before = await summary();
  assert.deepEqual([before.suppressed, before.baseline], [1, 0]);
  await runCommand(cwd, ['check', '--write-baseline']);
  assert.ok(
    entries(cwd).every(({ rule }) => rule !== 'carp-skew-order'),
    'what is suppressed is not written down',
  );
  const after = await summary();
  assert.deepEqual([after.suppressed, after.baseline, after.error], [1, entries(cwd).length, 0]);
  assert.match((await runCommand(cwd, ['check'])).stdout, / Hidden: \d+ by the baseline, 1 by suppressions\.\n$/);
});

test('check --baseline: a file of one’s own, without a manifest', async t => {
  const cwd = pair(t, { 'old/x.txt': '' });
  const wrote = await runCommand(cwd, ['check', '--baseline', 'old/known.json', '--write-baseline']);
  assert.deepEqual(
    [wrote.status, wrote.stderr],
    [0, `${entries(cwd, 'old/known.json').length} findings written to old/known.json.\n`],
  );
  assert.equal(entries(cwd, 'old/known.json')[0]?.file.startsWith('../'), true);
  const { status, stdout } = await runCommand(cwd, ['check', 'main.xml', 'second.xml', '--baseline', 'old/known.json']);
  assert.equal(status, 0);
  assert.match(stdout, /^Nothing new in 2 files/);
  writeFileSync(join(cwd, 'second.xml'), second.replace('<advskew>0</advskew>', '<advskew>100</advskew>'));
  const gone = await runCommand(cwd, ['check', '--baseline', 'old/known.json']);
  assert.match(gone.stderr, /^note: \d+ entr.* of the baseline .* no longer found/m);
  const missing = await runCommand(cwd, ['check', '--baseline', 'no.json']);
  assert.deepEqual([missing.status, missing.stderr.split('\n')[0]], [3, 'pfsense-ha: no.json does not exist.']);
});

test('check --write-baseline: without a manifest it says how the file is used', async t => {
  const cwd = pair(t, {});
  const { status, stderr } = await runCommand(cwd, ['check', '--write-baseline']);
  assert.equal(status, 0);
  assert.match(
    stderr,
    /findings written to pfsense-ha-baseline\.json\.\nNo manifest speaks for these files; to use it, name it in a manifest \("baseline": "pfsense-ha-baseline\.json"\) or with --baseline pfsense-ha-baseline\.json\.\n$/,
  );
});

test('check --write-baseline: what it has for files that were not checked stays, unless they are gone', async t => {
  const cwd = pair(t);
  writeFileSync(join(cwd, 'odd.xml'), '<pfsense>\n\t<version>22.2</version>\n\t<System></System>\n</pfsense>\n');
  await runCommand(cwd, ['check', '--write-baseline']);
  const odd = entries(cwd).filter(({ file }) => file === 'odd.xml').length;
  assert.ok(odd > 0);
  await runCommand(cwd, ['check', 'main.xml', '--write-baseline']);
  assert.equal(entries(cwd).filter(({ file }) => file === 'odd.xml').length, odd);
  rmSync(join(cwd, 'odd.xml'));
  await runCommand(cwd, ['check', 'main.xml', '--write-baseline']);
  assert.equal(entries(cwd).filter(({ file }) => file === 'odd.xml').length, 0);
});

test('check --write-baseline: nothing is written over that is no baseline, or where something cannot be read', async t => {
  const cwd = pair(t, { 'package.json': '{"name":"mine"}' });
  const refused = await runCommand(cwd, ['check', '--write-baseline', '--baseline', 'package.json']);
  assert.deepEqual([refused.status, read(cwd, 'package.json')], [3, '{"name":"mine"}']);
  assert.match(refused.stderr, /^pfsense-ha: package\.json is no baseline that this version reads\.\n$/);
  const unread = await runCommand(cwd, ['check', 'main.xml', 'no.xml', '--write-baseline']);
  assert.deepEqual([unread.status, unread.stderr], [3, 'pfsense-ha: no.xml does not exist.\n']);
  const nowhere = await runCommand(cwd, ['check', '--write-baseline', '--baseline', 'no/where.json']);
  assert.deepEqual([nowhere.status, nowhere.stderr], [3, 'pfsense-ha: the folder of no/where.json does not exist.\n']);
});

test('check --write-baseline: a link keeps pointing at the file', async t => {
  const cwd = pair(t, { 'real.json': '{"version":1,"findings":[]}', 'pfsense-ha.json': manifest });
  symlinkSync(join(cwd, 'real.json'), join(cwd, 'link.json'));
  await runCommand(cwd, ['check', '--baseline', 'link.json', '--write-baseline']);
  assert.ok(entries(cwd, 'real.json').length > 0);
});

test('fix: what is suppressed or known is left as it is', async t => {
  const cwd = pair(t);
  await runCommand(cwd, ['check', '--write-baseline']);
  const { status, stderr } = await runCommand(cwd, ['fix', '--include', 'dangerous', 'main.xml', 'second.xml']);
  assert.deepEqual(
    [status, stderr],
    [0, 'No fix applies.\nNothing new is left to repair. Hidden: 4 by the baseline.\n'],
  );
  assert.equal(read(cwd, 'second.xml'), second);
});
