import type { NodePlan, Plan, SectionPlan } from '../../../../server/src/sync/plan/plan.ts';

/** Plans put together by hand, for what shows them. */
export const section = (name: string, more: Partial<SectionPlan> = {}): SectionPlan => ({
  name,
  way: 'sent',
  effect: 'at once',
  changes: [],
  byHand: undefined,
  ...more,
});

export const node = (role: NodePlan['role'], sections: readonly SectionPlan[]): NodePlan => ({
  role,
  host: role === 'primary' ? 'fw1.example.org' : 'fw2.example.org',
  origin: role === 'primary' ? 'https://192.0.2.1' : 'https://192.0.2.2',
  sections,
});

export const plan = (more: Partial<Plan> = {}): Plan => ({
  pair: 'hq',
  nodes: { primary: node('primary', []), secondary: node('secondary', []) },
  steps: [],
  refusals: [],
  consents: [],
  warnings: [],
  ...more,
});

export const added = { kind: 'added', title: 'alias WEB', settings: [] } as const;
