// npm start: builds the extension and opens the sample pairs in VS Code, beside whatever VS Code the user has, never in it.
// Two simulated firewalls hold one of them. npm start -- --check prints the findings of the other in the terminal instead.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { installPackages, installVscode } from './install.mjs';
import { packageExtension, vsix } from './package.mjs';
import { startSimulator } from './simulatedPair.mjs';
import { Failure, onPath, root, step, tell } from './steps.mjs';

const usage = `npm start [-- --check | --browser]
  --check    print the findings of the broken sample pair in the terminal
  --browser  use the VS Code in the browser, also where the desktop's is installed`;

/** The pair with the usual mistakes, and a clean one that simulated firewalls hold. */
const [broken, live] = ['broken', 'tutorial'];
const sample = join(root, 'samples', broken);

async function main() {
  const { values } = parseArgs({
    options: { check: { type: 'boolean' }, browser: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  await installPackages();
  await step('Build', build);
  if (values.check) {
    await check();
    return;
  }
  await step('Package', packageExtension);
  const desktop = values.browser ? undefined : desktopCode();
  if (desktop === undefined) await installVscode();
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-try-'));
  const workspace = join(folder, 'pairs');
  for (const name of [broken, live]) cpSync(join(root, 'samples', name), join(workspace, name), { recursive: true });
  console.log(`\nTwo sample pairs were copied to ${workspace}: edit them as you like.`);
  const simulator = await startSimulator({ pair: join(workspace, live) });
  try {
    if (desktop === undefined) await openInBrowser({ folder, workspace });
    else await openOnDesktop({ code: desktop, folder, workspace });
  } finally {
    simulator.stop();
  }
}

/** The check ran where it ended with 0 (no error) or 1 (errors found); anything else is a failure of this command. */
async function check() {
  console.log();
  const cli = join(root, 'dist/pfsense-ha.cjs');
  const status = await exitOf(spawn(process.execPath, [cli, 'check', sample], { cwd: root, stdio: 'inherit' }));
  if (status !== 0 && status !== 1) throw new Failure(`The check ended with status ${status}.`);
  console.log(`\nThe check ended with status ${status} (${status === 0 ? 'no error' : 'errors were found'}).`);
}

/**
 * The desktop's VS Code, or undefined: where there is no display, or in a terminal of a remote VS Code, whose `code`
 * knows no profile of its own.
 */
function desktopCode() {
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) return undefined;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return undefined;
  if (process.platform === 'win32') {
    const usual = [process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'Programs'), process.env.PROGRAMFILES];
    const installed = usual.filter(Boolean).map(programs => join(programs, 'Microsoft VS Code/bin/code.cmd'));
    return onPath(['code.cmd']) ?? installed.find(file => existsSync(file));
  }
  const inApplications = '/Applications/Visual Studio Code.app/Contents/Resources/app/bin/code';
  return onPath(['code']) ?? (process.platform === 'darwin' && existsSync(inApplications) ? inApplications : undefined);
}

/** The file to open at once: the first configuration of the broken pair. Its peer's findings show all the same. */
function firstFile(workspace) {
  const [name] = readdirSync(join(workspace, broken))
    .filter(file => file.endsWith('.xml'))
    .sort();
  if (name === undefined) throw new Failure(`${sample} holds no configuration.`);
  return join(workspace, broken, name);
}

async function openOnDesktop({ code, folder, workspace }) {
  const profile = [...['--user-data-dir', join(folder, 'data')], ...['--extensions-dir', join(folder, 'extensions')]];
  mkdirSync(join(folder, 'data'));
  const start = args => exitOf(startCode(code, args));
  const installed = await start([...profile, '--install-extension', vsix]);
  if (installed !== 0) throw new Failure(`${code} could not install ${vsix} (status ${installed}).`);
  // Ctrl+C ends this script, not the window: what is open there may hold unsaved work.
  process.once('SIGINT', () => {
    console.log(
      `\nThe simulated firewalls have ended. VS Code stays open; when you have closed it, ${folder} can be deleted.`,
    );
    process.exit(130);
  });
  console.log('VS Code opens with a profile of its own. Close its window to end this command.');
  const ended = await start([
    ...profile,
    '--new-window',
    '--wait',
    '--disable-workspace-trust',
    workspace,
    firstFile(workspace),
  ]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  if (ended !== 0) throw new Failure(`${code} ended with status ${ended}.`);
}

function startCode(code, args) {
  if (process.platform !== 'win32') return spawn(code, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  // code.cmd is a batch file, which only cmd.exe starts, and cmd.exe wants the whole line quoted once more.
  const line = [code, ...args].map(word => `"${word}"`).join(' ');
  return spawn('cmd.exe', ['/d', '/s', '/c', `"${line}"`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    windowsVerbatimArguments: true,
  });
}

async function openInBrowser({ folder, workspace }) {
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  try {
    const { createProfile, installExtension, startServer } = await import('./vscodeServer.mjs');
    const profile = join(folder, 'profile');
    createProfile(profile);
    await step('Install the extension', () => installExtension({ profile, vsix }));
    // Whoever reaches the server can run programs as this user, so only who was told the token may.
    const token = randomUUID();
    const server = await step('Start VS Code', () => startServer({ profile, token }));
    const stopped = new Promise(resolve => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
    });
    console.log(
      `\nOpen this address in a browser on this machine:\n\n  ${addressOf({ server, workspace, token })}\n\nCtrl+C stops it.`,
    );
    const reason = await Promise.race([stopped, server.ended.then(() => 'ended')]);
    await server.stop();
    if (reason === 'ended') throw new Failure(`The VS Code server ended by itself:\n${server.log().trimEnd()}`);
    console.log('\nStopped.');
  } finally {
    remove();
  }
}

function addressOf({ server, workspace, token }) {
  const address = new URL(server.url);
  address.searchParams.set('tkn', token);
  address.searchParams.set('folder', slashed(workspace));
  const file = `vscode-remote://${address.host}${slashed(firstFile(workspace))}`;
  address.searchParams.set('payload', JSON.stringify([['openFile', file]]));
  return address.href;
}

/** Windows paths as the path of an address: C:\a becomes /C:/a. */
function slashed(path) {
  return process.platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path;
}

/** @returns {Promise<number | string>} the exit status, or the name of the signal */
function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(new Failure(error.message)));
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
}

try {
  await main();
} catch (error) {
  tell(error);
  process.exitCode = 1;
}
