import type { Config } from '../model/config.ts';
import type { Role } from '../pair/manifest.ts';
import type { NodeConnection } from './node/connection.ts';
import type { Credentials } from './node/credentials.ts';
import type { NodeAnswer, NodeFailure } from './node/failure.ts';
import type { PulledConfig } from './node/nodeClient.ts';
import type { Plan } from './plan/plan.ts';
import type { Outcome, Progress } from './push/outcome.ts';
import type { Pace } from './push/pace.ts';
import type { Journal, NodeKey, SyncStore } from './store/store.ts';

/** One node of the pair: its file, and the way to the firewall. */
export interface SyncNode {
  /** The file as it is to be pushed. */
  readonly file: Config;
  readonly connection: NodeConnection;
  readonly credentials: Credentials;
}

/** An error that a check has found in one of the files; while there is one, nothing is pushed. */
export interface FileError {
  readonly role: Role;
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

export interface PairSyncOptions {
  /** What the manifest calls the pair, or its files' names. */
  readonly pair: string;
  readonly nodes: Readonly<Record<Role, SyncNode>>;
  readonly store: SyncStore;
  /** Exact replacement of sections by exec_php, where a restore cannot do it (`pfsenseHa.sync.allowExecPhp`). */
  readonly execPhp: 'allowed' | 'forbidden';
  /** How long the secondary may take until it holds what the primary sends it, in milliseconds; 120,000 when absent. */
  readonly secondaryTimeout?: number;
  /** How patient a run is; absent for what real firewalls need. */
  readonly pace?: Pace;
}

export interface RunOptions {
  /** Ends the run after the call that is under way; what follows is then undone or left, as `onCancel` answers. */
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

export interface PushOptions extends RunOptions {
  /** The person has seen all {@link Plan.consents} and agreed. */
  readonly liveChanges: 'accepted' | 'refused';
  /** Asked where a run was cancelled after something had been sent. */
  readonly onCancel: () => Promise<'undo' | 'leave'>;
}

export type PlanResult =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** A node could not be asked; an unknown certificate is told in its cause. */
  | { readonly kind: 'failed'; readonly role: Role; readonly failure: NodeFailure };

/** Everything that is done with the two live nodes of one pair. Nothing is sent before a method is called. */
export interface PairSync {
  readonly keys: Readonly<Record<Role, NodeKey>>;
  /** The file of one node, byte for byte. It becomes the base of the next push only by {@link rememberBase}. */
  pull(role: Role, options?: RunOptions): Promise<NodeAnswer<PulledConfig>>;
  /** Called once the pulled bytes stand in the workspace. */
  rememberBase(role: Role, bytes: Uint8Array): Promise<void>;
  /** Asks both nodes and works out what a push would do. */
  plan(errors: readonly FileError[], options?: RunOptions): Promise<PlanResult>;
  /** Carries out a plan that has no refusals, against the nodes as they were when it was made. */
  push(plan: Plan, options: PushOptions): Promise<Outcome>;
  /** The last run that was not finished, or that can be undone; absent where there is none. */
  lastRun(): Promise<Journal | undefined>;
  /** Reads back what a run was to change and says how it stands. Changes nothing. */
  verify(journal: Journal, options?: RunOptions): Promise<Outcome>;
  /** Brings back what a run has changed, from its backups. Refuses where somebody has worked on it since, unless accepted. */
  undo(journal: Journal, options: PushOptions): Promise<Outcome>;
}

/** The options are looked at, nothing is sent. */
export type OpenPairSync = (options: PairSyncOptions) => PairSync;
