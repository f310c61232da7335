import type { Config } from '../../model/config.ts';
import type { Role } from '../../pair/manifest.ts';
import type { FirmwareVersion } from '../node/nodeClient.ts';
import type { CarpStatus } from '../node/phpCode.ts';
import type { FileError } from '../pairSync.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';

/** A node as it was when it was asked. */
export interface LiveState {
  readonly firmware: FirmwareVersion;
  /** What pfSense works with, which is its memory and not the file. */
  readonly sections: SectionStates;
  /** The file on the node's disk. */
  readonly disk: Config;
  /** Absent where the account may not ask. */
  readonly carp: CarpStatus | undefined;
}

export interface PlanNode {
  /** As it is to be. */
  readonly file: Config;
  /** Host name and domain of the file. */
  readonly host: string;
  /** Such as `https://172.16.1.2`. */
  readonly origin: string;
  readonly live: LiveState;
  /** As it was last pulled; absent where it never was. */
  readonly base: Config | undefined;
  /** Whether a section holds what the last run from here has left there, so that nobody has worked on it since. */
  readonly isOurs?: ((name: string, value: SectionValue | undefined) => boolean) | undefined;
}

export interface PlanInput {
  readonly pair: string;
  readonly nodes: Readonly<Record<Role, PlanNode>>;
  readonly errors: readonly FileError[];
  readonly execPhp: 'allowed' | 'forbidden';
  /** The addresses of this computer, which a node must not take for its peer's. */
  readonly ownAddresses: readonly string[];
}
