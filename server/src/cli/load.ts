import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { type DocumentKind, documentKindOf } from '../model/documentKind.ts';
import { manifestName } from '../pair/manifest.ts';
import { Workspace } from '../pair/workspace.ts';
import { type DiskFile, isThere, manifestAbove, readDiskFile, reasonOf, searchFolder } from './disk.ts';
import { printable, type Terminal } from './terminal.ts';

/** What was read, and what is to be checked of it. */
export interface Loaded {
  readonly workspace: Workspace;
  /** Everything that was read, by address. */
  readonly files: ReadonlyMap<string, DiskFile>;
  /** The addresses to check: what was named, what folders held, and manifests. */
  readonly targets: ReadonlySet<string>;
  /** The addresses of the files that were named one by one. */
  readonly named: ReadonlySet<string>;
  /** What was named that is no config but stands for some: `sites is a folder`. */
  readonly groups: readonly string[];
  /** The address of the baseline that counts for everything; absent where manifests say which does. */
  readonly baseline: string | undefined;
  /** What could not be read, in sentences. */
  readonly problems: readonly string[];
}

export interface LoadRequest {
  readonly paths: readonly string[];
  /** `--config`: the manifest that speaks for everything. */
  readonly config: string | undefined;
  /** `--baseline`: the baseline that counts for everything. */
  readonly baseline?: string | undefined;
  /** Whether a baseline is to be written, so that it need not be there yet. */
  readonly writesBaseline?: boolean;
}

/** From this many files on, a terminal is told how far the reading has come. */
const manyFiles = 20;

/** Reads the files and folders that were named, the manifests that speak for them, and the files that those name. */
export function load(request: LoadRequest, terminal: Terminal): Loaded {
  const loading = new Loading(request, terminal);
  return loading.run();
}

/** The path as a person at the current folder would write it. */
export function shownPath(path: string, cwd: string): string {
  const shown = relative(cwd, path);
  return printable(shown === '' ? '.' : shown.startsWith(`..${sep}..${sep}..`) ? path : shown);
}

class Loading {
  private readonly files = new Map<string, DiskFile>();
  private readonly tried = new Set<string>();
  private readonly targets = new Set<string>();
  private readonly named = new Set<string>();
  private readonly groups: string[] = [];
  private readonly problems: string[] = [];
  private readonly workspace: Workspace;
  private readonly ownManifest: string | undefined;
  private readonly ownBaseline: string | undefined;

  constructor(
    private readonly request: LoadRequest,
    private readonly terminal: Terminal,
  ) {
    this.ownManifest = request.config === undefined ? undefined : resolve(terminal.cwd, request.config);
    this.ownBaseline = request.baseline === undefined ? undefined : resolve(terminal.cwd, request.baseline);
    this.workspace = new Workspace({
      ...(this.ownManifest !== undefined && { manifest: uriOf(this.ownManifest) }),
      ...(this.ownBaseline !== undefined && { baseline: uriOf(this.ownBaseline) }),
    });
  }

  run(): Loaded {
    const { request, workspace, files, targets, named, groups, problems } = this;
    if (this.ownManifest !== undefined) this.takeManifest(this.ownManifest);
    this.readOwnBaseline();
    const fromManifestAlone = this.ownManifest !== undefined && request.paths.length === 0;
    const paths = request.paths.length > 0 || fromManifestAlone ? request.paths : ['.'];
    const found = paths.flatMap(path => this.find(resolve(this.terminal.cwd, path)));
    found.forEach((path, i) => {
      if (found.length >= manyFiles) this.showProgress(i + 1, found.length);
      this.takeFound(path);
    });
    if (found.length >= manyFiles) this.showProgress(0, 0);
    for (const uri of workspace.missing()) this.read(URI.parse(uri).fsPath);
    if (fromManifestAlone) this.targetPairsOf(uriOf(this.ownManifest ?? ''));
    const baseline = this.ownBaseline === undefined ? undefined : uriOf(this.ownBaseline);
    return { workspace, files, targets, named, groups, baseline, problems };
  }

