import type { Config } from '../model/config.ts';
import { holdsRows, isRowPath, oneLine, rowTitle } from '../model/rowTitles.ts';
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
  const branches = config.document.tree.branches;
  return limited(branches, (branch: Branch) => symbolOf(config, branch.top, { path: branch.nameAt(0), depth: 1 }));
}

interface Position {
  readonly path: string;
  readonly depth: number;
}

function symbolOf(config: Config, element: Element, { path, depth }: Position): DocumentSymbol {
  const title = rowTitle(config, path, element);
  const children =
    element.hasChildren && depth < deepest
      ? limited(title !== undefined && depth > 1 ? rowsIn(element, path) : element.children(), child =>
          symbolOf(config, child, { path: `${path}/${child.name}`, depth: depth + 1 }),
        )
      : [];
  return {
    name: oneLine(depth === 1 && title !== undefined ? `${element.tag}: ${title}` : (title ?? element.tag)),
    kind: kindOf(element, { isRow: title !== undefined, depth, path }),
    start: element.start,
    end: element.end,
    selectionStart: element.start + 1,
    selectionEnd: Math.max(element.start + 1, Math.min(element.start + 1 + element.tag.length, element.end)),
    children,
  };
}

/** Of a row only the rows inside are shown, such as the static mappings of a DHCP scope: its values are quicker found in the text. */
function rowsIn(element: Element, path: string): readonly Element[] {
  if (!holdsRows(path)) return [];
  return element.children().filter(child => isRowPath(`${path}/${child.name}`));
}

function kindOf(
  element: Element,
  { isRow, depth, path }: { readonly isRow: boolean; readonly depth: number; readonly path: string },
): SymbolKind {
  if (depth === 1) return 'section';
  if (path.startsWith('interfaces/')) return 'interface';
  if (isRow) return 'row';
  return element.hasChildren ? 'group' : 'field';
}

/** The first {@link mostSiblings}, and one entry for those behind them. */
function limited<T extends Branch | Element>(
  items: readonly T[],
  symbol: (item: T) => DocumentSymbol,
): readonly DocumentSymbol[] {
  const symbols = items.slice(0, mostSiblings).map(symbol);
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
