import { networkInterfaces } from 'node:os';
import type { Config } from '../model/config.ts';
import { readVersion } from '../model/version.ts';
import { type Role, roles } from '../pair/manifest.ts';
import { originOf } from './node/connection.ts';
import type { NodeAnswer } from './node/failure.ts';
import { NodeClient, type PulledConfig } from './node/nodeClient.ts';
import type {
  FileError,
  OpenPairSync,
  PairSync,
  PairSyncOptions,
  PlanResult,
  PushOptions,
  RunOptions,
} from './pairSync.ts';
import { makePlan } from './plan/makePlan.ts';
import type { Plan } from './plan/plan.ts';
import type { PlanNode } from './plan/planInput.ts';
import { configOfBytes, readLiveState } from './plan/readLive.ts';
import type { RunContext } from './push/context.ts';
import { digestOf } from './push/digest.ts';
import type { LiveNode } from './push/liveNode.ts';
import type { Outcome } from './push/outcome.ts';
import { usualPace } from './push/pace.ts';
import { push } from './push/push.ts';
import { recordedSections, stateByDigest } from './push/recorded.ts';
import { undo } from './push/undo.ts';
import { verify } from './push/verify.ts';
import { nodeKeyOf } from './store/nodeKey.ts';
import type { Journal, NodeKey } from './store/store.ts';
import type { SectionValue } from './xmlRpc/value.ts';

/** The two live nodes of a pair. Each gets one client for as long as this lives: refused credentials are not tried again. */
export const openPairSync: OpenPairSync = options => new LivePair(options);

class LivePair implements PairSync {
  readonly keys: Readonly<Record<Role, NodeKey>>;
  private readonly clients: Readonly<Record<Role, NodeClient>>;

  constructor(private readonly options: PairSyncOptions) {
    this.keys = { primary: keyOf(options, 'primary'), secondary: keyOf(options, 'secondary') };
    this.clients = { primary: this.clientOf('primary'), secondary: this.clientOf('secondary') };
  }

  pull(role: Role, { signal, progress }: RunOptions = {}): Promise<NodeAnswer<PulledConfig>> {
    progress?.({ message: `Fetch the configuration of ${nameOf(role, this.keys[role])}`, fraction: 0 });
    return this.clients[role].pullConfig(signal ? { signal } : {});
  }

  rememberBase(role: Role, bytes: Uint8Array): Promise<void> {
    return this.options.store.rememberBase(this.keys[role], bytes);
  }

  async plan(errors: readonly FileError[], { signal, progress }: RunOptions = {}): Promise<PlanResult> {
    const { pair, nodes, execPhp } = this.options;
    const planned = new Map<Role, PlanNode>();
    const runs = await this.journals();
    for (const role of roles) {
      const key = this.keys[role];
      progress?.({ message: `Ask ${nameOf(role, key)} what it holds`, fraction: role === 'primary' ? 0 : 0.5 });
      const { file } = nodes[role];
      const bytes = await this.options.store.base(key);
      const base = bytes && configOfBytes(bytes);
      const names = [...sectionNamesOf([file]), ...(base ? sectionNamesOf([base]) : [])];
      const live = await readLiveState(this.clients[role], names, signal ? { signal } : {});
      if (live.kind === 'failed') return { kind: 'failed', role, failure: live.failure };
      planned.set(role, {
        file,
        host: key.host,
        origin: key.origin,
        live: live.value,
        base,
        isOurs: isLeftBy(runs, role),
      });
    }
    const [primary, secondary] = [planned.get('primary'), planned.get('secondary')];
    if (!primary || !secondary) throw new Error('Both nodes have been asked here.');
    const plan = makePlan({ pair, nodes: { primary, secondary }, errors, execPhp, ownAddresses: ownAddresses() });
    return { kind: 'plan', plan };
  }

  push(plan: Plan, options: PushOptions): Promise<Outcome> {
    return push(this.context(options), plan, options);
  }

  async lastRun(): Promise<Journal | undefined> {
    return (await this.journals()).find(isUndoable);
  }

  verify(journal: Journal, options: RunOptions = {}): Promise<Outcome> {
    return verify(this.context(options), journal);
  }

  undo(journal: Journal, options: PushOptions): Promise<Outcome> {
    return undo(this.context(options), journal, options);
  }

  /** The newest first. */
  private async journals(): Promise<readonly Journal[]> {
    const journals = await this.options.store.journals(this.options.pair);
    return journals.filter(journal => this.isOfThisPair(journal));
  }

  /** Another pair of the same name may have journals here, too. */
  private isOfThisPair({ nodes }: Journal): boolean {
    return roles.every(
      role => nodes[role].origin === this.keys[role].origin && nodes[role].host === this.keys[role].host,
    );
  }

  private context({ signal, progress = () => undefined }: RunOptions): RunContext {
    const { pair, nodes, store, secondaryTimeout = 120_000, pace = usualPace, execPhp } = this.options;
    const nodeOf = (role: Role): LiveNode => ({
      role,
      name: nameOf(role, this.keys[role]),
      client: this.clients[role],
      version: nodes[role].file.query(readVersion),
      execPhp,
      pace,
    });
    const live = { primary: nodeOf('primary'), secondary: nodeOf('secondary') };
    const sectionNames = sectionNamesOf([nodes.primary.file, nodes.secondary.file]);
    return { pair, nodes: live, keys: this.keys, store, pace, secondaryTimeout, sectionNames, signal, progress };
  }

  private clientOf(role: Role): NodeClient {
    const { connection, credentials } = this.options.nodes[role];
    return new NodeClient({ name: nameOf(role, this.keys[role]), connection, credentials });
  }
}

/**
 * Whether a section is as the last run that was about it has left it, and that run came to its end. The files do not say it
 * yet, nor does what was last pulled; all the same it is nobody else's work.
 *
 * @param runs the newest first
 */
function isLeftBy(runs: readonly Journal[], role: Role): (name: string, value: SectionValue | undefined) => boolean {
  const all = runs
    // These have left nothing behind.
    .filter(({ state }) => state !== 'restored' && state !== 'undone')
    .map(({ state, salt, steps }) => ({ state, salt, sections: recordedSections(steps)[role] }));
  return (name, value) => {
    const last = all.find(({ sections }) => sections.has(name));
    const section = last?.sections.get(name);
    if (!last || !section || last.state !== 'done') return false;
    return stateByDigest(section, digestOf(name, value, last.salt)) === 'as wanted';
  };
}

function isUndoable({ kind, state }: Journal): boolean {
  return kind === 'push' && state !== 'restored' && state !== 'undone';
}

function keyOf({ nodes }: PairSyncOptions, role: Role): NodeKey {
  const { connection, file } = nodes[role];
  return nodeKeyOf(originOf(connection), file);
}

/** The addresses by which others see this computer. */
function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap(addresses => (addresses ?? []).map(({ address }) => address));
}

function nameOf(role: Role, { host }: NodeKey): string {
  return `the ${role} (${host})`;
}

/** The names of all sections that one of the files has. */
function sectionNamesOf(files: readonly Config[]): readonly string[] {
  return [...new Set(files.flatMap(file => file.document.tree.branches.map(branch => branch.nameAt(0))))];
}
