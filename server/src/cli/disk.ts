import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DocumentKind } from '../model/documentKind.ts';
import { manifestName } from '../pair/manifest.ts';
import { decodeBytes, type Encoding } from './encoding.ts';

/** A file as it was read. */
export interface DiskFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: Encoding;
}

/** Something that came out, or why it did not: a sentence for a person that names the file. */
export type Outcome<T> =
  | { readonly isDone: true; readonly value: T }
  | {
      readonly isDone: false;
      readonly problem: string;
      /** What the file is, where that could be told all the same. */
      readonly kind?: DocumentKind;
    };

/** What a folder holds that is worth reading. */
export interface FolderContent {
  /** Files ending in `.xml`. */
  readonly xml: readonly string[];
  readonly manifests: readonly string[];
  readonly problems: readonly string[];
}

export function readDiskFile(path: string, name: string): Outcome<DiskFile> {
  try {
    if (statSync(path).isDirectory()) return { isDone: false, problem: `${name} is a folder.` };
    const bytes = readFileSync(path);
    const decoded = decodeBytes(bytes);
    if (!decoded.isText)
      return { isDone: false, problem: `${name} ${decoded.problem} ${quoted(name)}`, kind: decoded.kind };
    return { isDone: true, value: { path, bytes, text: decoded.text, encoding: decoded.encoding } };
  } catch (error) {
    return { isDone: false, problem: `${name} ${reasonOf(error)}.` };
  }
}

/** A name as a shell takes it for one word. */
function quoted(name: string): string {
  return /^[\w./\\:@%+,-]+$/.test(name) ? name : `"${name}"`;
}

/**
 * Searches a folder and those below it. Hidden folders and node_modules are passed over, and so are links to folders,
 * which may lead round in a circle.
 */
export function searchFolder(folder: string, nameOf: (path: string) => string): FolderContent {
  const xml: string[] = [];
  const manifests: string[] = [];
  const problems: string[] = [];
  const visit = (at: string) => {
    for (const entry of entriesOf(at, problems, nameOf)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && entry.name !== 'node_modules') visit(path);
      } else if (entry.isFile() || isFile(path)) {
        if (entry.name === manifestName) manifests.push(path);
        else if (/\.xml$/i.test(entry.name)) xml.push(path);
      }
    }
  };
  visit(folder);
  return { xml, manifests, problems };
}

/** The manifest in a folder or in the nearest one above it; absent where there is none up to the root. */
export function manifestAbove(folder: string): string | undefined {
  const path = join(folder, manifestName);
  if (isFile(path)) return path;
  const above = dirname(folder);
  return above === folder ? undefined : manifestAbove(above);
}

/**
 * Puts new content in the place of files, all of them or none: everything is written beside them first, and what stood
 * there is replaced only when all of that went well. A link keeps pointing at the file, which keeps its mode.
 */
export function replaceFiles(
  changes: readonly { readonly file: DiskFile; readonly name: string; readonly bytes: Uint8Array }[],
): Outcome<undefined> {
  const written: { readonly temporary: string; readonly target: string }[] = [];
  let current = '';
  let sentence = besideSentence;
  try {
    for (const { file, name, bytes } of changes) {
      current = name;
      sentence = writeSentence;
      const target = realpathSync(file.path);
      accessSync(target, constants.W_OK);
      if (!Buffer.from(file.bytes).equals(readFileSync(target))) {
        return undo(written, `${name} has changed on disk since it was read; nothing was written.`);
      }
      const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
      written.push({ temporary, target });
      sentence = besideSentence;
      writeBeside(temporary, bytes, target);
    }
    for (const { temporary, target } of written) {
      current = basename(target);
      renameSync(temporary, target);
    }
    return { isDone: true, value: undefined };
  } catch (error) {
    return undo(written, sentence(error, current));
  }
}

/** Writes a file where none is yet; nobody else may read it, since a configuration holds secrets. */
export function createFile({
  path,
  name,
  bytes,
}: {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}): Outcome<undefined> {
  let isOurs = false;
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    isOurs = true;
    try {
      writeFileSync(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
    return { isDone: true, value: undefined };
  } catch (error) {
    // Half a configuration would be taken for one.
    if (isOurs) rmSync(path, { force: true });
    return { isDone: false, problem: besideSentence(error, name) };
  }
}

/** Writes a text file of ours, a new one or in the place of one that is there; a link keeps pointing at the file. */
export function writeTextFile({
  path,
  name,
  text,
}: {
  readonly path: string;
  readonly name: string;
  readonly text: string;
}): Outcome<undefined> {
  let temporary: string | undefined;
  try {
    const target = isThere(path) ? realpathSync(path) : path;
    temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    writeFileSync(temporary, text, { flag: 'wx', ...(isThere(target) && { mode: statSync(target).mode & 0o7777 }) });
    renameSync(temporary, target);
    return { isDone: true, value: undefined };
  } catch (error) {
    if (temporary !== undefined) rmSync(temporary, { force: true });
    return { isDone: false, problem: besideSentence(error, name) };
  }
}

function undo(written: readonly { readonly temporary: string }[], problem: string): Outcome<undefined> {
  for (const { temporary } of written) rmSync(temporary, { force: true });
  return { isDone: false, problem };
}

function writeBeside(temporary: string, bytes: Uint8Array, target: string): void {
  const { mode, uid, gid } = statSync(target);
  // Exclusive, and readable by nobody else until it has the mode of the file that it replaces: it holds secrets.
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  const made = statSync(temporary);
  if (made.uid !== uid || made.gid !== gid) giveTo(temporary, { uid, gid });
  chmodSync(temporary, mode & 0o7777);
}

function giveTo(path: string, { uid, gid }: { readonly uid: number; readonly gid: number }): void {
  try {
    chownSync(path, uid, gid);
  } catch (error) {
    // Only root may give files away; the file then belongs to who ran this, as with any editor that writes so.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}

function entriesOf(folder: string, problems: string[], nameOf: (path: string) => string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    problems.push(`${nameOf(folder)} ${reasonOf(error)}.`);
    return [];
  }
}

/** Whether there is a file at the path, or a link that leads to one. What cannot be looked at is none. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch (error) {
    if (codeOf(error) !== undefined) return false;
    throw error;
  }
}

/** Whether anything stands at the path; what may not even be looked at does. */
export function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (codeOf(error) !== undefined) return codeOf(error) !== 'ENOTDIR';
    throw error;
  }
}

/** Why the system refused, in words that go on behind the file's name. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : reasons[code];
  return known ?? `cannot be read or written: ${error instanceof Error ? error.message : String(error)}`;
}

/** Why a file that is there cannot be written over. */
function writeSentence(error: unknown, name: string): string {
  if (codeOf(error) === 'EACCES') return `${name} cannot be written: permission denied.`;
  return `${name} ${reasonOf(error)}.`;
}

/** Why a new file could not be made: that mostly lies in the folder. */
function besideSentence(error: unknown, name: string): string {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return `the folder of ${name} does not exist.`;
  if (code === 'EACCES') return `nothing can be written to the folder of ${name}: permission denied.`;
  return `${name} ${reasonOf(error)}.`;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'cannot be opened: permission denied',
  EPERM: 'cannot be changed: permission denied',
  EROFS: 'cannot be written: the file system is read-only',
  ENOSPC: 'cannot be written: the disk is full',
  ELOOP: 'is a link that leads round in a circle',
  EEXIST: 'was made by somebody else at this moment',
  EISDIR: 'is a folder',
};
