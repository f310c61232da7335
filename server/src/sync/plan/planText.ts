import { roles } from '../../pair/manifest.ts';
import { counted, oneLine } from '../plainText.ts';
import { type ItemChange, isNothingToDo, type NodePlan, type Plan, type SectionPlan } from './plan.ts';
import { capitalised, holdsAll, howWords, lostWords } from './planWords.ts';

/**
 * The whole plan as plain text for a terminal: what stands against it first, then what would be lost and what to know, then
 * node by node what changes, and what it comes to. No value of a config is in it, and nothing that steers a terminal.
 */
export function planText(plan: Plan): string {
  return `${[
    `Plan for ${oneLine(plan.pair)}`,
    ...block('What stands against it:', plan.refusals.map(refused)),
    ...plan.consents.flatMap(({ role, lost }) =>
      block(
        `What would be lost on the ${role}, ${oneLine(plan.nodes[role].host)}:`,
        lost.map(({ section, title }) => `${section}: ${title}`),
        lostWords,
      ),
    ),
    ...block('To know:', plan.warnings),
    ...roles.map(role => nodeText(plan.nodes[role])),
    conclusion(plan),
  ].join('\n\n')}\n`;
}

/** What the plan comes to, in a sentence. */
export function conclusion(plan: Plan): string {
  if (plan.refusals.length > 0) return 'Nothing can be sent while something stands against it.';
  if (isNothingToDo(plan)) return 'Nothing to do: a push would change nothing on either firewall.';
  if (plan.steps.length === 0) return 'Nothing to send: what differs is to be done by hand.';
  const sections = roles.flatMap(role => plan.nodes[role].sections);
  const [done, left] = [true, false].map(isDone => sections.filter(({ way }) => (way !== 'left out') === isDone));
  const rest = left && left.length > 0 ? `; ${counted(changeCount(left), 'change')} left to do by hand` : '';
  return `${counted(changeCount(done ?? []), 'change')} to bring${rest}.`;
}

function changeCount(sections: readonly SectionPlan[]): number {
  return sections.reduce((sum, { changes }) => sum + changes.length, 0);
}

function nodeText({ role, host, origin, sections }: NodePlan): string {
  const heading = `${capitalised(role)}: ${oneLine(host)}, ${oneLine(origin)}`;
  if (sections.length === 0) return `${heading}\n  ${holdsAll}`;
  return [heading, ...sections.flatMap(sectionLines)].join('\n');
}

function sectionLines(section: SectionPlan): readonly string[] {
  return [
    `  ${oneLine(section.name)}: ${oneLine(howWords(section))}`,
    ...section.changes.map(change => `    ${changeLine(change)}`),
  ];
}

function changeLine({ kind, title, settings }: ItemChange): string {
  const which = settings.length === 0 ? '' : ` (${settings.join(', ')})`;
  return oneLine(`${kind.padEnd(longestKind)} ${title}${which}`);
}

const longestKind = 'changed'.length;

function refused({ role, message }: Plan['refusals'][number]): string {
  return role === undefined ? message : `${capitalised(role)}: ${message}`;
}

/** A heading with a list below it; nothing where the list is empty. */
function block(heading: string, items: readonly string[], introduction?: string): readonly string[] {
  if (items.length === 0) return [];
  const lines = [...(introduction === undefined ? [] : [introduction]), ...items.map(item => `- ${oneLine(item)}`)];
  return [[heading, ...lines.map(line => `  ${line}`)].join('\n')];
}
