import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault, FaultKind } from '../../../server/src/syntax/faults.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import { parse, shape } from './support.ts';

interface Case {
  /** The wrong texts stand between ⟦ and ⟧, in the order of the text. */
  readonly text: string;
  readonly faults: readonly (FaultKind | Partial<Fault>)[];
  /** What the tree is all the same. */
  readonly shape: string;
}

const cases: readonly Case[] = [
  { text: '⟦⟧', faults: ['no-root'], shape: '' },
  { text: '⟦⟧ just words & signs', faults: ['no-root'], shape: '' },
  { text: '<p/>⟦<q⟧ a="1"><r/></q>', faults: [{ kind: 'second-root', name: 'q' }], shape: 'p(q(r))' },
  { text: '⟦a & < b⟧ <p/> ⟦c ]]>⟧ <!-- d -->', faults: ['text-outside-root', 'text-outside-root'], shape: 'p()' },
  { text: '<p/>⟦<![CDATA[⟧x]]>', faults: ['text-outside-root'], shape: 'p()' },
  { text: '<p>⟦<a⟧><b></b></p>', faults: [{ kind: 'unclosed-element', name: 'a' }], shape: 'p(a(b))' },
  { text: '⟦<p⟧><a></a>', faults: [{ kind: 'unclosed-element', name: 'p' }], shape: 'p(a)' },
  {
    text: '<p><a>x</⟦b⟧><c/></p>',
    faults: [{ kind: 'mismatched-end-tag', name: 'b', expected: 'a' }],
    shape: 'p(a c)',
  },
  { text: '<p><a>x⟦</>⟧<c/></p>', faults: [{ kind: 'mismatched-end-tag', expected: 'a' }], shape: 'p(a c)' },
  {
    text: '<p>\n\t<rule>\n\t\t<a/>\n\t</⟦rul⟧>\n\t<rule>\n\t</rule>\n</p>',
    faults: [{ kind: 'mismatched-end-tag', name: 'rul', expected: 'rule' }],
    shape: 'p(rule(a) rule)',
  },
  { text: '<p><a><b/>⟦</c>⟧<d/></a></p>', faults: [{ kind: 'stray-end-tag', name: 'c' }], shape: 'p(a(b d))' },
  { text: '⟦</a>⟧<p></p>⟦</p>⟧', faults: ['stray-end-tag', 'stray-end-tag'], shape: 'p()' },
  {
    text: '<p>⟦<descr⟧ text</descr><a/></p>',
    faults: [{ kind: 'unterminated-start-tag', name: 'descr' }],
    shape: 'p(descr a)',
  },
  { text: '<p>⟦<a b="1"⟧ c d <e/></a></p>', faults: ['unterminated-start-tag'], shape: 'p(a(e))' },
  { text: '<p><a>⟦<b⟧\n</a></p>', faults: ['unterminated-start-tag'], shape: 'p(a(b))' },
  { text: '<p><a>x⟦</a⟧ <b/></p>', faults: [{ kind: 'unterminated-end-tag', name: 'a' }], shape: 'p(a b)' },
  { text: '<p><a>x</a ⟦y⟧ ><b/></p>', faults: [{ kind: 'bad-name', name: 'y' }], shape: 'p(a b)' },
  { text: '<p><a>x</⟦ ⟧a><b/></p>', faults: ['bad-name'], shape: 'p(a b)' },
  { text: '<p><⟦1a⟧>x</1a><b/></p>', faults: [{ kind: 'bad-name', name: '1a' }], shape: 'p(1a b)' },
  { text: '<p><a>⟦<!--⟧ x</a></p>', faults: ['unterminated-comment'], shape: 'p(a)' },
  { text: '<p><a>⟦<![CDATA[⟧ x]]</a></p>', faults: ['unterminated-cdata'], shape: 'p(a)' },
  { text: '<p><a>⟦<?⟧php x</a></p>', faults: ['unterminated-instruction'], shape: 'p(a)' },
  { text: '⟦⟧⟦<!DOCTYPE⟧ p [ <p/>', faults: ['no-root', 'unterminated-declaration'], shape: '' },
  {
    text: '<p><a>1 ⟦<⟧ 2 ⟦<⟧5 and ⟦<⟧!x</a></p>',
    faults: ['stray-less-than', 'stray-less-than', 'stray-less-than'],
    shape: 'p(a)',
  },
  { text: '<p><a>⟦<⟧</a></p>', faults: ['stray-less-than'], shape: 'p(a)' },
  {
    text: '<p><a>b ⟦&⟧ c ⟦&⟧amp d ⟦&⟧#; ⟦&⟧#x; ⟦&⟧#xg;</a></p>',
    faults: Array<FaultKind>(5).fill('stray-ampersand'),
    shape: 'p(a)',
  },
  { text: '<p><a b="⟦&⟧"/></p>', faults: ['stray-ampersand'], shape: 'p(a)' },
  { text: '<p><a ⟦b⟧ ⟦c⟧=d ⟦1⟧="2"/></p>', faults: ['bad-attribute', 'bad-attribute', 'bad-attribute'], shape: 'p(a)' },
  { text: '<p><a b="1"⟦c⟧="2"/></p>', faults: [{ kind: 'bad-attribute', name: 'c' }], shape: 'p(a)' },
  { text: '<p><a b=⟦"⟧x>y</a><c/></p>', faults: ['bad-attribute'], shape: 'p(a c)' },
  { text: '<p><a b="1" c="2" ⟦b⟧="3"/></p>', faults: [{ kind: 'duplicate-attribute', name: 'b' }], shape: 'p(a)' },
  { text: '<p><a>x⟦\0⟧y⟦\x1b⟧⟦\uffff⟧</a></p>', faults: Array<FaultKind>(3).fill('bad-character'), shape: 'p(a)' },
  {
    text: '<p><a>⟦\ud83d⟧x⟦\ude00⟧ 😀</a><!--⟦\0⟧--><b><![CDATA[⟦\ud800⟧]]></b></p>',
    faults: Array<FaultKind>(4).fill('bad-character'),
    shape: 'p(a b)',
  },
  { text: '<p><a⟦\ud800⟧/><é/></p>', faults: ['bad-character'], shape: 'p(a\ud800 é)' },
  { text: '<p><a b="⟦\x01⟧"/></p>', faults: ['bad-character'], shape: 'p(a)' },
  {
    text: '<p>⟦&#0;⟧⟦&#xD800;⟧⟦&#x110000;⟧⟦&#99999999999999999999;⟧&#10;</p>',
    faults: Array<FaultKind>(4).fill('bad-character-reference'),
    shape: 'p()',
  },
  {
    text: '<p><!-- a ⟦--⟧ b ⟦---⟧></p>',
    faults: ['double-hyphen-in-comment', 'double-hyphen-in-comment'],
    shape: 'p()',
  },
  { text: '<p><a>x ⟦]]>⟧ y ]] ></a></p>', faults: ['cdata-end-in-text'], shape: 'p(a)' },
  { text: '\n⟦<?xml⟧ version="1.0"?><p/>', faults: ['misplaced-declaration'], shape: 'p()' },
  { text: '<p><a/>⟦<!DOCTYPE⟧ p><b/></p>', faults: ['misplaced-declaration'], shape: 'p(a b)' },
];

