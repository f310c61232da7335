// What the scripts share: where the repository is, how a program is run, and how progress is told.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A failure whose message is a sentence for the person at the terminal; it needs no stack. */
export class Failure extends Error {}

/**
 * Runs one step of a script and prints its title and its time on one line, then whatever the step wants shown.
 * @template T
 * @param {string} title what is being done, as a verb phrase
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function step(title, action) {
  const start = performance.now();
  process.stdout.write(`${title.padEnd(44, ' ')} `);
  try {
    const result = await action();
    process.stdout.write(`${seconds(start)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`${seconds(start)}  failed\n`);
    throw error;
  }
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`;
}

/**
 * Prints what went wrong: a Failure as its sentence, anything else with its stack, because that is a bug of ours.
 * @param {unknown} error
 */
export function tell(error) {
  if (error instanceof Failure) console.error(error.message);
  // esbuild has already printed its errors, with their excerpts.
  else if (!Array.isArray(error?.errors)) console.error(error);
}

/**
 * Runs a program to its end, quietly, and rejects with its whole output where it does not exit with 0.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what it wrote to stdout and stderr, in order of arrival
 */
export function run(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      output += text;
    });
    child.on('error', error => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Failure(`${[command, ...args].join(' ')}\nended with ${signal ?? code}:\n${output.trimEnd()}`));
    });
  });
}

/**
 * Runs a JavaScript program with this Node.
 * @param {string} file relative to the root
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function runNode(file, args, options = {}) {
  return run(process.execPath, [join(root, file), ...args], options);
}

/**
 * Runs npm. Under `npm start` or `npm test` that is the very npm that runs us, which also spares Windows its npm.cmd.
 * @param {readonly string[]} args
 */
export function npm(args) {
  const cli = process.env.npm_execpath;
  // npm tells its children its own options through the environment; a folder of its own must not inherit them.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(config_prefix|config_local_prefix|package_)/.test(name)),
  );
  // `npm test --silent` is passed on as well, and would hide why an installation failed.
  const audible = [...args, '--loglevel=error'];
  if (cli !== undefined && /\.c?js$/.test(cli)) return run(process.execPath, [cli, ...audible], { env });
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...audible], { env });
  return run('npm', audible, { env });
}

/**
 * The first program of these names on the PATH, or undefined.
 * @param {readonly string[]} names
 * @returns {string | undefined} its absolute path
 */
export function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(file => existsSync(file));
}
