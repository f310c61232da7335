import type { Guard } from './guard.ts';
import type { Host } from './host.ts';
import type { Report, Reports } from './reports.ts';

/** How long one piece of work may keep an edit waiting, in milliseconds. */
const longestTurn = 12;

/** After this many milliseconds of edits without a pause a round is begun all the same. */
const longestWait = 300;

/** What a round tells. */
export interface RoundListener {
  /** A file's report, whether it has changed or not. */
  report(report: Report): void;
  /** Every file has been reported; these are all there are. */
  settled(keys: readonly string[]): void;
}

/**
 * Reports on every file after each change, on the next turn of the event loop: what was edited first, then what else
 * is open, then the rest, in pieces between which the next edit is let in. A newer change ends a round that still
 * runs and begins another; what has been worked out by then is remembered, so nothing is done twice.
 */
export class Rounds {
  /** Files to be reported on before all others, the latest edit first. */
  private first: string[] = [];
  private round = 0;
  private waitingSince: number | undefined;
  private isStarted = false;
  private readonly idle: (() => void)[] = [];

  constructor(
    private readonly reports: Reports,
    private readonly listener: RoundListener,
    private readonly run: { readonly host: Host; readonly guard: Guard },
  ) {}

  /** From now on there are rounds: not before the settings are known, or what is switched off would be shown for a moment. */
  start(): void {
    this.isStarted = true;
    this.changed();
  }

  /** Something has changed: a text, a setting, what files there are. */
  changed(keys: readonly string[] = []): void {
    this.first = [...new Set([...keys, ...this.first])];
    if (!this.isStarted) return;
    const round = ++this.round;
    const now = performance.now();
    this.waitingSince ??= now;
    if (now - this.waitingSince > longestWait) {
      this.begin(round);
      return;
    }
    // Two turns: edits that have arrived already are read in between and begin a round of their own.
    const { nextTurn } = this.run.host;
    nextTurn(() => nextTurn(() => this.begin(round)));
  }

  /** Resolves once every file has been reported on. */
  finished(): Promise<void> {
    if (this.waitingSince === undefined && this.isStarted) return Promise.resolve();
    return new Promise(resolve => this.idle.push(resolve));
  }

  private begin(round: number): void {
    if (round !== this.round) return;
    const keys = this.run.guard.value('diagnostics', [], () => this.reports.keys());
    const known = new Set(keys);
    const order = new Set([...this.first.filter(key => known.has(key)), ...keys]);
    this.advance({ round, waiting: [...order], keys });
  }

  private advance(work: {
    readonly round: number;
    readonly waiting: string[];
    readonly keys: readonly string[];
  }): void {
    if (work.round !== this.round) return;
    const until = performance.now() + longestTurn;
    while (performance.now() < until) {
      const key = work.waiting.shift();
      if (key === undefined) {
        this.finish(work.keys);
        return;
      }
      this.run.guard.value('diagnostics', undefined, () => this.listener.report(this.reports.of(key)));
    }
    this.run.host.nextTurn(() => this.advance(work));
  }

  private finish(keys: readonly string[]): void {
    this.first = [];
    this.waitingSince = undefined;
    this.run.guard.value('diagnostics', undefined, () => this.listener.settled(keys));
    for (const resolve of this.idle.splice(0)) resolve();
  }
}
