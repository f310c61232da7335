import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt } from '../../../server/src/syntax/elementAt.ts';
import { attributes, outerPieces, pieces, rootPieces } from '../../../server/src/syntax/pieces.ts';
import { Element } from '../../../server/src/syntax/tree.ts';
import { readValue } from '../../../server/src/syntax/value.ts';
import type { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { describeTree, parse } from './support.ts';

/**
 * Texts made to be slow or to overflow a stack. None is timed: where the work grew with the square of the size, these
 * would run for minutes, and the runner's time limit tells.
 */
const isThorough = process.env.PFSENSE_HA_THOROUGH === '1';
const count = isThorough ? 100_000 : 5_000;
const many = isThorough ? 1_000_000 : 50_000;

const monsters: readonly { readonly name: string; readonly text: () => string; readonly branches: number }[] = [
  { name: 'deep nesting', text: () => `${'<a>'.repeat(count)}x${'</a>'.repeat(count)}`, branches: 1 },
  { name: 'stray ]', text: () => `<p><a>${']'.repeat(many)}</a></p>`, branches: 1 },
  { name: 'stray &', text: () => `<p><a>${'&'.repeat(many)}</a></p>`, branches: 1 },
  { name: 'stray <', text: () => `<p><a>${'<'.repeat(many)}</a></p>`, branches: 1 },
  { name: 'stray < outside the root', text: () => `<p/>${'<'.repeat(many)}`, branches: 0 },
  { name: 'stray </', text: () => `<p><a>${'</'.repeat(many)}</a></p>`, branches: 1 },
  { name: 'unfinished tags', text: () => `<p>${'<a '.repeat(2 * count)}`, branches: 1 },
  { name: 'unclosed elements', text: () => `<p>${'<a>'.repeat(2 * count)}`, branches: 1 },
  { name: 'unclosed elements on lines', text: () => `<p>${'\n<a>'.repeat(2 * count)}</p>`, branches: 1 },
  {
    name: 'end tags of no element in deep ones',
    text: () => `${'<a>'.repeat(count)}<c/>${'</b>'.repeat(count)}`,
    branches: 1,
  },
  {
    name: 'end tags of no element below a long indentation',
    text: () => `<p>\n${' '.repeat(count)}<a><b/>${'\n </c>'.repeat(count)}</a></p>`,
    branches: 1,
  },
  {
    name: 'end tags of an outer element again and again',
    text: () => `<p>${'<a><b><c></a>'.repeat(count)}</p>`,
    branches: count,
  },
  {
    name: 'a tag of many attributes',
    text: () => `<p><a ${Array.from({ length: count / 2 }, (_, i) => `n${i}="${i}"`).join(' ')}/></p>`,
    branches: 1,
  },
  { name: 'values without an end', text: () => `<p>${'<a b="x>'.repeat(2 * count)}</p>`, branches: 1 },
  { name: 'quotes of both kinds without an end', text: () => `<p><a ${'b="\' '.repeat(count)}</p>`, branches: 1 },
  { name: 'a tag of nothing but /', text: () => `<p><a ${'/'.repeat(many)}`, branches: 1 },
  { name: 'comments in a comment without an end', text: () => `<p><a><!--${'<!--'.repeat(count)}`, branches: 1 },
  { name: 'hyphens in a comment', text: () => `<p><a><!--${'-'.repeat(many)}--></a></p>`, branches: 1 },
  { name: 'CDATA without an end', text: () => `<p><a><![CDATA[${']]'.repeat(many)}`, branches: 1 },
  { name: 'an instruction without an end', text: () => `<p><a><?${'?'.repeat(many)}`, branches: 1 },
  { name: 'document types', text: () => `${'<!DOCTYPE '.repeat(count)}<p/>`, branches: 0 },
  { name: 'comments in a document type', text: () => `<!DOCTYPE p [${'<!--'.repeat(count)}`, branches: 0 },
  {
    name: 'names of names',
    text: () => `<p>${Array.from({ length: count }, (_, i) => `<a${i}/>`).join('')}</p>`,
    branches: count,
  },
  { name: 'one long name', text: () => `<p><${'a'.repeat(many)}></${'a'.repeat(many)}b></p>`, branches: 1 },
  { name: 'children of the root', text: () => `<p>${'<a/>'.repeat(3 * count)}</p>`, branches: 3 * count },
  { name: 'roots', text: () => '<p/>'.repeat(count), branches: count - 1 },
  { name: 'a long reference', text: () => `<p><a>&${'a'.repeat(many)}</a>&#${'9'.repeat(many)};</p>`, branches: 1 },
  { name: 'a large value', text: () => `<p><a>${'x'.repeat(20 * many)}</a></p>`, branches: 1 },
];

for (const { name, text, branches } of monsters) {
  test(`holds out: ${name}`, () => {
    const source = text();
    const document = parse(source);
    assert.equal(document.tree.branches.length, branches);
    const faults = [...document.faults()].length;
    assert.ok(faults <= 1000 * (branches + 1));
    const middle = source.length >> 1;
    for (const change of ['<', '"', '</a>', '-->']) {
      document.edit({ from: middle, to: middle, text: change });
      document.edit({ from: middle, to: middle + change.length, text: '' });
    }
    assert.equal(document.buffer.length, source.length);
    const again = parse(source);
    assert.deepEqual(
      document.tree.branches.map(branch => branch.end),
      again.tree.branches.map(branch => branch.end),
    );
    assert.equal(document.hiddenFaults, again.hiddenFaults);
    assert.equal([...document.faults()].length, faults);
    elementAt(document, middle);
  });
}

test('an entity bomb stays as it is written', () => {
  const definitions = Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i + 1} "&a${i};&a${i};">`).join('\n');
  const document = parse(`<!DOCTYPE p [\n<!ENTITY a0 "ha">\n${definitions}\n]>\n<p><a>&a30;</a></p>`);
  assert.deepEqual([...document.faults()], []);
  assert.equal(readValue(document.tree.branches[0]!.top, 'xml'), '&a30;');
  assert.equal(readValue(document.tree.branches[0]!.top, 'html'), '&a30;');
});

/** Asks a document everything that can be asked, so that anything that throws is found. */
function askAll(document: XmlDocument): void {
  const { length } = document.buffer;
  let covered = [...outerPieces(document)].length + [...rootPieces(document)].length;
  for (const branch of document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      readValue(element, 'html');
      attributes(element);
      covered += [...pieces(element)].length;
      assert.ok(element.start < element.contentStart && element.contentStart <= element.contentEnd);
      assert.ok(element.contentEnd <= element.end && element.end <= length);
      void [element.endTagNamePlace, element.startTagPlace, element.parent, element.source];
    }
  }
  for (let offset = 0; offset <= length; offset++) elementAt(document, offset);
  assert.ok(covered >= 0);
}

test('never throws, whatever the text is', () => {
  const bit = fc.constantFrom(
    ...[
      '<',
      '>',
      '/',
      '!',
      '-',
      '[',
      ']',
      '"',
      "'",
      '=',
      '&',
      ';',
      '#',
      '?',
      ' ',
      '\n',
      '\r',
      '\0',
      'a',
      'x',
      '1',
      ':',
    ],
    ...['\ud800', '\udc00', '\ufeff', '\uffff', '<a>', '</a>', '<b c="d">', '</b>', '<!--', '-->', '<![CDATA[', ']]>'],
    ...['<?xml', '?>', '<!DOCTYPE', '&amp;', '&#1;', '<a/>', '</'],
  );
  const soup = fc.array(bit, { maxLength: 40 }).map(bits => bits.join(''));
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 60 })), text => askAll(parse(text))),
    { numRuns: isThorough ? 30_000 : 500 },
  );
});

test('a byte order mark, CR LF and CR are no fault and move nothing', () => {
  const document = parse('\ufeff<?xml version="1.0"?>\r\n<p>\r\n\t<a>1\r2</a>\r</p>\r\n');
  assert.deepEqual([...document.faults()], []);
  assert.equal(document.find('a')?.content, '1\r2');
  assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
});
