import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import type { DocumentSymbol, FoldingRange } from 'vscode-languageserver';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { EditManifestResult, LivePair, WorkspaceSummary } from '../../../server/src/lsp/protocol.ts';
import { pushCapabilities, sampleFolder, TestEditor, withSample, writeFile } from './editor.ts';

const commandLine = resolve(import.meta.dirname, '../../../dist/pfsense-ha.cjs');

for (const [name, options] of Object.entries({
  stdio: { transport: 'stdio' },
  ipc: { transport: 'ipc' },
  'the command line': { args: [commandLine, 'lsp', '--stdio'] },
} as const)) {
  test(`${name}: the server reports, and leaves with 0 after shutdown`, async context => {
    const { editor, uri } = await withSample(context, 'broken', options);
    await editor.untilDiagnostics(uri('main-pfSense.xml'), codes => codes.includes('carp-vhid-invalid'));
    assert.equal(await editor.stop(), 0);
  });
}

test('exit without shutdown, and an editor that is gone, end the server with 1', async () => {
  const exiting = await TestEditor.start();
  const exited = once(exiting.server, 'exit');
  await exiting.connection.sendNotification('exit');
  assert.deepEqual(await exited, [1, null]);
  const gone = await TestEditor.start();
  const left = once(gone.server, 'exit');
  gone.server.stdin?.end();
  assert.deepEqual(await left, [1, null]);
});

test('a handler that fails is logged once and answers empty; the server goes on', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const main = await editor.openFile(path('main-pfSense.xml'));
  const broken = { textDocument: null };
  for (let i = 0; i < 3; i++) {
    assert.deepEqual(await editor.connection.sendRequest('textDocument/documentSymbol', broken), null);
  }
  await editor.connection.sendNotification('textDocument/didChange', { textDocument: { uri: main, version: 2 } });
  await editor.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: null } });
  await editor.untilDiagnostics(main, codes => codes.includes('carp-vhid-invalid'));
  const lines = editor.log.filter(line => line.includes('documentSymbol failed'));
  assert.equal(lines.length, 1);
  await editor.until(() => editor.log.some(line => line.includes('didChange failed')));
});

test('a request that is taken back is answered as cancelled', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const uri = await editor.openFile(path('main-pfSense.xml'));
  const cancellation = new CancellationTokenSource();
  const request = editor.connection.sendRequest(
    'textDocument/documentSymbol',
    { textDocument: { uri } },
    cancellation.token,
  );
  cancellation.cancel();
  await assert.rejects(request, (error: { code?: number }) => error.code === -32800);
});

test('watchers are registered where the editor can; where it cannot, saving and "check" read the disk', async context => {
  const watched = await withSample(context, 'tutorial');
  await watched.editor.until(() => watched.editor.registrations.includes('workspace/didChangeWatchedFiles'));
  const capabilities = { ...pushCapabilities, workspace: {} };
  const { editor, path, uri } = await withSample(context, 'tutorial', { capabilities });
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  assert.deepEqual(editor.registrations, []);
  const copy = writeFile(
    path('copy.xml'),
    '<pfsense>\n<system><hostname>a</hostname><hostname>b</hostname></system>\n</pfsense>\n',
  );
  await editor.connection.sendNotification('textDocument/didSave', { textDocument: { uri: copy } });
  await editor.untilDiagnostics(copy, codes => codes.includes('xml-duplicate-element'));
  writeFile(path('copy.xml'), '<pfsense>\n</pfsense>\n');
  const summary = await editor.connection.sendRequest<WorkspaceSummary>('pfsense-ha/checkWorkspace');
  assert.deepEqual([summary.files, summary.pairs, summary.counts.error], [3, 1, 0]);
  await editor.untilDiagnostics(copy, codes => codes.length === 0);
  assert.equal(await editor.connection.sendRequest('pfsense-ha/peer', { uri: copy }), null);
  const peer = await editor.connection.sendRequest('pfsense-ha/peer', { uri: uri('main-pfSense.xml') });
  assert.deepEqual(peer, { uri: uri('second-pfSense.xml'), role: 'secondary' });
});

test('the outline has the names that people use, and folds keep the end tag in view', async context => {
  const { editor, path } = await withSample(context, 'tutorial');
  const uri = await editor.openFile(path('main-pfSense.xml'));
  const params = { textDocument: { uri } };
  const symbols = await editor.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', params);
  const interfaces = symbols.find(({ name }) => name === 'interfaces');
  assert.equal(interfaces?.children?.[0]?.name, 'WAN (vmx0) 192.168.1.11/24');
  const folds = await editor.connection.sendRequest<FoldingRange[]>('textDocument/foldingRange', params);
  const lines = editor.text(uri).split('\n');
  const fold = folds.find(({ startLine }) => startLine === interfaces.range.start.line);
  assert.equal(lines[fold!.endLine + 1]?.trim(), '</interfaces>');
});

