// npm test: everything, from a fresh clone to the last line `N passed, N failed`.
import { rmSync } from 'node:fs';
import { build } from './build.mjs';
import { lint, typecheck } from './checks.mjs';
import { installBrowser, installPackages, installVscode } from './install.mjs';
import { packageExtension, vsix } from './package.mjs';
import { Failure, step, tell } from './steps.mjs';
import { runTests, summary, unitTestFiles, windowTestFiles } from './testRunner.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Does one part of the whole. A part that fails counts as a failure and is told at once; the others go on, so that one
 * run shows everything that is wrong.
 * @param {() => Promise<unknown>} action
 * @returns {Promise<boolean>} whether it succeeded
 */
async function part(action) {
  try {
    await action();
    return true;
  } catch (error) {
    tell(error);
    total.failed += 1;
    return false;
  }
}

/** Runs one suite and adds its counts; the title's line is followed by whatever failed. */
async function suite(title, options) {
  add(await step(title, () => runTests(options)));
}

/**
 * Runs the window tests, and the files in which one failed a second time: on a loaded machine a workbench may swallow a key
 * or a click. What fails twice has failed.
 */
async function windowSuite(title, options) {
  const first = await step(title, () => runTests(options));
  const files = options.files.filter(file => first.failedFiles.includes(file));
  if (first.failed === 0 || files.length === 0) return add(first);
  console.log(`  ${summary(first)}`);
  const second = await step(`${title} again: ${files.join(', ')}`, () => runTests({ ...options, files }));
  if (second.passed === 0) return add(first);
  return add({ ...first, passed: first.passed + first.failed - second.failed, failed: second.failed });
}

function add(counts) {
  console.log(`  ${summary(counts)}`);
  for (const key of Object.keys(total)) total[key] += counts[key];
}

async function everything() {
  // Nothing can go on without the packages.
  if (!(await part(installPackages))) return;
  let browser = '';
  const windowReady = await part(async () => {
    browser = await installBrowser();
    await installVscode();
  });
  await part(() => step('Check types', typecheck));
  await part(() => step('Lint', lint));
  // What an earlier run has packaged must not be tested in place of what stands here now.
  rmSync(vsix, { force: true });
  const packaged = (await part(() => step('Build', build))) && (await part(() => step('Package', packageExtension)));

  // The property tests try ten times as much here as in the quick inner loop.
  const thorough = { PFSENSE_HA_THOROUGH: '1' };
  await part(() =>
    suite('Unit and protocol tests', { suite: 'unit', files: unitTestFiles(), env: thorough, processes: 2 }),
  );
  const windowFiles = windowTestFiles();
  if (!windowReady || !packaged || windowFiles.length === 0) return;
  await part(() => windowSuite('Window tests', { suite: 'window', files: windowFiles, env: { CHROME_PATH: browser } }));
}

process.on('SIGINT', () => process.exit(130));
await everything();
if (total.passed + total.failed === 0) tell(new Failure('Nothing was tested.'));
console.log(summary(total));
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
