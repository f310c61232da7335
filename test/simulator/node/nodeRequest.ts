import { PhpFatalError } from '../php/errors.ts';
import { runPhp } from '../php/evaluate.ts';
import { phpFunctions } from '../php/functions.ts';
import { arrayAt, copyOf, isArray, isTrue, type PhpArray, type PhpValue, textAt } from '../php/value.ts';
import type { Release } from '../release.ts';
import type { ConfigStore, Revision } from './configStore.ts';
import { callPfsense, hasPfsenseFunction, type NodeServices } from './pfsenseFunctions.ts';

/** What a request needs of the node that it came to. */
export interface RequestHost {
  readonly store: ConfigStore;
  readonly kernelVersion: string;
  readonly log: (line: string) => void;
  /** Called after every save that pfSense took for one: it has the node synchronise. */
  readonly saved: () => void;
  readonly carpState: NodeServices['carpState'];
  carpAllowed: boolean;
  readonly now: () => Date;
  /** Files beside config.xml, by path. */
  readonly files: Map<string, string>;
}

const configPaths = new Set(['/cf/conf/config.xml', '/conf/config.xml']);
const cachePath = '/tmp/config.cache';

/** One request: its own copy of the config, as a PHP process has it. */
export class NodeRequest {
  readonly release: Release;
  readonly kernelVersion: string;
  readonly log: (line: string) => void;
  readonly #host: RequestHost;
  readonly #caller: string;
  readonly #globals: PhpArray = new Map();

  /** @param caller the address that the request came from */
  constructor(host: RequestHost, caller: string) {
    this.#host = host;
    this.#caller = caller;
    this.release = host.store.release;
    this.kernelVersion = host.kernelVersion;
    this.log = host.log;
    this.config = copyOf(host.store.config);
  }

  get config(): PhpArray {
    const config = this.#globals.get('config');
    return isArray(config) ? config : new Map();
  }

  set config(config: PhpArray) {
    this.#globals.set('config', config);
  }

  /** Whether the caller is the node that this one synchronises to; a write then answers `true` and does nothing. */
  refusesLoop(): boolean {
    if (textAt(this.config, 'hasync/synchronizetoip') !== this.#caller) return false;
    this.log('Disallowing CARP sync loop');
    return true;
  }

  /** Writes the config and goes on with what is read again; without being told whether that is what was written. */
  save(description: string, user = `(system)@${this.#caller}`): PhpArray {
    const revision: Revision = { user, description };
    const saved = this.#host.store.save(this.config, revision);
    this.config = copyOf(this.#host.store.config);
    if (saved === 'taken back') this.log('The config could not be read again; the last backup was restored.');
    else this.log(`Configuration Change: ${user}: ${description}`);
    this.#host.saved();
    return this.config;
  }

  /** A write of VIPs turns CARP on again, if there is any (facts.md §4). */
  enableCarp(): void {
    const vips = [...arrayAt(this.config, 'virtualip/vip').values()].filter(isArray);
    if (vips.some(vip => textAt(vip, 'mode') === 'carp')) this.#host.carpAllowed = true;
  }

  /** What a snippet leaves in `$toreturn`, if that is anything, else true (facts.md §1.2). */
  run(code: string, file: string): PhpValue {
    const services = this.#services();
    const locals = runPhp(code, {
      globals: this.#globals,
      call: (name, values) => this.#call(name, services, values),
      undefinedFunction: name => {
        throw new PhpFatalError({
          message: `Uncaught Error: Call to undefined function ${name}() in ${file}:1`,
          place: `${file} on line 1`,
        });
      },
    });
    const result = locals.get('toreturn');
    return result !== undefined && isTrue(result) ? result : true;
  }

  #call(name: string, services: NodeServices, values: readonly PhpValue[]): PhpValue | undefined {
    if (name === 'function_exists') return functionExists(String(values[0] ?? ''), this.release);
    return (
      callPfsense(name, services, values) ??
      (Object.hasOwn(phpFunctions, name) ? phpFunctions[name]?.(...values) : undefined)
    );
  }

  #services(): NodeServices {
    const { store, files, carpState, now } = this.#host;
    return {
      release: this.release,
      config: () => this.config,
      reload: () => {
        store.dropCache();
        this.config = copyOf(store.config);
      },
      save: description => this.save(description),
      readFile: path => (configPaths.has(path) ? store.text : files.get(path)),
      writeFile: (path, text) => {
        if (configPaths.has(path)) store.writeFile(text);
        else files.set(path, text);
      },
      removeFile: path => {
        if (path === cachePath) store.dropCache();
        return path === cachePath || files.delete(path);
      },
      carpState,
      carpAllowed: () => this.#host.carpAllowed,
      carpDemotion: () => 0,
      now,
    };
  }
}

function functionExists(name: string, release: Release): boolean {
  return Object.hasOwn(phpFunctions, name) || hasPfsenseFunction(name, release);
}
