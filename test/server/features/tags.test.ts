import assert from 'node:assert/strict';
import test from 'node:test';
import { closingTag } from '../../../server/src/features/closingTag.ts';
import { lineIndentationEdit } from '../../../server/src/features/lineIndentation.ts';
import { linkedTags } from '../../../server/src/features/linkedTags.ts';
import { selectionRanges } from '../../../server/src/features/selectionRanges.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

/** A document and the place of `$0` in its text, which is taken out; nothing is put around it. */
function at(marked: string): { readonly document: XmlDocument; readonly offset: number; readonly text: string } {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  return { document: new XmlDocument('file:///config.xml', text), offset, text };
}

/** What the selection grows to, each as its text. */
function grown(marked: string): readonly string[] {
  const { document, offset, text } = at(marked);
  return selectionRanges(document, offset).map(({ start, end }) => text.slice(start, end));
}

test('a selection grows from the value of a list to the document', () => {
  const element = '<alias><address>192.0.2.1 192.0.2.2</address></alias>';
  const root = `<pfsense><aliases>${element}</aliases></pfsense>`;
  assert.deepEqual(grown(root.replace('0.2.2', '0.$02.2')), [
    '192.0.2.2',
    '192.0.2.1 192.0.2.2',
    '<address>192.0.2.1 192.0.2.2</address>',
    element,
    `<aliases>${element}</aliases>`,
    root,
  ]);
});

test('a selection grows from the text of CDATA and of comments, and from a name to its tag', () => {
  assert.deepEqual(grown('<pfsense><descr><![CDATA[ a$0b ]]></descr></pfsense>').slice(0, 3), [
    'ab',
    '<![CDATA[ ab ]]>',
    '<descr><![CDATA[ ab ]]></descr>',
  ]);
  assert.deepEqual(grown('<pfsense>\n<!-- a$0b -->\n</pfsense>').slice(0, 3), ['ab', '<!-- ab -->', '\n<!-- ab -->\n']);
  assert.deepEqual(grown('<pfsense><de$0scr>x</descr></pfsense>').slice(0, 3), [
    'descr',
    '<descr>',
    '<descr>x</descr>',
  ]);
  assert.deepEqual(grown('<pfsense><descr>x</de$0scr></pfsense>').slice(0, 3), [
    'descr',
    '</descr>',
    '<descr>x</descr>',
  ]);
});

test('each step of a selection holds the one before, in broken texts too', () => {
  for (const marked of [
    '$0',
    'hel$0lo',
    '<pfsense><a><b>x$0',
    '<pfsense><a$0',
    '<pfsense><a></b>$0<c></pfsense>',
    '<$0',
  ]) {
    const { document, offset } = at(marked);
    let last = { start: offset, end: offset };
    for (const span of selectionRanges(document, offset)) {
      assert.ok(
        span.start <= last.start && last.end <= span.end && span.end - span.start > last.end - last.start,
        marked,
      );
      last = span;
    }
  }
});

function linked(marked: string): readonly string[] | undefined {
  const { document, offset, text } = at(marked);
  return linkedTags(document, offset)?.map(({ start, end }) => `${start} ${text.slice(start, end)}`);
}

test('the names in both tags of an element are linked, those of the root too', () => {
  assert.deepEqual(linked('<pfsense><des$0cr>x</descr></pfsense>'), ['10 descr', '19 descr']);
  assert.deepEqual(linked('<pfsense><descr$0>x</descr></pfsense>'), ['10 descr', '19 descr']);
  assert.deepEqual(linked('<pfsense><descr>x</$0descr></pfsense>'), ['10 descr', '19 descr']);
  assert.deepEqual(linked('<pfs$0ense><a></a></pfsense>'), ['1 pfsense', '18 pfsense']);
});

