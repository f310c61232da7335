import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyRing } from '../../../server/src/syntax/elementKeys.ts';
import { Column, Element } from '../../../server/src/syntax/tree.ts';
import type { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { parse } from './support.ts';

const list =
  '<p>\n\t<f>\n\t\t<r>\n\t\t\t<a>1</a>\n\t\t\t<b>x</b>\n\t\t</r>\n\t\t<r>\n\t\t\t<a>2</a>\n\t\t</r>\n\t\t<r>\n\t\t\t<a>3</a>\n\t\t</r>\n\t</f>\n\t<g>1</g>\n</p>\n';

test('an edit in one item leaves the others their keys, and takes those of all that it lies in', () => {
  const document = parse(list);
  const ring = new KeyRing();
  const items = () => document.branches('f')[0]!.top.children();
  const keys = () => items().map(({ branch, row }) => ring.keysOf(branch).of(row));
  const before = keys();
  const at = document.buffer.toString().indexOf('2');
  document.edit({ from: at, to: at + 1, text: '22' });
  const after = keys();
  assert.equal(after[0], before[0]);
  assert.notEqual(after[1], before[1]);
  assert.equal(after[2], before[2]);
});

test('an item that is put behind the last one changes the section and no item', () => {
  const document = parse(list);
  const ring = new KeyRing();
  const keys = () =>
    document
      .branches('f')[0]!
      .top.children()
      .map(({ branch, row }) => ring.keysOf(branch).of(row));
  const section = ring.keysOf(document.branches('f')[0]!).of(0);
  const before = keys();
  const at = document.buffer.toString().indexOf('\t</f>');
  document.edit({ from: at, to: at, text: '\t\t<r></r>\n' });
  const after = keys();
  assert.equal(after.length, 4);
  assert.deepEqual(
    after.slice(0, 3).map((key, i) => key === before[i]),
    [true, true, true],
  );
  assert.notEqual(ring.keysOf(document.branches('f')[0]!).of(0), section);
});

test('keys pass on over edits between which nobody asks for them', () => {
  const document = parse(list);
  const ring = new KeyRing();
  const first = () => document.branches('f')[0]!.top.children()[0]!;
  const before = ring.keysOf(first().branch).of(first().row);
  for (const digit of ['2', '3']) {
    const at = document.buffer.toString().indexOf(digit);
    document.edit({ from: at, to: at, text: '0' });
  }
  assert.equal(ring.keysOf(first().branch).of(first().row), before);
});

test('an element keeps its key only while its text and what is in it stay what they are', () => {
  const bits = [
    '<',
    '>',
    '/',
    '<a>',
    '</a>',
    '<r>',
    '</r>',
    '</f>',
    '<f>',
    '<x/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&',
    ' ',
    '\n\t\t',
    '1',
    '</p>',
  ];
  const edit = fc.record({
    at: fc.nat({ max: 0xffff }),
    removed: fc.nat({ max: 6 }),
    text: fc.constantFrom('', ...bits),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), edits => {
      const document = parse(list);
      const ring = new KeyRing();
      noteAll(document, ring);
      for (const { at, removed, text } of edits) {
        const from = at % (document.buffer.length + 1);
        document.edit({ from, to: from + removed, text });
        checkAll(document, ring);
        noteAll(document, ring);
      }
    }),
    { numRuns: process.env.PFSENSE_HA_THOROUGH === '1' ? 4_000 : 500 },
  );
});

const noted = 'noted';

function noteAll(document: XmlDocument, ring: KeyRing): void {
  for (const element of all(document))
    ring.keysOf(element.branch).of(element.row).answers.set(noted, describe(element));
}

function checkAll(document: XmlDocument, ring: KeyRing): void {
  for (const element of all(document)) {
    const before = ring.keysOf(element.branch).of(element.row).answers.get(noted);
    if (before !== undefined) assert.equal(describe(element), before);
  }
}

function all(document: XmlDocument): Element[] {
  return document.tree.branches.flatMap(branch =>
    Array.from({ length: branch.rows }, (_, row) => new Element(branch, row)),
  );
}

/** The text, and the rows in it as they count from the element's own. */
function describe(element: Element): string {
  const { branch, row } = element;
  const end = branch.at(Column.next, row);
  const rows = Array.from({ length: end - row }, (_, i) => {
    const at = (column: number) => branch.at(column, row + i) - branch.at(Column.start, row);
    const parent = i === 0 ? '' : branch.at(Column.parent, row + i) - row;
    return `${branch.nameAt(row + i)} ${at(Column.start)} ${at(Column.contentStart)} ${at(Column.contentEnd)} ${at(Column.end)} ${parent} ${branch.at(Column.next, row + i) - row}`;
  });
  return `${element.source}\n${rows.join('\n')}`;
}
