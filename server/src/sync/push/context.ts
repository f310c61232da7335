import type { Role } from '../../pair/manifest.ts';
import type { NodeKey, SyncStore } from '../store/store.ts';
import type { LiveNode } from './liveNode.ts';
import type { Progress } from './outcome.ts';
import type { Pace } from './pace.ts';

/** What every run has at hand. */
export interface RunContext {
  readonly pair: string;
  readonly nodes: Readonly<Record<Role, LiveNode>>;
  readonly keys: Readonly<Record<Role, NodeKey>>;
  readonly store: SyncStore;
  readonly pace: Pace;
  /** Milliseconds: how long the secondary may take until it holds what the primary sends it. */
  readonly secondaryTimeout: number;
  /** The names of all sections that the two files have. */
  readonly sectionNames: readonly string[];
  readonly signal: AbortSignal | undefined;
  readonly progress: (progress: Progress) => void;
}

/** Such as `filter`, `filter and nat`, `filter, nat and aliases`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
