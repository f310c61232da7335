import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { type TestContext } from 'node:test';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import { type EditorOptions, pushCapabilities, type TestEditor, withSample, writeFile } from './editor.ts';

async function diagnosticOf(editor: TestEditor, uri: string, rule: string): Promise<Diagnostic> {
  const found = await editor.untilDiagnostics(uri, codes => codes.includes(rule));
  return found.find(({ code }) => code === rule)!;
}

async function quickFix(editor: TestEditor, uri: string, rule: string): Promise<CodeAction> {
  const actions = await editor.actionsAt(uri, await diagnosticOf(editor, uri, rule));
  const action = actions.find(({ diagnostics }) => diagnostics?.[0]?.code === rule);
  assert.ok(action, `there is a fix for ${rule}`);
  return action;
}

async function fixAll(editor: TestEditor, uri: string, only = 'source.fixAll'): Promise<CodeAction[]> {
  const start = { line: 0, character: 0 };
  const context = { diagnostics: [], only: [only] };
  const params = { textDocument: { uri }, range: { start, end: start }, context };
  return editor.connection.sendRequest('textDocument/codeAction', params);
}

const filesOf = (edit: WorkspaceEdit | undefined) =>
  (edit?.documentChanges ?? []).map(change => ('textDocument' in change ? change.textDocument : undefined));

test('a quick fix is offered without its edits, gets them when chosen, and makes its finding go away', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const action = await quickFix(editor, second, 'xml-tag-case');
  assert.equal(action.kind, 'quickfix');
  assert.equal(action.edit, undefined);
  assert.equal(action.isPreferred, true);
  const { edit } = await editor.resolve(action);
  assert.deepEqual(filesOf(edit), [{ uri: second, version: 1 }]);
  assert.equal(edit?.changeAnnotations, undefined);
  await editor.apply(edit!);
  await editor.untilDiagnostics(second, codes => !codes.includes('xml-tag-case'));
  assert.ok(editor.text(second).includes('<domain>'));
});

test('a fix chosen for a text that is another one by now gets no edits', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const second = await editor.openFile(path('second-pfSense.xml'));
  const action = await quickFix(editor, second, 'xml-tag-case');
  await editor.edit(second, '<version>', '\n<version>');
  assert.equal((await editor.resolve(action)).edit, undefined);
});

/** The secondary lacks a VIP that the primary has: the finding stands in the one file, the fix in the other. */
async function withMissingVip(context: TestContext, options: EditorOptions = {}) {
  const sample = await withSample(context, 'tutorial', options);
  const { editor, path, uri } = sample;
  const text = readFileSync(path('second-pfSense.xml'), 'utf8');
  const vips = [...text.matchAll(/\t\t<vip>.*?<\/vip>\n/gs)];
  writeFile(path('second-pfSense.xml'), text.replace(vips.at(-1)?.[0] ?? '', ''));
  await editor.connection.sendRequest('pfsense-ha/checkWorkspace');
  const main = await editor.openFile(path('main-pfSense.xml'));
  return { editor, main, second: uri('second-pfSense.xml'), secondPath: path('second-pfSense.xml') };
}

test('an edit of the peer asks for confirmation, also while the peer is not open', async context => {
  const { editor, main, second, secondPath } = await withMissingVip(context);
  const { edit } = await editor.resolve(await quickFix(editor, main, 'carp-vip-missing-on-peer'));
  assert.ok(filesOf(edit).some(document => document?.uri === second && document.version === null));
  const [annotation] = Object.values(edit?.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  assert.match(annotation.label, /second-pfSense\.xml, the secondary/);
  for (const change of edit?.documentChanges ?? []) {
    assert.ok('textDocument' in change);
    for (const each of change.edits) assert.equal('annotationId' in each, change.textDocument.uri !== main);
  }
  const before = readFileSync(secondPath, 'utf8');
  await editor.apply(edit!);
  assert.notEqual(readFileSync(secondPath, 'utf8'), before);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: second, type: 2 }] });
  await editor.untilDiagnostics(main, codes => !codes.includes('carp-vip-missing-on-peer'));
});

test('an editor that cannot ask for confirmation is offered the fix under a title that names the other file', async context => {
  const capabilities = { ...pushCapabilities, workspace: { workspaceEdit: { documentChanges: true } } };
  const { editor, main } = await withMissingVip(context, { capabilities });
  const action = await quickFix(editor, main, 'carp-vip-missing-on-peer');
  assert.match(action.title, /\(changes second-pfSense\.xml\)$/);
  assert.equal((await editor.resolve(action)).edit?.changeAnnotations, undefined);
});

test('an editor without versions and lazy actions gets the edits at once, as plain changes', async context => {
  const capabilities = {
    textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
  };
  const { editor, path } = await withSample(context, 'broken', { capabilities });
  const second = await editor.openFile(path('second-pfSense.xml'));
  const action = await quickFix(editor, second, 'xml-tag-case');
  assert.deepEqual(Object.keys(action.edit?.changes ?? {}), [second]);
  assert.equal(action.data, undefined);
});

test('fix all takes the safe fixes of this file alone, until none is left', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await diagnosticOf(editor, second, 'xml-tag-case');
  const [main] = [readFileSync(path('main-pfSense.xml'), 'utf8')];
  let rounds = 0;
  for (let [action] = await fixAll(editor, second); action; [action] = await fixAll(editor, second)) {
    assert.equal(action.kind, 'source.fixAll.pfsenseHa');
    const { edit } = await editor.resolve(action);
    assert.deepEqual(filesOf(edit), [{ uri: second, version: editor.version(second) }]);
    await editor.apply(edit!);
    await editor.settle();
    assert.ok(++rounds < 10, 'it comes to an end');
  }
  assert.ok(rounds > 0);
  const left = await editor.untilDiagnostics(
    second,
    codes => !codes.includes('xml-tag-case') && !codes.includes('xml-syntax'),
  );
  for (const diagnostic of left) {
    for (const action of await editor.actionsAt(second, diagnostic)) {
      if (!action.isPreferred) continue;
      const { edit } = await editor.resolve(action);
      assert.ok(
        filesOf(edit).some(document => document?.uri !== second),
        `${action.title} is not left behind`,
      );
    }
  }
  assert.equal(readFileSync(path('main-pfSense.xml'), 'utf8'), main);
  assert.deepEqual(await fixAll(editor, second, 'source.organizeImports'), []);
  assert.deepEqual(await fixAll(editor, second, 'source.fixAll.other'), []);
});