test('nothing is linked in texts, in attributes, and where the tags do not agree', () => {
  for (const marked of [
    '<pfsense><descr>x$0y</descr></pfsense>',
    '<pfsense><descr a="$0b">x</descr></pfsense>',
    '<pfsense><de$0scr></Descr></pfsense>',
    '<pfsense><de$0scr/></pfsense>',
    '<pfsense><de$0scr></pfsense>',
    '<pfs$0ense>',
    '$0',
  ]) {
    assert.equal(linked(marked), undefined, marked);
  }
});

/** The text with what closes an element put in, the cursor as `|`. */
function closed(marked: string): string | undefined {
  const { document, offset, text } = at(marked);
  const closing = closingTag(document, offset);
  if (!closing) return undefined;
  const put = closing.cursor === 'behind' ? `${closing.text}|` : `|${closing.text}`;
  return text.slice(0, offset) + put + text.slice(offset);
}

test('behind </ the name of the innermost element that is open is put in', () => {
  assert.equal(
    closed('<pfsense><filter><rule><type>pass</$0</rule></filter></pfsense>'),
    '<pfsense><filter><rule><type>pass</type>|</rule></filter></pfsense>',
  );
  assert.equal(
    closed('<pfsense>\n<filter>\n<rule>\n</$0\n</filter>\n</pfsense>'),
    '<pfsense>\n<filter>\n<rule>\n</rule>|\n</filter>\n</pfsense>',
  );
  assert.equal(closed('<pfsense><a>x</$0></pfsense>'), '<pfsense><a>x</a|></pfsense>');
  assert.equal(closed('<pfsense><a></a></$0'), '<pfsense><a></a></pfsense>|');
});

test('behind the > of a start tag its end tag is put in, the cursor in front of it', () => {
  assert.equal(
    closed('<pfsense><system><note>$0</system></pfsense>'),
    '<pfsense><system><note>|</note></system></pfsense>',
  );
  assert.equal(closed('<pfsense>$0'), '<pfsense>|</pfsense>');
});

test('nothing is closed that is, nor in CDATA and comments, nor what closes itself', () => {
  for (const marked of [
    '<pfsense><a>$0</a></pfsense>',
    '<pfsense><a></a>$0</pfsense>',
    '<pfsense><a/>$0</pfsense>',
    '<pfsense><descr><![CDATA[</$0]]></descr></pfsense>',
    '<pfsense><descr><![CDATA[<b>$0]]></descr></pfsense>',
    '<pfsense><!-- </$0 --></pfsense>',
    '<pfsense><!-- <a>$0 --></pfsense>',
    '</$0',
    '$0',
  ]) {
    assert.equal(closed(marked), undefined, marked);
  }
});

/** The text with the line of the cursor indented. */
function indented(marked: string): string {
  const { document, offset } = at(marked);
  const edit = lineIndentationEdit(document, offset);
  if (edit) document.edit(edit);
  return document.buffer.toString();
}

test('a new line is indented as the element that it is in, and one step further', () => {
  assert.equal(
    indented('<pfsense>\n\t<system>\n$0\n\t</system>\n</pfsense>'),
    '<pfsense>\n\t<system>\n\t\t\n\t</system>\n</pfsense>',
  );
  assert.equal(
    indented('<pfsense>\n\t<system>\n$0</system>\n</pfsense>'),
    '<pfsense>\n\t<system>\n\t</system>\n</pfsense>',
  );
  assert.equal(
    indented('<pfsense>\n  <system>\n$0<a></a></system>\n</pfsense>'),
    '<pfsense>\n  <system>\n    <a></a></system>\n</pfsense>',
  );
  assert.equal(indented('<pfsense>\n$0</pfsense>'), '<pfsense>\n</pfsense>');
});

test('a new line within a text, CDATA or a comment stays as it is', () => {
  for (const marked of [
    '<pfsense>\n\t<a>x\n$0y</a>\n</pfsense>',
    '<pfsense>\n\t<a><![CDATA[\n$0]]></a>\n</pfsense>',
    '<pfsense>\n\t<!--\n$0-->\n</pfsense>',
    'hello\n$0',
    '$0',
  ]) {
    assert.equal(indented(marked), at(marked).text, marked);
  }
});
