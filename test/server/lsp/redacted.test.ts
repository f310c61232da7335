import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import type { RedactResult } from '../../../server/src/lsp/protocol.ts';
import { leaks } from '../../harness/leaks.ts';
import { withSample } from './editor.ts';

test('copies of both nodes, the one that was asked for first, of the text in the editor', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial');
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await editor.edit(second, '<pfsense>', '<pfsense><!-- typed -->');
  const result = await editor.connection.sendRequest<RedactResult>('pfsense-ha/redact', { uri: second });
  assert.ok('copies' in result);
  assert.deepEqual(
    result.copies.map(copy => copy.uri),
    [second, uri('main-pfSense.xml')],
  );
  const [one, other] = result.copies;
  assert.match(one?.text ?? '', /<pfsense><!---->/);
  assert.deepEqual(leaks(editor.text(second), one?.text ?? ''), []);
  assert.deepEqual(leaks(readFileSync(path('main-pfSense.xml'), 'utf8'), other?.text ?? ''), []);
});

test('what is no pfSense configuration has no copy', async context => {
  const { editor } = await withSample(context, 'tutorial');
  const result = await editor.connection.sendRequest<RedactResult>('pfsense-ha/redact', { uri: 'untitled:Untitled-1' });
  assert.deepEqual(result, { problem: 'This file is no pfSense configuration.' });
});
