import { homedir } from 'node:os';
import { Config } from '../../model/config.ts';
import { type Role, roles } from '../../pair/manifest.ts';
import type { Rule } from '../../rules/rule.ts';
import { readConnection } from '../../sync/node/address.ts';
import { type NodeConnection, originOf } from '../../sync/node/connection.ts';
import type { Credentials } from '../../sync/node/credentials.ts';
import { openPairSync } from '../../sync/openPairSync.ts';
import type { FileError, PairSync } from '../../sync/pairSync.ts';
import { onDisk } from '../../sync/push/onDisk.ts';
import { defaultStoreFolder } from '../../sync/store/defaultFolder.ts';
import { openDiskStore } from '../../sync/store/diskStore.ts';
import type { SyncStore } from '../../sync/store/store.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import type { Outcome } from '../disk.ts';
import { type Loaded, load } from '../load.ts';
import { checkLoaded, positionOf } from '../report.ts';
import { type ExitStatus, exitStatus, printable, type Terminal } from '../terminal.ts';
import { askCredentials } from './credentials.ts';
import { choosePair, type LiveFile, type LivePair } from './livePair.ts';

/** What all commands on live nodes are told. */
export interface LiveRequest {
  readonly paths: readonly string[];
  /** `--config`: the manifest that speaks for everything. */
  readonly config: string | undefined;
  /** `--pair`; absent where there is only one to choose from. */
  readonly pair: string | undefined;
}

/** How one node is reached, and as whom. */
export interface NodeAccess {
  readonly role: Role;
  readonly file: LiveFile;
  readonly connection: NodeConnection;
  readonly credentials: Credentials;
}

/** The pair that a command is about; what could not be read of it is a problem. */
export function loadPair(
  request: LiveRequest,
  terminal: Terminal,
): Outcome<{ readonly loaded: Loaded; readonly pair: LivePair }> {
  const loaded = load(request, terminal);
  const chosen = choosePair(loaded, { name: request.pair, cwd: terminal.cwd });
  const [problem] = loaded.problems;
  if (problem !== undefined) return { isDone: false, problem };
  return chosen.isDone ? { isDone: true, value: { loaded, pair: chosen.value } } : chosen;
}

/** Finds out how a node is reached, and as whom; asks for a password where there is a person to ask. */
export async function accessNode(pair: LivePair, role: Role, terminal: Terminal): Promise<Outcome<NodeAccess>> {
  const file = pair.nodes[role];
  const peer = pair.nodes[role === 'primary' ? 'secondary' : 'primary'];
  const nothing = new Config(new XmlDocument('', ''));
  if (!file.config && file.settings.url === undefined) {
    const problem = `${file.shown} does not exist, so nothing says how the ${role} is reached: set "url" for it in the manifest.`;
    return { isDone: false, problem };
  }
  const reading = readConnection({ node: file.config ?? nothing, peer: peer.config }, file.settings);
  if (reading.kind === 'refused') return { isDone: false, problem: `${role}: ${reading.message}` };
  const { connection } = reading;
  const credentials = await askCredentials({ role, origin: originOf(connection) }, terminal);
  if (!credentials.isDone) return credentials;
  return { isDone: true, value: { role, file, connection, credentials: credentials.value } };
}

/** @param passedOver gets what is told of journals that cannot be read */
export function openStore(terminal: Terminal, passedOver: string[] = []): SyncStore {
  const folder = defaultStoreFolder({ platform: process.platform, environment: terminal.env, home: homedir() });
  const tell = (message: string) => {
    passedOver.push(message);
    terminal.tell(`note: ${printable(message)}\n`);
  };
  return openDiskStore({ folder, tell });
}

/** Does something for which the store is needed; what the disk has against it is a problem. */
export async function withStore<T>(store: SyncStore, work: () => Promise<T>): Promise<Outcome<T>> {
  const done: T[] = [];
  const problem = await onDisk(store, async () => done.push(await work()));
  const [value] = done;
  return problem === undefined ? { isDone: true, value: value as T } : { isDone: false, problem };
}

export interface OpenedPair {
  readonly name: string;
  readonly sync: PairSync;
  /** Where backups, bases and journals are kept. */
  readonly store: SyncStore;
  /** What has been told so far of journals that cannot be read. */
  readonly passedOver: readonly string[];
  /** What a check finds that keeps the files from being pushed. */
  readonly errors: readonly FileError[];
}

/** Reads and checks both files and makes ready to talk to both nodes. Nothing has been sent then. */
export async function openPair(
  request: LiveRequest & { readonly execPhp: 'allowed' | 'forbidden' },
  terminal: Terminal,
  rules: readonly Rule[],
): Promise<Outcome<OpenedPair>> {
  const found = loadPair(request, terminal);
  if (!found.isDone) return found;
  const { loaded, pair } = found.value;
  const files = roles.map(role => pair.nodes[role]);
  const missing = files.find(each => each.file === undefined || each.config === undefined);
  if (missing) return { isDone: false, problem: `${missing.shown} does not exist; pfsense-ha pull fetches it.` };
  const unfaithful = files.find(each => each.file?.encoding.isFaithful === false);
  if (unfaithful) {
    const problem = `${unfaithful.shown} holds bytes that are not ${unfaithful.file?.encoding.name}: what they mean is not known, so it cannot be pushed.`;
    return { isDone: false, problem };
  }
  const nodes = new Map<Role, NodeAccess & { readonly config: Config }>();
  for (const role of roles) {
    const access = await accessNode(pair, role, terminal);
    if (!access.isDone) return access;
    const { config } = access.value.file;
    if (config) nodes.set(role, { ...access.value, config });
  }
  const [primary, secondary] = [nodes.get('primary'), nodes.get('secondary')];
  if (!primary || !secondary) throw new Error('Both nodes have a config here.');
  const passedOver: string[] = [];
  const store = openStore(terminal, passedOver);
  const sync = openPairSync({
    pair: pair.name,
    nodes: {
      primary: { file: primary.config, connection: primary.connection, credentials: primary.credentials },
      secondary: { file: secondary.config, connection: secondary.connection, credentials: secondary.credentials },
    },
    store,
    execPhp: request.execPhp,
  });
  const errors = errorsIn(loaded, pair, { terminal, rules });
  return { isDone: true, value: { name: pair.name, sync, store, passedOver, errors } };
}

function errorsIn(
  loaded: Loaded,
  { nodes }: LivePair,
  { terminal, rules }: { readonly terminal: Terminal; readonly rules: readonly Rule[] },
): readonly FileError[] {
  const { findings } = checkLoaded(loaded, { rules, cwd: terminal.cwd });
  return findings.flatMap(({ severity, at, rule, message }) => {
    const { path, line } = positionOf(at);
    const role = roles.find(each => nodes[each].path === path);
    return severity === 'error' && role ? [{ role, line, rule, message }] : [];
  });
}

/** Says what kept the command from doing anything. @returns the status for it */
export function failed(problem: string, terminal: Terminal): ExitStatus {
  tellProblem(problem, terminal);
  return exitStatus.failure;
}

/** Says what is wrong, on a line of its own. */
export function tellProblem(problem: string, terminal: Terminal): void {
  terminal.tell(`pfsense-ha: ${printable(problem)}\n`);
}

/** Whether the person at the terminal says yes; no where there is nobody to ask. */
export async function agrees(question: string, terminal: Terminal): Promise<boolean> {
  const answer = await terminal.ask?.(`${question} [y/N] `, 'shown');
  return /^y(?:es)?$/i.test(answer?.trim() ?? '');
}
