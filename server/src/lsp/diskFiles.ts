import { documentKindOf } from '../model/documentKind.ts';
import { manifestName } from '../pair/manifest.ts';
import { fileName, folderOf, normalUri } from '../pair/uri.ts';
import type { Workspace } from '../pair/workspace.ts';
import { mostBytes, tooLarge } from './fileSize.ts';
import type { FileContent, Host } from './host.ts';

/** A root element stands in the first bytes, behind a declaration and perhaps a comment; a second look goes further. */
const headSizes = [4096, 65_536];

/** All texts together must fit into memory, several times over. */
const mostBytesTogether = 512 * 1024 * 1024;

/** How many files are read at the same time; more gain nothing and make the editor wait for its own. */
const readers = 4;

/** The configs and manifests on disk: found in the folders, read, and read again when they change. */
export class DiskFiles {
  /** By the address of a file, why it is not checked: one sentence. */
  readonly refusals = new Map<string, string>();
  /** Whether so much was found that the rest was left alone. */
  isFull = false;

  private readonly folders = new Map<string, string>();
  private readonly sizes = new Map<string, number>();
  private readonly readings = new Map<string, number>();
  private readonly asked = new Set<string>();
  private readonly besides = new Set<string>();
  private searches = 0;
  private latest: Promise<void> = Promise.resolve();
  private running = 0;
  private readingNamed = 0;

  /** @param changed called whenever the workspace has another text */
  constructor(
    private readonly workspace: Workspace,
    private readonly host: Host,
    private readonly changed: () => void,
  ) {}

  get isSearching(): boolean {
    return this.running > 0;
  }

  /** Whether a file that is not there yet may still come. */
  get isReading(): boolean {
    return this.running + this.readingNamed > 0;
  }

  /** The addresses of the folders as the editor writes them, by what the addresses of the files in them begin with. */
  get roots(): ReadonlyMap<string, string> {
    return this.folders;
  }

  addFolder(uri: string): void {
    this.folders.set(rootOf(uri), uri);
  }

  /** What was found in the folder is forgotten, unless it lies in another one too. */
  removeFolder(uri: string): void {
    this.folders.delete(rootOf(uri));
    for (const file of [...this.sizes.keys(), ...this.refusals.keys()]) if (!this.isInFolder(file)) this.forget(file);
  }

  isInFolder(uri: string): boolean {
    for (const root of this.folders.keys()) if (uri.startsWith(root)) return true;
    return false;
  }

  /**
   * Looks through every folder, reads what is new and forgets what is gone. A later search ends this one, which resolves
   * with it.
   */
  async search(): Promise<void> {
    this.latest = this.searchOnce();
    for (let awaited: Promise<void> | undefined; awaited !== this.latest; ) {
      awaited = this.latest;
      await awaited;
    }
  }

  /** Reads the files beside one that lies in no folder of the editor's: its peer is there more often than not. Once a folder. */
  async searchBeside(uri: string): Promise<void> {
    const folder = folderOf(normalUri(uri));
    if (this.isInFolder(folder) || this.besides.has(folder)) return;
    this.besides.add(folder);
    await this.readAll(this.host.filesIn(folder), { seen: new Set(), isWanted: () => true });
    await this.readNamed();
  }

  /** Reads what manifests name and no search has come by: baselines, and configs that lie outside or are called `.conf`. */
  async readNamed(): Promise<void> {
    const fresh = this.workspace.missing().filter(uri => !this.asked.has(uri));
    if (fresh.length === 0) return;
    for (const uri of fresh) this.asked.add(uri);
    this.readingNamed++;
    try {
      await Promise.all(fresh.map(uri => this.read(uri, { isNamed: true })));
    } finally {
      this.readingNamed--;
      this.changed();
    }
  }

  /** @see refresh */
  async refreshAll(uris: readonly string[]): Promise<void> {
    for (const uri of new Set(uris)) await this.refresh(uri);
    await this.readNamed();
  }

  /** Reads a file that has appeared, changed or vanished; of a folder that has vanished, all that was known in it. */
  async refresh(uri: string): Promise<void> {
    const key = normalUri(uri);
    if (isConfigName(key) || isManifestName(key) || this.sizes.has(key) || this.asked.has(key)) {
      if (isManifestName(key)) this.asked.clear();
      await this.read(key, { isNamed: this.sizes.has(key) || this.asked.has(key) });
    }
    const below = rootOf(key);
    for (const file of [...this.sizes.keys()]) if (file.startsWith(below)) await this.read(file, { isNamed: true });
  }

