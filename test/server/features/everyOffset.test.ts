import assert from 'node:assert/strict';
import test from 'node:test';
import { mostItems } from '../../../server/src/features/completion/item.ts';
import { complete, describeCompletion } from '../../../server/src/features/completion.ts';
import { hover } from '../../../server/src/features/hover.ts';
import {
  type Asked,
  corpusFiles,
  corpusSkip,
  everyOffset,
  type FileAndPeer,
  sampleFiles,
} from '../../harness/everyOffset.ts';

/** Longer texts are no hover. */
const longestHover = 10_000;

function askBoth({ snapshot, offset, where }: Asked): string {
  const { length } = snapshot.config.document.buffer;
  const found = hover(snapshot, { offset, findings: [] });
  if (found) {
    assert.ok(0 <= found.from && found.from <= found.to && found.to <= length, where);
    assert.ok(found.prose.length > 0, where);
  }
  const said = JSON.stringify(found?.prose ?? []);
  assert.ok(said.length < longestHover, where);
  const { items } = complete(snapshot, { offset, trigger: undefined, snippets: 'offered' });
  assert.ok(items.length <= mostItems, where);
  for (const { from, to, label, text } of items) {
    assert.ok(from <= offset && offset <= to && to <= length, where);
    assert.ok(label !== '' && text !== '', where);
  }
  const [first] = items;
  const documented = first?.subject ? describeCompletion(snapshot, first.subject) : [];
  return (
    said + JSON.stringify(documented) + items.map(({ label, detail, text }) => `${label} ${detail} ${text}`).join('\n')
  );
}

function askEverywhere(file: FileAndPeer, step: number): void {
  for (const asked of everyOffset(file, step)) askBoth(asked);
}

test('completion and hover answer at every fiftieth offset of the samples, whole and cut off there', () => {
  for (const file of sampleFiles()) askEverywhere(file, 50);
});

test('completion and hover answer at every fiftieth offset of the real configs, whole and cut off there', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) askEverywhere(file, 50);
});
