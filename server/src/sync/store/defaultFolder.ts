import { posix, win32 } from 'node:path';

export interface FolderSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The home folder of the user. */
  readonly home: string;
}

const name = 'pfsense-ha';

/**
 * Where the command line keeps bases, backups and journals: $XDG_STATE_HOME or ~/.local/state, on Windows %LOCALAPPDATA%,
 * on macOS ~/Library/Application Support. A relative XDG_STATE_HOME counts for none, as its specification says.
 */
export function defaultStoreFolder({ platform, environment, home }: FolderSurroundings): string {
  if (platform === 'win32') return win32.join(environment.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), name);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', name);
  const state = environment.XDG_STATE_HOME;
  const isAbsolute = state !== undefined && posix.isAbsolute(state);
  return posix.join(isAbsolute ? state : posix.join(home, '.local', 'state'), name);
}
