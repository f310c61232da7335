import { PhpFatalError } from '../php/errors.ts';
import { type PhpArray, phpMap } from '../php/value.ts';
import type { Release } from '../release.ts';
import { ConfigError, readConfig } from '../xml/readConfig.ts';
import { writeConfig } from '../xml/writeConfig.ts';

/** Who saves, and what pfSense writes down of it. */
export interface Revision {
  /** The part before the colon: `(system)@192.0.2.1`. */
  readonly user: string;
  readonly description: string;
}

/** What became of a save: also one that pfSense took back says `true` to its caller in most releases. */
export type Saved = 'written' | 'taken back';

/** The config.xml of a node, its older copies and its cache, as write_config keeps them. */
export class ConfigStore {
  readonly release: Release;
  readonly #now: () => Date;
  readonly #backups: string[] = [];
  #text: string;
  /** The text from which the cache was made: another one while a change by hand goes unnoticed. */
  #cachedText: string;
  #config: PhpArray;

  /** @throws ConfigError where the text is none that pfSense could read */
  constructor(text: string, { release, now }: { release: Release; now: () => Date }) {
    this.release = release;
    this.#now = now;
    this.#text = text;
    this.#cachedText = text;
    this.#config = readConfig(text, release);
  }

  /** The file as it stands on disk. */
  get text(): string {
    return this.#text;
  }

  /** What pfSense takes for its config. It is not to be changed: copy it first. */
  get config(): PhpArray {
    if (this.release.comparesCacheTime) this.dropCache();
    return this.#config;
  }

  /** The older files, the newest last. */
  get backups(): readonly string[] {
    return this.#backups;
  }

  /** Puts a file there, as `scp` would: nothing is rewritten, and pfSense may go on with its cache (facts.md §3). */
  writeFile(text: string): void {
    this.#text = text;
  }

  /** Has the file read anew; the last copy is put back where it cannot be read. */
  dropCache(): void {
    if (this.#cachedText === this.#text) return;
    try {
      this.#config = readConfig(this.#text, this.release);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#text = this.#backups.at(-1) ?? this.#cachedText;
      this.#config = readConfig(this.#text, this.release);
    }
    this.#cachedText = this.#text;
  }

  /**
   * Keeps a copy, writes, and reads again what was written; where that fails the copy is put back (facts.md §1.7).
   * @param config it gets its `revision` here
   * @throws PhpFatalError where PHP ends while it writes; the file stays as it was
   */
  save(config: PhpArray, { user, description }: Revision): Saved {
    const time = String(Math.floor(this.#now().getTime() / 1000));
    config.set('revision', phpMap({ time, description: `${user}: ${description}`, username: user }));
    const before = this.#text;
    const text = writeConfig(config, this.release);
    this.#backups.push(before);
    this.#text = text;
    this.dropCache();
    if (this.#text === text) return 'written';
    if (this.release.afterRollback === 'fatal error') throw brokenNotice();
    return 'taken back';
  }
}

/** 2.7.2 restores the copy and then trips over the config that it could not read. */
function brokenNotice(): PhpFatalError {
  return new PhpFatalError({
    message:
      'Uncaught TypeError: array_path_enabled(): Argument #1 ($arr) must be of type array, int given, called in /etc/inc/config.lib.inc on line 1250 and defined in /etc/inc/util.inc:3662',
    place: '/etc/inc/util.inc on line 3662',
  });
}
