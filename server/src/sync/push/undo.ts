import { type Role, roles } from '../../pair/manifest.ts';
import type { PushOptions } from '../pairSync.ts';
import type { Journal } from '../store/store.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';
import { backUp } from './backups.ts';
import { bringBack } from './bringBack.ts';
import { noteCarp } from './carpNotes.ts';
import { lateNotes } from './causes.ts';
import { listed, type RunContext } from './context.ts';
import { digestOf, newRunName, newSalt } from './digest.ts';
import { Ledger } from './ledger.ts';
import { readLive } from './liveNode.ts';
import { onDisk, whileLocked } from './onDisk.ts';
import type { Outcome } from './outcome.ts';
import { pause } from './pace.ts';
import { begunSteps, type Recorded, readFromBackup, recordedSections, stateByDigest } from './recorded.ts';
import { RunJournal } from './runJournal.ts';

/**
 * Brings back what a run has changed, from its backups: only the sections that it was about, and only as they were. An undo
 * that has begun goes on to its end. It is `done` when both nodes hold what they held before the run.
 */
export async function undo(context: RunContext, journal: Journal, options: PushOptions): Promise<Outcome> {
  const ledger = new Ledger(context.keys);
  const locked = await whileLocked(context, () => new Undo(context, { journal, options, ledger }).run());
  return locked.kind === 'done' ? locked.value : ledger.outcome('unchanged', { cause: locked.cause, run: undefined });
}

type States = Record<Role, SectionStates>;

interface UndoParts {
  readonly journal: Journal;
  readonly options: PushOptions;
  readonly ledger: Ledger;
}

class Undo {
  private readonly journal: Journal;
  private readonly options: PushOptions;
  private readonly ledger: Ledger;
  private readonly recorded: Recorded;
  private readonly now: States = { primary: new Map(), secondary: new Map() };
  /** What no backup tells. */
  private readonly lost: Record<Role, readonly string[]> = { primary: [], secondary: [] };
  private readonly wanted: Record<Role, ReadonlyMap<string, SectionValue | undefined>> = {
    primary: new Map(),
    secondary: new Map(),
  };

  constructor(
    private readonly context: RunContext,
    { journal, options, ledger }: UndoParts,
  ) {
    this.journal = journal;
    this.options = options;
    this.ledger = ledger;
    this.recorded = recordedSections(begunSteps(journal));
    for (const role of roles) ledger.setAll(role, this.recorded[role].keys(), 'kept');
  }

  async run(): Promise<Outcome> {
    const unseen = await this.look();
    if (unseen !== undefined)
      return this.ledger.outcome('unchanged', { cause: unseen, run: undefined, why: 'no answer' });
    const later = this.laterWork();
    if (later !== undefined)
      return this.ledger.outcome('unchanged', { cause: later, run: undefined, why: 'later work' });
    const cause = await this.readBackups();
    if (cause !== undefined) return this.ledger.outcome('unchanged', { cause, run: undefined });
    if (this.isBackAlready()) {
      await this.close(this.journal, 'undone');
      const nothing = 'Both nodes hold what they held before that run: there is nothing to undo.';
      return this.ledger.outcome('unchanged', { cause: nothing, run: undefined, why: 'back already' });
    }
    const own = this.newJournal();
    const against = (await backUp(this.context, this.ledger)) ?? this.cancelled() ?? (await this.begin(own));
    if (against !== undefined) return this.ledger.outcome('unchanged', { cause: against, run: undefined });
    return this.bringBack(own);
  }

  /** What the sections hold now. @returns why a node did not tell, in a sentence */
  private async look(): Promise<string | undefined> {
    const { nodes, pace, signal, progress } = this.context;
    // After a crash a node may have what was sent, and not yet have begun with it.
    if (this.journal.state === 'open') await pause(pace.quiet, signal);
    for (const role of roles) {
      const names = [...this.recorded[role].keys()];
      if (names.length === 0) continue;
      progress({ message: `Look what ${nodes[role].name} holds`, fraction: 0 });
      const found = await readLive(nodes[role], names, signal ? { signal } : {});
      if (found.kind === 'failed') return found.failure.message;
      this.now[role] = found.value.states;
    }
    return undefined;
  }

