import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  indentationOf,
  indentationUnit,
  insertAfter,
  insertAtEnd,
  insertBefore,
  insertSection,
  lineEnding,
  removeElement,
  renameElement,
  replaceContent,
  swapElements,
} from '../../../server/src/syntax/edits.ts';
import type { Element } from '../../../server/src/syntax/tree.ts';
import type { TextEdit, XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { elementNamed, parse } from './support.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly edit: (document: XmlDocument) => TextEdit | readonly TextEdit[] | undefined;
  readonly result: string;
}

const x = (document: XmlDocument): Element => elementNamed(document, 'x');

const cases: readonly Case[] = [
  { name: 'content', text: '<p><x>1</x></p>', edit: d => replaceContent(x(d), '2'), result: '<p><x>2</x></p>' },
  {
    name: 'content of one that closes itself',
    text: '<p><x a="1" /></p>',
    edit: d => replaceContent(x(d), '2'),
    result: '<p><x a="1">2</x></p>',
  },
  {
    name: 'before',
    text: '<p>\n\t<x/>\n</p>',
    edit: d => insertBefore(x(d), '<y>\n\t<z/>\n</y>'),
    result: '<p>\n\t<y>\n\t\t<z/>\n\t</y>\n\t<x/>\n</p>',
  },
  {
    name: 'before, on one line',
    text: '<p><x/></p>',
    edit: d => insertBefore(x(d), '<y/>'),
    result: '<p><y/><x/></p>',
  },
  {
    name: 'after',
    text: '<p>\n\t<x/>\n</p>',
    edit: d => insertAfter(x(d), '<y/>'),
    result: '<p>\n\t<x/>\n\t<y/>\n</p>',
  },
  { name: 'after, on one line', text: '<p><x/></p>', edit: d => insertAfter(x(d), '<y/>'), result: '<p><x/><y/></p>' },
  {
    name: 'after, in a file of CR LF and blanks',
    text: '<p>\r\n  <x>\r\n  </x>\r\n</p>\r\n',
    edit: d => insertAfter(x(d), '<y>\n\t<z/>\n</y>'),
    result: '<p>\r\n  <x>\r\n  </x>\r\n  <y>\r\n    <z/>\r\n  </y>\r\n</p>\r\n',
  },
  {
    name: 'after, with texts and a comment of several lines, which are no layout',
    text: '<p>\n\t<x/>\n</p>',
    edit: d => insertAfter(x(d), '<y>\n\t<a>1\n2</a>\n\t<b><![CDATA[<i>\n\t<j>]]></b>\n\t<!-- 3\n4 -->\n</y>'),
    result: '<p>\n\t<x/>\n\t<y>\n\t\t<a>1\n2</a>\n\t\t<b><![CDATA[<i>\n\t<j>]]></b>\n\t\t<!-- 3\n4 -->\n\t</y>\n</p>',
  },
  {
    name: 'at the end, behind others',
    text: '<p>\n\t<x>\n\t\t<a/>\n\t</x>\n</p>',
    edit: d => insertAtEnd(x(d), '<y/>'),
    result: '<p>\n\t<x>\n\t\t<a/>\n\t\t<y/>\n\t</x>\n</p>',
  },
  {
    name: 'at the end of an empty one',
    text: '<p>\n\t<x></x>\n</p>',
    edit: d => insertAtEnd(x(d), '<y/>'),
    result: '<p>\n\t<x>\n\t\t<y/>\n\t</x>\n</p>',
  },
  {
    name: 'at the end of an empty one on lines',
    text: '<p>\n\t<x>\n\t</x>\n</p>',
    edit: d => insertAtEnd(x(d), '<y/>'),
    result: '<p>\n\t<x>\n\t\t<y/>\n\t</x>\n</p>',
  },
  {
    name: 'at the end of one that closes itself',
    text: '<p>\n\t<x a="1"/>\n</p>',
    edit: d => insertAtEnd(x(d), '<y/>'),
    result: '<p>\n\t<x a="1">\n\t\t<y/>\n\t</x>\n</p>',
  },
  {
    name: 'a section',
    text: '<p>\n\t<x/>\n</p>\n<q/>',
    edit: d => insertSection(d, '<y>\n\t<z/>\n</y>'),
    result: '<p>\n\t<x/>\n\t<y>\n\t\t<z/>\n\t</y>\n</p>\n<q/>',
  },
  {
    name: 'a section of an empty root',
    text: '<p></p>',
    edit: d => insertSection(d, '<y/>'),
    result: '<p>\n\t<y/>\n</p>',
  },
  {
    name: 'a section of a root that closes itself',
    text: '<p/>',
    edit: d => insertSection(d, '<y/>'),
    result: '<p>\n\t<y/>\n</p>',
  },
  { name: 'a section of no root', text: 'z', edit: d => insertSection(d, '<y/>'), result: 'z' },
  {
    name: 'removal of a line',
    text: '<p>\n\t<a/>\n\t<x/> \n\t<b/>\n</p>',
    edit: d => removeElement(x(d)),
    result: '<p>\n\t<a/>\n\t<b/>\n</p>',
  },
  {
    name: 'removal of lines of CR LF',
    text: '<p>\r\n <x>\r\n </x>\r\n</p>',
    edit: d => removeElement(x(d)),
    result: '<p>\r\n</p>',
  },
  {
    name: 'removal on a line with others',
    text: '<p>\n\t<x/> <b/>\n</p>',
    edit: d => removeElement(x(d)),
    result: '<p>\n\t <b/>\n</p>',
  },
  {
    name: 'both tags',
    text: '<p><x a="1">1</x ></p>',
    edit: d => renameElement(x(d), 'yy'),
    result: '<p><yy a="1">1</yy ></p>',
  },
  { name: 'the only tag', text: '<p><x/></p>', edit: d => renameElement(x(d), 'yy'), result: '<p><yy/></p>' },
  {
    name: 'a mistyped end tag',
    text: '<p><x>1</z></p>',
    edit: d => renameElement(x(d), 'x'),
    result: '<p><x>1</x></p>',
  },
  {
    name: 'a swap',
    text: '<p>\n\t<x>1</x>\n\t<!-- c -->\n\t<y/>\n</p>',
    edit: d => swapElements(x(d), elementNamed(d, 'y')),
    result: '<p>\n\t<y/>\n\t<!-- c -->\n\t<x>1</x>\n</p>',
  },
  {
    name: 'a swap of neighbours, the first going down',
    text: '<p>\n\t<x>1</x>\n\t<y/>\n</p>',
    edit: d => swapElements(x(d), elementNamed(d, 'y')),
    result: '<p>\n\t<y/>\n\t<x>1</x>\n</p>',
  },
  {
    name: 'a swap of neighbours, the second going up',
    text: '<p>\n\t<y/><x>1</x>\n</p>',
    edit: d => swapElements(x(d), elementNamed(d, 'y')),
    result: '<p>\n\t<x>1</x><y/>\n</p>',
  },
];

