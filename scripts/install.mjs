// Installs what is missing, and only that: npm packages, the VS Code of the window tests, a Chromium.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, npm, onPath, root, run, step } from './steps.mjs';

const quietInstall = ['--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'];

/** The folder of the real VS Code; see its package.json. */
export const vscodeFolder = join(root, 'test/e2e/vscode');
const vscodeServer = join(vscodeFolder, 'node_modules/code-server/lib/vscode');

/** Runs `npm ci` where node_modules does not hold what the lock file asks for. */
export async function installPackages() {
  if (holdsItsLock(root)) return;
  await step('Install packages', () => npm(['ci', ...quietInstall]));
}

/**
 * Compares the lock file with npm's record of what it installed. Dates would not do: a checkout touches the lock, and
 * npm writes the two files in either order.
 */
function holdsItsLock(folder) {
  const record = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    // Optional packages are mostly those of other platforms.
    return present[path] === undefined ? optional === true : present[path].version === version;
  });
}

/**
 * Installs VS Code's server (385 MB after slimming) with the Node that runs it. Its own dependencies come with an
 * npm-shrinkwrap that `npm ci` refuses, hence the second `npm install`.
 */
export async function installVscode() {
  // Written last, so that an installation that broke off is done again.
  const marker = join(vscodeServer, '.installed-for-window-tests');
  if (existsSync(marker) && holdsItsLock(vscodeFolder)) return;
  await step('Install the VS Code of the window tests', async () => {
    await npm(['ci', '--prefix', vscodeFolder, ...quietInstall]);
    await npm(['install', '--prefix', vscodeServer, '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
    slim();
    writeFileSync(marker, '');
  });
}

/** Removes what neither a window test nor a person trying the extension meets: half of the folder. */
function slim() {
  const remove = path => rmSync(join(vscodeServer, path), { recursive: true, force: true });
  remove('node_modules/@github');
  remove('node_modules/@microsoft/mxc-sdk');
  remove('extensions/copilot');
  remove('extensions/mermaid-markdown-features');
  const scope = join(vscodeServer, 'node_modules/@vscode');
  if (process.platform !== 'win32') {
    for (const name of readdirSync(scope)) if (name.startsWith('windows-')) remove(`node_modules/@vscode/${name}`);
  }
  const ripgrep = join(scope, 'ripgrep-universal/bin');
  if (!existsSync(ripgrep)) return;
  for (const name of readdirSync(ripgrep)) {
    if (name !== `${process.platform}-${process.arch}`) remove(`node_modules/@vscode/ripgrep-universal/bin/${name}`);
  }
}

/**
 * Finds an installed Chrome, Edge or Chromium; on Debian, as root, installs Chromium where there is none.
 * @returns {Promise<string>} the path of its program
 */
export async function installBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;
  const apt = onPath(['apt-get']);
  if (apt === undefined || process.getuid?.() !== 0) {
    throw new Failure(
      'The window tests need Chrome, Edge or Chromium, and none was found: install one, or name its program in CHROME_PATH.',
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Install Chromium', async () => {
    await run(apt, ['update', '-qq'], { env });
    await run(apt, ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  });
  const installed = findBrowser();
  if (installed === undefined) throw new Failure('apt-get installed Chromium, but its program was not found.');
  return installed;
}

/** @returns {string | undefined} */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Failure(`CHROME_PATH names ${named}, which does not exist.`);
    return named;
  }
  return onPath(browserNames[process.platform] ?? browserNames.linux) ?? browserPaths().find(file => existsSync(file));
}

const browserNames = {
  linux: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
  ],
  darwin: ['chromium'],
  win32: [],
};

function browserPaths() {
  if (process.platform === 'darwin') {
    return ['', process.env.HOME ?? ''].flatMap(home =>
      ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
        name => `${home}/Applications/${name}.app/Contents/MacOS/${name}`,
      ),
    );
  }
  if (process.platform !== 'win32') return [];
  const programs = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
  return programs
    .filter(folder => folder !== undefined)
    .flatMap(folder => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
    ]);
}
