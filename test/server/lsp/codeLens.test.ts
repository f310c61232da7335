import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { CodeLens } from 'vscode-languageserver';
import { type EditorOptions, pushCapabilities, withSample } from './editor.ts';

const commands = ['pfsenseHa.showReferences', 'pfsenseHa.compareWithPeer'];

/** The larger sample with its primary open, once the pair is known. */
async function withPair(context: TestContext, options: EditorOptions = {}) {
  const sample = await withSample(context, 'kea', { initializationOptions: { commands }, ...options });
  const { editor, path } = sample;
  const main = await editor.openFile(path('fw-a.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const lenses = () =>
    editor.connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: main } });
  const resolve = (lens: CodeLens) => editor.connection.sendRequest<CodeLens>('codeLens/resolve', lens);
  return { ...sample, main, lenses, resolve };
}

test('lenses count references when they come into view, and a click shows them', async context => {
  const { lenses, resolve, main } = await withPair(context);
  const all = await lenses();
  assert.ok(all.length > 30);
  const counting = all.filter(({ command }) => command === undefined);
  const resolved = await Promise.all(counting.map(resolve));
  for (const { command } of resolved) assert.match(command?.title ?? '', /^(?:\d+|no) references?(?: by uniqid)?$/);
  const used = resolved.find(({ command }) => command?.command === 'pfsenseHa.showReferences');
  const [place] = (used?.command?.arguments ?? []) as { uri: string }[];
  assert.equal(place?.uri, main);
});

test('lenses tell of the synchronisation at once; to an editor without the commands the words alone', async context => {
  const { lenses, resolve } = await withPair(context, { initializationOptions: {} });
  const all = await lenses();
  const titles = all.flatMap(({ command }) => command?.title ?? []);
  assert.ok(titles.includes('node-local'));
  assert.ok(titles.some(title => /^synchronised to fw-b/.test(title)));
  for (const lens of all) assert.equal((lens.command ?? (await resolve(lens)).command)?.command, '');
});

test('an edit of the peer makes the editor ask again', async context => {
  const { workspace } = pushCapabilities;
  const capabilities = { ...pushCapabilities, workspace: { ...workspace, codeLens: { refreshSupport: true } } };
  const { editor, path, lenses } = await withPair(context, { capabilities });
  let refreshes = 0;
  editor.connection.onRequest('workspace/codeLens/refresh', () => {
    refreshes++;
    return null;
  });
  const differing = async () => (await lenses()).filter(({ command }) => /^differs/.test(command?.title ?? '')).length;
  const before = await differing();
  const second = await editor.openFile(path('fw-b.xml'));
  await editor.settle();
  const asked = refreshes;
  const name = /<alias>\s*<name>(\w+)<\/name>/.exec(editor.text(second))?.[1];
  assert.ok(name);
  await editor.edit(second, `<name>${name}</name>`, `<name>${name}2</name>`);
  await editor.until(
    () => refreshes > asked,
    () => `${refreshes} refreshes`,
  );
  assert.ok((await differing()) > before);
});

test('the setting switches them off and on again', async context => {
  const { editor, lenses } = await withPair(context, {
    initializationOptions: { commands, settings: { codeLens: false } },
  });
  assert.deepEqual(await lenses(), []);
  const settings = { pfsenseHa: { codeLens: true } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  assert.ok((await lenses()).length > 0);
});
