import { isNothingToDo, type NodePlan, type Plan } from './plan.ts';

/**
 * A plan for a program, as `pfsense-ha plan --format json` prints it. The form is stable: keys are added, never changed or
 * taken away, as long as `version` is 1. No value of a config is in it, only names.
 *
 * - `pair`: what the manifest calls it.
 * - `state`: `refused` where something stands against it, `nothing to do`, `by hand` where what differs cannot be sent,
 *   `consent` where a person must agree first, else `ready`.
 * - `nodes.primary`, `nodes.secondary`: `host`, `origin`, and `sections`, each with `name`, `way` (`sent`, `replaced`, `by
 *   the primary`, `left out`), `effect` (`at once`, `after a reboot or a save in the GUI`, `when the primary has copied it`),
 *   `byHand` (a sentence, or null) and `changes`, each with `kind` (`added`, `changed`, `removed`, `moved`), `title` and
 *   `settings` (names, of `changed` alone).
 * - `steps`: in the order in which they are done, each with `kind` (`send`, `replace`, `wait`), `node` and `sections` (names).
 * - `refusals`: `reason`, `node` (null where it is about both) and `message`.
 * - `consents`: `node`, `reason`, and `lost`, each with `section` and `title`.
 * - `warnings`: sentences.
 */
export function planJson(plan: Plan): string {
  return `${JSON.stringify(planDocument(plan), undefined, 2)}\n`;
}

/** What {@link planJson} writes, to stand in a larger document. */
export function planDocument(plan: Plan) {
  const { pair, nodes, steps, refusals, consents, warnings } = plan;
  return {
    version: 1,
    pair,
    state: stateOf(plan),
    nodes: { primary: nodeDocument(nodes.primary), secondary: nodeDocument(nodes.secondary) },
    steps: steps.map(step => ({
      kind: step.kind,
      node: step.role,
      sections: [...(step.kind === 'wait' ? step.seen : step.sections).keys()],
    })),
    refusals: refusals.map(({ reason, role, message }) => ({ reason, node: role ?? null, message })),
    consents: consents.map(({ role, reason, lost }) => ({
      node: role,
      reason,
      lost: lost.map(({ section, title }) => ({ section, title })),
    })),
    warnings,
  };
}

function stateOf(plan: Plan): 'refused' | 'nothing to do' | 'by hand' | 'consent' | 'ready' {
  if (plan.refusals.length > 0) return 'refused';
  if (isNothingToDo(plan)) return 'nothing to do';
  if (plan.steps.length === 0) return 'by hand';
  return plan.consents.length > 0 ? 'consent' : 'ready';
}

function nodeDocument({ host, origin, sections }: NodePlan) {
  return {
    host,
    origin,
    sections: sections.map(({ name, way, effect, byHand, changes }) => ({
      name,
      way,
      effect,
      byHand: byHand ?? null,
      changes: changes.map(({ kind, title, settings }) => ({ kind, title, settings })),
    })),
  };
}
