import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextBuffer } from '../../../server/src/syntax/textBuffer.ts';
import fc from '../../harness/fastCheck.ts';

const unit = fc.constantFrom('a', 'é', '\n', '\r', '\r\n', '\0', '\ud800', '\udc00', '😀', '\ufeff');
const text = fc.array(unit, { maxLength: 40 }).map(parts => parts.join(''));

/** Where the lines of a text begin, by LSP's definition. */
function lineStarts(content: string): number[] {
  return [0, ...[...content.matchAll(/\r\n|\r|\n/g)].map(match => match.index + match[0].length)];
}

function assertSame(buffer: TextBuffer, content: string): void {
  assert.equal(buffer.toString(), content);
  assert.equal(buffer.length, content.length);
  const starts = lineStarts(content);
  assert.equal(buffer.lineCount, starts.length);
  assert.deepEqual(
    starts,
    starts.map((_, line) => buffer.lineStart(line)),
  );
}

test('a buffer holds what a string would, and its lines, through any edits', () => {
  const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 12 }), text });
  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 20 }), fc.boolean(), (start, edits, asksEarly) => {
      const buffer = new TextBuffer(start);
      let content = start;
      if (asksEarly) assertSame(buffer, content);
      for (const { at, removed, text: inserted } of edits) {
        const from = at % (content.length + 1);
        const to = Math.min(content.length, from + removed);
        buffer.replace(from, to, inserted);
        content = content.slice(0, from) + inserted + content.slice(to);
        if (asksEarly) assertSame(buffer, content);
      }
      assertSame(buffer, content);
    }),
    { numRuns: 500 },
  );
});

test('positions and offsets are each other back', () => {
  fc.assert(
    fc.property(text, content => {
      const buffer = new TextBuffer(content);
      for (let offset = 0; offset <= content.length; offset++) {
        const { line, character } = buffer.positionAt(offset);
        assert.equal(buffer.lineStart(line) + character, offset);
        const isInsideLineEnd = content.startsWith('\r\n', offset - 1);
        if (!isInsideLineEnd) assert.equal(buffer.offsetAt(line, character), offset);
      }
    }),
  );
});

test('positions beyond lines and text are clamped', () => {
  const buffer = new TextBuffer('ab\r\ncd');
  assert.equal(buffer.offsetAt(0, 99), 2);
  assert.equal(buffer.offsetAt(1, 99), 6);
  assert.equal(buffer.offsetAt(9, 0), 6);
  assert.equal(buffer.offsetAt(-1, 5), 0);
  assert.equal(buffer.offsetAt(0, -5), 0);
  assert.deepEqual(buffer.positionAt(99), { line: 1, character: 2 });
  assert.deepEqual(buffer.positionAt(-1), { line: 0, character: 0 });
  assert.equal(buffer.lineStart(5), 6);
});

test('any stretch can be had in one piece, wherever the last edit was', () => {
  const buffer = new TextBuffer('0123456789');
  for (const [at, from, to] of [
    [5, 0, 10],
    [2, 4, 8],
    [9, 1, 9],
    [0, 0, 3],
  ] as const) {
    buffer.replace(at, at + 1, 'x');
    const expected = buffer.slice(from, to);
    const { units, shift } = buffer.contiguous(from, to);
    assert.equal(String.fromCharCode(...units.subarray(from + shift, to + shift)), expected);
    assert.equal(buffer.length, 10);
  }
});

test('long texts, which are copied natively, keep unpaired surrogates', () => {
  const long = `\ud800${'x'.repeat(5000)}\udc00\ud800`;
  const buffer = new TextBuffer(long);
  assert.equal(buffer.toString(), long);
  buffer.replace(1, 1, long);
  assert.equal(buffer.toString(), `\ud800${long}${long.slice(1)}`);
});
