/** Lets one at a time go on, in the order in which they came. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Waits for its turn; absent where the signal came first. Who has a turn must end it. */
  async next(signal?: AbortSignal): Promise<Turn | undefined> {
    const before = this.last;
    let end: () => void = () => undefined;
    this.last = new Promise(resolve => {
      end = resolve;
    });
    await (signal ? settledOrAborted(before, signal) : before);
    if (!signal?.aborted) return { end };
    // Those behind still wait for those before.
    before.then(end);
    return undefined;
  }
}

export interface Turn {
  readonly end: () => void;
}

function settledOrAborted(before: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
    else before.then(done);
  });
}
