// One VS Code server with the packaged extension, and one Chromium, for a whole suite.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after } from 'node:test';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { packFolder } from '../../../scripts/package.mjs';
import { createProfile, installExtension, startServer, type VscodeServer } from '../../../scripts/vscodeServer.mjs';
import { languageServersOf, listenToConsole, logComplaints } from './logs.ts';
import { patience } from './waiting.ts';
import { VscodeWindow } from './window.ts';

const vsix = resolve(import.meta.dirname, '../../../pfsense-ha.vsix');

export interface WindowOptions {
  /** A folder to copy into the new workspace, relative to the root of the repository. */
  readonly sample?: string;
  /** Files to write into the workspace: name to text. */
  readonly files?: Readonly<Record<string, string>>;
  /** The file to open at once. */
  readonly open: string;
}

export interface Session {
  /** Opens a workspace of its own; the window before is closed, its unsaved changes with it. */
  openWindow(options: WindowOptions): Promise<VscodeWindow>;
  /** Where the extension is installed. */
  extensionFolder(): string;
  /** The processes of the language server that run at this moment. */
  languageServers(): readonly number[];
  /** What the extension and the logs have left on disk, as paths. */
  filesLeftBehind(): readonly string[];
  /** The errors in the developer console and in the logs that are about the extension, in every window so far. */
  complaints(): readonly string[];
  close(): Promise<void>;
}

let shared: Promise<Session> | undefined;

/**
 * The session of this run, started by the first test that asks and ended after the last test of all: starting costs
 * 10 seconds, a further window 5.
 */
export function session(): Promise<Session> {
  shared ??= startSession({ vsix });
  return shared;
}

// At the top of the module this is a hook of the whole run.
after(async () => {
  await (await shared)?.close();
});

/** Settings that let the harness read the panes: far steps of the wheel, and no scrolling but its own. */
const readable = {
  'workbench.list.mouseWheelScrollSensitivity': 4,
  'problems.autoReveal': false,
  'window.title': `\${activeEditorShort}\${separator}\${rootName}`,
};

/**
 * @param options.vsix the packaged extension to install
 * @param options.besides folders with other extensions to install
 * @param options.settings user settings on top of the quiet ones
 * @param options.trust whether the settings decide about the trust in a workspace; absent for trust in all
 */
export async function startSession(options: {
  readonly vsix: string;
  readonly besides?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trust?: 'by settings';
}): Promise<Session> {
  if (!existsSync(options.vsix)) throw new Error(`${options.vsix} does not exist: npm run test:window builds it.`);
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-window-'));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  const profile = join(folder, 'profile');
  let server: VscodeServer | undefined;
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server?.stop();
    remove();
  };
  try {
    createProfile(profile, { ...readable, ...options.settings });
    await installExtension({ profile, vsix: options.vsix });
    for (const other of options.besides ?? []) {
      const packed = join(folder, `${basename(other)}.vsix`);
      await packFolder(other, packed);
      await installExtension({ profile, vsix: packed });
    }
    const [startedServer, startedBrowser] = await Promise.all([
      startServer({ profile, reconnectionGraceSeconds: 2, ...(options.trust && { trust: options.trust }) }),
      startBrowser(),
    ]);
    server = startedServer;
    browser = startedBrowser;
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(patience);
    const console = listenToConsole(context);
    return {
      openWindow: windowOpener({ server: startedServer, context, folder }),
      extensionFolder: () => extensionIn(profile),
      languageServers: () => languageServersOf(profile),
      filesLeftBehind: () => [
        ...filesIn(join(profile, 'data/User/globalStorage/pfsense-ha.pfsense-ha')),
        ...filesIn(join(profile, 'server/data/logs')),
      ],
      complaints: () => [...console, ...logComplaints(profile)],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Every file below a folder. VS Code writes its logs only where its native parts are built. */
function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
}

function extensionIn(profile: string): string {
  const folder = join(profile, 'extensions');
  const name = readdirSync(folder).find(each => each.startsWith('pfsense-ha.'));
  if (name === undefined) throw new Error('The extension is not installed.');
  return join(folder, name);
}

function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROME_PATH;
  if (executablePath === undefined)
    throw new Error('CHROME_PATH is not set: start the tests with npm run test:window.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function windowOpener(session: {
  readonly server: VscodeServer;
  readonly context: BrowserContext;
  readonly folder: string;
}): (options: WindowOptions) => Promise<VscodeWindow> {
  let count = 0;
  return async ({ sample, files = {}, open }) => {
    count += 1;
    const workspace = join(session.folder, `workspace-${count}`, basename(sample ?? 'pair'));
    mkdirSync(workspace, { recursive: true });
    if (sample !== undefined) cpSync(resolve(import.meta.dirname, '../../..', sample), workspace, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);

    const page = await session.context.newPage();
    for (const other of session.context.pages()) if (other !== page) await other.close();
    const address = new URL(session.server.url);
    address.searchParams.set('folder', workspace);
    const file = `vscode-remote://${address.host}${join(workspace, open)}`;
    address.searchParams.set('payload', JSON.stringify([['openFile', file]]));
    await page.goto(address.href, { waitUntil: 'domcontentloaded' });
    await page.locator('.monaco-workbench .part.statusbar').waitFor();
    const window = new VscodeWindow(page, workspace);
    await window.editor(open).locator('.view-line').first().waitFor();
    return window;
  };
}
