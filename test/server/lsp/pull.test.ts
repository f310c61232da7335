import assert from 'node:assert/strict';
import test from 'node:test';
import type {
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { CancellationTokenSource, ProgressType } from 'vscode-languageserver/node';
import { fullItems, pullCapabilities, type TestEditor, withSample } from './editor.ts';

const options = { capabilities: pullCapabilities };

function pull(editor: TestEditor, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
  const previous = previousResultId === undefined ? {} : { previousResultId };
  return editor.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri }, ...previous });
}

const rulesOf = (report: DocumentDiagnosticReport) =>
  report.kind === 'full' ? report.items.map(({ code }) => code) : [];

/** Asks as VS Code does: with a token for parts, the request left open. */
function openStream(editor: TestEditor) {
  const reports = new Map<string, WorkspaceDocumentDiagnosticReport>();
  const cancellation = new CancellationTokenSource();
  const type = new ProgressType<WorkspaceDiagnosticReport>();
  editor.connection.onProgress(type, 'parts', ({ items }) => {
    for (const item of items) reports.set(item.uri, item);
  });
  const params = { previousResultIds: [], partialResultToken: 'parts' };
  const answer = editor.connection.sendRequest<WorkspaceDiagnosticReport>(
    'workspace/diagnostic',
    params,
    cancellation.token,
  );
  return { reports, answer, cancel: () => cancellation.cancel() };
}

test('pull: a document is answered when asked, and "unchanged" where nothing has changed; nothing is sent unasked', async context => {
  const { editor, path } = await withSample(context, 'broken', options);
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const report = await pull(editor, main);
  assert.ok(rulesOf(report).includes('sync-target-mismatch'));
  assert.deepEqual(await pull(editor, main, report.resultId), { kind: 'unchanged', resultId: report.resultId });
  await editor.edit(main, '<vhid>300</vhid>', '<vhid>2</vhid>');
  const after = await pull(editor, main, report.resultId);
  assert.equal(after.kind, 'full');
  assert.ok(!rulesOf(after).includes('carp-vhid-invalid'));
  assert.deepEqual(editor.published, []);
});

test('pull: findings of files that are not open come through one request that stays open', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial', options);
  const main = await editor.openFile(path('main-pfSense.xml'));
  const stream = openStream(editor);
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await pull(editor, main);
  await editor.edit(main, '<advskew>0</advskew>', '<advskew>200</advskew>');
  const second = uri('second-pfSense.xml');
  await editor.until(
    () => fullItems(stream.reports.get(second) ?? { kind: 'full', uri: second, version: null, items: [] }).length > 0,
  );
  await editor.edit(main, '<advskew>200</advskew>', '<advskew>0</advskew>');
  await editor.until(() => fullItems(stream.reports.get(second)!).length === 0);
  assert.deepEqual([...stream.reports.keys()], [second], 'what is pulled is not streamed too');
  stream.cancel();
  assert.deepEqual(await stream.answer, { items: [] });
});

test('pull: an editor that takes no parts gets its answer once something has changed', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial', options);
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await pull(editor, main);
  let isAnswered = false;
  const answer = editor.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
    previousResultIds: [],
  });
  void answer.then(() => {
    isAnswered = true;
  });
  await editor.settle();
  assert.equal(isAnswered, false);
  await editor.edit(main, '<advskew>0</advskew>', '<advskew>200</advskew>');
  const { items } = await answer;
  assert.deepEqual(
    items.map(item => item.uri),
    [uri('second-pfSense.xml')],
  );
});

test('pull: when an edit changes what is found in another open document, the editor is told to ask again, once', async context => {
  const { editor, path } = await withSample(context, 'tutorial', options);
  const main = await editor.openFile(path('main-pfSense.xml'));
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const before = await pull(editor, second);
  await pull(editor, main);
  const refreshes = editor.refreshes;
  await editor.edit(main, '<advskew>0</advskew>', '<advskew>200</advskew>');
  await pull(editor, main);
  await editor.until(() => editor.refreshes > refreshes);
  const after = await pull(editor, second, before.resultId);
  assert.ok(rulesOf(after).length > 0);
  await editor.settle();
  assert.equal(editor.refreshes, refreshes + 1);
});

test('pull: the request that stays open is answered before the server leaves', async context => {
  const { editor } = await withSample(context, 'tutorial', options);
  const { answer } = openStream(editor);
  assert.equal(await editor.stop(), 0);
  assert.deepEqual(await answer, { items: [] });
});