  private readOwnBaseline(): void {
    const path = this.ownBaseline;
    if (path === undefined || (this.request.writesBaseline === true && !isThere(path))) return;
    this.read(path);
    const problem = this.workspace.baseline(uriOf(path))?.problem;
    if (problem !== undefined) this.problems.push(`${this.nameOf(path)} ${problem}.`);
  }

  /** The XML files behind one argument. Manifests on the way are read at once. */
  private find(path: string): readonly string[] {
    const stat = this.statOf(path);
    if (!stat) return [];
    if (!stat.isDirectory()) return this.findFile(path);
    this.groups.push(`${this.nameOf(path)} is a folder`);
    const { xml, manifests, problems } = searchFolder(path, each => this.nameOf(each));
    this.problems.push(...problems);
    if (this.ownManifest === undefined) {
      const above = manifestAbove(path);
      for (const manifest of above === undefined ? manifests : [...manifests, above]) this.takeManifest(manifest);
    }
    return xml;
  }

  private findFile(path: string): readonly string[] {
    if (basename(path) === manifestName && this.ownManifest === undefined) {
      this.groups.push(`${this.nameOf(path)} is a manifest`);
      this.takeManifest(path);
      this.targetPairsOf(uriOf(path));
      return [];
    }
    const above = this.ownManifest === undefined ? manifestAbove(dirname(path)) : undefined;
    if (above !== undefined) this.takeManifest(above);
    this.named.add(uriOf(path));
    return [path];
  }

  private takeManifest(path: string): void {
    if (this.read(path)) this.targets.add(uriOf(path));
  }

  /** A named file is checked whatever it is; in a folder only what has to do with pfSense is looked at. */
  private takeFound(path: string): void {
    const file = this.read(path);
    const uri = uriOf(path);
    if (!file) return;
    if (!this.named.has(uri)) {
      if (!isOurs(documentKindOf(file.text))) return;
    }
    this.targets.add(uri);
  }

  private targetPairsOf(manifest: string): void {
    for (const uri of this.workspace.missing()) this.read(URI.parse(uri).fsPath);
    for (const { source, pairs } of this.workspace.manifests()) {
      if (source.uri !== manifest) continue;
      for (const { uri } of pairs.flatMap(({ primary, secondary }) => [primary, secondary])) {
        if (this.files.has(uri)) this.targets.add(uri);
      }
    }
  }

  /** Reads a file once and tells the workspace of it. */
  private read(path: string): DiskFile | undefined {
    const uri = uriOf(path);
    if (this.tried.has(uri)) return this.files.get(uri);
    this.tried.add(uri);
    const outcome = readDiskFile(path, this.nameOf(path));
    if (!outcome.isDone) {
      if (this.isWorthTelling(path, outcome.kind)) this.problems.push(outcome.problem);
      return undefined;
    }
    this.files.set(uri, outcome.value);
    this.workspace.setDiskText(uri, outcome.value.text);
    return outcome.value;
  }

  /** Whether it matters that a file could not be read. One that only a manifest names and that is not there is the manifest's finding. */
  private isWorthTelling(path: string, kind: DocumentKind | undefined): boolean {
    const uri = uriOf(path);
    if (this.named.has(uri) || path === this.ownManifest) return true;
    if (path === this.ownBaseline) return this.request.writesBaseline !== true || isThere(path);
    return isThere(path) && (kind === undefined || isOurs(kind));
  }

  private statOf(path: string) {
    try {
      return statSync(path);
    } catch (error) {
      this.problems.push(`${this.nameOf(path)} ${reasonOf(error)}.`);
      return undefined;
    }
  }

  private nameOf(path: string): string {
    return shownPath(path, this.terminal.cwd);
  }

  private showProgress(done: number, all: number): void {
    if (!this.terminal.showsProgress) return;
    this.terminal.tell(all === 0 ? '\r\u001b[K' : `\r\u001b[KReading file ${done} of ${all}`);
  }
}

/** Whether a file in a folder has to do with pfSense or its kin. */
function isOurs(kind: DocumentKind): boolean {
  return kind !== 'other' && kind !== 'none';
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}
