import assert from 'node:assert/strict';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import { isSameSection } from '../../../../server/src/sync/sameSection.ts';
import type { SectionStates } from '../../../../server/src/sync/xmlRpc/value.ts';
import { fileOf, statesOf, type Texts } from '../livePair.ts';

export interface Truth {
  readonly before: Texts;
  readonly wanted: Texts;
  /** The files as they stand when all is over. */
  readonly now: Texts;
  /** Sections in which somebody else has worked meanwhile, perhaps after the last look: of them nothing is asked. */
  readonly othersWork?: readonly string[];
}

/**
 * What a run says must be so, as the files show: both nodes hold all that was wanted or exactly what they had, or the
 * outcome names what is otherwise; what it does not name is as it was.
 */
export function assertTrue(outcome: Outcome, truth: Truth, label: string): void {
  for (const role of ['primary', 'secondary'] as const) assertNode(outcome, truth, { role, label });
  const states = [...outcome.nodes.primary.sections, ...outcome.nodes.secondary.sections].map(({ state }) => state);
  const all = (...allowed: readonly string[]) => states.every(state => allowed.includes(state));
  const told = `${label}: ${outcome.kind} ${outcome.cause ?? ''} ${JSON.stringify(outcome.nodes)}`;
  if (outcome.kind === 'done') assert.ok(all('as wanted') && outcome.cause === undefined, told);
  else assert.ok(outcome.cause !== undefined && /^[A-Za-z/].{15,}\.$/s.test(outcome.cause), told);
  if (outcome.kind === 'restored') assert.ok(all('restored', 'kept'), told);
  if (outcome.kind === 'unchanged') assert.ok(all('kept') && outcome.run === undefined, told);
  else assert.ok(outcome.run !== undefined, told);
  if (outcome.kind === 'partly') assert.ok(!all('as wanted') && !all('restored', 'kept'), told);
}

function assertNode(
  outcome: Outcome,
  truth: Truth,
  { role, label }: { readonly role: Role; readonly label: string },
): void {
  const { before, wanted, now, othersWork = [] } = truth;
  const states = (texts: Texts): SectionStates => statesOf(fileOf(texts[role]));
  const [old, aim, found] = [states(before), states(wanted), states(now)];
  const told = new Map(outcome.nodes[role].sections.map(({ name, state }) => [name, state]));
  const names = new Set([...old.keys(), ...aim.keys(), ...found.keys(), ...told.keys()]);
  names.delete('revision');
  const holds = (name: string, expected: SectionStates) => isSameSection(name, expected.get(name), found.get(name));
  for (const name of names) {
    const state = told.get(name);
    const where = `${label}: ${name} on the ${role} is ${state ?? 'not told of'}, ${outcome.kind}: ${outcome.cause ?? ''}`;
    if (othersWork.includes(name)) continue;
    if (state === 'as wanted') assert.ok(holds(name, aim), where);
    else if (state === 'restored') assert.ok(holds(name, old), where);
    else if (state === 'kept' || state === undefined) assert.ok(holds(name, old), where);
  }
}
