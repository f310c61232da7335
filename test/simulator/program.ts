import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SimulatedNode } from './node/simulatedNode.ts';
import { releaseOfConfig } from './release.ts';
import { defaultPasswords, type SimulatedPair, startPair } from './startPair.ts';

const usage = `simulator [FOLDER] [--primary-port N] [--secondary-port N] [--json] [--until-input-ends]
  Starts two simulated pfSense nodes on 127.0.0.1 that hold the configs of the first pair in FOLDER/pfsense-ha.json
  (samples/tutorial when absent). They end with the program, and nothing of theirs is kept.
  --json     tells where they listen in one line of JSON
  --until-input-ends
             ends them when standard input ends, as it does with the program at its other end`;

/** What the program prints with, and where it looks. */
export interface ProgramHost {
  readonly print: (line: string) => void;
  /** Resolves when standard input has ended. */
  readonly inputEnds?: () => Promise<void>;
}

/** What `--json` tells. */
export interface Listening {
  /** For who reads the line: nothing here is a real firewall. */
  readonly simulated: true;
  readonly release: string;
  readonly user: string;
  readonly password: string;
  readonly primary: ListeningNode;
  readonly secondary: ListeningNode;
}

interface ListeningNode {
  readonly url: string;
  /** SHA-256 of its certificate, new with every start. */
  readonly sha256: string;
  readonly config: string;
}

/** pfSense takes a moment before it synchronises, and waits a second between two attempts. */
const syncDelayMilliseconds = 1_500;
const syncRetryMilliseconds = 1_000;

/** @returns undefined where only the usage was asked for */
export async function runProgram(
  args: readonly string[],
  { print, inputEnds }: ProgramHost,
): Promise<SimulatedPair | undefined> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'primary-port': { type: 'string', default: '0' },
      'secondary-port': { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      'until-input-ends': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    print(usage);
    return undefined;
  }
  const { primary, secondary } = pairOf(positionals[0] ?? 'samples/tutorial');
  const release = releaseOfConfig(/<version>([^<]*)</.exec(primary.text)?.[1] ?? '');
  const passwords = defaultPasswords(primary.text, release.name);
  const pair = await startPair({
    version: release.name,
    primary: primary.text,
    secondary: secondary.text,
    passwords,
    ports: { primary: portOf(values['primary-port']), secondary: portOf(values['secondary-port']) },
    syncDelayMilliseconds,
    syncRetryMilliseconds,
    ...(values.json ? {} : { onLog: (node, line) => print(`[simulated ${node}] ${line}`) }),
  });
  const listening: Listening = {
    simulated: true,
    release: release.name,
    user: 'admin',
    password: passwords.admin ?? '',
    primary: { ...addressOf(pair.primary), config: primary.path },
    secondary: { ...addressOf(pair.secondary), config: secondary.path },
  };
  if (values.json) print(JSON.stringify(listening));
  else for (const line of greeting(listening)) print(line);
  if (values['until-input-ends']) void inputEnds?.().then(() => pair.dispose());
  return pair;
}

function greeting({ release, user, password, primary, secondary }: Listening): readonly string[] {
  const node = (name: string, { url, sha256, config }: ListeningNode) => [
    `  ${name.padEnd(9)}  ${url}  holds ${config}`,
    `             certificate (SHA-256): ${sha256}`,
  ];
  return [
    `Two SIMULATED pfSense ${release} nodes are listening on this machine. They are no firewalls: nothing real is changed.`,
    ...node('primary', primary),
    ...node('secondary', secondary),
    `  Log in as ${user} with the password ${password}.`,
  ];
}

function addressOf(node: SimulatedNode): Omit<ListeningNode, 'config'> {
  return { url: node.url, sha256: node.fingerprint };
}

interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** The files of the first pair that a folder's manifest names. */
function pairOf(folder: string): { readonly primary: ConfigFile; readonly secondary: ConfigFile } {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'pfsense-ha.json'), 'utf8'));
  const pair = field(field(manifest, 'pairs'), '0');
  const file = (side: 'primary' | 'secondary') => {
    const name = field(field(pair, side), 'config');
    if (typeof name !== 'string') throw new Error(`${folder}/pfsense-ha.json names no config of a ${side}.`);
    const path = join(folder, name);
    return { path, text: readFileSync(path, 'utf8') };
  };
  return { primary: file('primary'), secondary: file('secondary') };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${text} is no port.`);
  return port;
}
