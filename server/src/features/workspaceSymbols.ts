import type { Config } from '../model/config.ts';
import { readHostname } from '../model/hostname.ts';
import { oneLine, placeOfSection, type RowPlace, readKeyTitles, rowTitle, rowTitles } from '../model/rowTitles.ts';
import { readVersion } from '../model/version.ts';
import type { TextForm } from '../syntax/entities.ts';
import type { Branch, Element } from '../syntax/tree.ts';

/** Something that a person may look for by name, on any node. */
export interface WorkspaceSymbol {
  /** What people call it; never a secret. */
  readonly name: string;
  readonly kind: 'section' | 'interface' | 'row';
  /** The section and the node that it is in: `aliases on fw-a`. */
  readonly container: string;
  readonly element: Element;
}

/** More than that nobody reads through: a longer query finds less. */
const most = 500;

/**
 * The sections of these nodes and the rows in them whose name, with what they are in, has the query's letters in that order,
 * as editors look for names; each word of the query by itself. The best come first: names that are it, that begin with it,
 * that hold it. At most 500.
 */
export function workspaceSymbols(nodes: readonly Config[], query: string): readonly WorkspaceSymbol[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked: WorkspaceSymbol[][] = [[], [], [], []];
  for (const config of nodes) {
    const host = config.query(readHostname);
    for (const branch of config.document.tree.branches) {
      const container = ` ${branch.nameAt(0)} on ${host}`;
      for (const row of rowsOf(config, branch)) {
        const rank = rankOf(row.lower, words, container.toLowerCase());
        if (rank !== undefined) ranked[rank]?.push({ ...row, container: container.trim() });
      }
    }
  }
  return ranked.flat().slice(0, most);
}

/** 0 for the best; absent where a word is not found. */
function rankOf(name: string, words: readonly string[], container: string): number | undefined {
  const whole = name + container;
  if (!words.every(word => isSubsequence(word, whole))) return undefined;
  const [first] = words;
  if (first === undefined || name === first) return 0;
  if (name.startsWith(first)) return 1;
  return name.includes(first) ? 2 : 3;
}

function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = text.indexOf(letter, at);
    if (at < 0) return false;
    at += letter.length;
  }
  return true;
}

interface NamedRow extends Omit<WorkspaceSymbol, 'container'> {
  readonly lower: string;
}

interface Known {
  /** What the names were made of, beside the branch itself. */
  readonly keyTitles: ReadonlyMap<string, string>;
  readonly form: TextForm;
  readonly rows: readonly NamedRow[];
}

/** A branch never changes, so its rows are named once: people type their queries letter by letter. */
const known = new WeakMap<Branch, Known>();

function rowsOf(config: Config, branch: Branch): readonly NamedRow[] {
  const keyTitles = config.query(readKeyTitles);
  const { form } = config.query(readVersion);
  const before = known.get(branch);
  if (before?.keyTitles === keyTitles && before.form === form) return before.rows;
  const rows: NamedRow[] = [];
  const { top } = branch;
  const place = placeOfSection(top.name);
  const title = rowTitle(config, place, top);
  rows.push(namedRow(top, title === undefined ? 'section' : 'row', title ?? oneLine(top.tag)));
  collect(config, { element: top, place, kind: top.name === 'interfaces' ? 'interface' : 'row' }, rows);
  known.set(branch, { keyTitles, form, rows });
  return rows;
}

interface Holder {
  readonly element: Element;
  readonly place: RowPlace | undefined;
  /** What its rows are. */
  readonly kind: 'interface' | 'row';
}

/** The rows in an element, at any depth. */
function collect(config: Config, { element, place, kind }: Holder, rows: NamedRow[]): void {
  if (!place?.holdsRows || !element.hasChildren) return;
  const children = element.children();
  const titles = rowTitles(config, place, children);
  for (const [i, child] of children.entries()) {
    const title = titles[i];
    if (title !== undefined) rows.push(namedRow(child, kind, title));
    collect(config, { element: child, place: place.below(child.name), kind }, rows);
  }
}

function namedRow(element: Element, kind: NamedRow['kind'], name: string): NamedRow {
  return { name, lower: name.toLowerCase(), kind, element };
}
