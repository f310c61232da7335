import { isArray, type PhpArray, type PhpValue, phpMap } from '../php/value.ts';
import type { Release } from '../release.ts';
import { decodeText } from './htmlEntities.ts';
import { scanXml, XmlError } from './scanXml.ts';

/** Why a config.xml cannot be read, as pfSense words it. */
export class ConfigError extends Error {}

/**
 * Reads a config.xml the way pfSense's parser does (facts.md §2.1): lower-cased names, list tags wherever they stand,
 * each run of text trimmed and decoded.
 * @returns the children of `<pfsense>`
 * @throws ConfigError
 */
export function readConfig(text: string, release: Release): PhpArray {
  const reader = new Reader(release);
  try {
    scanXml(text, {
      open: (name, line) => reader.open(name.toLowerCase(), line),
      close: () => reader.close(),
      characters: run => reader.characters(run),
    });
  } catch (error) {
    if (error instanceof XmlError) throw new ConfigError(`XML error: ${error.message} at line ${error.line}`);
    throw error;
  }
  const root = reader.result.get('pfsense');
  if (!isArray(root)) throw new ConfigError('XML error: no pfsense object found!');
  return root;
}

interface Frame {
  readonly parent: PhpArray;
  readonly name: string;
  /** Undefined until something stands in the element. */
  value: PhpValue | undefined;
}

class Reader {
  readonly result: PhpArray = phpMap({});
  readonly #release: Release;
  readonly #frames: Frame[] = [];

  constructor(release: Release) {
    this.#release = release;
  }

  open(name: string, line: () => number): void {
    const frame = this.#frames.at(-1);
    const parent = frame ? this.#childrenOf(frame) : this.result;
    const isList = this.#release.listTags.has(name);
    if (!isList && parent.has(name)) {
      throw new ConfigError(`XML error: ${name.toUpperCase()} at line ${line()} cannot occur more than once`);
    }
    if (isList) {
      const list = parent.get(name);
      const items: PhpArray = isArray(list) ? list : new Map();
      parent.set(name, items);
      this.#frames.push({ parent: items, name: '', value: undefined });
    } else {
      // The place of an element among its siblings is where it opens.
      parent.set(name, '');
      this.#frames.push({ parent, name, value: undefined });
    }
  }

  close(): void {
    const frame = this.#frames.pop();
    if (!frame) return;
    const value = frame.value ?? '';
    if (frame.name !== '') frame.parent.set(frame.name, value);
    else if (value !== '' || this.#release.keepsEmptyListItems) frame.parent.set(frame.parent.size, value);
  }

  characters(run: string): void {
    const frame = this.#frames.at(-1);
    const trimmed = run.replace(/^[\t\n\r]+|[\t\n\r]+$/g, '');
    if (!frame || trimmed === '') return;
    const decoded = decodeText(trimmed, this.#release.encoding);
    if (typeof frame.value === 'string') frame.value += decoded;
    else if (trimmed.replaceAll(' ', '') !== '') frame.value = decoded;
  }

  #childrenOf(frame: Frame): PhpArray {
    if (frame.value === undefined) frame.value = new Map();
    // PHP cannot put an element into a text.
    if (!isArray(frame.value)) throw new ConfigError('Cannot access offset of type string on string');
    return frame.value;
  }
}
