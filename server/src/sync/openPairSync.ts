import type { Config } from '../model/config.ts';
import { readHostname } from '../model/hostname.ts';
import type { Role } from '../pair/manifest.ts';
import { originOf } from './node/connection.ts';
import type { NodeAnswer } from './node/failure.ts';
import { NodeClient, type PulledConfig } from './node/nodeClient.ts';
import type { OpenPairSync, PairSync, PairSyncOptions, PlanResult, RunOptions } from './pairSync.ts';
import type { Outcome } from './push/outcome.ts';
import type { Journal, NodeKey } from './store/store.ts';

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
    progress?.({ message: `Fetch the configuration of the ${nameOf(role, this.keys[role])}`, fraction: 0 });
    return this.clients[role].pullConfig(signal ? { signal } : {});
  }

  rememberBase(role: Role, bytes: Uint8Array): Promise<void> {
    return this.options.store.rememberBase(this.keys[role], bytes);
  }

  async plan(): Promise<PlanResult> {
    throw new Error('Plans are not made yet.');
  }

  async push(): Promise<Outcome> {
    throw new Error('Nothing is pushed yet.');
  }

  async lastRun(): Promise<Journal | undefined> {
    const journals = await this.options.store.journals(this.options.pair);
    return journals.find(journal => this.isOfThisPair(journal) && isUndoable(journal));
  }

  async verify(): Promise<Outcome> {
    throw new Error('Nothing is pushed yet.');
  }

  async undo(): Promise<Outcome> {
    throw new Error('Nothing is pushed yet.');
  }

  /** Another pair of the same name may have journals here, too. */
  private isOfThisPair({ nodes }: Journal): boolean {
    return (['primary', 'secondary'] as const).every(
      role => nodes[role].origin === this.keys[role].origin && nodes[role].host === this.keys[role].host,
    );
  }

  private clientOf(role: Role): NodeClient {
    const { connection, credentials } = this.options.nodes[role];
    return new NodeClient({ name: `The ${nameOf(role, this.keys[role])}`, connection, credentials });
  }
}

function isUndoable({ kind, state }: Journal): boolean {
  return kind === 'push' && state !== 'restored' && state !== 'undone';
}

function keyOf({ nodes }: PairSyncOptions, role: Role): NodeKey {
  const { connection, file } = nodes[role];
  return { origin: originOf(connection), host: hostOf(file) };
}

function hostOf(file: Config): string {
  const domain = file.text(file.find('system/domain'));
  return `${file.query(readHostname)}${domain === '' ? '' : `.${domain}`}`;
}

function nameOf(role: Role, { host }: NodeKey): string {
  return `${role} (${host})`;
}
