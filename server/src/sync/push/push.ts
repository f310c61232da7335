import { type Role, roles } from '../../pair/manifest.ts';
import type { PushOptions } from '../pairSync.ts';
import { counted } from '../plainText.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { isSameSection } from '../sameSection.ts';
import type { Journal, JournalStep } from '../store/store.ts';
import type { SectionStates, SectionValue } from '../xmlRpc/value.ts';
import { backUp } from './backups.ts';
import { bringBack } from './bringBack.ts';
import { noteCarp } from './carpNotes.ts';
import { changedAgainCause, changedCause, lateCause, lateNotes } from './causes.ts';
import type { RunContext } from './context.ts';
import { digestOf } from './digest.ts';
import { waitForSecondary } from './inSync.ts';
import { Ledger } from './ledger.ts';
import { differing, readLive, readPatiently } from './liveNode.ts';
import { onDisk, whileLocked } from './onDisk.ts';
import type { Outcome } from './outcome.ts';
import { pause } from './pace.ts';
import { notesOnPlan } from './planNotes.ts';
import { newJournal } from './pushJournal.ts';
import { RunJournal } from './runJournal.ts';
import { sendStep, type WritingStep } from './sendStep.ts';

/**
 * Carries out a plan: backs up both nodes, does one step after the other and looks after each what the node holds. Whatever
 * goes wrong ends it, and what it has changed is brought back.
 */
export async function push(context: RunContext, plan: Plan, options: PushOptions): Promise<Outcome> {
  const ledger = new Ledger(context.keys);
  const against = whatStandsAgainst(plan, options);
  if (against !== undefined) return ledger.outcome('unchanged', { cause: against, run: undefined });
  const locked = await whileLocked(context, () => new Push(context, { plan, options, ledger }).run());
  return locked.kind === 'done' ? locked.value : ledger.outcome('unchanged', { cause: locked.cause, run: undefined });
}

function whatStandsAgainst(plan: Plan, { liveChanges }: PushOptions): string | undefined {
  const [refusal] = plan.refusals;
  if (refusal) return refusal.message;
  if (plan.consents.length > 0 && liveChanges === 'refused') {
    return 'Something on the nodes would be lost, and nobody has agreed to that.';
  }
  return plan.steps.length === 0 ? 'There is nothing to push.' : undefined;
}

type End =
  | { readonly kind: 'done' }
  /** `isSyncBroken`: the primary's own synchronisation did not come, so that nobody needs to wait long for the next one. */
  | { readonly kind: 'failed'; readonly cause: string; readonly isSyncBroken?: true }
  | { readonly kind: 'left'; readonly cause: string };

type WaitStep = Extract<PlanStep, { readonly kind: 'wait' }>;

interface PushParts {
  readonly plan: Plan;
  readonly options: PushOptions;
  readonly ledger: Ledger;
}

type States = Map<string, SectionValue | undefined>;

class Push {
  private readonly plan: Plan;
  private readonly options: PushOptions;
  private readonly ledger: Ledger;
  private readonly journal: RunJournal;
  /** What each node held of the sections that this run has sent it, before it did. */
  private readonly before: Readonly<Record<Role, States>> = { primary: new Map(), secondary: new Map() };
  /** What each node must hold now if nobody else works there: as the plan saw it, then as it was sent. */
  private readonly current: Readonly<Record<Role, States>> = { primary: new Map(), secondary: new Map() };
  private isAnythingSent = false;

  constructor(
    private readonly context: RunContext,
    { plan, options, ledger }: PushParts,
  ) {
    this.plan = plan;
    this.options = options;
    this.ledger = ledger;
    this.journal = new RunJournal(context.store, newJournal(context, plan));
    for (const { role, seen } of plan.steps) {
      ledger.setAll(role, seen.keys(), 'kept');
      for (const [name, value] of seen) if (!this.current[role].has(name)) this.current[role].set(name, value);
    }
  }

  async run(): Promise<Outcome> {
    const against = (await backUp(this.context, this.ledger)) ?? (await this.findOthersWork()) ?? (await this.begin());
    if (against !== undefined) return this.ledger.outcome('unchanged', { cause: against, run: undefined });
    const end = await this.doSteps();
    if (end.kind === 'failed') return this.isAnythingSent ? this.undo(end) : this.giveUp(end.cause);
    if (end.kind === 'left') await this.lookWhereItStands();
    else this.ledger.notes.push(...notesOnPlan(this.plan, this.context));
    await noteCarp(this.context, this.ledger);
    // What was left may have come to its end by itself.
    const isLeft = end.kind === 'left' && !this.ledger.areAll('as wanted');
    const cause = isLeft ? end.cause : await this.lookAgain();
    const kind = cause === undefined ? 'done' : 'partly';
    await this.end(kind);
    return this.ledger.outcome(kind, { cause, run: this.journal.run });
  }

