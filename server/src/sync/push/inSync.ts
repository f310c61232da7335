import type { Config } from '../../model/config.ts';
import { readSyncPlan, type SyncPart } from '../../pair/sync/areas.ts';
import { drift } from '../../pair/sync/drift.ts';
import { configOfSections } from '../liveConfig.ts';
import type { NodeFailure } from '../node/failure.ts';
import type { SectionStates } from '../xmlRpc/value.ts';
import type { RunContext } from './context.ts';
import { type LiveNode, readLive, readPatiently } from './liveNode.ts';
import { pause } from './pace.ts';

export type WaitResult =
  /** It holds them; `states` is what it holds. */
  | { readonly kind: 'in sync'; readonly states: SectionStates }
  | { readonly kind: 'cancelled' }
  /** The names of those sections that are still not as the primary's; the failure where it could not be asked in the end. */
  | { readonly kind: 'too late'; readonly lagging: readonly string[]; readonly failure: NodeFailure | undefined }
  /** The primary could not be asked what it has. */
  | { readonly kind: 'failed'; readonly failure: NodeFailure };

export interface WaitOptions {
  readonly names: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
  /** Ends the waiting where the secondary needs not come to anything else. */
  readonly isEnough?: (states: SectionStates) => boolean;
}

/** Waits until the secondary holds what the primary, as it now is, sends it: until `drift` finds nothing in these sections. */
export async function waitForSecondary(context: RunContext, options: WaitOptions): Promise<WaitResult> {
  const { names, timeout, signal, isEnough } = options;
  const primary = await readConfig(context.nodes.primary, context.sectionNames);
  if (!('config' in primary)) return { kind: 'failed', failure: primary.failure };
  const needed = neededOfSecondary(primary.config, names);
  const limit = Date.now() + timeout;
  for (;;) {
    const answer = await readLive(context.nodes.secondary, needed, signal ? { signal } : {});
    if (signal?.aborted) return { kind: 'cancelled' };
    const states = answer.kind === 'ok' ? answer.value.states : undefined;
    const lagging = states ? laggingSections(primary.config, states, { context, names }) : names;
    if (states && (lagging.length === 0 || isEnough?.(states))) return { kind: 'in sync', states };
    if (Date.now() >= limit) {
      return { kind: 'too late', lagging, failure: answer.kind === 'failed' ? answer.failure : undefined };
    }
    await pause(context.pace.poll, signal);
  }
}

/** What a node holds of these sections, as a config. */
export async function readConfig(
  node: LiveNode,
  names: readonly string[],
): Promise<{ readonly config: Config } | { readonly failure: NodeFailure }> {
  const answer = await readPatiently(node, names);
  if (answer.kind === 'failed') return { failure: answer.failure };
  return { config: configOfSections(answer.value.states, node.version) };
}

/** What `drift` looks at on the secondary, and the sections themselves. */
export function neededOfSecondary(primary: Config, names: readonly string[]): readonly string[] {
  const parts = primary.query(readSyncPlan).map(({ part }) => sectionOf(part));
  return [...new Set(['version', ...parts, ...names])];
}

/** Those of the sections in which the primary's next synchronisation would change something. */
export function laggingSections(
  primary: Config,
  secondary: SectionStates,
  { context, names }: { readonly context: RunContext; readonly names: readonly string[] },
): readonly string[] {
  const config = configOfSections(secondary, context.nodes.secondary.version);
  const different = new Set(drift(primary, config).map(({ part }) => sectionOf(part)));
  return names.filter(name => different.has(name));
}

function sectionOf(part: SyncPart): string {
  return part === 'users' || part === 'authservers' ? 'system' : part;
}
