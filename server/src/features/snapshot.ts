import type { Config } from '../model/config.ts';
import type { Role } from '../pair/manifest.ts';

/** What a question of an editor is asked of: the file in view, and the other node where the pair is known. */
export interface Snapshot {
  readonly config: Config;
  /** Absent outside a pair, and where nothing says who is primary. */
  readonly role: Role | undefined;
  /** The other node's config; absent where it is not known or its file is not there. */
  readonly peer: Config | undefined;
}

/** What a sentence calls the other node. */
export function peerName({ role }: Pick<Snapshot, 'role'>): string {
  if (role === undefined) return 'the other node';
  return role === 'primary' ? 'the secondary' : 'the primary';
}
