import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { makePrivateFolder } from './atomicFile.ts';
import type { LockResult } from './store.ts';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** To write a lock takes milliseconds; what is left of one that was interrupted counts for nothing after that. */
const writingMilliseconds = 10_000;

/**
 * Takes a lock that is a file with the number of the process in it. One whose process is gone is taken over; that of another
 * computer, which may share the folder, never is.
 */
export async function takeLock(path: string): Promise<LockResult> {
  await makePrivateFolder(dirname(path));
  const own: Holder = { pid: process.pid, host: hostname(), token: crypto.randomUUID() };
  if (await create(path, own)) return locked(path, own);
  const holder = await readHolder(path);
  if (holder === 'gone') return takeLock(path);
  if (!(await isStale(path, holder))) return { kind: 'held', message: heldMessage(path, holder) };
  return takeOver(path, own);
}

/** Only one at a time may look again and put its own in the place of the old one, else two would take turns at it. */
async function takeOver(path: string, own: Holder): Promise<LockResult> {
  const gate = `${path}.taking-over`;
  if (!(await create(gate, own))) {
    if (await isOld(gate)) await rm(gate, { force: true });
    return { kind: 'held', message: 'Another run on this pair is just beginning. Try again in a moment.' };
  }
  try {
    const holder = await readHolder(path);
    if (holder !== 'gone' && !(await isStale(path, holder)))
      return { kind: 'held', message: heldMessage(path, holder) };
    await rm(path, { force: true });
    if (await create(path, own)) return locked(path, own);
    return { kind: 'held', message: 'Another run on this pair is just beginning. Try again in a moment.' };
  } finally {
    await rm(gate, { force: true });
  }
}

/** @returns whether it was not there */
async function create(path: string, own: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(own), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function locked(path: string, own: Holder): LockResult {
  const release = async () => {
    const holder = await readHolder(path);
    if (holder !== 'gone' && holder?.token === own.token) await rm(path, { force: true });
  };
  return { kind: 'locked', release };
}

/** Undefined where the file says nothing that makes sense. */
async function readHolder(path: string): Promise<Holder | 'gone' | undefined> {
  try {
    const json = JSON.parse(await readFile(path, 'utf8')) as Partial<Holder> | null;
    const { pid, host, token } = json ?? {};
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return undefined;
    return { pid, host, token };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A lock that says nothing is one that is being written, or that a crash has left so. */
async function isStale(path: string, holder: Holder | undefined): Promise<boolean> {
  if (!holder) return isOld(path);
  return holder.host === hostname() && !isRunning(holder.pid);
}

async function isOld(path: string): Promise<boolean> {
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > writingMilliseconds;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function heldMessage(path: string, holder: Holder | undefined): string {
  const where = holder && holder.host !== hostname() ? ` on ${holder.host}` : '';
  const who = holder ? `process ${holder.pid}${where}` : 'another process';
  return `Another run on this pair is under way (${who}). Wait for its end; if there is none, delete ${path}.`;
}