  private laterWork(): string | undefined {
    if (this.options.liveChanges === 'accepted') return undefined;
    for (const role of roles) {
      const changed = [...this.recorded[role]].filter(([name, section]) => {
        // What a primary has copied on before a run has seen it may be anything.
        if (section.isCopied && !section.isWantedKnown) return false;
        return stateByDigest(section, this.digestNow(role, name)) === 'other';
      });
      if (changed.length === 0) continue;
      const names = listed(changed.map(([name]) => name));
      return `${names} on ${this.context.nodes[role].name} ${changed.length === 1 ? 'is' : 'are'} not as that run has left ${changed.length === 1 ? 'it' : 'them'}: to undo it would take back later work, too.`;
    }
    return undefined;
  }

  private async readBackups(): Promise<string | undefined> {
    const { store, nodes } = this.context;
    const { salt } = this.journal;
    for (const role of roles) {
      const sections = this.recorded[role];
      if (sections.size === 0) continue;
      const reading = await readFromBackup(store, this.journal.nodes[role].backup, { sections, salt });
      if (reading.kind === 'gone') return reading.cause;
      this.wanted[role] = reading.states;
      const lost = reading.missing.filter(name => this.digestNow(role, name) !== sections.get(name)?.before);
      if (lost.length === 0) continue;
      this.lost[role] = lost;
      this.ledger.setAll(role, lost, 'other');
      this.ledger.notes.push(
        `${listed(lost)} on ${nodes[role].name} cannot be brought back: the file of the backup did not say what pfSense worked with.`,
      );
    }
    return undefined;
  }

  private isBackAlready(): boolean {
    return roles.every(role =>
      [...this.recorded[role]].every(([name, { before }]) => this.digestNow(role, name) === before),
    );
  }

  private cancelled(): string | undefined {
    return this.context.signal?.aborted ? 'It was cancelled before anything was sent.' : undefined;
  }

  private async begin(own: RunJournal): Promise<string | undefined> {
    const nodes = { ...own.current.nodes };
    for (const role of roles) nodes[role] = { ...nodes[role], backup: this.ledger.backupOf(role) };
    const { store } = this.context;
    return onDisk(store, async () => {
      await own.write({ ...own.current, nodes });
      // Who crashes in the middle of it is offered to verify or undo that run again.
      await store.writeJournal({ ...this.journal, state: 'open' });
    });
  }

  private async bringBack(own: RunJournal): Promise<Outcome> {
    const { secondary } = this.wanted;
    const isCopied = (name: string) => this.recorded.secondary.get(name)?.isCopied === true;
    const restored = await bringBack(this.context, {
      sent: { primary: this.wanted.primary, secondary: new Map([...secondary].filter(([name]) => !isCopied(name))) },
      copied: new Map([...secondary].filter(([name]) => isCopied(name))),
      lost: this.lost.primary,
      isOurs: (role, name, value) => digestOf(name, value, this.journal.salt) === this.digestNow(role, name),
      timeout: this.context.secondaryTimeout,
    });
    for (const role of roles) this.ledger.set(role, restored[role]);
    this.ledger.notes.push(...lateNotes(this.context, restored.late));
    const isDone = this.ledger.areAll('kept', 'restored');
    await noteCarp(this.context, this.ledger);
    await this.close(own.current, isDone ? 'done' : 'partly');
    await this.close(this.journal, isDone ? 'undone' : 'partly');
    const cause = isDone ? undefined : 'Not everything could be brought back.';
    return this.ledger.outcome(isDone ? 'done' : 'partly', { cause, run: own.run });
  }

  private async close(journal: Journal, state: Journal['state']): Promise<void> {
    const against = await onDisk(this.context.store, () => this.context.store.writeJournal({ ...journal, state }));
    if (against !== undefined) this.ledger.notes.push(against);
  }

  private digestNow(role: Role, name: string): string | undefined {
    return digestOf(name, this.now[role].get(name), this.journal.salt);
  }

  private newJournal(): RunJournal {
    const { store, pair, keys } = this.context;
    const salt = newSalt();
    return new RunJournal(store, {
      run: newRunName(new Date()),
      kind: 'undo',
      pair,
      salt,
      state: 'open',
      nodes: { primary: { ...keys.primary, backup: undefined }, secondary: { ...keys.secondary, backup: undefined } },
      steps: roles
        .filter(role => this.recorded[role].size > 0)
        .map(role => ({
          role,
          kind: 'send',
          state: 'sending',
          sections: [...this.wanted[role]].map(([name, value]) => ({
            name,
            before: digestOf(name, this.now[role].get(name), salt),
            wanted: digestOf(name, value, salt),
          })),
        })),
    });
  }
}
