import type { Config } from '../model/config.ts';
import { oneLine, placeOfSection, type RowPlace, rowTitle, rowTitles } from '../model/rowTitles.ts';
import type { Branch, Element } from '../syntax/tree.ts';

export type SymbolKind = 'section' | 'interface' | 'row' | 'group' | 'field' | 'more';

/** An entry of the outline. Offsets are of the present text, the ends exclusive; `selection` lies inside the whole. */
export interface DocumentSymbol {
  /** Never empty, on one line, at most 120 characters. */
  readonly name: string;
  readonly kind: SymbolKind;
  readonly start: number;
  readonly end: number;
  readonly selectionStart: number;
  readonly selectionEnd: number;
  readonly children: readonly DocumentSymbol[];
}

/**
 * The outline stops here: sections, their rows and groups, what is in these. Deeper lie single values, which are
 * quicker found in the text, and which a 5 MB file has a hundred thousand of.
 */
const deepest = 3;

/** Entries under one parent. An alias list of 10,000 names would make an outline that nobody can scroll. */
const mostSiblings = 1000;

/** The outline of a config: each section by name, its rows by what people call them. Values that could be secret are never in it. */
export function documentSymbols(config: Config): readonly DocumentSymbol[] {
  return limited(config.document.tree.branches, branches =>
    branches.map(({ top }) => {
      const place = placeOfSection(top.name);
      const title = rowTitle(config, place, top);
      const name = oneLine(title === undefined ? top.tag : `${top.tag}: ${title}`);
      const children = top.hasChildren ? symbolsIn(config, top.children(), { place, section: top.name, depth: 2 }) : [];
      return symbolOf(top, { name, kind: 'section', children });
    }),
  );
}

interface Position {
  /** Of what they are in. */
  readonly place: RowPlace | undefined;
  readonly section: string;
  /** Their own, that of a section being 1. */
  readonly depth: number;
}

function symbolsIn(config: Config, elements: readonly Element[], position: Position): readonly DocumentSymbol[] {
  return limited(elements, shown => {
    const titles = rowTitles(config, position.place, shown);
    return shown.map((element, i) => {
      const title = titles[i];
      return symbolOf(element, {
        name: title ?? oneLine(element.tag),
        kind: kindOf(element, { isRow: title !== undefined, position }),
        children: childrenOf(config, element, { isRow: title !== undefined, position }),
      });
    });
  });
}

interface Seen {
  readonly isRow: boolean;
  readonly position: Position;
}

function childrenOf(
  config: Config,
  element: Element,
  { isRow, position: { place: above, section, depth } }: Seen,
): readonly DocumentSymbol[] {
  if (depth >= deepest) return [];
  const place = above?.below(element.name);
  if (isRow ? place?.holdsRows !== true : !element.hasChildren) return [];
  const children = isRow ? element.children().filter(({ name }) => place?.below(name)?.title) : element.children();
  return symbolsIn(config, children, { place, section, depth: depth + 1 });
}

function kindOf(element: Element, { isRow, position: { section } }: Seen): SymbolKind {
  if (section === 'interfaces') return 'interface';
  if (isRow) return 'row';
  return element.hasChildren ? 'group' : 'field';
}

function symbolOf(
  { start, end, tag }: Element,
  { name, kind, children }: Pick<DocumentSymbol, 'name' | 'kind' | 'children'>,
): DocumentSymbol {
  // Field by field: to spread the thousands of an outline takes half of the time that it takes.
  return {
    name,
    kind,
    children,
    start,
    end,
    selectionStart: start + 1,
    selectionEnd: Math.max(start + 1, Math.min(start + 1 + tag.length, end)),
  };
}

/** The first {@link mostSiblings}, and one entry for those behind them. */
function limited<T extends Branch | Element>(
  items: readonly T[],
  symbolsOf: (shown: readonly T[]) => readonly DocumentSymbol[],
): readonly DocumentSymbol[] {
  const symbols = [...symbolsOf(items.length > mostSiblings ? items.slice(0, mostSiblings) : items)];
  const next = items[mostSiblings];
  const last = items.at(-1);
  if (next && last) {
    symbols.push({
      name: `${items.length - mostSiblings} more`,
      kind: 'more',
      start: next.start,
      end: last.end,
      selectionStart: next.start,
      selectionEnd: next.start,
      children: [],
    });
  }
  return symbols;
}
