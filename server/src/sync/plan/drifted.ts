import type { Config } from '../../model/config.ts';
import { readVersion } from '../../model/version.ts';
import type { SyncPart } from '../../pair/sync/areas.ts';
import { type Difference, drift, titleOf } from '../../pair/sync/drift.ts';
import { readAccountRules } from '../../pair/sync/receiving.ts';
import { areAccountsReliable, mapOf } from '../restore/receive.ts';
import { sectionValueOf } from '../sectionValue.ts';
import type { ItemChange, SectionPlan } from './plan.ts';
import { sectionOf } from './synchronised.ts';

export interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/** By section, what the primary's next synchronisation changes on the secondary; without the parts of `except`. */
export function driftBySection(
  nodes: Nodes,
  except: ReadonlySet<SyncPart> = new Set(),
): ReadonlyMap<string, SectionPlan> {
  const changes = new Map<string, ItemChange[]>();
  for (const difference of drift(nodes.primary, nodes.secondary)) {
    if (except.has(difference.part)) continue;
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

/** What users and groups the primary's next synchronisation is to change on the secondary. */
export function driftOfAccounts(nodes: Nodes): readonly ItemChange[] {
  return drift(nodes.primary, nodes.secondary)
    .filter(({ part }) => part === 'users')
    .map(difference => changeOf(difference, nodes));
}

/**
 * Whether pfSense's synchronisation brings the secondary the users and groups of the primary in one go. Where it does not, it
 * may take away what both have alike.
 */
export function areAccountsCopied(nodes: Nodes): boolean {
  const system = (config: Config) => mapOf(sectionValueOf(config, 'system'));
  const version = nodes.primary.query(readVersion);
  const systemUsers = readAccountRules(nodes.primary).key === 'all' ? 'replaced' : 'kept';
  return areAccountsReliable(system(nodes.secondary), system(nodes.primary), { version, systemUsers });
}

function changeOf(difference: Difference, nodes: Nodes): ItemChange {
  const { kind, children } = difference;
  return { kind, title: titleOf(difference, nodes), settings: kind === 'changed' ? children : [] };
}
