import { removeElement } from '../../model/write.ts';
import { isListTag } from '../../schema/listTags.ts';
import { type BranchEdit, BranchMemory } from '../../syntax/branchMemory.ts';
import { type Branch, Column, Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineSyntaxRule } from '../rule.ts';

export default defineSyntaxRule({
  id: 'xml-duplicate-element',
  topic: 'xml',
  severity: 'error',
  since: '0.1.0',
  summary: 'An element that is no list stands once under its parent.',
  why: `pfSense reads an element into a list only where its name is one of some hundred **list tags** (\`rule\`, \`vip\`, \`user\`,
\`dnsserver\` …), wherever it stands. Any other name twice under one parent stops the reading: *"cannot occur more than once"*.
The **whole file** is then refused, and pfSense goes back to its last backup. Names are compared in lower case, as pfSense
reads them.

Later versions of pfSense know a few list tags more than earlier ones. A name that any version knows is never reported.

Source: pfSense \`src/etc/inc/xmlparse.inc\` (startElement, listtags).`,
  fix: 'Removes the later one, which pfSense never reads. Where both are the same this is safe; else look first which of them is meant.',
  messages: {
    duplicate: 'Another <{name}> under <{parent}>: pfSense refuses the whole file.',
  },
  examples: {
    wrong: `
	<system>
		<timezone>Etc/UTC</timezone>
		<timezone>Europe/Vienna</timezone>
		 ^^^^^^^^ error: Another <timezone> under <system>: pfSense refuses the whole file.
	</system>
`,
    right: `
	<system>
		<timezone>Etc/UTC</timezone>
		<dnsserver>192.0.2.53</dnsserver>
		<dnsserver>198.51.100.53</dnsserver>
	</system>
`,
  },
  *checkDocument({ tree }) {
    const firsts = new Map<string, Branch>();
    for (const branch of tree.branches) {
      const name = branch.nameAt(0);
      const first = firsts.get(name);
      if (!first) firsts.set(name, branch);
      else if (!isListTag(name)) yield report(first.top, branch.top, tree.root?.tag ?? 'pfsense');
    }
  },
  *checkBranch({ branch }) {
    for (const { first, later } of duplicates.of(branch)) {
      const element = new Element(branch, later);
      yield report(new Element(branch, first), element, element.parent?.tag ?? '');
    }
  },
});

/** The row of an element that a sibling before it bears the name of, that sibling's, and their parent's. */
interface Duplicate {
  readonly parent: number;
  readonly first: number;
  readonly later: number;
}

/** In the order of the parents, and of one parent's children. */
const duplicates = new BranchMemory<readonly Duplicate[]>({
  first: duplicatesIn,
  after: duplicatesAfter,
  reads: 'rows',
});

/** Only what an edit lies in and what is new can have other children than before. */
function duplicatesAfter(
  branch: Branch,
  { chain, firstRow, rightRow, shift }: BranchEdit,
  before: readonly Duplicate[],
): readonly Duplicate[] {
  const around = new Set(chain);
  // What only loses children, or gets such as may stand there any number of times, has no duplicates that it had not before.
  const parents = new Set(before.flatMap(({ parent }) => (around.has(parent) ? [parent] : [])));
  for (let row = firstRow; row < rightRow + shift; row++) {
    const parent = branch.at(Column.parent, row);
    if (parent >= firstRow || !isListTag(branch.nameAt(row))) parents.add(parent);
  }
  const changed = duplicatesUnder(branch, parents);
  if (before.length === 0 && changed.length === 0) return before;
  const kept = before.flatMap(each => {
    if (each.parent < firstRow) return around.has(each.parent) ? [] : [each];
    if (each.parent < rightRow) return [];
    return [{ parent: each.parent + shift, first: each.first + shift, later: each.later + shift }];
  });
  return [...kept, ...changed].sort((one, other) => one.parent - other.parent || one.later - other.later);
}

function duplicatesUnder(branch: Branch, parents: Iterable<number>): readonly Duplicate[] {
  const search = new Search(branch);
  for (const parent of parents) search.under(parent);
  return search.found;
}

function duplicatesIn(branch: Branch): readonly Duplicate[] {
  const search = new Search(branch);
  for (let row = 0; row < branch.rows; row++) if (branch.at(Column.next, row) > row + 2) search.under(row);
  return search.found;
}

/**
 * Finds the children whose name a sibling before them has. A section may hold a hundred thousand rows, so this is one pass
 * over numbers: what stands in a slot of `seen` is the parent under which the name stood last, and in `first` the row.
 */
class Search {
  readonly found: Duplicate[] = [];
  private readonly slots: Int32Array;
  private readonly seen: Int32Array;
  private readonly first: Int32Array;
  private readonly lists = new Map<number, boolean>();

  constructor(private readonly branch: Branch) {
    this.slots = slotsOf(branch);
    this.seen = new Int32Array(this.slots.length).fill(-1);
    this.first = new Int32Array(this.slots.length);
  }

  under(parent: number): void {
    const { branch, slots, seen, first } = this;
    const end = branch.at(Column.next, parent);
    for (let row = parent + 1; row < end; row = branch.at(Column.next, row)) {
      const slot = slots[branch.at(Column.name, row)]!;
      if (seen[slot] !== parent) {
        seen[slot] = parent;
        first[slot] = row;
      } else if (!isList(branch, row, this.lists)) this.found.push({ parent, first: first[slot]!, later: row });
    }
  }
}

function isList(branch: Branch, row: number, known: Map<number, boolean>): boolean {
  const name = branch.at(Column.name, row);
  const before = known.get(name);
  if (before !== undefined) return before;
  const list = isListTag(branch.nameAt(row));
  known.set(name, list);
  return list;
}

/** For each name's number one that all its spellings share: the lowest. */
function slotsOf({ names }: Branch): Int32Array {
  const slots = new Int32Array(names.count);
  const byKey = new Map<string, number>();
  let hasCapitals = false;
  for (let id = 0; id < names.count; id++) {
    slots[id] = id;
    hasCapitals ||= names.tag(id) !== names.key(id);
  }
  if (!hasCapitals) return slots;
  for (let id = 0; id < names.count; id++) {
    const key = names.key(id);
    const slot = byKey.get(key);
    if (slot === undefined) byKey.set(key, id);
    else slots[id] = slot;
  }
  return slots;
}

function report(first: Element, later: Element, parent: string) {
  return {
    at: later.namePlace,
    message: 'duplicate' as const,
    data: { name: later.name, parent: parent.toLowerCase() },
    related: [{ at: first.namePlace, message: `The first <${first.name}>, the only one that pfSense would read.` }],
    fixes: (): Fix[] => [
      {
        title: `Remove this <${later.name}>`,
        applicability: first.content === later.content ? 'safe' : 'suggestion',
        edits: [{ document: later.document, edits: [removeElement(later)] }],
      },
    ],
  };
}
