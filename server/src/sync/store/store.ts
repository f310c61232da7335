import type { Role } from '../../pair/manifest.ts';

/**
 * What is kept on disk between two runs: for each node the file as it was last pulled (the base of the next push) and
 * its backups, and a journal for each run. Folders are 0700, files 0600.
 */
export interface SyncStore {
  /** The folder of it all, as a path that can be shown. */
  readonly folder: string;
  /** The file that was last pulled from a node or pushed to it; absent where there was none. */
  base(node: NodeKey): Promise<Uint8Array | undefined>;
  rememberBase(node: NodeKey, bytes: Uint8Array): Promise<void>;
  /** Writes a backup and takes away those beyond the newest 20 of the node. @returns its path */
  saveBackup(node: NodeKey, bytes: Uint8Array): Promise<string>;
  /** The bytes of a backup; absent where it is gone, since only the newest are kept. */
  readBackup(path: string): Promise<Uint8Array | undefined>;
  /** The newest first. */
  backups(node: NodeKey): Promise<readonly Backup[]>;
  /** Replaces the journal of a run on disk, before anybody goes on. */
  writeJournal(journal: Journal): Promise<void>;
  /** Those of a pair, the newest first; one that cannot be read is told of and passed over. */
  journals(pair: string): Promise<readonly Journal[]>;
  /** Keeps other runs off these nodes, in this process and in others, until it is let go or this process ends. */
  lock(nodes: readonly NodeKey[]): Promise<LockResult>;
}

export type LockResult =
  | { readonly kind: 'locked'; readonly release: () => Promise<void> }
  /** Somebody else has them; one sentence says who. */
  | { readonly kind: 'held'; readonly message: string };

/** What tells a node from all others, in the store: where it is reached and what it is called. */
export interface NodeKey {
  readonly origin: string;
  readonly host: string;
}

export interface Backup {
  readonly path: string;
  readonly savedAt: Date;
  /** In bytes. */
  readonly size: number;
}

/** How a run stood when it was last written. It holds names, paths and salted digests, and no value of a config. */
export interface Journal {
  /** Sorts by time: `20261129T145500123Z-1f3a`. */
  readonly run: string;
  readonly kind: 'push' | 'undo';
  readonly pair: string;
  /** In hexadecimal; goes into each digest, so that no dictionary of digests tells what a section holds. */
  readonly salt: string;
  readonly state: 'open' | 'done' | 'restored' | 'partly' | 'undone';
  readonly nodes: Readonly<Record<Role, JournalNode>>;
  readonly steps: readonly JournalStep[];
}

export interface JournalNode extends NodeKey {
  /** The path of the backup from right before the run. */
  readonly backup: string | undefined;
}

export interface JournalStep {
  readonly role: Role;
  readonly kind: 'send' | 'replace' | 'wait';
  readonly state: 'planned' | 'sending' | 'sent' | 'verified' | 'restored' | 'failed';
  /** Digests of what each section was and is to be, with the run's salt; absent for a section that is not there. */
  readonly sections: readonly {
    readonly name: string;
    readonly before: string | undefined;
    readonly wanted: string | undefined;
  }[];
}