test('a pair is written into the manifest that there is, into a new one beside both, or not at all with a reason', async context => {
  const { editor, uri } = await withSample(context, 'tutorial');
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const [main, second] = [uri('main-pfSense.xml'), uri('second-pfSense.xml')];
  const ask = (primary: string, secondary: string) =>
    editor.connection.sendRequest<EditManifestResult>('pfsense-ha/editManifest', {
      name: 'swapped',
      primary,
      secondary,
    });
  const swapped = await ask(second, main);
  assert.ok('edit' in swapped);
  assert.equal(swapped.manifest, uri('pfsense-ha.json'));
  await editor.apply(swapped.edit);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: swapped.manifest, type: 2 }],
  });
  const state = await editor.untilState(({ pairs }) => pairs[0]?.name === 'swapped');
  assert.equal(state.pairs[0]?.primary.uri, second);
  const elsewhere = sampleFolder();
  context.after(elsewhere.remove);
  const file = (name: string) => URI.file(join(elsewhere.path, name)).toString();
  const created = await ask(file('a/one.xml'), file('b/two.xml'));
  assert.ok('edit' in created);
  assert.equal(created.manifest, file('pfsense-ha.json'));
  assert.deepEqual(
    created.edit.documentChanges?.map(change => ('kind' in change ? change.kind : 'edit')),
    ['create', 'edit'],
  );
  for (const [one, other] of [
    ['untitled:Untitled-1', main],
    [main, main],
  ] as const) {
    const refused = await ask(one, other);
    assert.ok('problem' in refused && refused.problem.endsWith('.'));
  }
});

test('the pairs whose firewalls can be talked to: how, which versions were checked, and what stands against a push', async context => {
  const { editor, path } = await withSample(context, 'broken');
  const before = readFileSync(path('pfsense-ha.json'), 'utf8');
  const pin = 'ab'.repeat(32);
  const manifest = before
    .replace('"main-pfSense.xml"', `"main-pfSense.xml", "url": "https://192.0.2.1:8443", "tls": { "sha256": "${pin}" }`)
    .replace('"second-pfSense.xml"', '"second-pfSense.xml", "url": "http://192.0.2.2", "allowHttp": true');
  await editor.openFile(path('pfsense-ha.json'), 'json');
  await editor.edit(URI.file(path('pfsense-ha.json')).toString(), before, manifest);
  const main = await editor.openFile(path('main-pfSense.xml'));
  const version = await editor.edit(main, '<hostname>', '<hostname> ');
  const [pair, ...others] = await editor.connection.sendRequest<readonly LivePair[]>('pfsense-ha/livePairs');
  assert.ok(pair);
  assert.deepEqual(others, []);
  const { primary, secondary } = pair.nodes;
  assert.equal(pair.name, 'broken');
  assert.deepEqual([primary.version, primary.url, primary.sha256], [version, 'https://192.0.2.1:8443', pin]);
  assert.deepEqual([secondary.version, secondary.url, secondary.allowHttp], [null, 'http://192.0.2.2', true]);
  const listed = editor.diagnostics(main)?.filter(({ severity }) => severity === 1);
  assert.ok(primary.errors.length > 5);
  assert.deepEqual(
    primary.errors.map(({ line, rule, message }) => `${line} ${rule} ${message}`).sort(),
    listed?.map(({ range, code, message }) => `${range.start.line + 1} ${code} ${message}`).sort(),
  );
});

test('a pair of which a file is not there yet can be talked to, and a pair without a manifest too', async context => {
  const { editor, path } = await withSample(context, 'tutorial');
  const live = () => editor.connection.sendRequest<readonly LivePair[]>('pfsense-ha/livePairs');
  await editor.openFile(path('main-pfSense.xml'));
  rmSync(path('second-pfSense.xml'));
  const [missing] = await live();
  assert.deepEqual(missing?.nodes.secondary, { uri: URI.file(path('second-pfSense.xml')).toString(), errors: [] });
  assert.equal(missing.nodes.primary.version, 1);
  cpSync(resolve(import.meta.dirname, '../../../samples/tutorial/second-pfSense.xml'), path('second-pfSense.xml'));
  rmSync(path('pfsense-ha.json'));
  const [found] = await live();
  assert.ok(found);
  assert.equal(found.manifest, undefined);
  assert.deepEqual(found.nodes.secondary, {
    uri: URI.file(path('second-pfSense.xml')).toString(),
    version: null,
    errors: [],
  });
});

test('the edit that pins a certificate', async context => {
  const { editor, path } = await withSample(context, 'tutorial');
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.connection.sendRequest('pfsense-ha/checkWorkspace');
  const result = await editor.connection.sendRequest<EditManifestResult>('pfsense-ha/pinCertificate', {
    name: 'tutorial',
    primary: main,
    secondary: URI.file(path('second-pfSense.xml')).toString(),
    role: 'secondary',
    sha256: 'AB:CD',
  });
  assert.ok('edit' in result);
  await editor.apply(result.edit);
  const { pairs } = JSON.parse(readFileSync(path('pfsense-ha.json'), 'utf8'));
  assert.deepEqual(pairs[0].primary, { config: 'main-pfSense.xml' });
  assert.deepEqual(pairs[0].secondary, { config: 'second-pfSense.xml', tls: { sha256: 'AB:CD' } });
});
