// How a window test waits: for a condition, never for a time.
import { setTimeout as sleep } from 'node:timers/promises';

/** Long enough for a loaded machine, short enough to be noticed. */
export const patience = 30_000;

/**
 * Repeats an assertion until it holds, and throws what it last threw after `patience`.
 * @param milliseconds how long to go on
 */
export async function eventually<T>(assertion: () => T | Promise<T>, milliseconds: number = patience): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

/**
 * Does a step that a busy workbench may swallow (a menu that closes under the hand, a light bulb from before the last
 * edit) up to five times as a whole, with `recover` between two attempts.
 */
export async function persistently<T>(step: () => Promise<T>, recover: () => Promise<void>): Promise<T> {
  const failures: string[] = [];
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      return await step();
    } catch (error) {
      failures.push(`attempt ${attempt}: ${firstLine(error)}`);
      await recover();
    }
  }
  throw new Error(failures.join('\n'));
}

/** Reads until two readings a third of a second apart are equal. */
export async function settled<T>(read: () => Promise<T>): Promise<T> {
  let before = await read();
  return eventually(async () => {
    await sleep(330);
    const now = await read();
    const unchanged = JSON.stringify(now) === JSON.stringify(before);
    before = now;
    if (!unchanged) throw new Error('What is to be read keeps changing.');
    return now;
  });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').slice(0, 3).join(' ').slice(0, 300);
}
