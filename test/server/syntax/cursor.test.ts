import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import test from 'node:test';
import { type Cursor, cursorAt } from '../../../server/src/syntax/cursor.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

/** The cursor at `|`, with what is written there and the name of the element around it. */
function at(source: string): string {
  const offset = source.indexOf('|');
  const text = source.replace('|', '');
  const cursor = cursorAt(new XmlDocument('file:///a.xml', text), offset);
  return `${cursor.kind}${cursor.kind === 'text' && cursor.isCdata ? ' cdata' : ''} ${written(cursor, text)} in ${around(cursor)}`;
}

function written(cursor: Cursor, text: string): string {
  return cursor.kind === 'other' ? '-' : JSON.stringify(text.slice(cursor.from, cursor.to));
}

function around(cursor: Cursor): string {
  if (cursor.kind === 'other') return '-';
  const parent = cursor.kind === 'end-tag' ? cursor.open : cursor.parent;
  return typeof parent === 'object' ? parent.name : (parent ?? 'nothing');
}

test('the name in a start tag, from its first letter on, whatever is missing of the tag', () => {
  assert.equal(at('<r><a><|</a></r>'), 'start-tag "" in a');
  assert.equal(at('<r><a><b|</a></r>'), 'start-tag "b" in a');
  assert.equal(at('<r><a><b|c>x</bc></a></r>'), 'start-tag "bc" in a');
  assert.equal(at('<r><a></a><|</r>'), 'start-tag "" in root');
  assert.equal(at('<r><a><b></b>\n<|\n<c></c></a></r>'), 'start-tag "" in a');
  assert.equal(at('<r|'), 'start-tag "r" in nothing');
  assert.equal(at('<|'), 'start-tag "" in nothing');
});

test('the name in an end tag, also of one that closes nothing yet', () => {
  assert.equal(at('<r><a></|</r>'), 'end-tag "" in a');
  assert.equal(at('<r><a><b></b|></a></r>'), 'end-tag "b" in b');
  assert.equal(at('<r><a><b></b></a></|'), 'end-tag "" in root');
});

test('text and CDATA, between what stands before and behind', () => {
  assert.equal(at('<r><a>|</a></r>'), 'text "" in a');
  assert.equal(at('<r><a>x|y</a></r>'), 'text "xy" in a');
  assert.equal(at('<r><a><![CDATA[x|y]]></a></r>'), 'text cdata "xy" in a');
  assert.equal(at('<r><a><![CDATA[|</a></r>'), 'text cdata "" in a');
  assert.equal(at('<r><a><b></b> x|\n<c></c></a></r>'), 'text " x\\n" in a');
  assert.equal(at('<r><a><!-- c -->x|<b></b></a></r>'), 'text "x" in a');
  assert.equal(at('<r>|<a></a></r>'), 'text "" in root');
  assert.equal(at('<r><a></a>|</r>'), 'text "" in root');
  assert.equal(at('<r><a><b></b></x>y|</a></r>'), 'text "y" in a');
  assert.equal(at('|'), 'text "" in nothing');
  assert.equal(at('|<r></r>'), 'text "" in nothing');
  assert.equal(at('<r></r>\n|'), 'text "\\n" in nothing');
});

test('nothing is written in comments, instructions, attributes, or within a tag behind its name', () => {
  for (const source of [
    '<r><a><!-- <| --></a></r>',
    '<r><a><!-- </| --></a></r>',
    '<r><a><!-- | --></a></r>',
    '<?xml |?><r></r>',
    '<r><a x="|"></a></r>',
    '<r><a ><b></b |></a></r>',
  ]) {
    assert.equal(at(source), 'other - in -', source);
  }
  assert.equal(at('<r><a><![CDATA[<|]]></a></r>'), 'text cdata "<" in a');
});

test('at every offset of a sample, whole and cut off there, what is written lies around the cursor', () => {
  const sample = readFileSync(resolve(import.meta.dirname, '../../../samples/broken/main-pfSense.xml'), 'utf8');
  const whole = new XmlDocument('file:///a.xml', sample);
  for (let offset = 0; offset <= sample.length; offset += 7) {
    for (const document of [whole, new XmlDocument('file:///a.xml', sample.slice(0, offset))]) {
      const cursor = cursorAt(document, offset);
      if (cursor.kind === 'other') continue;
      assert.ok(cursor.from <= offset && offset <= cursor.to && cursor.to <= document.buffer.length, `${offset}`);
    }
  }
});

test('a text of stray brackets is looked through once', () => {
  const text = `<r><a>${'<'.repeat(200_000)}</a></r>`;
  const document = new XmlDocument('file:///a.xml', text);
  assert.equal(cursorAt(document, 100_000).kind, 'start-tag');
  assert.equal(cursorAt(document, text.length - 9).kind, 'start-tag');
});
