// What VS Code and the extension have to say outside the window: the developer console, the logs, the processes.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/** Collects the errors of every page's console that are about the extension; the array grows as they come. */
export function listenToConsole(context: BrowserContext): readonly string[] {
  const errors: string[] = [];
  const consider = (text: string) => {
    if (isAboutUs(text)) errors.push(text);
  };
  context.on('console', message => {
    if (message.type() === 'error') consider(message.text());
  });
  context.on('weberror', ({ error }) => consider(error().stack ?? error().message));
  return errors;
}

/** The lines at level error of the logs, and in the extension's own log those at level warning too. */
export function logComplaints(profile: string): readonly string[] {
  return logFiles(profile).flatMap(file => {
    const isOurs = basename(file).startsWith('HA Pair');
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => (isOurs ? /\[(error|warning)\]/.test(line) : /\[error\]/.test(line) && isAboutUs(line)))
      .map(line => `${basename(file)}: ${line}`);
  });
}

/** The ids of the processes that run the extension's language server out of this profile. */
export function languageServersOf(profile: string): readonly number[] {
  return execFileSync('ps', ['-A', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(line => line.includes(profile) && line.includes('server.cjs'))
    .map(line => Number.parseInt(line, 10));
}

function isAboutUs(text: string): boolean {
  return /pfsense/i.test(text);
}

function logFiles(profile: string): readonly string[] {
  const top = join(profile, 'server/data/logs');
  return existsSync(top)
    ? readdirSync(top, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile() && entry.name.endsWith('.log'))
        .map(entry => join(entry.parentPath, entry.name))
        .sort()
    : [];
}