  private async searchOnce(): Promise<void> {
    const search = ++this.searches;
    this.running++;
    this.isFull = false;
    this.asked.clear();
    try {
      const seen = new Set<string>();
      for (const folder of this.folders.values()) {
        await this.readAll(this.host.filesBelow(folder), { seen, isWanted: () => search === this.searches });
      }
      if (search !== this.searches) return;
      for (const file of [...this.sizes.keys()]) if (this.isInFolder(file) && !seen.has(file)) await this.refresh(file);
      await this.readNamed();
    } finally {
      this.running--;
      this.changed();
    }
  }

  private async readAll(
    files: AsyncIterable<string>,
    { seen, isWanted }: { readonly seen: Set<string>; readonly isWanted: () => boolean },
  ): Promise<void> {
    const running = new Set<Promise<void>>();
    for await (const file of files) {
      if (!isWanted()) break;
      const key = normalUri(file);
      if (seen.has(key) || !(isConfigName(key) || isManifestName(key))) continue;
      seen.add(key);
      const reading = this.read(key, { isNamed: this.sizes.has(key) }).finally(() => running.delete(reading));
      running.add(reading);
      if (running.size >= readers) await Promise.race(running);
    }
    await Promise.all(running);
  }

  /**
   * Gives the workspace what stands in the file now.
   *
   * @param isNamed whether somebody counts on the file, so that it is read whatever it is
   */
  private async read(key: string, { isNamed }: { readonly isNamed: boolean }): Promise<void> {
    const reading = (this.readings.get(key) ?? 0) + 1;
    this.readings.set(key, reading);
    const found = await this.readText(key, isNamed || isManifestName(key));
    if (this.readings.get(key) !== reading) return;
    this.readings.delete(key);
    this.take(key, found);
  }

  private async readText(key: string, isNamed: boolean): Promise<Found> {
    const head = await this.readHead(key);
    if (!head || !(isNamed || documentKindOf(decodeHead(head.bytes)) === 'pfsense')) return { kind: 'none' };
    if (head.size > mostBytes) return { kind: 'refused', reason: tooLarge(head.size) };
    const others = [...this.sizes].reduce((sum, [file, size]) => (file === key ? sum : sum + size), 0);
    if (others + head.size > mostBytesTogether) {
      this.isFull = true;
      return { kind: 'none' };
    }
    const content = head.bytes.length === head.size ? head : await this.host.read(key, mostBytes);
    const text = content && decode(content.bytes);
    if (!content) return { kind: 'none' };
    return text === undefined
      ? {
          kind: 'refused',
          reason: 'This file is not in UTF-8, which pfSense writes; it is checked once it is converted.',
        }
      : { kind: 'text', text, size: content.size };
  }

  private async readHead(key: string): Promise<FileContent | undefined> {
    let head: FileContent | undefined;
    for (const size of headSizes) {
      head = await this.host.read(key, size);
      if (!head || head.bytes.length < size || documentKindOf(decodeHead(head.bytes)) !== 'none') return head;
    }
    return head;
  }

  private take(key: string, found: Found): void {
    const refusal = this.refusals.get(key);
    if (found.kind === 'none' && refusal === undefined && !this.sizes.has(key)) return;
    if (found.kind === 'refused') this.refusals.set(key, found.reason);
    else this.refusals.delete(key);
    if (found.kind === 'text') this.sizes.set(key, found.size);
    else this.sizes.delete(key);
    this.workspace.setDiskText(key, found.kind === 'text' ? found.text : undefined);
    this.changed();
  }

  private forget(key: string): void {
    this.readings.set(key, (this.readings.get(key) ?? 0) + 1);
    this.take(key, { kind: 'none' });
  }
}

type Found =
  | { readonly kind: 'text'; readonly text: string; readonly size: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'none' };

function rootOf(folder: string): string {
  const key = normalUri(folder);
  return key.endsWith('/') ? key : `${key}/`;
}

function isConfigName(uri: string): boolean {
  return /\.xml$/i.test(fileName(uri));
}

function isManifestName(uri: string): boolean {
  return fileName(uri) === manifestName;
}

/** Enough to see a root element, also where the bytes break off inside a character, or are UTF-16. */
function decodeHead(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c);
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}

/** Absent where the bytes are no UTF-8. A byte order mark is no part of the text, in an editor neither. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
