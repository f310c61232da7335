import { readVersion } from '../../model/version.ts';
import type { Role } from '../../pair/manifest.ts';
import { configOfSections } from '../liveConfig.ts';
import { isSameSection } from '../sameSection.ts';
import { sectionValueOf } from '../sectionValue.ts';
import type { SectionStates } from '../xmlRpc/value.ts';
import { itemChanges } from './itemChanges.ts';
import type { Consent, NodePlan, PlanRefusal, SectionPlan } from './plan.ts';
import type { PlanNode } from './planInput.ts';

/** So many are named; the rest is counted. */
const mostNames = 12;

/**
 * What somebody has changed on the node since its file was pulled, and the push would overwrite: as with a push that is no
 * fast-forward, the others' work has to be pulled and merged first.
 */
export function conflictsOf(
  { live, base, file, isOurs }: PlanNode,
  {
    role,
    wanted,
    sections,
  }: { readonly role: Role; readonly wanted: SectionStates; readonly sections: readonly SectionPlan[] },
): readonly PlanRefusal[] {
  if (!base) return [];
  const states = { from: base, to: configOfSections(live.sections, file.query(readVersion)) };
  const touched = new Set(sections.filter(({ way }) => way !== 'left out').map(({ name }) => name));
  const names = [...touched].flatMap(name => {
    const now = live.sections.get(name);
    const before = sectionValueOf(base, name);
    if (isSameSection(name, now, before) || isSameSection(name, now, wanted.get(name))) return [];
    if (isOurs?.(name, now)) return [];
    const changes = itemChanges(name, states);
    return changes.length > 0 ? changes.map(({ kind, title }) => `${title} (${kind})`) : [name];
  });
  if (names.length === 0) return [];
  const message = `The firewall has changed since it was pulled, and a push would overwrite that: ${shortened(names)}. Pull it, and make your changes in what comes.`;
  return [{ reason: 'live changes', role, message }];
}

/** What would be lost on a node of which nothing is known but how it is now. */
export function lostOf({ base, live, isOurs }: PlanNode, { role, sections }: NodePlan): readonly Consent[] {
  if (base) return [];
  const lost = sections
    .filter(({ name, way }) => way !== 'left out' && !isOurs?.(name, live.sections.get(name)))
    .flatMap(({ name, changes }) =>
      changes
        .filter(({ kind }) => kind === 'changed' || kind === 'removed')
        .map(({ title }) => ({ section: name, title })),
    );
  return lost.length === 0 ? [] : [{ role, reason: 'no base', lost }];
}

export function shortened(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
