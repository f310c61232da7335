import type { Role } from '../../pair/manifest.ts';
import type { CarpStatus } from '../node/phpCode.ts';

/** How a push, an undo or a verification ended. Plain data without any value of a config. */
export interface Outcome {
  /**
   * `done`: read back, and all is as wanted. `restored`: it failed, and what it had changed is as it was. `partly`: some of
   * it stands, or nobody knows; `nodes` says what. `unchanged`: it ended before anything was sent.
   */
  readonly kind: 'done' | 'restored' | 'partly' | 'unchanged';
  /** What ended it early, in one or two sentences; absent for `done`. */
  readonly cause: string | undefined;
  /**
   * Why an undo is `unchanged`, where that is for one of these: a node did not answer, somebody has worked there since,
   * or everything is as it was before the run already.
   */
  readonly why?: 'no answer' | 'later work' | 'back already';
  readonly nodes: Readonly<Record<Role, NodeOutcome>>;
  /** The journal of the run, by which it can be undone or verified later; absent where nothing was sent. */
  readonly run: string | undefined;
  /** Sentences that a person should read: CARP states that are not as they should be, what applies only later. */
  readonly notes: readonly string[];
}

export interface NodeOutcome {
  readonly host: string;
  readonly origin: string;
  /** Of the sections that the run was about, in order. */
  readonly sections: readonly { readonly name: string; readonly state: SectionState }[];
  /** The backup of before, as a path; absent where none was made. */
  readonly backup: string | undefined;
  /** At the end; absent where the account may not ask or the node did not answer. */
  readonly carp: CarpStatus | undefined;
}

/** What a read-back has shown. `kept`: it changed nothing there. `other`: it holds neither what was wanted nor what was before. */
export type SectionState = 'as wanted' | 'restored' | 'kept' | 'other' | 'unknown';

/** What is going on, for a progress line. */
export interface Progress {
  /** Such as `Send 3 sections to the secondary (fw2.example.org)`. */
  readonly message: string;
  /** From 0 to 1, of the whole. */
  readonly fraction: number;
}
