import type { ReferenceKind } from '../../schema/references.ts';
import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { type Definition, definitionsOf } from './definitions.ts';
import { namesUsed } from './references.ts';
import { wordsElsewhere } from './words.ts';

/** What is there to be named, and may go where nothing names it. */
const disposable = ['alias', 'schedule', 'certificate', 'ca'] as const satisfies readonly ReferenceKind[];

export type DisposableKind = (typeof disposable)[number];

/** A thing that nothing in the config names. */
export interface Unused {
  readonly kind: DisposableKind;
  readonly definition: Definition;
}

/**
 * The aliases, schedules, certificates and authorities that nothing in the config names, neither in a place that the table
 * knows nor, as a word, anywhere in the sections of packages and services. None in a part of a config.
 */
export function readUnused(config: Config): readonly Unused[] {
  if (config.query(readInterfaces).size === 0 || !config.top('filter')) return [];
  const isWord = wordsElsewhere(config);
  return disposable.flatMap(kind => {
    const isUsed = namesUsed(config, kind);
    const found: Unused[] = [];
    for (const [name, definitions] of definitionsOf(config, kind)) {
      if (isUsed(name) || isWord(name)) continue;
      for (const definition of definitions)
        if (!servesElsewhere(config, kind, definition)) found.push({ kind, definition });
    }
    return found;
  });
}

/**
 * Whether a thing may serve what the file does not show: pfBlockerNG makes and keeps its aliases itself; a certificate
 * that an authority of this node has issued may be in somebody's hands; an authority may be one that the system trusts.
 */
function servesElsewhere(config: Config, kind: DisposableKind, { name, element }: Definition): boolean {
  switch (kind) {
    case 'alias':
      return /^pfb_/i.test(name);
    case 'schedule':
      return false;
    case 'certificate':
      return config.text(element.child('caref')) !== '' || element.child('csr') !== undefined;
    case 'ca':
      return config.text(element.child('trust')) === 'enabled' || config.text(element.child('prv')) !== '';
  }
}
