/** How patient a run is, in milliseconds. Tests are in more of a hurry than firewalls. */
export interface Pace {
  /** Between two looks at a node that is to come to something. */
  readonly poll: number;
  /** How long something must stay as it is until nobody is expected to change it any more. */
  readonly quiet: number;
  /** How long a node that does not answer is asked again what it holds. */
  readonly patience: number;
  /** The same for one that is there and busy: it may work on what it was sent for longer than its web server waits (facts.md §1.1). */
  readonly busy: number;
  /** How long CARP may take to elect after VIPs were touched. */
  readonly election: number;
}

export const usualPace: Pace = { poll: 1_000, quiet: 5_000, patience: 60_000, busy: 600_000, election: 10_000 };

/** Waits, or less long where the signal comes. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
    if (signal?.aborted) done();
  });
}