test('a swap of neighbours leaves the text of the one alone, and a cursor in it', () => {
  for (const text of ['<p>\n\t<x>1</x>\n\t<y/>\n</p>', '<p>\n\t<y/>\n\t<x>1</x>\n</p>']) {
    const document = parse(text);
    const { start, end } = x(document);
    const edits = swapElements(x(document), elementNamed(document, 'y'));
    assert.ok(edits.every(({ from, to }) => to <= start || from >= end));
  }
});

for (const { name, text, edit, result } of cases) {
  test(`edit: ${name}`, () => {
    const document = parse(text);
    const made = edit(document) ?? [];
    const edits = Array.isArray(made) ? [...made] : [made as TextEdit];
    document.edits(edits.sort((a, b) => b.from - a.from));
    assert.equal(document.buffer.toString(), result);
  });
}

test('the form of a file', () => {
  const tabs = parse('<p>\n\t<x>\n\t\t<y/> <z/>\n\t</x>\n</p>');
  assert.equal(lineEnding(tabs), '\n');
  assert.equal(indentationUnit(tabs), '\t');
  assert.equal(indentationOf(elementNamed(tabs, 'y')), '\t\t');
  assert.equal(indentationOf(elementNamed(tabs, 'z')), undefined);
  const spaces = parse('<p>\r\n    <x/>\r\n</p>');
  assert.equal(lineEnding(spaces), '\r\n');
  assert.equal(indentationUnit(spaces), '    ');
  assert.equal(lineEnding(parse('<p/>')), '\n');
  assert.equal(indentationUnit(parse('<p/>')), '\t');
});
