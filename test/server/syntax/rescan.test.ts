import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Branch, Flag } from '../../../server/src/syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';
import { describeTree, elementNamed, parse, unsaidContent } from './support.ts';

/** Edits that the property below makes in all; `npm test` asks for the large number. */
const edits = process.env.PFSENSE_HA_THOROUGH === '1' ? 60_000 : 4_000;
const editsPerRun = 10;

const rule = (id: number) =>
  `\t\t<rule>\n\t\t\t<id>${id}</id>\n\t\t\t<log></log>\n\t\t\t<descr><![CDATA[a &amp; b]]></descr>\n` +
  '\t\t\t<source>\n\t\t\t\t<any></any>\n\t\t\t</source>\n\t\t</rule>\n';

const bases: readonly string[] = [
  // As pfSense writes it.
  `<?xml version="1.0"?>\n<pfsense>\n\t<version>22.2</version>\n\t<filter>\n${rule(1)}${rule(2)}${rule(3)}\t</filter>\n` +
    '\t<a/>\n\t<!-- c -->\n\t<vip a="1" b=\'2\'>\n\t\t<x>1</x>\n\t</vip>\n</pfsense>\n',
  // On one line, with a second root and text outside.
  '<p><a><b>x</b><b>y</b></a><a><c/></a>t &amp; u</p><q><r/></q> z <s>',
  // Broken in many ways.
  '<p>\n<a>\n<b>\n<c>x</d>\n</b>\n<e f="x>y</e>\n<g h\n<i>k</a>\n<rul>\n<x/></rule>\n</p>',
  // Markup between and behind, never ended.
  '<p><!-- x --><a></a><![CDATA[ z ]]><b>1</b></p><!-- y',
  // Deep.
  `${'<a>'.repeat(30)}x${'</a>'.repeat(30)}`,
  '',
];

const bits: readonly string[] = [
  ...'<>&/!-[]"\';=?xa\n\t\r\0 ',
  ...[
    '\ud800',
    '\udc00',
    '\ufeff',
    '\r\n',
    '<a>',
    '</a>',
    '<b>',
    '</b>',
    '<x/>',
    '<a/>',
    '<!--',
    '-->',
    '<!-->',
    '--->',
  ],
  ...['<![CDATA[', ']]>', '<?', '?>', '<rule>', '</rule>', '&amp;', '&#10;', '</p>', '</pfsense>', '</filter>', '<p>'],
  ...[
    '<descr',
    '\n\t\t</rul>\n',
    '</',
    '<1>',
    '</ a>',
    '</a x>',
    ' y="1"',
    '<!DOCTYPE x>',
    '<source>\n',
    '</x>',
    rule(9),
  ],
];

const smallText = fc.constantFrom(...bits);
const arbitraryEdit = fc.record({
  /** Where; spread over the text, whose length is not known yet, by {@link placed}. */
  at: fc.nat({ max: 0xffff }),
  removed: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 80 }) },
  ),
  text: fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    { weight: 6, arbitrary: smallText },
    { weight: 2, arbitrary: fc.array(smallText, { maxLength: 4 }).map(parts => parts.join('')) },
  ),
});

type ArbitraryEdit = typeof arbitraryEdit extends fc.Arbitrary<infer Edit> ? Edit : never;

function placed(document: XmlDocument, edit: ArbitraryEdit): TextEdit {
  const { length } = document.buffer;
  // fast-check prefers small numbers; a multiplication spreads them.
  const from = (Math.imul(edit.at, 0x9e3779b1) >>> 0) % (length + 1);
  return { from, to: Math.min(length, from + edit.removed), text: edit.text };
}

test(`${edits} random edits: the tree is that of a full scan, and what they do not touch is the same object`, () => {
  let kept = 0;
  let all = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...bases),
      fc.array(arbitraryEdit, { minLength: editsPerRun, maxLength: editsPerRun }),
      (base, list) => {
        const document = parse(base);
        for (const each of list) {
          const edit = placed(document, each);
          const before = new Map<Branch, { start: number; end: number; source: string }>();
          for (const branch of document.tree.branches) {
            before.set(branch, { start: branch.start, end: branch.end, source: branch.top.source });
          }
          document.edit(edit);
          assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
          assert.deepEqual(unsaidContent(document), []);
          for (const branch of document.tree.branches) {
            all++;
            const old = before.get(branch);
            if (!old) continue;
            kept++;
            assert.ok(old.end <= edit.from || old.start >= edit.to, 'a branch that the edit touches is a new one');
            assert.equal(branch.top.source, old.source);
            for (const fault of branch.faults) assert.equal(fault.at.anchor, branch);
          }
        }
      },
    ),
    { numRuns: edits / editsPerRun },
  );
  assert.ok(kept / all > 0.3, `only ${kept} of ${all} branches were kept`);
});

