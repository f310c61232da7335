import assert from 'node:assert/strict';
import { closingTag } from '../../server/src/features/closingTag.ts';
import { type DocumentSymbol, documentSymbols } from '../../server/src/features/documentSymbols.ts';
import { foldingRanges } from '../../server/src/features/foldingRanges.ts';
import { formattingEdits } from '../../server/src/features/formatting.ts';
import { type HintKind, inlayHints } from '../../server/src/features/inlayHints.ts';
import { lineIndentationEdit } from '../../server/src/features/lineIndentation.ts';
import { linkedTags } from '../../server/src/features/linkedTags.ts';
import { selectionRanges } from '../../server/src/features/selectionRanges.ts';
import { semanticTokens } from '../../server/src/features/semanticTokens.ts';
import type { Span } from '../../server/src/syntax/tree.ts';
import type { Asked } from './everyOffset.ts';

const allHints: ReadonlySet<HintKind> = new Set<HintKind>([
  'interfaces',
  'aliases',
  'names',
  'vips',
  'dates',
  'release',
]);

/** What is asked about around a place. */
const around = 200;

/**
 * Asks what an editor marks, links, closes and indents at a place, and sees that what is answered lies in the text and in
 * order.
 *
 * @returns everything that is said of the config in words of its own
 */
export function askMarks({ snapshot, offset, where }: Asked): string {
  const { document } = snapshot.config;
  const { length } = document.buffer;
  let inner: Span = { start: offset, end: offset };
  for (const span of selectionRanges(document, offset)) {
    assert.ok(span.start <= inner.start && inner.end <= span.end && span.end <= length, where);
    inner = span;
  }
  const linked = linkedTags(document, offset) ?? [];
  inText([...linked], length, where);
  assert.equal(
    new Set(linked.map(({ start, end }) => document.buffer.slice(start, end))).size,
    linked.length > 0 ? 1 : 0,
    where,
  );
  const range = { start: Math.max(0, offset - around), end: Math.min(length, offset + around) };
  inOrder(semanticTokens(snapshot, range), length, where);
  const hints = inlayHints(snapshot.config, range, allHints);
  for (const { at } of hints) assert.ok(range.start <= at && at <= range.end, where);
  const line = lineIndentationEdit(document, offset);
  assert.ok(!line || (line.from <= offset && line.to <= length), where);
  assert.ok(closingTag(document, offset)?.text !== '', where);
  return hints.map(({ text }) => text).join('\n');
}

/** Asks what an editor shows of a file from end to end. @returns as {@link askMarks} */
export function askMarksOfFile({ snapshot, where }: Asked): string {
  const { config } = snapshot;
  const { length } = config.document.buffer;
  inOrder(semanticTokens(snapshot), length, where);
  inText(foldingRanges(config.document, 5000), length, where);
  let done = 0;
  for (const { from, to } of formattingEdits(config)) {
    assert.ok(done <= from && from <= to && to <= length, where);
    done = to;
  }
  const hints = inlayHints(config, { start: 0, end: length }, allHints);
  return [...namesOf(documentSymbols(config), where), ...hints.map(({ text }) => text)].join('\n');
}

function namesOf(symbols: readonly DocumentSymbol[], where: string): readonly string[] {
  return symbols.flatMap(({ name, start, end, selectionStart, selectionEnd, children }) => {
    assert.ok(name !== '' && start <= selectionStart && selectionStart <= selectionEnd && selectionEnd <= end, where);
    for (const child of children) assert.ok(start <= child.start && child.end <= end, where);
    return [name, ...namesOf(children, where)];
  });
}

function inText(spans: readonly Span[], length: number, where: string): void {
  for (const { start, end } of spans) assert.ok(0 <= start && start <= end && end <= length, where);
}

/** One behind the other, in the text. */
function inOrder(spans: readonly Span[], length: number, where: string): void {
  inText(spans, length, where);
  for (const [i, { start }] of spans.entries()) assert.ok(i === 0 || spans[i - 1]!.end <= start, where);
}
