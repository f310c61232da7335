import { type Role, roles } from '../../pair/manifest.ts';
import type { Plan } from '../plan/plan.ts';
import { listed, type RunContext } from './context.ts';

/** What a person still has to do after a push that went well: what works only later, and what was left out. */
export function notesOnPlan(plan: Plan, { nodes }: RunContext): readonly string[] {
  return roles.flatMap(role => notesOnNode(plan, { role, name: nodes[role].name }));
}

function notesOnNode(plan: Plan, { role, name }: { readonly role: Role; readonly name: string }): readonly string[] {
  const { sections } = plan.nodes[role];
  const later = sections.filter(({ way, effect }) => way !== 'left out' && effect.startsWith('after a reboot'));
  const names = [...new Set(later.map(section => section.name))];
  const take = names.length === 1 ? 'takes' : 'take';
  return [
    ...(names.length === 0
      ? []
      : [`${listed(names)} on ${name} ${take} effect only after a reboot or a save in the GUI.`]),
    ...sections
      .filter(({ way }) => way === 'left out')
      .map(section => `Not done: ${section.name} on ${name}. ${section.byHand ?? ''}`.trim()),
  ];
}
