import type { Plan } from '../plan/plan.ts';
import type { Journal } from '../store/store.ts';
import type { RunContext } from './context.ts';
import { digestOf, newRunName, newSalt } from './digest.ts';

/** The journal of a push that has not begun: what each step is to make of which sections. */
export function newJournal({ pair, keys }: RunContext, { steps }: Plan): Journal {
  const salt = newSalt();
  return {
    run: newRunName(new Date()),
    kind: 'push',
    pair,
    salt,
    state: 'open',
    nodes: { primary: { ...keys.primary, backup: undefined }, secondary: { ...keys.secondary, backup: undefined } },
    steps: steps.map(step => ({
      role: step.role,
      kind: step.kind,
      state: 'planned',
      sections: [...step.seen].map(([name, value]) => ({
        name,
        before: digestOf(name, value, salt),
        wanted: step.kind === 'wait' ? undefined : digestOf(name, step.expected.get(name), salt),
      })),
    })),
  };
}
