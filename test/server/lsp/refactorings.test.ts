import assert from 'node:assert/strict';
import test from 'node:test';
import type { CodeAction } from 'vscode-languageserver';
import type { RenumberResult } from '../../../server/src/lsp/protocol.ts';
import { pushCapabilities, type TestEditor, withSample } from './editor.ts';

/** What is offered where a text stands. */
async function actionsAt(
  editor: TestEditor,
  uri: string,
  what: { readonly text: string; readonly only?: readonly string[]; readonly triggerKind?: 1 | 2 },
): Promise<readonly CodeAction[]> {
  const before = editor.text(uri).slice(0, editor.text(uri).indexOf(what.text)).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const context = { diagnostics: [], ...(what.only && { only: what.only }), triggerKind: what.triggerKind ?? 1 };
  const params = { textDocument: { uri }, range: { start, end: start }, context };
  return editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
}

const ofKind = (actions: readonly CodeAction[], kind: string) =>
  actions.filter(action => action.kind?.startsWith(kind)).map(({ title }) => title);

test('a refactoring is offered by kind when a person asks, and gets its edits when it is chosen', async context => {
  const { editor, path } = await withSample(context, 'tutorial');
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const place = { text: '192.168.1.10</address>' };
  assert.deepEqual(ofKind(await actionsAt(editor, main, { ...place, triggerKind: 2 }), 'refactor'), []);
  const extracting = await actionsAt(editor, main, { ...place, only: ['refactor.extract'] });
  assert.deepEqual([...new Set(extracting.map(({ kind }) => kind))], ['refactor.extract']);
  const actions = await actionsAt(editor, main, { ...place, only: ['refactor'] });
  const here = actions.find(({ title }) => title === 'Extract 192.168.1.10 to an alias');
  assert.ok(here && here.edit === undefined);
  const { edit } = await editor.resolve(here);
  assert.equal(edit?.changeAnnotations, undefined, 'what changes the file in view alone needs no confirmation');
  const both = actions.find(({ title }) => title.endsWith('in all places of both nodes'));
  assert.ok(both);
  const [annotation] = Object.values((await editor.resolve(both)).edit?.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  await editor.apply(edit!);
  assert.match(editor.text(main), /<name>Host_192_168_1_10<\/name>/);
  assert.equal((await editor.resolve(both)).edit, undefined, 'the text is another one by now');
});

test('renumbering is offered to editors that run its command, and answers with what is to be confirmed, or why not', async context => {
  const options = { initializationOptions: { commands: ['pfsenseHa.renumberInterface'] } };
  const { editor, path } = await withSample(context, 'tutorial', options);
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const [action] = (await actionsAt(editor, main, { text: '<ipaddr>172.16.1.2' })).filter(({ command }) => command);
  assert.equal(action?.title, 'Renumber PFSYNC (opt1), 172.16.1.0/24…');
  assert.deepEqual(action.command?.arguments, [
    { uri: main, interface: 'opt1', name: 'PFSYNC (opt1)', subnet: '172.16.1.0/24' },
  ]);
  const ask = (subnet: string) =>
    editor.connection.sendRequest<RenumberResult>('pfsense-ha/renumber', { uri: main, interface: 'opt1', subnet });
  assert.deepEqual(await ask('10.0.0.0/24'), { problem: '10.0.0.0/24 overlaps 10.0.0.0/8 of LAN.' });
  const result = await ask('172.16.9.0/24');
  assert.ok('edit' in result);
  const [annotation] = Object.values(result.edit.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  assert.equal(result.edit.documentChanges?.length, 2);
});

test('without the command nothing asks for a network, and without confirmations the title names the other file', async context => {
  const capabilities = { ...pushCapabilities, workspace: { ...pushCapabilities.workspace, workspaceEdit: {} } };
  const { editor, path } = await withSample(context, 'tutorial', { capabilities });
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const renumbering = await actionsAt(editor, main, { text: '<ipaddr>172.16.1.2' });
  assert.deepEqual(ofKind(renumbering, 'refactor.rewrite'), []);
  const titles = ofKind(await actionsAt(editor, main, { text: '192.168.1.10</address>' }), 'refactor.extract');
  assert.ok(
    titles.some(title => title.endsWith('both nodes (changes second-pfSense.xml)')),
    titles.join(' | '),
  );
});
