import type { TextForm } from '../syntax/entities.ts';
import type { Branch, Element, Tree } from '../syntax/tree.ts';
import { readValue } from '../syntax/value.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';
import { ElementAnswers, type Elsewhere } from './elementAnswers.ts';
import { groupBy } from './grouping.ts';
import { isSameList } from './sameData.ts';
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
export class Reads {
  readonly sections = new Map<string, readonly Branch[]>();
  /** Whether what {@link Config.text} depends on is among them. */
  hasForm = false;

  constructor(
    /** The config's revision at which they were last found to be what it has; of no use to anybody else. */
    public revision: number,
  ) {}
}

interface Answer {
  readonly reads: Reads;
  readonly value: unknown;
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
  /** Counts the trees that were looked at. */
  private revision = 0;
  /** The names of the sections in which the last of them differs from the one before. */
  private changed: readonly string[] = [];
  private readonly answers = new Map<Query<unknown>, Answer>();
  private readonly elementAnswers = new ElementAnswers();
  private readonly readers: Reads[] = [];
  private knownForm: { readonly form: TextForm; readonly revision: number } | undefined;

  constructor(
    readonly document: XmlDocument,
    /**
     * A config that says mostly the same, as the other node of a pair does: what was worked out there of an element's text
     * holds for the same text here.
     */
    private readonly twin: () => Config | undefined = () => undefined,
  ) {}

  /** The children of the root with that name (lower case), in document order; pfSense lets only list tags such as `cert` stand twice. */
  section(name: string): readonly Branch[] {
    const branches = this.current().get(name) ?? none;
    this.readers.at(-1)?.sections.set(name, branches);
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
    return element ? readValue(element, this.form()) : '';
  }

  /** The answer of a query, worked out anew only where a section that it read has changed. */
  query<T>(query: Query<T>): T {
    const kept = this.answers.get(query);
    if (kept && this.isCurrent(kept.reads)) {
      this.replay(kept.reads);
      return kept.value as T;
    }
    const { value, reads } = this.record(() => query(this));
    this.answers.set(query, { value, reads });
    return value;
  }

  /** {@link ofElements} of one element. */
  ofElement<T>(query: ElementQuery<T>, element: Element): T {
    return this.elementAnswers.of(element, {
      key: query,
      form: this.form(),
      work: each => query(each, this),
    });
  }

  /**
   * The answers of a query for each of these elements, which are worked out anew only where an element's own text has
   * changed: of thousands of rules an edit costs one. All elements are of one section. A long list is the very one that
   * was given before where every answer says the same.
   */
  ofElements<T>(query: ElementQuery<T>, elements: readonly Element[]): readonly T[] {
    const form = this.form();
    const branch = elements[0]?.branch;
    if (!branch) return [];
    const elsewhere = () => this.twin()?.answersIn(branch.nameAt(0));
    return this.elementAnswers.ofAll(branch, {
      key: query,
      elements,
      form,
      work: each => query(each, this),
      elsewhere,
    });
  }

  /** Runs something and tells which sections it read. */
  record<T>(run: () => T): { readonly value: T; readonly reads: Reads } {
    this.current();
    const reads = new Reads(this.revision);
    this.readers.push(reads);
    try {
      return { value: run(), reads };
    } finally {
      this.readers.pop();
      this.replay(reads);
    }
  }

  /** Whether none of these sections has changed since. Asked of hundreds of answers after each edit, which mostly has changed one section. */
  isCurrent(reads: Reads): boolean {
    const sections = this.current();
    if (reads.revision === this.revision) return true;
    if (reads.revision === this.revision - 1) {
      for (const name of this.changed) if (reads.sections.has(name)) return false;
    } else {
      for (const [name, branches] of reads.sections) if ((sections.get(name) ?? none) !== branches) return false;
    }
    reads.revision = this.revision;
    return true;
  }

  /** Nothing is noted: the same text would have given the same answer without it. */
  private answersIn(section: string): Elsewhere {
    return { answers: this.elementAnswers, branches: this.current().get(section) ?? none };
  }

  private replay({ sections }: Reads): void {
    const outer = this.readers.at(-1)?.sections;
    if (outer) for (const [name, branches] of sections) outer.set(name, branches);
  }

  /** How the file's version writes characters. Who reads thousands of texts has to note only once what that depends on. */
  private form(): TextForm {
    const reader = this.readers.at(-1);
    this.current();
    const { knownForm, revision } = this;
    if (knownForm?.revision === revision && reader?.hasForm !== false) return knownForm.form;
    const form = this.query(formOf);
    if (reader) reader.hasForm = true;
    this.knownForm = { form, revision };
    return form;
  }

  /** The branches by name. Where those of a name are the ones they were, their array is too, so that comparing arrays is enough. */
  private current(): ReadonlyMap<string, readonly Branch[]> {
    const { tree } = this.document;
    if (tree === this.tree) return this.sections;
    const before = this.sections;
    const sections = new Map<string, readonly Branch[]>();
    const changed: string[] = [];
    for (const [name, branches] of groupBy(tree.branches, branch => branch.nameAt(0))) {
      const kept = before.get(name);
      const isSame = kept !== undefined && isSameList(kept, branches);
      sections.set(name, isSame ? kept : branches);
      if (!isSame) changed.push(name);
    }
    for (const name of before.keys()) if (!sections.has(name)) changed.push(name);
    this.sections = sections;
    this.changed = changed;
    this.revision++;
    this.tree = tree;
    return sections;
  }
}

const none: readonly Branch[] = [];

function formOf(config: Config): TextForm {
  return config.query(readVersion).form;
}
