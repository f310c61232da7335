import assert from 'node:assert/strict';
import { mostItems } from '../../server/src/features/completion/item.ts';
import { complete, describeCompletion } from '../../server/src/features/completion.ts';
import { hover } from '../../server/src/features/hover.ts';
import { type Prose, plainLine } from '../../server/src/model/prose.ts';
import type { Asked } from './everyOffset.ts';

/** Longer texts are no hover. */
const longestHover = 10_000;

/**
 * Asks completion and hover at a place, and sees that what they answer is bounded and lies in the text.
 *
 * @returns everything they say of the config
 */
export function askCompletionAndHover({ snapshot, offset, where }: Asked): string {
  const { length } = snapshot.config.document.buffer;
  const found = hover(snapshot, { offset, findings: [] });
  const said = textOf(found?.prose ?? []);
  if (found) {
    assert.ok(0 <= found.from && found.from <= found.to && found.to <= length, where);
    assert.ok(said !== '' && said.length < longestHover, where);
  }
  const { items } = complete(snapshot, { offset, trigger: undefined, endTags: 'offered' });
  assert.ok(items.length <= mostItems, where);
  for (const { from, to, label, text } of items) {
    assert.ok(from <= offset && offset <= to && to <= length, where);
    assert.ok(label !== '' && text !== '', where);
  }
  const subject = items[0]?.subject;
  const documented = subject ? textOf(describeCompletion(snapshot, subject)) : '';
  // Snippets are ours, with made-up passwords that samples have too.
  const own = items.filter(({ kind }) => kind !== 'snippet');
  return [said, documented, ...own.flatMap(({ label, detail, text }) => [label, detail, text])].join('\n');
}

function textOf(prose: Prose): string {
  return prose.flatMap(({ text, items = [] }) => [text, ...items].map(plainLine)).join('\n');
}
