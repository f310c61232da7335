import assert from 'node:assert/strict';
import test from 'node:test';
import { excerptOf } from '../../../../server/src/cli/formats/excerpt.ts';
import { numberedPath } from '../../../../server/src/cli/formats/numberedPath.ts';
import type { Place } from '../../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';

/** The excerpt for the text between « and », which are taken out. */
function excerpt(marked: string): string {
  const from = marked.indexOf('«');
  const to = marked.indexOf('»') - 1;
  const document = new XmlDocument('file:///a.xml', marked.replace(/[«»]/g, ''));
  const place: Place = { anchor: { document, start: 0 }, from, to };
  const { line, text, marks } = excerptOf(place);
  return `${line}|${text}\n |${marks}`;
}

test('excerpt: the line without its indentation, tabs in it as one space', () => {
  assert.equal(excerpt('<a>\n\t\t<b>\t«x»</b>\n</a>'), '2|<b> x</b>\n |    ^');
});

test('excerpt: a place over several lines is marked to the end of the first', () => {
  assert.equal(excerpt('<a>\n\t«<b>\r\n\t</b>»\n</a>'), '2|<b>\n |^^^');
});

test('excerpt: a place without width has one mark, also at the end of the file', () => {
  assert.equal(excerpt('<a>«»</a>'), '1|<a></a>\n |   ^');
  assert.equal(excerpt('<a>«»'), '1|<a>\n |   ^');
  assert.equal(excerpt('«»'), '1|\n |^');
});

test('excerpt: marks stand under wide, combined and paired characters', () => {
  assert.equal(excerpt('<a>漢字«xy»</a>'), '1|<a>漢字xy</a>\n |       ^^');
  assert.equal(excerpt('<a>e\u0301«x»</a>'), '1|<a>e\u0301x</a>\n |    ^');
  assert.equal(excerpt('<a>«😀»x</a>'), '1|<a>😀x</a>\n |   ^^');
});

test('excerpt: a long line is cut to what is near the place', () => {
  const long = 'A'.repeat(3000);
  const [text = '', marks = ''] = excerpt(`<a>${long}«here»${long}</a>`).split('\n');
  assert.match(text, /^1\|…A{48}hereA{48}…$/);
  assert.equal(marks, ` |${' '.repeat(49)}^^^^`);
  assert.match(excerpt(`<a>«${long}»</a>`), /^1\|…?.{100}…\n \| *\^{90,}$/);
});

test('excerpt: who logs in by a URL is hidden, also where the line is cut within', () => {
  const url = (account: string) => `<p><a>https://${account}@h/?a=1«&»b=2</a></p>`;
  const line = '1|<p><a>https://(hidden)@h/?a=1&b=2</a></p>';
  assert.equal(excerpt(url('bob:pass')).split('\n')[0], line);
  assert.equal(excerpt(url('bob:p@ss')).split('\n')[0], line);
  assert.equal(excerpt(url('b'.repeat(300))).split('\n')[0], '1|…(hidden)@h/?a=1&b=2</a></p>');
  assert.equal(excerpt('<p><a>https://h/x@y«&»</a></p>').split('\n')[0], '1|<p><a>https://h/x@y&</a></p>');
  assert.equal(excerpt('<p>«<!-- »ftp://a:b@h --></p>').split('\n')[0], '1|<p><!-- ftp://(hidden)@h --></p>');
});

test('excerpt: the content of secrets is hidden, and a place in one is marked as a whole', () => {
  assert.equal(
    excerpt('<pfsense><u><password>ab«c»d</password></u></pfsense>'),
    `1|<pfsense><u><password>(hidden)</password></u></pfsense>\n |${' '.repeat(22)}${'^'.repeat(8)}`,
  );
  assert.equal(
    excerpt('<pfsense><u><prv>a\nb</prv>«<c>»</c></u></pfsense>'),
    `2|(hidden)</prv><c></c></u></pfsense>\n |${' '.repeat(14)}^^^`,
  );
});

test('path: tags from below the root, counted where there are several', () => {
  const document = new XmlDocument(
    'file:///a.xml',
    '<pfsense><ca></ca><Ca><refid>x</refid></Ca><nat><outbound><rule></rule><rule><target>t</target></rule></outbound></nat></pfsense>',
  );
  assert.equal(numberedPath(document.branches('ca')[1]!.top.find('refid')!.contentPlace), 'Ca[2]/refid');
  const [, rule] = document.find('nat/outbound')!.children();
  assert.equal(numberedPath(rule!.child('target')!.namePlace), 'nat/outbound/rule[2]/target');
  assert.equal(numberedPath(rule!.wholePlace), 'nat/outbound/rule[2]');
  assert.equal(numberedPath({ anchor: { document, start: 0 }, from: 1, to: 8 }), '');
});
