import type { NodeAnswer, NodeFailure } from '../node/failure.ts';
import type { PlanStep } from '../plan/plan.ts';
import type { SectionStates } from '../xmlRpc/value.ts';
import { listed } from './context.ts';
import { differing, type LiveNode, type LiveSections, readPatiently } from './liveNode.ts';
import { pause } from './pace.ts';

export type WritingStep = Extract<PlanStep, { readonly kind: 'send' | 'replace' }>;

export type SendResult =
  /** The node holds what was wanted, and has been asked. */
  | { readonly kind: 'as wanted' }
  /** It was refused before anything was done. */
  | { readonly kind: 'not sent'; readonly cause: string }
  | { readonly kind: 'otherwise'; readonly cause: string };

/**
 * Sends one step, and looks what the node holds then: what it answers proves nothing (facts.md §1.7).
 *
 * @param before the last look before it
 */
export async function sendStep(node: LiveNode, step: WritingStep, before: LiveSections): Promise<SendResult> {
  const { client, version } = node;
  const answer =
    step.kind === 'send'
      ? await client.restoreSections(step.sections, version)
      : await client.replaceSections(step.sections, version);
  const failure = answer.kind === 'failed' ? answer.failure : undefined;
  if (failure && failure.cause.kind !== 'fate-unknown') return { kind: 'not sent', cause: failure.message };
  const found = await readBack(node, step.expected, failure);
  if (found.kind === 'failed') return { kind: 'otherwise', cause: unknownCause(failure, found.failure) };
  const other = differing(step.expected, found.value.states);
  if (other.length === 0) return { kind: 'as wanted' };
  return { kind: 'otherwise', cause: otherwiseCause(node, { other, failure, before, found: found.value }) };
}

/**
 * A read waits for a write that pfSense still works on (facts.md §1.1). Where no answer came, the write may not even have
 * begun; so what looks as if nothing had been done is looked at again after a while.
 */
async function readBack(
  node: LiveNode,
  expected: SectionStates,
  failure: NodeFailure | undefined,
): Promise<NodeAnswer<LiveSections>> {
  const names = [...expected.keys()];
  const found = await readPatiently(node, names);
  if (!failure || found.kind === 'failed' || differing(expected, found.value.states).length === 0) return found;
  await pause(node.pace.quiet);
  return readPatiently(node, names);
}

function unknownCause(failure: NodeFailure | undefined, second: NodeFailure): string {
  return failure ? `${failure.message} That could not be done: ${second.message}` : second.message;
}

function otherwiseCause(
  { name }: LiveNode,
  {
    other,
    failure,
    before,
    found,
  }: {
    readonly other: readonly string[];
    readonly failure: NodeFailure | undefined;
    readonly before: LiveSections;
    readonly found: LiveSections;
  },
): string {
  const what = `${listed(other)} on ${name} ${other.length === 1 ? 'is' : 'are'} not as sent.`;
  if (found.savedBy === 'a person' && found.revision !== before.revision)
    return `Somebody saved on ${name} during the push: ${what}`;
  return failure ? `${failure.message} It was read back: ${what}` : `pfSense accepted what was sent, but ${what}`;
}
