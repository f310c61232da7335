import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeReferences, encodeText, type TextForm } from '../../../server/src/syntax/entities.ts';
import { htmlCharacters } from '../../../server/src/syntax/htmlEntities.ts';
import { readValue } from '../../../server/src/syntax/value.ts';
import fc from '../../harness/fastCheck.ts';
import { parse } from './support.ts';

function readContent(content: string, form: TextForm | 'html' = 'html'): string {
  return readValue(parse(`<p><a>${content}</a></p>`).tree.branches[0]!.top, form);
}

const values: readonly { readonly content: string; readonly html: string; readonly xml?: string }[] = [
  { content: '', html: '' },
  { content: '   ', html: '' },
  { content: '\n\t \r\n', html: '' },
  { content: ' a b ', html: ' a b ' },
  { content: '\n\t\ta\n\t\tb\n\t', html: 'a\n\t\tb' },
  { content: 'a\r\nb\rc', html: 'a\nb\nc' },
  { content: 'a &amp; b', html: 'a & b' },
  // References are chunks of their own: what they mean is not decoded again, and line breaks beside them are trimmed.
  { content: '&amp;lt;', html: '&lt;' },
  { content: 'a\n&amp;\nb', html: 'a&b' },
  { content: '&#10;a&#9;', html: 'a' },
  { content: ' &lt;', html: '<' },
  { content: 'a &lt; b', html: 'a < b' },
  { content: '&#65;&#x42;', html: 'AB' },
  { content: '<![CDATA[a &amp; b &lt;i&gt; "c"]]>', html: 'a & b <i> "c"' },
  { content: '<![CDATA[&amp;amp;]]>', html: '&amp;' },
  { content: '<![CDATA[&eacute;&euro;&Omega;]]>', html: 'é€Ω', xml: '&eacute;&euro;&Omega;' },
  { content: "<![CDATA[&apos;&#039;']]>", html: "&apos;''", xml: "'''" },
  { content: '<![CDATA[&#150;&#x80;]]>', html: '&#150;&#x80;', xml: '\x96\x80' },
  { content: '<![CDATA[ \n]]>', html: '' },
  { content: '\n\t<![CDATA[\n a \n]]>\n', html: ' a ' },
  { content: 'a<!-- b -->c<?d?>e', html: 'ace' },
  { content: 'a<![CDATA[ b]]> ', html: 'a b ' },
  { content: '<![CDATA[a]]><![CDATA[b]]>', html: 'ab' },
  { content: '1 < 2', html: '1 < 2' },
  { content: 'a & b &unknown; c', html: 'a & b &unknown; c' },
  { content: 'caf&eacute;', html: 'café', xml: 'caf&eacute;' },
];

for (const { content, html, xml = html } of values) {
  test(`the value of ${JSON.stringify(content)}`, () => {
    assert.equal(readContent(content, 'html'), html);
    assert.equal(readContent(content, 'xml'), xml);
  });
}

test('PHP 7 decodes no single quotes in CDATA, and knows them as XML outside', () => {
  assert.equal(readContent('<![CDATA[&#039;&#x27;&quot;]]>', 'html-php7'), '&#039;&#x27;"');
  assert.equal(readContent('&#039;&apos;', 'html-php7'), "''");
});

test('an element with children, or that closes itself, has no value', () => {
  const { branches } = parse('<p><a>x<b/></a><c/></p>').tree;
  for (const branch of branches) assert.equal(readValue(branch.top, 'xml'), '');
});

test('an unterminated CDATA reaches to the end', () => {
  assert.equal(readValue(parse('<p><a><![CDATA[x]]').tree.branches[0]!.top, 'xml'), 'x]]');
});

test('there are 252 characters of HTML 4.01, at their places', () => {
  assert.equal(htmlCharacters.size, 252);
  const some = { nbsp: 0xa0, yuml: 0xff, OElig: 0x152, fnof: 0x192, thetasym: 0x3d1, bull: 0x2022, hellip: 0x2026 };
  const others = { euro: 0x20ac, trade: 0x2122, rarr: 0x2192, lang: 0x2329, loz: 0x25ca, diams: 0x2666, zwj: 0x200d };
  for (const [name, code] of Object.entries({ ...some, ...others })) {
    assert.equal(htmlCharacters.get(name)?.charCodeAt(0), code, name);
  }
});

const written: readonly { readonly text: string; readonly forms: Readonly<Record<TextForm, string>> }[] = [
  {
    text: `a & b < c > d " e ' f`,
    forms: {
      'html-php7': `a &amp; b &lt; c &gt; d &quot; e ' f`,
      'html-php8': 'a &amp; b &lt; c &gt; d &quot; e &#039; f',
      xml: 'a &amp; b &lt; c &gt; d &quot; e &apos; f',
    },
  },
  {
    text: 'Zürich € ☃ 😀 \u00a0',
    forms: {
      'html-php7': 'Z&uuml;rich &euro; ☃ 😀 &nbsp;',
      'html-php8': 'Z&uuml;rich &euro; ☃ 😀 &nbsp;',
      xml: 'Zürich € ☃ 😀 \u00a0',
    },
  },
  { text: '&amp;', forms: { 'html-php7': '&amp;amp;', 'html-php8': '&amp;amp;', xml: '&amp;amp;' } },
];

const forms: readonly TextForm[] = ['html-php7', 'html-php8', 'xml'];

for (const { text, forms: expected } of written) {
  test(`writes ${JSON.stringify(text)} as each version does`, () => {
    for (const form of forms) assert.equal(encodeText(text, form), expected[form], form);
  });
}

const character = fc.oneof(
  fc.constantFrom(...'&<>"\';#x09aé€ ', 'amp;', '&#039;', '&eacute;', ']]>', '😀', '\u00a0'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
);
const anyText = fc.array(character, { maxLength: 30 }).map(parts => parts.join(''));

test('what is encoded decodes to the same text, in every form', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom(...forms), (text, form) => {
      assert.equal(decodeReferences(encodeText(text, form), form), text);
    }),
    { numRuns: 2000 },
  );
});

test('a value written in CDATA, or outside where XML allows, is read back', () => {
  // Control characters are trimmed or no XML, and spaces alone are no value; neither is written by pfSense.
  const value = anyText.filter(text => !/[\p{Cc}\ud800-\udfff\ufffe\uffff]/u.test(text) && text.trim() === text);
  fc.assert(
    fc.property(value, fc.constantFrom(...forms), (text, form) => {
      const encoded = encodeText(text, form);
      assert.equal(readContent(`<![CDATA[${encoded}]]>`, form), text);
      if (form === 'xml') assert.equal(readContent(encoded, form), text);
    }),
    { numRuns: 2000 },
  );
});
