import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt } from '../../../server/src/syntax/elementAt.ts';
import { attributes, outerPieces, type Piece, pieces, rootPieces } from '../../../server/src/syntax/pieces.ts';
import { type Place, spanOf } from '../../../server/src/syntax/tree.ts';
import type { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { elementNamed, parse } from './support.ts';

function textOf(document: XmlDocument, place: Place | undefined): string | undefined {
  if (!place) return undefined;
  const { start, end } = spanOf(place);
  return document.buffer.slice(start, end);
}

function told(document: XmlDocument, found: Iterable<Piece>): string[] {
  return [...found].map(piece => {
    const inner = 'inner' in piece ? ` (${textOf(document, piece.inner)})` : '';
    return `${piece.kind} ${textOf(document, piece.at)}${inner}`;
  });
}

test('an element is told piece by piece, in order', () => {
  const document = parse('<p><a>1 &amp; < 2<b/><!-- c --> d<![CDATA[e]]><?f?></g>h<i>j</i>\n</a></p>');
  assert.deepEqual(told(document, pieces(elementNamed(document, 'a'))), [
    'text 1 &amp; < 2',
    'element <b/>',
    'comment <!-- c --> ( c )',
    'text  d',
    'cdata <![CDATA[e]]> (e)',
    'instruction <?f?>',
    'stray-end-tag </g>',
    'text h',
    'element <i>j</i>',
    'text \n',
  ]);
});

test('markup without an end is one piece up to the end', () => {
  const comment = parse('<p><a>x<!-- y</a>');
  assert.deepEqual(told(comment, pieces(elementNamed(comment, 'a'))), ['text x', 'comment <!-- y</a> ( y</a>)']);
  const cdata = parse('<p><a><![CDATA[]]');
  assert.deepEqual(told(cdata, pieces(elementNamed(cdata, 'a'))), ['cdata <![CDATA[]] (]])']);
});

test('the root has pieces too, and what stands around it', () => {
  const document = parse(
    '\ufeff<?xml version="1.0"?>\n<!DOCTYPE p [<!ENTITY a ">">]><p>\n<a/><!--b--></p>\n<!--c--><q/> d',
  );
  assert.deepEqual(told(document, rootPieces(document)), ['text \n', 'element <a/>', 'comment <!--b--> (b)']);
  assert.deepEqual(told(document, outerPieces(document)), [
    'instruction <?xml version="1.0"?>',
    'text \n',
    'doctype <!DOCTYPE p [<!ENTITY a ">">]>',
    'text \n',
    'comment <!--c--> (c)',
    'element <q/>',
    'text  d',
  ]);
  const rootless = parse('a <!--b-->');
  assert.deepEqual(told(rootless, outerPieces(rootless)), ['text a ', 'comment <!--b--> (b)']);
  assert.deepEqual([...rootPieces(rootless)], []);
});

test('the pieces cover the content without a gap, whatever it is', () => {
  const bit = fc.constantFrom(
    '<',
    '>',
    '/',
    '<a>',
    '</a>',
    '<b/>',
    '</c>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    'x',
    '<1>',
    '<!D',
  );
  fc.assert(
    fc.property(fc.array(bit, { maxLength: 30 }), bits => {
      const document = parse(`<p>${bits.join('')}</p>`);
      for (const branch of document.tree.branches) {
        for (const element of [branch.top, ...branch.top.children()]) {
          let at = element.contentStart;
          for (const piece of pieces(element)) {
            const { start, end } = spanOf(piece.at);
            assert.equal(start, at);
            assert.ok(end > start);
            at = end;
          }
          assert.equal(at, element.contentEnd);
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test('attributes with their places', () => {
  const document = parse('<p><a one="1" two = \'2 &amp; "3"\'  bare /><b/><c d="e>f</c></p>');
  const found = attributes(elementNamed(document, 'a'));
  assert.deepEqual(
    found.map(each => [each.name, each.value, textOf(document, each.namePlace), textOf(document, each.valuePlace)]),
    [
      ['one', '1', 'one', '1'],
      ['two', '2 &amp; "3"', 'two', '2 &amp; "3"'],
      ['bare', '', 'bare', undefined],
    ],
  );
  assert.equal(textOf(document, found[1]?.at), 'two = \'2 &amp; "3"\'');
  assert.deepEqual(attributes(elementNamed(document, 'b')), []);
  assert.deepEqual(
    attributes(elementNamed(document, 'c')).map(each => each.name),
    ['d'],
  );
});

test('tags with their places', () => {
  const document = parse('<p><a x="1">y</a ><b/><c>z</d><e>f');
  const places = ['a', 'b', 'c', 'e'].map(tag => {
    const element = elementNamed(document, tag);
    return [element.startTagPlace, element.endTagPlace, element.endTagNamePlace].map(place => textOf(document, place));
  });
  assert.deepEqual(places, [
    ['<a x="1">', '</a >', 'a'],
    ['<b/>', undefined, undefined],
    ['<c>', '</d>', 'd'],
    ['<e>', undefined, undefined],
  ]);
});

test('the innermost element at an offset', () => {
  //             0123456789012345678901234567890
  const text = '<p> <a><b>x</b>y</a><c/> <d><e>';
  const document = parse(text);
  const expected = '....aaabbbbbbbbaaaaacccc.dddeeee';
  const found = [...expected].map((_, offset) => elementAt(document, offset)?.tag ?? '.').join('');
  assert.equal(found, expected);
});
