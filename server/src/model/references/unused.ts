import type { ReferenceKind } from '../../schema/references.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { readInterfaces } from '../interfaces.ts';
import { isSameList } from '../sameData.ts';
import { addressText } from '../virtualIps.ts';
import { type Definition, definitionsOf, labelOf, nameElementOf } from './definitions.ts';
import { namesUsed } from './references.ts';
import { readUnusedVips } from './unusedVips.ts';
import { allTexts } from './uses.ts';
import { wordsElsewhere } from './words.ts';

/** What is there to be named, and may go where nothing names it. */
const disposable = ['alias', 'schedule', 'certificate', 'ca'] as const satisfies readonly ReferenceKind[];

export type DisposableKind = (typeof disposable)[number];

/** A thing that nothing in the config names. */
export interface Unused {
  readonly kind: DisposableKind | 'vip';
  /** What people call it. */
  readonly title: string;
  /** The element that holds its name. */
  readonly name: Element;
  /** The whole of it. */
  readonly element: Element;
}

/**
 * The aliases, schedules, certificates, authorities and VIPs for NAT that nothing in the config names, neither in a place that the table
 * knows nor, as a word, anywhere in the sections of packages and services. None in a part of a config.
 */
export function readUnused(config: Config): readonly Unused[] {
  if (config.query(readInterfaces).size === 0 || !config.top('filter')) return [];
  const named = unusedNames(config);
  const vips = config.query(readUnusedVips).map((vip): Unused => {
    const { element } = vip;
    return { kind: 'vip', title: addressText(config, vip), name: element.child('subnet') ?? element, element };
  });
  return [...named, ...vips];
}

/** What was found last in a config, and what from. */
interface Found {
  readonly from: readonly unknown[];
  readonly unused: readonly Unused[];
}

const lastFound = new WeakMap<Config, Found>();

/** The things that have names. An edit that changes no name and no text which may be one changes nothing here. */
function unusedNames(config: Config): readonly Unused[] {
  const isWord = wordsElsewhere(config);
  const from = [isWord, ...allTexts(config), ...disposable.map(kind => definitionsOf(config, kind))];
  const known = lastFound.get(config);
  if (known && isSameList(known.from, from)) return known.unused;
  const unused = disposable.flatMap(kind => {
    const isUsed = namesUsed(config, kind);
    const found: Unused[] = [];
    for (const [name, definitions] of definitionsOf(config, kind)) {
      if (isUsed(name) || isWord(name)) continue;
      for (const definition of definitions) {
        if (!servesElsewhere(config, kind, definition)) found.push(unusedOf(config, kind, definition));
      }
    }
    return found;
  });
  lastFound.set(config, { from, unused });
  return unused;
}

function unusedOf(config: Config, kind: DisposableKind, definition: Definition): Unused {
  // Aliases and schedules are known by name, certificates by their description.
  const label = kind === 'alias' || kind === 'schedule' ? undefined : labelOf(config, definition);
  const title = label ?? definition.name;
  return { kind, title, name: nameElementOf(definition), element: definition.element };
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
