import { type Dirent, existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { URI } from 'vscode-uri';
import type { FileContent, Host } from './host.ts';

// This file and nodeServer.ts are all of the server that knows Node. They are apart from main.ts because the command
// line starts the same server, and main.ts starts one as soon as it is loaded.

/** Folders that hold programs, not configs; some of them hold hundreds of thousands of files. */
const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn', '.vscode-server', '__pycache__', '.venv']);

/** A search ends here: nobody keeps configs in a tree of that many folders, but a person may open `/`. */
const mostFolders = 20_000;

/** The disk of this machine. */
export const disk: Host = {
  read,
  async *filesIn(folder) {
    const path = pathOf(folder);
    if (path !== undefined) for (const file of (await entries(path)).files) yield URI.file(file).toString();
  },
  async *filesBelow(folder) {
    const path = pathOf(folder);
    const waiting = path === undefined ? [] : [path];
    for (let visited = 0; waiting.length > 0 && visited < mostFolders; visited++) {
      const { files, folders } = await entries(waiting.shift() ?? '');
      for (const file of files) yield URI.file(file).toString();
      waiting.push(...folders);
    }
  },
  documentationBase: documentationBeside(process.argv[1]),
  nextTurn: run => {
    setImmediate(run);
  },
};

async function read(uri: string, most: number): Promise<FileContent | undefined> {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  try {
    const file = await open(path, 'r');
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return undefined;
      const bytes = new Uint8Array(Math.min(most, stats.size));
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return { bytes: bytes.subarray(0, filled), size: stats.size };
    } finally {
      await file.close();
    }
  } catch {
    // Gone, or not ours to read: for the server both mean that there is no such file.
    return undefined;
  }
}

/** Absent for an address that is on no disk of this machine. */
function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : undefined;
}

/** Links to folders are not followed: they may lead in circles. */
async function entries(folder: string): Promise<{ readonly files: string[]; readonly folders: string[] }> {
  let found: Dirent[];
  try {
    found = await readdir(folder, { withFileTypes: true });
  } catch {
    return { files: [], folders: [] };
  }
  const files = found.filter(entry => entry.isFile() || entry.isSymbolicLink());
  const folders = found.filter(entry => entry.isDirectory() && !skippedFolders.has(entry.name));
  return {
    files: files.map(({ name }) => join(folder, name)),
    folders: folders.map(({ name }) => join(folder, name)),
  };
}

/** In the extension and in a checkout the pages lie beside dist/. */
function documentationBeside(program: string | undefined): string | undefined {
  if (program === undefined) return undefined;
  const folder = join(dirname(program), '..', 'docs', 'rules');
  return existsSync(folder) ? `${URI.file(folder).toString()}/` : undefined;
}
