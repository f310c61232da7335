import assert from 'node:assert/strict';
import type { CompletionItem, CompletionList } from '../../server/src/features/completion/item.ts';
import { plainText } from '../../server/src/features/completion/snippetText.ts';
import { type CompletionQuestion, complete } from '../../server/src/features/completion.ts';
import { parseCursor } from './cursor.ts';

type Options = Partial<Omit<CompletionQuestion, 'offset'>>;

/** What is offered at the cursor (`$0`). */
export function completionAt(source: string, options: Options = {}): CompletionList {
  const { snapshot, offset } = parseCursor(source);
  return complete(snapshot, {
    offset,
    trigger: undefined,
    endTags: 'offered',
    ...options,
  });
}

/** The labels, each with its detail behind a colon where it has one. */
export function offered(source: string, options?: Options): readonly string[] {
  return completionAt(source, options).items.map(({ label, detail }) =>
    detail === '' ? label : `${label}: ${detail}`,
  );
}

/** The labels alone. */
export function labels(source: string, options?: Options): readonly string[] {
  return completionAt(source, options).items.map(({ label }) => label);
}

/** The line of the cursor, and those that come with it, once the entry of that label was chosen, without the tabs in front. */
export function chosen(source: string, label: string, options?: Options): string {
  const { file, offset } = parseCursor(source);
  const item = completionAt(source, options).items.find(each => each.label === label);
  assert.ok(item, `${label} is not offered`);
  assert.ok(item.from <= offset && offset <= item.to, 'The cursor is not in what is replaced.');
  const edits = [{ from: item.from, to: item.to, text: textOf(item) }, ...(item.also ? [item.also] : [])];
  edits.sort((one, other) => other.from - one.from);
  let { text } = file;
  for (const edit of edits) text = text.slice(0, edit.from) + edit.text + text.slice(edit.to);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const added = text.length - file.text.length;
  const end = text.indexOf('\n', Math.max(offset + added, start));
  return text.slice(start, end < 0 ? undefined : end).trim();
}

function textOf({ text, form }: CompletionItem): string {
  return form === 'snippet' ? plainText(text) : text;
}
