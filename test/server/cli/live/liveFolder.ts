import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Terminal } from '../../../../server/src/cli/terminal.ts';
import { folderWith, type Ran, runCommand } from '../../../harness/commandLine.ts';
import type { ReleaseName } from '../../../simulator/release.ts';
import { type SimulatedPair, startPair } from '../../../simulator/startPair.ts';

/** A folder with the files of a pair, two simulated firewalls that hold the same, and a place where the program keeps things. */
export interface LiveFolder {
  readonly cwd: string;
  readonly pair: SimulatedPair;
  /** Where backups, bases and journals are kept. */
  readonly state: string;
  /** The files as they stand now. */
  read(name: 'main.xml' | 'second.xml'): string;
  /** Runs a command with the password in the environment; `env` and a person who answers may be given. */
  run(args: readonly string[], terminal?: Partial<Terminal>): Promise<Ran>;
}

export const password = 'simulated-secret-1';

interface LiveFolderOptions {
  readonly version?: ReleaseName;
  /** What the manifest says beside `config` of each node; by default its address and its certificate. */
  readonly node?: (pair: SimulatedPair, role: 'primary' | 'secondary') => Readonly<Record<string, unknown>>;
  readonly files?: readonly ('main.xml' | 'second.xml')[];
}

/** The pair of the tutorial; everything is gone when the test ends. */
export async function liveFolder(t: TestContext, options: LiveFolderOptions = {}): Promise<LiveFolder> {
  const { version = '2.6.0', node = pinned, files = ['main.xml', 'second.xml'] } = options;
  const texts = {
    'main.xml': readFileSync('samples/tutorial/main-pfSense.xml', 'utf8'),
    'second.xml': readFileSync('samples/tutorial/second-pfSense.xml', 'utf8'),
  };
  const passwords = { admin: password, hasync: syncPassword(texts['main.xml']) };
  const pair = await startPair({ version, primary: texts['main.xml'], secondary: texts['second.xml'], passwords });
  t.after(() => pair.dispose());
  const manifest = {
    pairs: [
      {
        name: 'hq',
        primary: { config: 'main.xml', ...node(pair, 'primary') },
        secondary: { config: 'second.xml', ...node(pair, 'secondary') },
      },
    ],
  };
  const present = Object.fromEntries(files.map(name => [name, texts[name]]));
  const cwd = folderWith(t, { ...present, 'pfsense-ha.json': JSON.stringify(manifest, undefined, 2) });
  const state = mkdtempSync(join(tmpdir(), 'pfsense-ha-state-'));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const env = { XDG_STATE_HOME: state, PFSENSE_HA_PASSWORD: password };
  return {
    cwd,
    pair,
    state,
    read: name => readFileSync(join(cwd, name), 'utf8'),
    run: (args, terminal = {}) => runCommand(cwd, args, { ...terminal, env: { ...env, ...terminal.env } }),
  };
}

/** By address, and by the certificate that the node shows. */
export function pinned(pair: SimulatedPair, role: 'primary' | 'secondary'): Readonly<Record<string, unknown>> {
  return { url: pair[role].url, tls: { sha256: pair[role].fingerprint } };
}

function syncPassword(text: string): string {
  return /<hasync>[\s\S]*?<password><!\[CDATA\[(.*?)\]\]>/.exec(text)?.[1] ?? '';
}

/** A person at a terminal who gives these answers, one after the other, and what was asked. */
export function answering(...answers: readonly string[]): Pick<Terminal, 'ask'> & { readonly asked: string[] } {
  const asked: string[] = [];
  let at = 0;
  return {
    asked,
    ask: async question => {
      asked.push(question);
      return answers[at++];
    },
  };
}
