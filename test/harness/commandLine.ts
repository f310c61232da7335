import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { run } from '../../server/src/cli/commandLine.ts';
import type { Terminal } from '../../server/src/cli/terminal.ts';

export interface Ran {
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own with these files, gone when the test ends. */
export function folderWith(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pfsense-ha-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Runs a command line in a folder, within this process. */
export async function runCommand(cwd: string, args: readonly string[], terminal: Partial<Terminal> = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const status = await run(args, {
    print: text => {
      stdout += text;
    },
    tell: text => {
      stderr += text;
    },
    cwd,
    hasColours: false,
    showsProgress: false,
    env: {},
    interrupted: () => new AbortController().signal,
    ...terminal,
  });
  return { status, stdout, stderr };
}
