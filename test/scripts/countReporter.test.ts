import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const countReporter = new URL('../../scripts/countReporter.mjs', import.meta.url).href;
const failureReporter = new URL('../../scripts/failureReporter.mjs', import.meta.url).href;

/** Runs a program of node:test under a reporter and returns what the reporter wrote. */
function report(reporter: string, program: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-reporter-'));
  try {
    const file = join(folder, 'program.mjs');
    writeFileSync(file, `import { after, describe, it, test } from ${JSON.stringify('node:test')};\n${program}`);
    // A child of a test run would otherwise report to that run, in its binary form.
    const env = { ...process.env };
    delete env.NODE_TEST_CONTEXT;
    const args = [`--test-reporter=${reporter}`, '--test-reporter-destination=stdout', pathToFileURL(file).pathname];
    return spawnSync(process.execPath, args, { env, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counted(program: string): unknown {
  const { failedFiles, ...counts } = JSON.parse(report(countReporter, program));
  const isOwn = failedFiles.every((file: string) => file.endsWith('program.mjs'));
  assert.ok(isOwn && failedFiles.length === Math.min(1, counts.failed), String(failedFiles));
  return counts;
}

test('passing, failing and skipped tests are counted, suites are not', () => {
  assert.deepEqual(
    counted(`
      test('one', () => {});
      test('two', { skip: 'not here' }, () => {});
      describe('suite', () => { it('three', () => {}); it('four', () => { throw new Error('no'); }); });
    `),
    { passed: 2, failed: 1, skipped: 1 },
  );
});

test('a parent that fails because of its child is counted once', () => {
  assert.deepEqual(
    counted(`test('parent', async t => { await t.test('child', () => { throw new Error('no'); }); });`),
    {
      passed: 0,
      failed: 1,
      skipped: 0,
    },
  );
});

test('a suite whose own hook fails is a failure', () => {
  assert.deepEqual(
    counted(`describe('suite', () => { after(() => { throw new Error('no'); }); it('inner', () => {}); });`),
    { passed: 1, failed: 1, skipped: 0 },
  );
});

test('a program that breaks off writes no counts', () => {
  assert.equal(report(countReporter, `test('one', () => {}); test('two', () => process.exit(0));`), '');
});

test('a failure is printed with its path and its message, what passes is not', () => {
  const text = report(
    failureReporter,
    `describe('suite', () => { it('good', () => {}); it('bad', () => { throw new Error('the reason'); }); });`,
  );
  assert.match(text, /✖ suite › bad\n {4}Error: the reason/);
  assert.doesNotMatch(text, /good/);
});