  /** All was as wanted when it was read back; who has saved since then is told of, and not taken back. */
  private async lookAgain(): Promise<string | undefined> {
    const causes: string[] = [];
    for (const role of roles) {
      const { [role]: states } = this.current;
      if (states.size === 0) continue;
      const node = this.context.nodes[role];
      const found = await readPatiently(node, [...states.keys()]);
      const other = found.kind === 'failed' ? [...states.keys()] : differing(states, found.value.states);
      this.ledger.setAll(role, other, found.kind === 'failed' ? 'unknown' : 'other');
      if (found.kind === 'failed') causes.push(found.failure.message);
      else if (other.length > 0) causes.push(changedAgainCause(node, other));
    }
    return causes.length === 0 ? undefined : causes.join(' ');
  }

  /** Whether the nodes are still as the plan saw them. @returns what is against it, in a sentence */
  private async findOthersWork(): Promise<string | undefined> {
    const { nodes, signal } = this.context;
    for (const role of roles) {
      const states = this.current[role];
      if (states.size === 0) continue;
      const found = await readLive(nodes[role], [...states.keys()], signal ? { signal } : {});
      if (found.kind === 'failed') return found.failure.message;
      const other = differing(states, found.value.states);
      if (other.length > 0) return changedCause(nodes[role], other);
    }
    return undefined;
  }

  private begin(): Promise<string | undefined> {
    const { nodes } = this.journal.current;
    const withBackup = (role: Role) => ({ ...nodes[role], backup: this.ledger.backupOf(role) });
    const journal = {
      ...this.journal.current,
      nodes: { primary: withBackup('primary'), secondary: withBackup('secondary') },
    };
    return onDisk(this.context.store, () => this.journal.write(journal));
  }

  private async doSteps(): Promise<End> {
    for (const [index, step] of this.plan.steps.entries()) {
      const end =
        (await this.askIfCancelled()) ??
        (step.kind === 'wait' ? await this.wait(index, step) : await this.send(index, step));
      if (end) return end;
    }
    return { kind: 'done' };
  }

  private async askIfCancelled(): Promise<End | undefined> {
    if (!this.context.signal?.aborted) return undefined;
    if (!this.isAnythingSent) return { kind: 'failed', cause: 'It was cancelled before anything was sent.' };
    if ((await this.options.onCancel()) === 'undo') return { kind: 'failed', cause: 'It was cancelled.' };
    return { kind: 'left', cause: 'It was cancelled, and what had been sent until then was left as it is.' };
  }

  /** @returns how the run ends by it; absent where it goes on */
  private async send(index: number, step: WritingStep): Promise<End | undefined> {
    const { role, expected } = step;
    const node = this.context.nodes[role];
    const names = [...expected.keys()];
    this.tell(index, `Send ${counted(names.length, 'section')} to ${node.name}`);
    const found = await readPatiently(node, names);
    if (found.kind === 'failed') return { kind: 'failed', cause: found.failure.message };
    const { states } = found.value;
    const foreign = differing(pick(this.current[role], names), states);
    if (foreign.length > 0) return { kind: 'failed', cause: changedCause(node, foreign) };
    const against = await this.record(index, 'sending');
    if (against !== undefined) return { kind: 'failed', cause: against };
    for (const name of names) if (!this.before[role].has(name)) this.before[role].set(name, states.get(name));
    for (const [name, value] of expected) this.current[role].set(name, value);
    const result = await sendStep(node, step, found.value);
    if (result.kind !== 'not sent') this.isAnythingSent = true;
    if (result.kind !== 'as wanted') return { kind: 'failed', cause: result.cause };
    for (const name of names) this.ledger.setAll(role, [name], this.isLastOf(name, index) ? 'as wanted' : 'other');
    const unrecorded = await this.record(index, 'verified');
    return unrecorded === undefined ? undefined : { kind: 'failed', cause: unrecorded };
  }

  /** A section may be sent in two parts, or the rest of it come from the primary. */
  private isLastOf(name: string, index: number): boolean {
    const { role } = this.plan.steps[index]!;
    return !this.plan.steps.slice(index + 1).some(step => step.role === role && step.seen.has(name));
  }

