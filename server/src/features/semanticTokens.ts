import type { Config } from '../model/config.ts';
import { perText } from '../model/references/perText.ts';
import { definitionsOf, nameElementOf, resolve, usesBetween } from '../model/references/references.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { sentParts } from '../pair/sync/sectionSync.ts';
import type { ReferenceKind } from '../schema/references.ts';
import { type Element, type Span, spanOf } from '../syntax/tree.ts';
import type { Snapshot } from './snapshot.ts';
import { markedLeaves } from './tokens/leaves.ts';
import { type Token, TokenList, type TokenType } from './tokens/token.ts';

/**
 * What certain stretches of a file are: names of aliases, interfaces, VIPs and gateways where they are given and where they
 * are used, addresses, secrets, items that are switched off, and sections that are each node's own.
 *
 * @param range only what lies in that stretch, or reaches into it; absent for the whole file
 * @returns in the order of the text; none touches another
 */
export function semanticTokens(snapshot: Snapshot, range?: Span): readonly Token[] {
  const { config } = snapshot;
  const span = range ?? { start: 0, end: config.document.buffer.length };
  const list = new TokenList();
  addSections(list, snapshot);
  addUses(list, config, span);
  addNames(list, config);
  for (const leaf of markedLeaves(config, span)) list.add(leaf);
  return list.inOrder(span);
}

/** What the kinds of things that have a colour are called as tokens. */
const typeOfKind: Partial<Readonly<Record<ReferenceKind, TokenType>>> = {
  alias: 'alias',
  interface: 'interfaceKey',
  'interface-group': 'interfaceKey',
  gateway: 'gateway',
  'gateway-group': 'gateway',
  vip: 'vip',
};

function addUses(list: TokenList, config: Config, span: Span): void {
  const typeOf = perText((slot, text) => {
    const resolution = resolve(config, slot, text);
    return resolution.is === 'defined' ? typeOfKind[resolution.candidate.kind] : undefined;
  });
  for (const { item, isIdle, uses } of usesBetween(config, span)) {
    const { start } = item;
    // An item that names nothing may stand in several tables; `gateways` as a whole is none that is switched off.
    if (isIdle) list.add({ start, end: item.end, type: 'item', modifier: 'disabled' });
    else {
      for (const use of uses) {
        const type = typeOf(use.slot, use.text);
        if (type) list.add({ start: start + use.from, end: start + use.to, type });
      }
    }
  }
}

/** Names where they are given: `<name>WEB</name>`, `<opt1>`. */
function addNames(list: TokenList, config: Config): void {
  for (const [kind, type] of Object.entries(typeOfKind) as [ReferenceKind, TokenType][]) {
    for (const definitions of definitionsOf(config, kind).values()) {
      for (const definition of definitions) {
        const element = nameElementOf(definition);
        const isTag = element.is(definition.element);
        if (!isTag && element.hasChildren) continue;
        const { start, end } = spanOf(isTag ? element.namePlace : element.contentPlace);
        list.add({ start, end, type, modifier: 'declaration' });
      }
    }
  }
}

/** The sections that no synchronisation touches, where the pair tells. */
export function localSections({ config, role, peer }: Snapshot): readonly Element[] {
  if (!role || !peer) return [];
  const primary = role === 'primary' ? config : peer;
  return config.document.tree.branches.flatMap(({ top }) => {
    // What packages synchronise they decide themselves.
    const isTold = top.name !== 'installedpackages' && schemaPlaceOf(top)?.schema.kind === 'group';
    return isTold && sentParts(primary, top.name).length === 0 ? [top] : [];
  });
}

/** The names in both tags of these. */
function addSections(list: TokenList, snapshot: Snapshot): void {
  for (const top of localSections(snapshot)) {
    for (const place of [top.namePlace, top.endTagNamePlace]) {
      if (place) list.add({ ...spanOf(place), type: 'section', modifier: 'unsynchronised' });
    }
  }
}
