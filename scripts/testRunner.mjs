// Bundles test files and runs them with node's own test runner as one process.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Failure, root } from './steps.mjs';

/** A run that has not ended by then hangs. */
const limitMilliseconds = 15 * 60_000;

/** @typedef {{ passed: number, failed: number, skipped: number, failedFiles?: readonly string[] }} Counts */

/**
 * The files below a folder of test/ that end so, as paths relative to the root, in a stable order.
 * @param {string} folder
 * @param {{ ending: string, except?: string }} options `except` is a folder to leave out
 */
export function filesBelow(folder, { ending, except }) {
  const top = join(root, folder);
  if (!existsSync(top)) return [];
  const found = [];
  const visit = path => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      const name = relative(root, inner).split(sep).join('/');
      if (entry.isDirectory() && entry.name !== 'node_modules' && name !== except) visit(inner);
      else if (entry.isFile() && entry.name.endsWith(ending)) found.push(name);
    }
  };
  visit(top);
  return found.sort();
}

/** Unit and protocol tests: everything but the window tests. */
export function unitTestFiles() {
  return filesBelow('test', { ending: '.test.ts', except: 'test/e2e' });
}

/** Whether a test file starts programs, reads the real configs, or tries much: not for a loop of a few seconds. */
export function isSlow(file) {
  return /^test\/(?:server\/lsp|corpus)\/|^test\/(?:server\/cli\/program|server\/sync\/push\/(?:crash|secrets)|samples\/systematic)\./.test(
    file,
  );
}

export function windowTestFiles() {
  return filesBelow('test/e2e', { ending: '.test.ts' });
}

/**
 * Reads the arguments after `--`: paths of test files or folders choose among the suite's files, anything else is a
 * pattern for test names.
 * @param {readonly string[]} args
 * @param {readonly string[]} files the whole suite
 * @returns {{ files: readonly string[], patterns: readonly string[] }}
 */
export function choose(args, files) {
  const paths = args.filter(arg => existsSync(resolve(root, arg)));
  const patterns = args.filter(arg => !paths.includes(arg));
  const misspelt = patterns.find(pattern => pattern.endsWith('.ts'));
  if (misspelt !== undefined) throw new Failure(`${misspelt} does not exist.`);
  if (paths.length === 0) return { files, patterns };
  const wanted = paths.map(path => relative(root, resolve(root, path)).split(sep).join('/'));
  const chosen = files.filter(file => wanted.some(path => path === '' || file === path || file.startsWith(`${path}/`)));
  if (chosen.length === 0) throw new Failure(`No test file of this suite is ${wanted.join(' or ')}.`);
  return { files: chosen, patterns };
}

/**
 * Bundles the files and runs them. Failures are printed as they happen.
 * @param {{ suite: string, files: readonly string[], patterns?: readonly string[], env?: NodeJS.ProcessEnv,
 *   report?: 'failures' | 'every test', processes?: number }} options into how many processes the files are dealt out
 * @returns {Promise<Counts>} a runner that broke off counts as one failure
 */
export async function runTests({ files, processes = 1, ...options }) {
  const hands = dealt(files, processes);
  const all = await Promise.all(hands.map((hand, index) => runHand({ ...options, files: hand, index })));
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of all) for (const key of Object.keys(total)) total[key] += counts[key];
  const failedFiles = [...new Set(all.flatMap(counts => counts.failedFiles ?? []))];
  return { ...total, failedFiles };
}

/** Whether a test file takes seconds: the slow ones, random tests, and those of live nodes. */
function isLong(file) {
  return (
    isSlow(file) ||
    /property|random|robust|^test\/server\/sync\/|^test\/server\/cli\/live\/|^test\/simulator\//i.test(file)
  );
}

/**
 * Deals files out one after the other, those first that take longest, so that no process has all of them.
 * @param {readonly string[]} files
 * @param {number} hands
 * @returns {readonly (readonly string[])[]} in the files' order, none empty
 */
export function dealt(files, hands) {
  const long = files.filter(isLong);
  const order = [...long, ...files.filter(file => !isLong(file))];
  const dealtOut = Array.from({ length: hands }, (_, hand) => new Set(order.filter((_, i) => i % hands === hand)));
  return dealtOut.map(hand => files.filter(file => hand.has(file))).filter(hand => hand.length > 0);
}

async function runHand({ suite, files, index, patterns = [], env = {}, report = 'failures' }) {
  const { bundleTests } = await import('../esbuild.mjs');
  // A folder of its own: two runs at the same time must not read each other's program or counts.
  const folder = `out-test/${suite}-${process.pid}-${index}`;
  rmSync(join(root, folder), { recursive: true, force: true });
  mkdirSync(join(root, folder), { recursive: true });
  try {
    await bundleTests({ files, outfile: `${folder}/tests.mjs` });
    return await runBundle({ suite, folder: join(root, folder), patterns, env, report });
  } finally {
    rmSync(join(root, folder), { recursive: true, force: true });
  }
}

async function runBundle({ suite, folder, patterns, env, report }) {
  const countFile = join(folder, 'counts.json');

  const reporter = report === 'every test' ? 'spec' : script('failureReporter.mjs');
  const ended = await start(
    [
      '--enable-source-maps',
      `--test-reporter=${reporter}`,
      '--test-reporter-destination=stdout',
      `--test-reporter=${script('countReporter.mjs')}`,
      `--test-reporter-destination=${countFile}`,
      ...patterns.map(pattern => `--test-name-pattern=${pattern}`),
      join(folder, 'tests.mjs'),
    ],
    env,
  );
  const counts = readCounts(countFile);
  if (counts === undefined) {
    console.error(`The ${suite} tests broke off (${ended}) before their runner could say what passed.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  if (ended === 'exit status 0' || counts.failed > 0) return counts;
  console.error(`The ${suite} tests ended with ${ended}, although no test failed.`);
  return { ...counts, failed: 1 };
}

function script(name) {
  return pathToFileURL(join(root, 'scripts', name)).href;
}

/** @returns {Promise<string>} how the process ended, in words */
function start(args, env) {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const timer = setTimeout(() => {
      console.error(`The tests were stopped: they ran for more than ${limitMilliseconds / 60_000} minutes.`);
      child.kill('SIGKILL');
    }, limitMilliseconds);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done(signal === null ? `exit status ${code}` : `signal ${signal}`);
    });
  });
}

/** @returns {Counts | undefined} undefined where the reporter did not come to its end */
function readCounts(file) {
  if (!existsSync(file) || statSync(file).size === 0) return undefined;
  const { failedFiles, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
  // As `windowTestFiles` has them.
  return { ...counts, failedFiles: failedFiles.map(path => relative(root, path).split(sep).join('/')) };
}

/** The last line of every test command. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
