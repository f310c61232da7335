import type { Config } from '../../../server/src/model/config.ts';
import type { Role } from '../../../server/src/pair/manifest.ts';
import { readSyncPlan, type SyncPart } from '../../../server/src/pair/sync/areas.ts';
import type { Plan, PlanStep } from '../../../server/src/sync/plan/plan.ts';
import { isSameSection } from '../../../server/src/sync/sameSection.ts';
import type { SectionMap, SectionStates } from '../../../server/src/sync/xmlRpc/value.ts';

import { statesOf } from './livePair.ts';

export type Files = Readonly<Record<Role, Config>>;

const neverSent = new Set(['version', 'revision', 'lastchange']);

/**
 * A plan by the simplest rules, for tests of the push alone: what differs between the files of before and those that are
 * wanted goes whole, synchronised sections to the primary, others to their node. Nothing stands against it.
 */
export function handPlan(before: Files, wanted: Files, kind: 'send' | 'replace' = 'send'): Plan {
  const synchronised = new Set(wanted.primary.query(readSyncPlan).map(({ part }) => sectionOf(part)));
  const steps: PlanStep[] = [];
  const step = (role: Role, isSynchronised: boolean) => {
    const [old, now] = [statesOf(before[role]), statesOf(wanted[role])];
    const names = [...new Set([...old.keys(), ...now.keys()])].filter(
      name =>
        !neverSent.has(name) &&
        synchronised.has(name) === isSynchronised &&
        !isSameSection(name, old.get(name), now.get(name)),
    );
    if (names.length === 0) return;
    const pick = (states: SectionStates) => new Map(names.map(name => [name, states.get(name)]));
    const sections: SectionMap = new Map(names.map(name => [name, now.get(name) ?? '']));
    steps.push({ kind, role, sections, seen: pick(old), expected: pick(now) });
  };
  step('secondary', false);
  step('primary', false);
  step('primary', true);
  const isPrimarySent = steps.some(({ role }) => role === 'primary');
  const [old, now] = [statesOf(before.secondary), statesOf(wanted.secondary)];
  // Whatever the primary is sent, it synchronises all that it has.
  const copied = [...synchronised].filter(name => !isSameSection(name, old.get(name), now.get(name)));
  if (isPrimarySent && copied.length > 0) {
    steps.push({ kind: 'wait', role: 'secondary', seen: new Map(copied.map(name => [name, old.get(name)])) });
  }
  const node = (role: Role) => ({ role, host: role, origin: '', sections: [] });
  return {
    pair: 'hq',
    nodes: { primary: node('primary'), secondary: node('secondary') },
    steps,
    refusals: [],
    consents: [],
    warnings: [],
  };
}

function sectionOf(part: SyncPart): string {
  return part === 'users' || part === 'authservers' ? 'system' : part;
}