test('several edits of one change are applied in order, together or apart', () => {
  fc.assert(
    fc.property(fc.constantFrom(...bases), fc.array(arbitraryEdit, { maxLength: 12 }), (base, list) => {
      const one = parse(base);
      const other = parse(base);
      const changes: TextEdit[] = [];
      for (const each of list) {
        const edit = placed(one, each);
        changes.push(edit);
        one.edit(edit);
      }
      other.edits(changes);
      assert.equal(other.buffer.toString(), one.buffer.toString());
      assert.deepEqual(describeTree(other), describeTree(one));
    }),
    { numRuns: edits / 40 },
  );
});

test('edits far apart keep the branches between them', () => {
  const blob = 'x'.repeat(50_000);
  const document = parse(`<p><a>1</a><b>${blob}</b><c>2</c></p>`);
  const [, between] = document.tree.branches;
  const change = (tag: string) => ({
    from: elementNamed(document, tag).contentStart,
    to: elementNamed(document, tag).contentEnd,
    text: '9',
  });
  document.edits([change('a'), change('c')]);
  assert.equal(document.tree.branches[1], between);
  assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
});

interface Reuse {
  readonly name: string;
  /** The place of the edit is `|`; between two of them stands what it takes out. */
  readonly text: string;
  readonly insert: string;
  /** The children of the root that stay the same objects, by their order after the edit. */
  readonly kept: readonly number[];
}

const reuses: readonly Reuse[] = [
  { name: 'a character in a value', text: '<p><a>1</a><b>|2</b><c>3</c></p>', insert: 'x', kept: [0, 2] },
  { name: 'an element between two', text: '<p><a>1</a>|<c>3</c></p>', insert: '<b/>', kept: [0, 2] },
  { name: 'an element taken out', text: '<p><a>1</a>|<b/>|<c>3</c></p>', insert: '', kept: [0, 1] },
  { name: 'an end tag lost until the next', text: '<p><a>1</a><b>2|</b>|<c>3</c></p>', insert: '', kept: [0] },
  { name: 'a child that no longer ends', text: '<p><a><x>1|</x>|</a><b/><c/></p>', insert: '', kept: [1, 2] },
  {
    name: 'a comment opened that ends further on',
    text: '<p><a/>|<b/><!-- --><c/><d/></p>',
    insert: '<!--',
    kept: [0, 1, 2],
  },
  { name: 'the root ending too early', text: '<p><a/>|<b/><c/></p>', insert: '</p>', kept: [0] },
  { name: 'text behind the root', text: '<p><a/><b/></p>|', insert: 'x', kept: [0, 1] },
];

for (const { name, text, insert, kept } of reuses) {
  test(`branches stay the same objects: ${name}`, () => {
    const [head = '', ...rest] = text.split('|');
    const removed = rest.length === 2 ? (rest[0] ?? '') : '';
    const document = parse(head + rest.join(''));
    const before = new Set(document.tree.branches);
    document.edit({ from: head.length, to: head.length + removed.length, text: insert });
    const after = document.tree.branches.map((branch, index) => (before.has(branch) ? index : -1));
    assert.deepEqual(
      after.filter(index => index >= 0),
      kept,
    );
    assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
  });
}

test('an edit in front of the first child leaves what is said of the text between the others', () => {
  const document = parse('<p><a><c/><b/><!-- x --><b/>&amp;<b/></a></p>');
  document.edit({ from: 6, to: 10, text: '' });
  assert.deepEqual(unsaidContent(document), []);
  const { contentStart, contentEnd } = elementNamed(document, 'a');
  document.edit({ from: contentStart, to: contentEnd, text: 'x' });
  assert.equal(elementNamed(document, 'a').flags & (Flag.hasMarkup | Flag.hasReferences), 0);
});

test('edits of texts with more faults than are kept count like a full scan', () => {
  const document = parse(`<p><a>${'&'.repeat(998)}</a><b>x</b></p>`);
  for (const [at, text] of [
    [8, '&&&&'],
    [8, '&'],
    [1015, '&'],
    [document.buffer.length - 3, '&'.repeat(1500)],
    [7, 'x'],
  ] as const) {
    document.edit({ from: at, to: at, text });
    assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
  }
  document.edit({ from: 10, to: 900, text: '' });
  assert.deepEqual(describeTree(document), describeTree(parse(document.buffer.toString())));
});

test('offsets beyond the text mean its end', () => {
  const document = parse('<p/>');
  document.edit({ from: 100, to: 50, text: '\n' });
  document.edit({ from: -5, to: 0, text: '\n' });
  assert.equal(document.buffer.toString(), '\n<p/>\n');
});