  private async wait(index: number, { seen }: WaitStep): Promise<End | undefined> {
    const { nodes, pace, secondaryTimeout, signal } = this.context;
    const seconds = Math.ceil(secondaryTimeout / 1000);
    this.tell(index, `Wait up to ${seconds} seconds until ${nodes.secondary.name} holds what the primary sends it`);
    const options = { names: [...seen.keys()], timeout: secondaryTimeout, signal };
    let result = await waitForSecondary(this.context, options);
    if (result.kind === 'in sync' && differing(seen, result.states).length === 0) {
      // What the comparison passes over, such as who has saved a rule when, is copied on as well, and may still be to come.
      await pause(pace.quiet, signal);
      result = await waitForSecondary(this.context, options);
    }
    switch (result.kind) {
      case 'cancelled':
        return this.askIfCancelled();
      case 'failed':
        return { kind: 'failed', cause: result.failure.message };
      case 'too late':
        return { kind: 'failed', isSyncBroken: true, cause: lateCause(this.context, result) };
      case 'in sync': {
        this.ledger.setAll('secondary', seen.keys(), 'as wanted');
        for (const name of seen.keys()) this.current.secondary.set(name, result.states.get(name));
        const unrecorded = await this.record(index, 'verified', result.states);
        return unrecorded === undefined ? undefined : { kind: 'failed', cause: unrecorded };
      }
    }
  }

  private async undo({ cause, isSyncBroken }: Extract<End, { kind: 'failed' }>): Promise<Outcome> {
    const { pace, secondaryTimeout } = this.context;
    const restored = await bringBack(this.context, {
      sent: this.before,
      copied: this.copied(),
      isOurs: (role, name, value) => {
        const { [role]: current } = this.current;
        return current.has(name) && isSameSection(name, current.get(name), value);
      },
      timeout: isSyncBroken ? pace.quiet : secondaryTimeout,
    });
    for (const role of roles) this.ledger.set(role, restored[role]);
    this.ledger.notes.push(...lateNotes(this.context, restored.late));
    const isRestored = this.ledger.areAll('kept', 'restored');
    for (const [index, step] of this.journal.current.steps.entries()) {
      if (step.state === 'planned') continue;
      const isBack = step.sections.every(({ name }) =>
        ['kept', 'restored'].includes(restored[step.role].get(name) ?? 'kept'),
      );
      await this.record(index, isBack ? 'restored' : 'failed');
    }
    await noteCarp(this.context, this.ledger);
    await this.end(isRestored ? 'restored' : 'partly');
    return this.ledger.outcome(isRestored ? 'restored' : 'partly', { cause, run: this.journal.run });
  }

  /** A primary takes all that it synchronises on to the secondary after any save, so also after one of its own sections. */
  private copied(): SectionStates {
    const step = this.plan.steps.find(each => each.kind === 'wait');
    return step && this.before.primary.size > 0 ? step.seen : new Map();
  }

  private async giveUp(cause: string): Promise<Outcome> {
    await this.end('restored');
    return this.ledger.outcome('unchanged', { cause, run: undefined });
  }

  /** What a run that is left in the middle has come to on the secondary, which only a look can tell. */
  private async lookWhereItStands(): Promise<void> {
    const copied = this.copied();
    const names = [...copied.keys()];
    if (names.length === 0) return;
    const { nodes, pace } = this.context;
    // Whatever the primary was sent, it synchronises all that it has.
    const result = await waitForSecondary(this.context, { names, timeout: pace.quiet });
    const found = await readPatiently(nodes.secondary, names);
    if (found.kind === 'failed') return this.ledger.setAll('secondary', names, 'unknown');
    const isAllSent = this.plan.steps.every((step, index) => step.kind === 'wait' || this.isVerified(index));
    const lagging = result.kind === 'too late' ? result.lagging : result.kind === 'in sync' ? [] : names;
    const changed = differing(copied, found.value.states);
    this.ledger.setAll('secondary', changed, 'other');
    if (isAllSent) {
      const inSync = names.filter(name => !lagging.includes(name));
      this.ledger.setAll('secondary', inSync, 'as wanted');
      for (const name of inSync) this.current.secondary.set(name, found.value.states.get(name));
    }
    this.ledger.notes.push(...lateNotes(this.context, lagging));
  }

  private isVerified(index: number): boolean {
    return this.journal.current.steps[index]?.state === 'verified';
  }

  private tell(index: number, message: string): void {
    this.context.progress({ message, fraction: 0.1 + (0.8 * index) / this.plan.steps.length });
  }

  /** @returns what the disk has against it, in a sentence */
  private record(index: number, state: JournalStep['state'], found?: SectionStates): Promise<string | undefined> {
    const sections =
      found &&
      this.journal.current.steps[index]?.sections.map(section => ({
        ...section,
        wanted: digestOf(section.name, found.get(section.name), this.journal.salt),
      }));
    return onDisk(this.context.store, () => this.journal.step(index, state, sections));
  }

  private async end(state: Journal['state']): Promise<void> {
    const cause = await onDisk(this.context.store, () => this.journal.end(state));
    if (cause !== undefined) this.ledger.notes.push(`The journal of this run is not as it should be: ${cause}`);
  }
}

function pick(states: SectionStates, names: readonly string[]): SectionStates {
  return new Map(names.map(name => [name, states.get(name)]));
}
