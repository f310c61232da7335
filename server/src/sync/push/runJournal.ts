import type { Journal, JournalStep, SyncStore } from '../store/store.ts';

/** The journal of a run while it runs: each change is on the disk before anybody goes on. */
export class RunJournal {
  constructor(
    private readonly store: SyncStore,
    private journal: Journal,
  ) {}

  get run(): string {
    return this.journal.run;
  }

  get salt(): string {
    return this.journal.salt;
  }

  /** Writes down how a step stands, with what its sections are to be where that is known only now. */
  async step(index: number, state: JournalStep['state'], sections?: JournalStep['sections']): Promise<void> {
    const steps = this.journal.steps.map((step, at) =>
      at === index ? { ...step, state, sections: sections ?? step.sections } : step,
    );
    await this.write({ ...this.journal, steps });
  }

  end(state: Journal['state']): Promise<void> {
    return this.write({ ...this.journal, state });
  }

  async write(journal: Journal): Promise<void> {
    this.journal = journal;
    await this.store.writeJournal(journal);
  }

  get current(): Journal {
    return this.journal;
  }
}
