import type { Role } from '../../pair/manifest.ts';
import type { CarpStatus } from '../node/phpCode.ts';
import type { Plan, SectionPlan } from '../plan/plan.ts';
import { roles } from './context.ts';
import type { NodeOutcome, Outcome, SectionState } from './outcome.ts';

export interface ReportInput {
  readonly kind: 'push' | 'undo' | 'verify';
  readonly pair: string;
  readonly outcome: Outcome;
  /** Of a push: what it was to change is listed then. */
  readonly plan?: Plan;
  /** When it ended. */
  readonly at: Date;
}

/** What became of a run, as a Markdown document for people. It names sections, items and paths, and holds no value of a config. */
export function reportText({ kind, pair, outcome, plan, at }: ReportInput): string {
  const time = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const blocks = [
    `# ${titles[kind]} ${escaped(pair)}`,
    `${time}: **${outcomeWords[kind][outcome.kind]}**`,
    ...(outcome.cause === undefined ? [] : [escaped(outcome.cause)]),
    ...(outcome.notes.length === 0 ? [] : ['## To note', list(outcome.notes.map(escaped))]),
    ...roles.flatMap(role => nodeBlocks(role, outcome.nodes[role], plan?.nodes[role].sections ?? [])),
    ...(outcome.run === undefined ? [] : ['## Journal', `This run is kept as \`${outcome.run}\`.`]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const titles = { push: 'Push to', undo: 'Undo on', verify: 'State of the last run on' } as const;

const endings = {
  restored: 'failed, and all that it had changed is as it was',
  unchanged: 'ended before anything was sent',
};

const outcomeWords: Readonly<Record<ReportInput['kind'], Readonly<Record<Outcome['kind'], string>>>> = {
  push: { done: 'done, and read back', partly: 'partly done', ...endings },
  undo: { done: 'undone, and read back', partly: 'partly undone', ...endings },
  verify: {
    done: 'both nodes hold what was sent',
    partly: 'some of it stands',
    restored: 'both nodes hold what they held before',
    unchanged: 'both nodes hold what they held before',
  },
};

const roleTitles: Readonly<Record<Role, string>> = { primary: 'Primary', secondary: 'Secondary' };

const stateWords: Readonly<Record<SectionState, string>> = {
  'as wanted': 'as wanted',
  restored: 'brought back to what it was',
  kept: 'as it was, not changed',
  other: '**neither as wanted nor as it was: look at it**',
  unknown: '**not known: look at it**',
};

function nodeBlocks(role: Role, node: NodeOutcome, planned: readonly SectionPlan[]): readonly string[] {
  const { host, origin, sections, backup, carp } = node;
  const changes = planned.flatMap(changeLines);
  return [
    `## ${roleTitles[role]}: ${escaped(host)}`,
    `Reached at ${escaped(origin)}.`,
    ...(sections.length === 0 ? ['Nothing was to be changed here.'] : [stateTable(sections)]),
    ...(changes.length === 0 ? [] : ['What it was about:', changes.join('\n')]),
    ...(carp === undefined || carp.vips.length === 0 ? [] : [carpLine(carp)]),
    ...(backup === undefined ? [] : [`Backup of before, the whole file with its secrets: \`${backup}\``]),
  ];
}

function stateTable(sections: NodeOutcome['sections']): string {
  const rows = sections.map(({ name, state }) => `| ${escaped(name)} | ${stateWords[state]} |`);
  return ['| section | holds |', '|---|---|', ...rows].join('\n');
}

function changeLines({ name, way, effect, changes, byHand }: SectionPlan): readonly string[] {
  const how = way === 'left out' ? 'left out' : `${way}, ${effect}`;
  const items = changes.map(({ kind, title, settings }) => {
    const what = settings.length === 0 ? '' : ` (${settings.map(escaped).join(', ')})`;
    return `  - ${kind}: ${escaped(title)}${what}`;
  });
  return [`- **${escaped(name)}**, ${how}`, ...items, ...(byHand === undefined ? [] : [`  - ${escaped(byHand)}`])];
}

/** Interface and VHID say which VIP it is; its address is nobody's business here. */
function carpLine({ isEnabled, isInMaintenance, vips }: CarpStatus): string {
  const states = vips.map(
    ({ interfaceKey, vhid, state }) => `VHID ${vhid} on ${interfaceKey} ${state ?? 'not set up'}`,
  );
  const off = isEnabled ? '' : ', disabled';
  const maintenance = isInMaintenance ? ', in maintenance mode' : '';
  return `CARP${off}${maintenance}: ${states.map(escaped).join(', ')}.`;
}

function list(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

/** Names that people have given may hold anything; here they are text. */
function escaped(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|~#]/g, '\\$&');
}
