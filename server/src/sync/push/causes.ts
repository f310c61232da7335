import { listed, type RunContext } from './context.ts';
import type { WaitResult } from './inSync.ts';
import type { LiveNode } from './liveNode.ts';

/** What ends a push early or may still come after it, in sentences for a person. */

/** Before a send: somebody else has been there first. */
export function changedCause({ name }: LiveNode, sections: readonly string[]): string {
  const has = sections.length === 1 ? 'has' : 'have';
  return `${listed(sections)} on ${name} ${has} changed since the plan was made: somebody works there. Pull, and make the plan again.`;
}

/** At the end: what was as wanted is so no longer. */
export function changedAgainCause({ name }: LiveNode, sections: readonly string[]): string {
  const has = sections.length === 1 ? 'has' : 'have';
  return `${listed(sections)} on ${name} ${has} changed again after the push: somebody works there.`;
}

/** The primary has not copied on what it should have. */
export function lateCause(
  { nodes, secondaryTimeout }: RunContext,
  { lagging, failure }: Extract<WaitResult, { kind: 'too late' }>,
): string {
  const seconds = Math.ceil(secondaryTimeout / 1000);
  const late = `After ${seconds} seconds ${nodes.secondary.name} does not hold what the primary should have sent it: ${listed(lagging)}.`;
  const where = 'The log of the primary under Status > System Logs tells why.';
  return failure ? `${late} ${failure.message}` : `${late} ${where}`;
}

/** Of what the primary has not copied on yet, and nothing keeps it from. @returns nothing where there is none of it */
export function lateNotes({ nodes }: RunContext, sections: readonly string[]): readonly string[] {
  if (sections.length === 0) return [];
  return [`The primary may still take ${listed(sections)} on to ${nodes.secondary.name}.`];
}
