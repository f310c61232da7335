import { roles } from '../../pair/manifest.ts';
import { plainMarkdown } from '../markdown.ts';
import { counted } from '../plainText.ts';
import type { ItemChange, NodePlan, Plan, SectionPlan } from './plan.ts';
import { capitalised, holdsAll, howWords, lostWords } from './planWords.ts';

/** The whole plan for a person to read. No secret is in it, as there is none in what a plan shows. */
export function planMarkdown(plan: Plan): string {
  return `${[
    `# Plan for ${plainMarkdown(plan.pair)}`,
    'This is what Sync to Pair would do. Nothing has been sent.',
    ...block('What stands against it', plan.refusals.map(refused)),
    ...lostBlocks(plan),
    ...block('To know', plan.warnings.map(plainMarkdown)),
    ...roles.flatMap(role => nodeBlocks(plan.nodes[role])),
  ].join('\n\n')}\n`;
}

/** A line or two a node: who it is, how many sections and changes, and their names. */
export function planSummary(plan: Plan): string {
  return roles.map(role => nodeSummary(plan.nodes[role])).join('\n\n');
}

function nodeSummary({ role, host, origin, sections }: NodePlan): string {
  const who = `${capitalised(role)} ${host} (${origin})`;
  if (sections.length === 0) return `${who}: nothing to change.`;
  const lines = wayOrder.flatMap(way => {
    const those = sections.filter(section => section.way === way);
    const changes = those.reduce((sum, section) => sum + section.changes.length, 0);
    const names = [...new Set(those.map(({ name }) => name))];
    return those.length === 0
      ? []
      : [
          `${summaryWords[way]}: ${names.join(', ')} (${counted(names.length, 'section')}, ${counted(changes, 'change')})`,
        ];
  });
  return [who, ...lines].join('\n');
}

const wayOrder = ['sent', 'replaced', 'by the primary', 'left out'] as const satisfies readonly SectionPlan['way'][];

const summaryWords: Readonly<Record<SectionPlan['way'], string>> = {
  sent: 'Sent',
  replaced: 'Replaced exactly',
  'by the primary': 'Copied on by the primary',
  'left out': 'Left for you to do by hand',
};

function refused({ role, message }: Plan['refusals'][number]): string {
  return role === undefined ? plainMarkdown(message) : `${capitalised(role)}: ${plainMarkdown(message)}`;
}

function lostBlocks({ consents, nodes }: Plan): string[] {
  return consents.flatMap(({ role, lost }) => [
    ...block(
      `What would be lost on the ${role}, ${plainMarkdown(nodes[role].host)}`,
      lost.map(({ section, title }) => `${plainMarkdown(section)}: ${plainMarkdown(title)}`),
      lostWords,
    ),
  ]);
}

function nodeBlocks({ role, host, origin, sections }: NodePlan): string[] {
  const heading = `## ${capitalised(role)}: ${plainMarkdown(host)}, ${plainMarkdown(origin)}`;
  if (sections.length === 0) return [heading, holdsAll];
  return [heading, ...sections.flatMap(sectionBlocks)];
}

function sectionBlocks(section: SectionPlan): string[] {
  const { name, changes } = section;
  return [
    `### ${plainMarkdown(name)}`,
    plainMarkdown(howWords(section)),
    ...(changes.length > 0 ? [changes.map(change => `- ${changeLine(change)}`).join('\n')] : []),
  ];
}

function changeLine({ kind, title, settings }: ItemChange): string {
  const which = settings.length === 0 ? '' : ` (${settings.map(plainMarkdown).join(', ')})`;
  return `${kind}: ${plainMarkdown(title)}${which}`;
}

/** A heading with a list below it; nothing where the list is empty. */
function block(heading: string, items: readonly string[], introduction?: string): string[] {
  if (items.length === 0) return [];
  const list = items.map(item => `- ${item}`).join('\n');
  return [`## ${heading}`, ...(introduction === undefined ? [] : [introduction]), list];
}
