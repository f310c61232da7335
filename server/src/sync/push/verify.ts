import { type Role, roles } from '../../pair/manifest.ts';
import type { Journal } from '../store/store.ts';
import type { SectionStates } from '../xmlRpc/value.ts';
import type { RunContext } from './context.ts';
import { digestOf } from './digest.ts';
import { laggingSections, neededOfSecondary, readConfig } from './inSync.ts';
import { Ledger } from './ledger.ts';
import { readPatiently } from './liveNode.ts';
import { onDisk, whileLocked } from './onDisk.ts';
import type { Outcome, SectionState } from './outcome.ts';
import { pause } from './pace.ts';
import { type Recorded, recordedSections, stateByDigest } from './recorded.ts';

/**
 * Reads back what a run was to change, and says how it stands by the digests of its journal. Changes nothing on the nodes; a
 * journal that a crash has left open is closed with what was found.
 */
export async function verify(context: RunContext, journal: Journal): Promise<Outcome> {
  const ledger = new Ledger(context.keys);
  const { run } = journal;
  if (journal.state !== 'open') return look(context, journal, ledger);
  const locked = await whileLocked(context, () => look(context, journal, ledger));
  return locked.kind === 'done' ? locked.value : ledger.outcome('partly', { cause: locked.cause, run });
}

async function look(context: RunContext, journal: Journal, ledger: Ledger): Promise<Outcome> {
  const recorded = recordedSections(journal.steps);
  await readStates(context, { journal, recorded, ledger });
  if (journal.state === 'open' && !ledger.areAll('as wanted')) {
    // A node may have what was sent, and not yet have begun with it.
    await pause(context.pace.quiet, context.signal);
    await readStates(context, { journal, recorded, ledger });
  }
  await lookAtCopies(context, { recorded, ledger });
  const kind = ledger.areAll('as wanted') ? 'done' : ledger.areAll('kept') ? 'unchanged' : 'partly';
  const isKnown = ledger.areAll('as wanted', 'kept', 'other');
  if (journal.state === 'open' && isKnown) {
    const state = kind === 'done' ? 'done' : kind === 'unchanged' ? 'restored' : 'partly';
    const against = await onDisk(context.store, () => context.store.writeJournal({ ...journal, state }));
    if (against !== undefined) ledger.notes.push(against);
  }
  return ledger.outcome(kind, { cause: causes[kind], run: journal.run });
}

interface Reading {
  readonly journal: Journal;
  readonly recorded: Recorded;
  readonly ledger: Ledger;
}

async function readStates(context: RunContext, { journal, recorded, ledger }: Reading): Promise<void> {
  for (const [index, role] of roles.entries()) {
    const { backup } = journal.nodes[role];
    if (backup !== undefined) ledger.setBackup(role, backup);
    context.progress({ message: `Look what ${context.nodes[role].name} holds`, fraction: index / 2 });
    ledger.set(role, await statesOf(context, { recorded, role, salt: journal.salt }));
  }
}

const causes: Readonly<Record<'done' | 'unchanged' | 'partly', string | undefined>> = {
  done: undefined,
  unchanged: 'Both nodes hold what they held before that run.',
  partly: 'Not everything of that run stands.',
};

async function statesOf(
  { nodes }: RunContext,
  { recorded, role, salt }: { readonly recorded: Recorded; readonly role: Role; readonly salt: string },
): Promise<ReadonlyMap<string, SectionState>> {
  const sections = recorded[role];
  if (sections.size === 0) return new Map();
  const found = await readPatiently(nodes[role], [...sections.keys()]);
  if (found.kind === 'failed') return new Map([...sections.keys()].map(name => [name, 'unknown']));
  const { states } = found.value;
  return new Map(
    [...sections].map(([name, section]) => [name, stateByDigest(section, digestOf(name, states.get(name), salt))]),
  );
}

/** Of what the primary copies on, a run that has not seen the end of it knows only that it is to be in sync. */
async function lookAtCopies(context: RunContext, { recorded, ledger }: Omit<Reading, 'journal'>): Promise<void> {
  const open = [...recorded.secondary].filter(([, section]) => section.isCopied && !section.isWantedKnown);
  const names = open.map(([name]) => name);
  if (names.length === 0 || !ledger.isAll('primary', 'as wanted')) return;
  const primary = await readConfig(context.nodes.primary, context.sectionNames);
  if (!('config' in primary)) return;
  const found = await readPatiently(context.nodes.secondary, neededOfSecondary(primary.config, names));
  if (found.kind === 'failed') return;
  const states: SectionStates = found.value.states;
  const lagging = new Set(laggingSections(primary.config, states, { context, names }));
  ledger.setAll(
    'secondary',
    names.filter(name => !lagging.has(name)),
    'as wanted',
  );
}
