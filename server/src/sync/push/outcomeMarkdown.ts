import { type Role, roles } from '../../pair/manifest.ts';
import { plainMarkdown } from '../markdown.ts';
import type { CarpStatus } from '../node/phpCode.ts';
import type { NodeOutcome, Outcome, SectionState } from './outcome.ts';

/** What was done. */
export type RunKind = 'push' | 'undo' | 'verify';

/** The report of a run for a person to read. */
export function outcomeMarkdown(outcome: Outcome, run: { readonly kind: RunKind; readonly pair: string }): string {
  const { cause, notes, nodes } = outcome;
  return `${[
    `# ${headings[run.kind]} ${plainMarkdown(run.pair)}`,
    `**${outcomeSentence(outcome, run.kind)}**`,
    ...(cause === undefined ? [] : [plainMarkdown(cause)]),
    ...(notes.length === 0 ? [] : ['## To know', notes.map(note => `- ${plainMarkdown(note)}`).join('\n')]),
    ...roles.flatMap(role => nodeBlocks(role, nodes[role], run.kind)),
  ].join('\n\n')}\n`;
}

/** How it ended, in one sentence. */
export function outcomeSentence({ kind }: Outcome, run: RunKind): string {
  return sentences[run][kind];
}

const headings: Readonly<Record<RunKind, string>> = {
  push: 'Sync to Pair:',
  undo: 'Undo of the last sync of',
  verify: 'State of the last sync of',
};

const sentences: Readonly<Record<RunKind, Readonly<Record<Outcome['kind'], string>>>> = {
  push: {
    done: 'Done: it was read back, and both firewalls hold what was planned.',
    restored:
      'It did not succeed. What it had changed was brought back and read back: both firewalls hold what they held before.',
    partly: 'It did not succeed, and not everything is as it was before. The list below says how each section stands.',
    unchanged: 'Nothing was changed on either firewall.',
  },
  undo: {
    done: 'Done: it was read back, and both firewalls hold what they held before the sync.',
    restored: 'Done: it was read back, and both firewalls hold what they held before the sync.',
    partly: 'Not everything could be brought back. The list below says how each section stands.',
    unchanged: 'Nothing was changed on either firewall.',
  },
  verify: {
    done: 'Both firewalls hold what the sync was to bring.',
    restored: 'Both firewalls hold what they held before the sync.',
    partly:
      'Some sections hold what the sync was to bring, and others do not. The list below says how each one stands.',
    unchanged: 'The sync has changed nothing on either firewall.',
  },
};

const stateWords: Readonly<Record<SectionState, string>> = {
  'as wanted': 'as planned',
  restored: 'brought back to what it was before',
  kept: 'not touched',
  other: 'neither as planned nor as it was before',
  unknown: 'unknown: it could not be read back',
};

function nodeBlocks(role: Role, { host, origin, sections, backup, carp }: NodeOutcome, kind: RunKind): string[] {
  // What an undo does not bring back may be what the push has made of it, or anything else.
  const words = (state: SectionState) =>
    kind === 'undo' && state === 'other' ? 'not as it was before' : stateWords[state];
  const name = role === 'primary' ? 'Primary' : 'Secondary';
  return [
    `## ${name}: ${plainMarkdown(host)}, ${plainMarkdown(origin)}`,
    sections.length === 0
      ? 'No section of it was part of this.'
      : sections.map(section => `- ${plainMarkdown(section.name)}: ${words(section.state)}`).join('\n'),
    ...(backup === undefined
      ? []
      : [
          `The backup from before holds the whole configuration with all its secrets, for your eyes only:\n\n    ${backup}`,
        ]),
    ...(carp === undefined ? [] : [carpLines(carp)]),
  ];
}

function carpLines({ isEnabled, isInMaintenance, demotion, vips }: CarpStatus): string {
  if (!isEnabled) return 'CARP is disabled on it.';
  const states = vips.map(
    ({ interfaceKey, vhid, address, state }) =>
      `- VHID ${plainMarkdown(vhid)} on ${plainMarkdown(interfaceKey)}, ${plainMarkdown(address)}: ${state ?? 'no state'}`,
  );
  const more = [
    ...(isInMaintenance ? [' It is in CARP maintenance mode.'] : []),
    ...(demotion === 0 ? [] : [` Its CARP demotion is ${demotion}.`]),
  ].join('');
  return [`CARP status:${more}`, '', ...(states.length > 0 ? states : ['- no CARP VIP'])].join('\n');
}
