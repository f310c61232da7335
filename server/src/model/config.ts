import type { TextForm } from '../syntax/entities.ts';
import type { Branch, Element, Tree } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';
import { ElementAnswers } from './elementAnswers.ts';
import { readVersion } from './version.ts';

/** Works something out from a config. A module-level function: the function itself is the key under which its answer is kept. */
export type Query<T> = (config: Config) => T;

/**
 * Works something out from the text of one element and what is in it, and from nothing else: no other element, no
 * section, not how far in the file it stands. Its answer is plain data; places in it count from the element's own
 * beginning, rows from its own row. Like a {@link Query} a module-level function, and the key of its answers.
 */
export type ElementQuery<T> = (element: Element, config: Config) => T;

/** The sections that something was worked out from, as they were. */
export type Reads = ReadonlyMap<string, readonly Branch[]>;

interface Answer {
  readonly reads: Reads;
  readonly value: unknown;
  /** The tree with which it was last found to hold: while that is the document's, nothing needs comparing. */
  tree: Tree;
}

/**
 * What one node's `config.xml` means. It lives as long as its document and always tells of the document's
 * present text.
 *
 * Everything is worked out when asked for and kept until a section that it was worked out from changes: each
 * query remembers which sections it read (through {@link section}, or through queries of its own), and an edit
 * gives a new branch object to the section that it touches and to no other.
 */
export class Config {
  private tree: Tree | undefined;
  private sections: ReadonlyMap<string, readonly Branch[]> = new Map();
  private readonly answers = new Map<Query<unknown>, Answer>();
  private readonly elementAnswers = new ElementAnswers();
  private readonly readers: Map<string, readonly Branch[]>[] = [];

  constructor(readonly document: XmlDocument) {}

  /** The children of the root with that name (lower case), in document order; pfSense lets only list tags such as `cert` stand twice. */
  section(name: string): readonly Branch[] {
    const branches = this.current().get(name) ?? none;
    this.readers.at(-1)?.set(name, branches);
    return branches;
  }

  /** The first child of the root with that name: the one section there is, for all that are no list tags. */
  top(name: string): Element | undefined {
    return this.section(name)[0]?.top;
  }

  /** The first element along a path from below the root, such as `nat/outbound/mode`. */
  find(path: string): Element | undefined {
    const slash = path.indexOf('/');
    if (slash < 0) return this.top(path);
    return this.top(path.slice(0, slash))?.find(path.slice(slash + 1));
  }

  /** What pfSense reads as the element's text (facts.md §3); the empty string where there is no element. */
  text(element: Element | undefined): string {
    return element ? readValue(element, this.query(formOf)) : '';
  }

  /** The answer of a query, worked out anew only where a section that it read has changed. */
  query<T>(query: Query<T>): T {
    const { tree } = this.document;
    const kept = this.answers.get(query);
    if (kept && (kept.tree === tree || this.isCurrent(kept.reads))) {
      kept.tree = tree;
      this.replay(kept.reads);
      return kept.value as T;
    }
    const { value, reads } = this.record(() => query(this));
    this.answers.set(query, { value, reads, tree });
    return value;
  }

  /** {@link ofElements} of one element. */
  ofElement<T>(query: ElementQuery<T>, element: Element): T {
    return this.elementAnswers.of(element, {
      key: query,
      form: this.query(formOf),
      work: each => query(each, this),
    });
  }

  /**
   * The answers of a query for each of these elements, which are worked out anew only where an element's own text has
   * changed: of thousands of rules an edit costs one. All elements are of one section. A long list is the very one that
   * was given before where every answer says the same.
   */
  ofElements<T>(query: ElementQuery<T>, elements: readonly Element[]): readonly T[] {
    const form = this.query(formOf);
    const branch = elements[0]?.branch;
    if (!branch) return [];
    return this.elementAnswers.ofAll(branch, { key: query, elements, form, work: each => query(each, this) });
  }

  /** Runs something and tells which sections it read. */
  record<T>(run: () => T): { readonly value: T; readonly reads: Reads } {
    const reads = new Map<string, readonly Branch[]>();
    this.readers.push(reads);
    try {
      return { value: run(), reads };
    } finally {
      this.readers.pop();
      this.replay(reads);
    }
  }

  /** Whether none of these sections has changed since. */
  isCurrent(reads: Reads): boolean {
    const sections = this.current();
    for (const [name, branches] of reads) if ((sections.get(name) ?? none) !== branches) return false;
    return true;
  }

  private replay(reads: Reads): void {
    const outer = this.readers.at(-1);
    if (outer) for (const [name, branches] of reads) outer.set(name, branches);
  }

  /** The branches by name. Where those of a name are the ones they were, their array is too, so that comparing arrays is enough. */
  private current(): ReadonlyMap<string, readonly Branch[]> {
    const { tree } = this.document;
    if (tree === this.tree) return this.sections;
    const grouped = new Map<string, Branch[]>();
    for (const branch of tree.branches) {
      const name = branch.nameAt(0);
      const group = grouped.get(name);
      if (group) group.push(branch);
      else grouped.set(name, [branch]);
    }
    const sections = new Map<string, readonly Branch[]>();
    for (const [name, branches] of grouped) {
      const before = this.sections.get(name);
      sections.set(name, before && sameBranches(before, branches) ? before : branches);
    }
    this.sections = sections;
    this.tree = tree;
    return sections;
  }
}

const none: readonly Branch[] = [];

function sameBranches(one: readonly Branch[], other: readonly Branch[]): boolean {
  return one.length === other.length && one.every((branch, i) => branch === other[i]);
}

function formOf(config: Config): TextForm {
  return config.query(readVersion).form;
}
