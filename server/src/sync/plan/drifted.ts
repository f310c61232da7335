import type { Config } from '../../model/config.ts';
import { type Difference, drift, titleOf } from '../../pair/sync/drift.ts';
import type { ItemChange, SectionPlan } from './plan.ts';
import { sectionOf } from './synchronised.ts';

/** By section, what the primary's next synchronisation changes on the secondary. */
export function driftBySection(nodes: {
  readonly primary: Config;
  readonly secondary: Config;
}): ReadonlyMap<string, SectionPlan> {
  const changes = new Map<string, ItemChange[]>();
  for (const difference of drift(nodes.primary, nodes.secondary)) {
    const name = sectionOf(difference.part);
    const list = changes.get(name) ?? [];
    changes.set(name, list);
    list.push(changeOf(difference, nodes));
  }
  const plan = (name: string, list: readonly ItemChange[]): SectionPlan => ({
    name,
    way: 'by the primary',
    effect: 'when the primary has copied it',
    changes: list,
    byHand: undefined,
  });
  return new Map([...changes].map(([name, list]) => [name, plan(name, list)]));
}

function changeOf(difference: Difference, nodes: { readonly primary: Config; readonly secondary: Config }): ItemChange {
  const { kind, children } = difference;
  return { kind, title: titleOf(difference, nodes), settings: kind === 'changed' ? children : [] };
}