for (const { text, faults, shape: expected } of cases) {
  test(`faults of ${JSON.stringify(text)}`, () => {
    const spans: (readonly [number, number])[] = [];
    let plain = '';
    for (const part of text.split(/(⟦[^⟧]*⟧)/)) {
      const isWrong = part.startsWith('⟦');
      const content = isWrong ? part.slice(1, -1) : part;
      if (isWrong) spans.push([plain.length, plain.length + content.length]);
      plain += content;
    }
    const document = parse(plain);
    const found = [...document.faults()].sort((a, b) => spanOf(a.at).start - spanOf(b.at).start);
    assert.deepEqual(
      found.map(fault => ({ kind: fault.kind, at: spanOf(fault.at) })),
      faults.map((fault, index) => ({
        kind: typeof fault === 'string' ? fault : fault.kind,
        at: { start: spans[index]?.[0], end: spans[index]?.[1] },
      })),
    );
    faults.forEach((fault, index) => {
      if (typeof fault === 'string') return;
      if (fault.name !== undefined) assert.equal(found[index]?.name, fault.name);
      if (fault.expected !== undefined) assert.equal(found[index]?.expected, fault.expected);
    });
    assert.equal(shape(document), expected);
  });
}

test('a sound text has no faults', () => {
  for (const text of [
    '<p/>',
    '\ufeff<?xml version="1.0"?>\r\n<!DOCTYPE p [ <!ENTITY a "<b>"> <!-- ] > -->\n]><p>\r\n</p>\r\n',
    '<?xml version="1.0"?><!-- a - b --><p a="1" b=\'"\'\n c = "&lt;&#10;"><a >x</a\n><![CDATA[ & ]] < ]]>&eacute;</p><?x?> ',
    '<p>]] ]> > "\' 😀 <a.b-c_d:e1/></p>',
  ]) {
    assert.deepEqual([...parse(text).faults()], [], text);
  }
});

test('of more faults than anybody reads, the first are kept and the others counted', () => {
  const document = parse(`<p>${'&'.repeat(2500)}<a>${'&'.repeat(3000)}</a></p>`);
  assert.equal([...document.faults()].length, 2000);
  assert.equal(document.hiddenFaults, 3500);
});
