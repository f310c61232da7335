import assert from 'node:assert/strict';
import test from 'node:test';
import type { Config } from '../../../server/src/model/config.ts';
import {
  dedented,
  elementSource,
  insertChild,
  insertSection,
  removeElement,
  setChildText,
  setText,
} from '../../../server/src/model/write.ts';
import type { TextEdit } from '../../../server/src/syntax/xmlDocument.ts';
import { configOf } from './readers.ts';

const head = '<?xml version="1.0"?>\n<pfsense>\n';

/** What the edit makes of what stands below the root. */
function after(config: Config, edit: TextEdit | undefined): string {
  assert.ok(edit);
  config.document.edit(edit);
  return config.document.buffer.toString().slice(head.length, -'</pfsense>\n'.length);
}

function found(config: Config, path: string) {
  const element = config.find(path);
  assert.ok(element, path);
  return element;
}

test('write: a text replaces what is there, in the form of its tag', () => {
  const config = configOf('\t<version>22.2</version>\n\t<a>\n\t\t<descr>old</descr>\n\t\t<name/>\n\t</a>\n');
  assert.match(
    after(config, setText(config, found(config, 'a/descr'), 'é & b')),
    /<descr><!\[CDATA\[&eacute; &amp; b\]\]><\/descr>/,
  );
  assert.match(after(config, setText(config, found(config, 'a/name'), 'x')), /<name>x<\/name>/);
  assert.match(after(config, setText(config, found(config, 'a/descr'), '')), /<descr><\/descr>/);
});

test('write: a missing child goes behind the first of the names that is there', () => {
  const config = configOf('\t<a>\n\t\t<b>1</b>\n\t\t<b>2</b>\n\t\t<c>3</c>\n\t</a>\n');
  const edit = setChildText(config, found(config, 'a'), { name: 'd', text: 'x', after: ['nowhere', 'b', 'c'] });
  assert.equal(after(config, edit), '\t<a>\n\t\t<b>1</b>\n\t\t<b>2</b>\n\t\t<d>x</d>\n\t\t<c>3</c>\n\t</a>\n');
});

test('write: a missing child goes where the form of pfSense writes it, else to the end', () => {
  const hasync = configOf(
    '\t<hasync>\n\t\t<pfsyncinterface>opt1</pfsyncinterface>\n\t\t<username></username>\n\t</hasync>\n',
  );
  const first = setChildText(hasync, found(hasync, 'hasync'), { name: 'pfsyncenabled', text: 'on' });
  assert.match(after(hasync, first), /<hasync>\n\t\t<pfsyncenabled>on<\/pfsyncenabled>\n\t\t<pfsyncinterface>/);
  const middle = setChildText(hasync, found(hasync, 'hasync'), { name: 'synchronizetoip', text: '192.0.2.1' });
  assert.match(
    after(hasync, middle),
    /opt1<\/pfsyncinterface>\n\t\t<synchronizetoip>192.0.2.1<\/synchronizetoip>\n\t\t<username>/,
  );
  const other = configOf('\t<a>\n\t\t<b>1</b>\n\t</a>\n');
  assert.match(
    after(other, setChildText(other, found(other, 'a'), { name: 'd', text: 'x' })),
    /1<\/b>\n\t\t<d>x<\/d>\n\t<\/a>/,
  );
});

for (const [name, source] of [
  ['an empty element', '\t<a></a>\n'],
  ['an element with a line end in it', '\t<a>\n\t</a>\n'],
  ['an element that closes itself', '\t<a/>\n'],
] as const) {
  test(`write: a child of ${name} stands on a line of its own`, () => {
    const config = configOf(source);
    const edit = insertChild(found(config, 'a'), { source: '<b>\n\t<c>1</c>\n</b>' });
    assert.equal(after(config, edit), '\t<a>\n\t\t<b>\n\t\t\t<c>1</c>\n\t\t</b>\n\t</a>\n');
  });
}

test('write: line ends and indentation of the file are kept', () => {
  const config = configOf('  <a>\n    <b>1</b>\n  </a>\n'.replaceAll('\n', '\r\n'));
  const { document } = config;
  document.edit({ from: 0, to: head.length, text: head.replaceAll('\n', '\r\n') });
  document.edit(insertChild(found(config, 'a'), { source: '<c>\n\t<d></d>\n</c>' }));
  document.edit(insertSection(config, '<e>\n\t<f></f>\n</e>')!);
  const text = document.buffer.toString();
  assert.match(
    text,
    /\r\n {4}<c>\r\n {6}<d><\/d>\r\n {4}<\/c>\r\n {2}<\/a>\r\n {2}<e>\r\n {4}<f><\/f>\r\n {2}<\/e>\r\n/,
  );
  assert.doesNotMatch(text.slice(0, text.lastIndexOf('</pfsense>')), /[^\r]\n/);
});

test('write: a section goes behind the last one; a text without a root has no place for it', () => {
  const config = configOf('\t<a></a>\n');
  assert.equal(
    after(config, insertSection(config, '<b>\n\t<c>1</c>\n</b>')),
    '\t<a></a>\n\t<b>\n\t\t<c>1</c>\n\t</b>\n',
  );
  const none = configOf('');
  none.document.edit({ from: 0, to: none.document.buffer.length, text: 'nothing' });
  assert.equal(insertSection(none, '<b></b>'), undefined);
});

test('write: an element is removed with its line, and alone where it shares one', () => {
  const config = configOf('\t<a>\n\t\t<b>1</b>\n\t\t<c>1</c><d>2</d>\n\t</a>\n');
  assert.equal(after(config, removeElement(found(config, 'a/b'))), '\t<a>\n\t\t<c>1</c><d>2</d>\n\t</a>\n');
  assert.equal(after(config, removeElement(found(config, 'a/c'))), '\t<a>\n\t\t<d>2</d>\n\t</a>\n');
});

test('write: what one file has is inserted into another as it stands', () => {
  const from = configOf(
    '    <a>\n        <b>\n            <c>1</c>\n        </b>\n    </a>\n'.replaceAll('    ', '\t'),
  );
  const source = dedented(found(from, 'a/b'));
  assert.equal(source, '<b>\n\t<c>1</c>\n</b>');
  const to = configOf('\t<a></a>\n');
  assert.equal(
    after(to, insertChild(found(to, 'a'), { source })),
    '\t<a>\n\t\t<b>\n\t\t\t<c>1</c>\n\t\t</b>\n\t</a>\n',
  );
});

test('write: the source of an element', () => {
  const config = configOf('\t<version>24.5</version>\n');
  assert.equal(elementSource(config, 'descr', "it's"), '<descr><![CDATA[it&apos;s]]></descr>');
  assert.equal(elementSource(config, 'enable', ''), '<enable></enable>');
});
