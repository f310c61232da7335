// Starts and stops the VS Code server of test/e2e/vscode on loopback, with a profile of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { vscodeFolder } from './install.mjs';
import { Failure, run } from './steps.mjs';

const serverMain = join(vscodeFolder, 'node_modules/code-server/lib/vscode/out/server-main.js');
const host = '127.0.0.1';

/** A workbench that shows the files and the findings and nothing that asks for attention. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.reduceMotion': 'on',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.minimap.enabled': false,
  'files.autoSave': 'off',
  'editor.accessibilitySupport': 'off',
  'window.commandCenter': false,
};

/**
 * Makes the folders of a profile that no other VS Code shares.
 * @param {string} folder an empty or missing folder
 * @param {Readonly<Record<string, unknown>>} [settings] user settings on top of the quiet ones
 */
export function createProfile(folder, settings = {}) {
  for (const name of ['home', 'data/User']) mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}

/**
 * @param {{ profile: string, vsix: string }} options
 */
export async function installExtension({ profile, vsix }) {
  await run(await serverNode(), [serverMain, ...profileArguments(profile), '--install-extension', vsix], {
    env: serverEnvironment(profile),
  });
}

/**
 * Starts the server and waits until it answers.
 * @param {{ profile: string, token?: string, reconnectionGraceSeconds?: number, trust?: 'by settings' }} options without a
 *   token anyone on this machine may connect; how long what belongs to a window outlives it, three hours where nothing is
 *   said; every workspace is trusted unless the settings of the profile are to say
 * @returns {Promise<{ port: number, url: string, stop(): Promise<void>, ended: Promise<void>, log(): string }>}
 */
export async function startServer({ profile, token, reconnectionGraceSeconds, trust }) {
  const node = await serverNode();
  const port = await freePort();
  const access = token === undefined ? ['--without-connection-token'] : ['--connection-token', token];
  const grace =
    reconnectionGraceSeconds === undefined ? [] : ['--reconnection-grace-time', String(reconnectionGraceSeconds)];
  const child = spawn(
    node,
    [
      serverMain,
      ...profileArguments(profile),
      ...['--host', host, '--port', String(port), ...access, ...grace],
      ...['--telemetry-level', 'off', ...(trust === undefined ? ['--disable-workspace-trust'] : [])],
    ],
    // A group of its own: the server starts extension hosts and language servers, and all must go with it.
    { env: serverEnvironment(profile), stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      log += text;
    });
  }
  const ended = new Promise(resolve => {
    child.once('exit', () => resolve());
    child.once('error', error => {
      log += `${error.message}\n`;
      resolve();
    });
  });
  const killGroup = () => kill(child);
  process.once('exit', killGroup);
  const stop = async () => {
    killGroup();
    await ended;
    process.off('exit', killGroup);
  };
  try {
    await answers({ url: `http://${host}:${port}`, child, log: () => log });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url: `http://${host}:${port}`, stop, ended, log: () => log };
}

function kill(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch (error) {
    // The group was gone between the question and the signal.
    if (error.code !== 'ESRCH') throw error;
  }
}

async function answers({ url, child, log }) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.pid === undefined) {
      throw new Failure(`The VS Code server ended before it answered:\n${log().trimEnd()}`);
    }
    const response = await fetch(`${url}/version`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Failure(`The VS Code server did not answer within a minute:\n${log().trimEnd()}`);
}

function profileArguments(profile) {
  return [
    '--accept-server-license-terms',
    ...['--server-data-dir', join(profile, 'server')],
    ...['--user-data-dir', join(profile, 'data')],
    ...['--extensions-dir', join(profile, 'extensions')],
  ];
}

function serverEnvironment(profile) {
  const env = { HOME: join(profile, 'home'), LANG: 'C.UTF-8', EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  // Windows cannot start programs without its own variables.
  if (process.platform === 'win32') return { ...process.env, ...env };
  return { PATH: process.env.PATH, ...(process.env.TMPDIR && { TMPDIR: process.env.TMPDIR }), ...env };
}

/** The server calls module.registerHooks, which came with this version. */
const oldestNode = [22, 15];

/**
 * The Node that runs the server: the pinned package of this platform where there is one, else this very Node.
 * @returns {Promise<string>}
 */
async function serverNode() {
  const modules = join(vscodeFolder, 'node_modules');
  const pinned = readdirSync(modules)
    .filter(name => name.startsWith('node-'))
    .map(name => join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
    .find(file => existsSync(file));
  if (pinned !== undefined) return pinned;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath;
  throw new Failure(
    `VS Code's server needs Node ${oldestNode.join('.')} or newer on this platform, and this is Node ${process.versions.node}: run the command again with a newer Node.`,
  );
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
