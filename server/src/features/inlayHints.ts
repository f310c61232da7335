import type { Config } from '../model/config.ts';
import { definitionDetail } from '../model/definitionDetails.ts';
import { formatEpoch } from '../model/epoch.ts';
import { readInterfaces } from '../model/interfaces.ts';
import { shortened } from '../model/prose.ts';
import { perText } from '../model/references/perText.ts';
import { type Definition, labelOf, resolve, type Slot, usesBetween } from '../model/references/references.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { readVersion, releaseOf, releasesOf } from '../model/version.ts';
import { firstBranchFrom, firstRowFrom } from '../syntax/search.ts';
import { type Branch, Column, Element, type Span } from '../syntax/tree.ts';

export type HintKind = 'interfaces' | 'aliases' | 'names' | 'vips' | 'dates' | 'release';

/** Words to be shown within the text, in front of what stands at `at`. */
export interface InlayHint {
  readonly kind: HintKind;
  /** Of the present text. */
  readonly at: number;
  /** On one line, never empty, never a secret. */
  readonly text: string;
}

/** A screen has some fifty lines; nobody reads more words than this at once. */
const mostHints = 5000;

/** Longer texts would push what stands behind them off the screen. */
const longest = 60;

/**
 * What the names and numbers in a stretch of the file mean: the description behind `opt3`, the members behind an alias, the
 * name behind a refid, the address behind `_vip…`, the date behind a number of seconds, the release behind the version.
 *
 * @returns in the order of the text
 */
export function inlayHints(config: Config, range: Span, kinds: ReadonlySet<HintKind>): readonly InlayHint[] {
  const hints: InlayHint[] = [];
  if (kinds.has('release')) hints.push(...releaseHint(config));
  if (kinds.has('dates')) for (const branch of branchesIn(config, range)) hints.push(...dateHints(branch, range));
  if (['interfaces', 'aliases', 'names', 'vips'].some(kind => kinds.has(kind as HintKind))) {
    hints.push(...nameHints(config, range));
  }
  return hints
    .filter(({ at, kind }) => kinds.has(kind) && range.start <= at && at <= range.end)
    .sort((one, other) => one.at - other.at)
    .slice(0, mostHints);
}

function branchesIn(config: Config, { start, end }: Span): readonly Branch[] {
  const { branches } = config.document.tree;
  return branches.slice(Math.max(0, firstBranchFrom(branches, start) - 1), firstBranchFrom(branches, end));
}

function releaseHint(config: Config): readonly InlayHint[] {
  const version = config.query(readVersion);
  if (!version.element || !releasesOf(version)) return [];
  return [{ kind: 'release', at: version.element.contentEnd, text: releaseOf(version) }];
}

/** Numbers of nine digits and more, where the schema says that such a number is a time. */
function* dateHints(branch: Branch, { start, end }: Span): Generator<InlayHint> {
  const first = Math.max(0, firstRowFrom(branch, start - branch.start) - 1);
  for (let row = first; row < branch.rows && branch.start + branch.at(Column.start, row) < end; row++) {
    const length = branch.at(Column.contentEnd, row) - branch.at(Column.contentStart, row);
    if (length < 9 || length > 15 || branch.at(Column.next, row) > row + 1) continue;
    const element = new Element(branch, row);
    const text = element.content;
    if (!/^\d{9,12}(?:\.\d+)?$/.test(text)) continue;
    const schema = schemaPlaceOf(element)?.schema;
    const date = schema?.kind === 'leaf' && schema.value?.type === 'epoch' ? formatEpoch(text) : undefined;
    if (date !== undefined) yield { kind: 'dates', at: element.contentEnd, text: date };
  }
}

function* nameHints(config: Config, range: Span): Generator<InlayHint> {
  const hintAt = perText((slot, text) => hintOf(config, slot, text));
  for (const { item, uses } of usesBetween(config, range)) {
    for (const use of uses) {
      const hint = hintAt(use.slot, use.text);
      if (!hint) continue;
      const at = use.slot.slot.at === '' ? item.contentStart : item.start + use.to;
      yield { kind: hint.kind, text: hint.text, at };
    }
  }
}

function hintOf(config: Config, slot: Slot, text: string): Omit<InlayHint, 'at'> | undefined {
  const resolution = resolve(config, slot, text);
  const definition = resolution.is === 'defined' ? resolution.definitions[0] : undefined;
  if (!definition) return undefined;
  const kind = hintKinds[definition.kind];
  const words = kind && shortened(wordsOf(config, definition), longest);
  return words ? { kind, text: words } : undefined;
}

/** What is called by a key or a number is told by its name; the members of an alias beside its name. */
const hintKinds: Partial<Readonly<Record<Definition['kind'], HintKind>>> = {
  interface: 'interfaces',
  alias: 'aliases',
  certificate: 'names',
  ca: 'names',
  crl: 'names',
  user: 'names',
  'openvpn-server': 'names',
  phase1: 'names',
  vip: 'vips',
};

function wordsOf(config: Config, definition: Definition): string {
  switch (definition.kind) {
    case 'interface': {
      const title = config.query(readInterfaces).get(definition.name)?.title ?? '';
      return title.toLowerCase() === definition.name ? '' : title;
    }
    case 'alias':
      return definitionDetail(config, definition);
    case 'vip':
      return config.text(definition.element.child('subnet'));
    default:
      return labelOf(config, definition) ?? '';
  }
}
