import type { NodeKey, SyncStore } from '../store/store.ts';
import type { RunContext } from './context.ts';

/** Does something with the store. @returns what the disk had against it, in a sentence */
export async function onDisk({ folder }: SyncStore, work: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string') throw error;
    return `${folder} cannot be used (${code}). Check its space and permissions.`;
  }
}

export type Locked<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'kept off'; readonly cause: string };

/** Does something while no other run works on these nodes. */
export async function whileLocked<T>({ store, keys }: RunContext, work: () => Promise<T>): Promise<Locked<T>> {
  const nodes: readonly NodeKey[] = [keys.primary, keys.secondary];
  let held = 'The nodes could not be locked.';
  let release: (() => Promise<void>) | undefined;
  const cause = await onDisk(store, async () => {
    const lock = await store.lock(nodes);
    if (lock.kind === 'held') held = lock.message;
    else release = lock.release;
  });
  if (!release) return { kind: 'kept off', cause: cause ?? held };
  try {
    return { kind: 'done', value: await work() };
  } finally {
    await onDisk(store, release);
  }
}
