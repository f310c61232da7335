import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder, writeAtomically } from './atomicFile.ts';
import { readJournalText, writeJournalText } from './journalText.ts';
import { takeLock } from './lockFile.ts';
import type { Backup, Journal, LockResult, NodeKey, SyncStore } from './store.ts';

export interface DiskStoreOptions {
  /** Made where it is missing. */
  readonly folder: string;
  /** Told, in a sentence, of what cannot be read and is passed over. */
  readonly tell?: (message: string) => void;
  readonly now?: () => Date;
}

const keptBackups = 20;
/** A journal is a few kilobytes; those of runs that are not finished are kept beyond this. */
const keptJournals = 100;

/**
 * A {@link SyncStore} in a folder:
 *
 *     nodes/fw1.example.org-1a2b3c4d/base.xml            as it was last pulled
 *     nodes/fw1.example.org-1a2b3c4d/backups/….xml       whole config files, with all secrets in them
 *     runs/hq-1a2b3c4d/20261129T145500123Z-1f3a.json     journals
 *     locks/1a2b3c4d.lock
 */
export function openDiskStore(options: DiskStoreOptions): SyncStore {
  return new DiskStore(options);
}

class DiskStore implements SyncStore {
  readonly folder: string;
  private readonly tell: (message: string) => void;
  private readonly now: () => Date;

  constructor({ folder, tell = () => undefined, now = () => new Date() }: DiskStoreOptions) {
    this.folder = folder;
    this.tell = tell;
    this.now = now;
  }

  base(node: NodeKey): Promise<Uint8Array | undefined> {
    return orAbsent(readFile(this.basePath(node)));
  }

  async rememberBase(node: NodeKey, bytes: Uint8Array): Promise<void> {
    await this.prepare();
    await writeAtomically(this.basePath(node), bytes);
  }

  async saveBackup(node: NodeKey, bytes: Uint8Array): Promise<string> {
    await this.prepare();
    const taken = new Set((await this.backups(node)).map(({ path }) => path));
    const path = firstFree(this.now(), time => join(this.backupFolder(node), `${timeName(time)}.xml`), taken);
    await writeAtomically(path, bytes);
    for (const old of (await this.backups(node)).slice(keptBackups)) await rm(old.path, { force: true });
    return path;
  }

  readBackup(path: string): Promise<Uint8Array | undefined> {
    return orAbsent(readFile(path));
  }

  async backups(node: NodeKey): Promise<readonly Backup[]> {
    const folder = this.backupFolder(node);
    const found: Backup[] = [];
    for (const name of await namesIn(folder)) {
      const savedAt = timeOf(name);
      if (!savedAt) continue;
      const path = join(folder, name);
      const { size } = await stat(path);
      found.push({ path, savedAt, size });
    }
    return found.sort((one, other) => other.savedAt.getTime() - one.savedAt.getTime());
  }

  async writeJournal(journal: Journal): Promise<void> {
    await this.prepare();
    const folder = this.runFolder(journal.pair);
    const path = join(folder, `${journal.run}.json`);
    const isNew = !(await namesIn(folder)).includes(`${journal.run}.json`);
    await writeAtomically(path, writeJournalText(journal));
    if (isNew) await this.dropOldJournals(folder);
  }

  async journals(pair: string): Promise<readonly Journal[]> {
    const read = await this.journalsIn(this.runFolder(pair));
    return read.map(({ journal }) => journal).filter(journal => journal.pair === pair);
  }

  lock(nodes: readonly NodeKey[]): Promise<LockResult> {
    const name = digest(
      nodes
        .map(({ origin }) => origin)
        .sort()
        .join('\n'),
    );
    return this.prepare().then(() => takeLock(join(this.folder, 'locks', `${name}.lock`)));
  }

  /** The newest first. */
  private async journalsIn(folder: string): Promise<readonly { readonly path: string; readonly journal: Journal }[]> {
    const names = (await namesIn(folder)).filter(name => name.endsWith('.json'));
    const read: { readonly path: string; readonly journal: Journal }[] = [];
    for (const name of names.sort().reverse()) {
      const path = join(folder, name);
      const text = await orAbsent(readFile(path, 'utf8'));
      const journal = text === undefined ? undefined : readJournalText(text);
      if (journal) read.push({ path, journal });
      else this.tell(`The journal ${path} cannot be read and is passed over.`);
    }
    return read;
  }

  private async dropOldJournals(folder: string): Promise<void> {
    const old = (await this.journalsIn(folder)).slice(keptJournals);
    for (const { path, journal } of old) {
      if (journal.state !== 'open' && journal.state !== 'partly') await rm(path, { force: true });
    }
  }

  private basePath(node: NodeKey): string {
    return join(this.nodeFolder(node), 'base.xml');
  }

  private backupFolder(node: NodeKey): string {
    return join(this.nodeFolder(node), 'backups');
  }

  private nodeFolder({ origin, host }: NodeKey): string {
    return join(this.folder, 'nodes', folderName(host, `${origin}\n${host}`));
  }

  private runFolder(pair: string): string {
    return join(this.folder, 'runs', folderName(pair, pair));
  }

  private prepare(): Promise<void> {
    return makePrivateFolder(this.folder);
  }
}

/** What people recognise, and a digest that tells apart what would look the same. */
function folderName(label: string, key: string): string {
  const readable = label
    .replace(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 60);
  return `${readable || 'unnamed'}-${digest(key)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

/** Such as `20261129T145500123Z`, which sorts by time. */
function timeName(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '');
}

function timeOf(name: string): Date | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z\.xml$/.exec(name);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, millisecond] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Two backups within one millisecond must not be one. */
function firstFree(now: Date, pathAt: (time: Date) => string, taken: ReadonlySet<string>): string {
  for (let time = now.getTime(); ; time++) {
    const path = pathAt(new Date(time));
    if (!taken.has(path)) return path;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await orAbsent(readdir(folder))) ?? [];
}

async function orAbsent<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
