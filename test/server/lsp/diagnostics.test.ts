import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import type { Diagnostic } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import type { WorkspaceSummary } from '../../../server/src/lsp/protocol.ts';
import { runCommand } from '../../harness/commandLine.ts';
import { sampleFolder, TestEditor, withSample, writeFile } from './editor.ts';

const pfSense = (content: string) => `<?xml version="1.0"?>\n<pfsense>\n${content}</pfsense>\n`;

const rulesOf = (diagnostics: readonly Diagnostic[] | undefined) => (diagnostics ?? []).map(({ code }) => String(code));

test('push: both files of a folder are reported while neither is open, each once', async context => {
  const { editor, uri } = await withSample(context, 'broken');
  const main = await editor.untilDiagnostics(uri('main-pfSense.xml'), codes => codes.includes('carp-vhid-invalid'));
  const second = await editor.untilDiagnostics(uri('second-pfSense.xml'), codes => codes.includes('carp-skew-order'));
  const state = await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const [pair] = state.pairs;
  assert.equal(pair?.name, 'broken');
  assert.equal(pair?.primary.uri, uri('main-pfSense.xml'));
  assert.equal(pair?.secondary.uri, uri('second-pfSense.xml'));
  assert.equal(pair?.manifest, uri('pfsense-ha.json'));
  assert.ok(pair.reason.length > 0);
  const errors = (diagnostics: readonly Diagnostic[]) => diagnostics.filter(({ severity }) => severity === 1).length;
  assert.equal(pair.primary.counts.error, errors(editor.diagnostics(uri('main-pfSense.xml')) ?? main));
  assert.equal(pair.secondary.counts.error, errors(editor.diagnostics(uri('second-pfSense.xml')) ?? second));
  assert.deepEqual(
    [...new Set(editor.published.map(params => params.uri))].filter(each => !each.endsWith('.xml')),
    [],
    'a manifest without faults is not mentioned',
  );
});

test('a diagnostic has its source, its rule with a page, its place, and related places in the peer', async context => {
  const { editor, uri } = await withSample(context, 'broken', {
    initializationOptions: { documentationBase: 'https://example.org/rules' },
  });
  const found = await editor.untilDiagnostics(uri('second-pfSense.xml'), codes =>
    codes.includes('carp-advbase-mismatch'),
  );
  const mismatch = found.find(({ code }) => code === 'carp-advbase-mismatch');
  assert.equal(mismatch?.source, 'pfsense-ha');
  assert.equal(mismatch?.codeDescription?.href, 'https://example.org/rules/carp-advbase-mismatch.md');
  const [related] = mismatch?.relatedInformation ?? [];
  assert.equal(related?.location.uri, uri('main-pfSense.xml'));
  const text = readFileSync(URI.parse(uri('second-pfSense.xml')).fsPath, 'utf8').split('\n');
  const { start, end } = mismatch.range;
  assert.equal(start.line, end.line);
  assert.equal(text[start.line]?.slice(start.character, end.character), '2');
});

test('an edit of one file is answered for both, with the version it was made for; what stays is not sent again', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial');
  const main = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const before = editor.published.length;
  const version = await editor.edit(main, '<advskew>0</advskew>', '<advskew>100</advskew>');
  await editor.untilDiagnostics(uri('second-pfSense.xml'), codes =>
    codes.some(code => String(code).startsWith('carp-skew')),
  );
  assert.equal(version, 2);
  const sent = editor.published.slice(before);
  assert.deepEqual([...new Set(sent.map(params => params.uri))], [uri('second-pfSense.xml')]);
  const versionAfter = await editor.edit(main, '<advskew>100</advskew>', '<advskew>x</advskew>');
  const again = await editor.edit(main, '<advskew>x</advskew>', '<advskew>0</advskew>');
  await editor.untilDiagnostics(uri('second-pfSense.xml'), codes => codes.length === 0);
  assert.ok(versionAfter < again);
  for (const params of editor.published) {
    const isOpen = params.uri === main;
    assert.equal(params.version !== undefined, isOpen, `${params.uri} has version ${params.version}`);
  }
});

test('the text in the editor wins over the disk until it is closed', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial');
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await editor.edit(second, '<advskew>100</advskew>', '<advskew>0</advskew>');
  await editor.untilDiagnostics(second, codes => codes.includes('carp-skew-order'));
  writeFile(path('second-pfSense.xml'), readFileSync(path('second-pfSense.xml'), 'utf8'));
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: second, type: 2 }] });
  await editor.settle();
  assert.ok(rulesOf(editor.diagnostics(second)).includes('carp-skew-order'));
  await editor.close(second);
  await editor.untilDiagnostics(uri('second-pfSense.xml'), codes => codes.length === 0);
});

test('a file that appears makes a pair, and one that vanishes ends it', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial');
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const text = readFileSync(path('second-pfSense.xml'), 'utf8');
  const changed = async (file: string, type: number) => {
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri(file), type }],
    });
  };
  rmSync(path('second-pfSense.xml'));
  await changed('second-pfSense.xml', 3);
  const state = await editor.untilState(({ pairs, isSearching }) => pairs.length === 0 && !isSearching);
  assert.deepEqual(
    state.singles.map(single => single.uri),
    [uri('main-pfSense.xml')],
  );
  await editor.untilDiagnostics(uri('pfsense-ha.json'), codes => codes.includes('manifest'));
  writeFile(path('second-pfSense.xml'), text.replace('<advskew>100</advskew>', '<advskew>0</advskew>'));
  await changed('second-pfSense.xml', 1);
  await editor.untilState(({ pairs }) => pairs.length === 1);
  await editor.untilDiagnostics(uri('second-pfSense.xml'), codes => codes.includes('carp-skew-order'));
  await editor.untilDiagnostics(uri('pfsense-ha.json'), codes => codes.length === 0);
});

test('a baseline that is written on disk hides what it has, and shows it again when it goes', async context => {
  const { editor, path, uri } = await withSample(context, 'broken');
  const [main, second, manifest] = [uri('main-pfSense.xml'), uri('second-pfSense.xml'), uri('pfsense-ha.json')];
  await editor.openFile(path('second-pfSense.xml'));
  const found = await editor.untilDiagnostics(second, codes => codes.includes('carp-skew-order'));
  const changed = (...uris: string[]) =>
    editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: uris.map(each => ({ uri: each, type: 2 })),
    });
  const { status } = await runCommand(path('.'), ['check', '--write-baseline']);
  assert.equal(status, 0);
  await changed(manifest);
  await editor.untilDiagnostics(second, codes => codes.length === 0);
  await editor.untilDiagnostics(main, codes => codes.length === 0);
  const state = await editor.untilState(({ pairs }) => pairs[0]?.secondary.hidden === found.length);
  assert.equal(state.pairs[0]?.secondary.counts.error, 0);
  const summary = await editor.connection.sendRequest<WorkspaceSummary>('pfsense-ha/checkWorkspace');
  assert.equal(summary.hidden, found.length + (state.pairs[0]?.primary.hidden ?? 0));
  rmSync(path('pfsense-ha-baseline.json'));
  await changed(uri('pfsense-ha-baseline.json'));
  await editor.untilDiagnostics(second, codes => codes.length === found.length);
  const [fault] = await editor.untilDiagnostics(manifest, codes => codes.length > 0);
  assert.match(fault?.message as string, /does not exist, or cannot be read/);
  await runCommand(path('.'), ['check', '--write-baseline']);
  await changed(uri('pfsense-ha-baseline.json'));
  await editor.untilDiagnostics(second, codes => codes.length === 0);
  await editor.untilDiagnostics(manifest, codes => codes.length === 0);
});

test('a folder that is removed takes its findings with it, and one that is added brings them', async context => {
  const { editor, path, uri } = await withSample(context, 'broken');
  await editor.untilDiagnostics(uri('main-pfSense.xml'), codes => codes.length > 0);
  const folder = { uri: URI.file(path('.')).toString(), name: 'broken' };
  const change = (event: unknown) =>
    editor.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  await change({ added: [], removed: [folder] });
  await editor.untilDiagnostics(uri('main-pfSense.xml'), codes => codes.length === 0);
  await editor.untilDiagnostics(uri('second-pfSense.xml'), codes => codes.length === 0);
  await change({ added: [folder], removed: [] });
  await editor.untilDiagnostics(uri('main-pfSense.xml'), codes => codes.length > 0);
});

test('without a folder the peer beside an open file is read, and other configs there are not mentioned', async context => {
  const { path } = sampleFolder('broken');
  context.after(() => rmSync(path, { recursive: true }));
  const other = writeFile(
    join(path, 'other.xml'),
    pfSense('\t<system><hostname>a</hostname><hostname>b</hostname></system>\n'),
  );
  const editor = await TestEditor.start();
  context.after(() => editor.stop());
  await editor.openFile(join(path, 'main-pfSense.xml'));
  const second = URI.file(join(path, 'second-pfSense.xml')).toString();
  await editor.untilDiagnostics(second, codes => codes.includes('carp-skew-order'));
  await editor.connection.sendRequest('pfsense-ha/checkWorkspace');
  assert.equal(editor.diagnostics(other), undefined);
});

test('a manifest is checked as it is typed', async context => {
  const { editor, path, uri } = await withSample(context, 'tutorial');
  await editor.openFile(path('pfsense-ha.json'), 'json');
  const manifest = uri('pfsense-ha.json');
  await editor.untilState(({ pairs }) => pairs.length === 1);
  await editor.edit(manifest, 'second-pfSense.xml', 'third.xml');
  const found = await editor.untilDiagnostics(manifest, codes => codes.length > 0);
  assert.match(found.map(({ message }) => message).join(), /third\.xml/);
  assert.equal(found[0]?.codeDescription, undefined);
  await editor.untilState(({ pairs, manifests }) => pairs.length === 0 && manifests[0]?.counts.error === 1);
  await editor.edit(manifest, 'third.xml', 'second-pfSense.xml');
  await editor.untilDiagnostics(manifest, codes => codes.length === 0);
});

test("a manifest's rules and the editor's settings weigh findings, the settings last", async context => {
  const { editor, path, uri } = await withSample(context, 'broken', {
    initializationOptions: {
      settings: { rules: { 'carp-skew-order': 'hint', 'carp-vhid-invalid': 'off', nonsense: 7 } },
    },
  });
  const second = uri('second-pfSense.xml');
  const found = await editor.untilDiagnostics(second, codes => codes.includes('carp-skew-order'));
  assert.equal(found.find(({ code }) => code === 'carp-skew-order')?.severity, 4);
  assert.ok(!rulesOf(found).includes('carp-vhid-invalid'));
  await editor.openFile(path('pfsense-ha.json'), 'json');
  const rules = '"rules": { "carp-skew-order": "error", "dhcp": "off" }';
  await editor.edit(uri('pfsense-ha.json'), '"pairs"', `${rules}, "pairs"`);
  const weighed = await editor.untilDiagnostics(
    second,
    codes => !codes.some(code => String(code).startsWith('dhcp-')) && codes.includes('carp-skew-order'),
  );
  assert.equal(weighed.find(({ code }) => code === 'carp-skew-order')?.severity, 4);
  await editor.connection.sendNotification('workspace/didChangeConfiguration', {
    settings: { pfsenseHa: { rules: {} } },
  });
  const plain = await editor.untilDiagnostics(second, codes => codes.includes('carp-vhid-invalid'));
  assert.equal(plain.find(({ code }) => code === 'carp-skew-order')?.severity, 1);
});

test('an OPNsense export gets one note, a Maven pom.xml and other JSON nothing', async context => {
  const { editor, uri } = await withSample(context, 'tutorial');
  await editor.open(
    uri('opnsense.xml'),
    '<?xml version="1.0"?>\n<opnsense>\n\t<version>24.1</version>\n</opnsense>\n',
    'xml',
  );
  await editor.open(uri('pom.xml'), '<project>\n<a>\n<b></a>\n</project>\n', 'xml');
  await editor.open(uri('package.json'), '{ "name": }', 'json');
  const note = await editor.untilDiagnostics(uri('opnsense.xml'), codes => codes.length > 0);
  assert.deepEqual(rulesOf(note), ['document-kind']);
  assert.equal(note[0]?.severity, 3);
  const state = await editor.untilState(({ problems }) => problems.length > 0);
  assert.deepEqual(
    state.problems.map(problem => problem.uri),
    [uri('opnsense.xml')],
  );
  await editor.connection.sendRequest('pfsense-ha/checkWorkspace');
  for (const file of ['pom.xml', 'package.json']) assert.deepEqual(editor.diagnostics(uri(file)) ?? [], []);
  const params = { textDocument: { uri: uri('pom.xml') } };
  assert.deepEqual(await editor.connection.sendRequest('textDocument/documentSymbol', params), null);
});

test('files on disk that are no UTF-8 get one note; the editor, which decodes them itself, has them checked', async context => {
  const folder = sampleFolder();
  const text = pfSense('\t<system><hostname>caf\u00e9</hostname><hostname>b</hostname></system>\n');
  const utf16 = writeFile(join(folder.path, 'utf16.xml'), Buffer.from(`\ufeff${text}`, 'utf16le'));
  const latin = writeFile(join(folder.path, 'latin1.xml'), Buffer.from(text, 'latin1'));
  const editor = await TestEditor.start({ folders: [folder.path] });
  context.after(async () => {
    await editor.stop();
    folder.remove();
  });
  for (const uri of [utf16, latin]) {
    const [note, ...rest] = await editor.untilDiagnostics(uri, codes => codes.length > 0);
    assert.match(String(note?.message), /UTF-8/);
    assert.equal(note?.severity, 3);
    assert.deepEqual(rest, []);
  }
  await editor.open(latin, text);
  await editor.untilDiagnostics(latin, codes => codes.includes('xml-duplicate-element'));
});

test('a text of more than 64 MB is left alone with one note', async context => {
  const { editor, uri } = await withSample(context, 'tutorial');
  const huge = uri('huge.xml');
  await editor.open(huge, `<pfsense>\n<filter>${'<rule></rule>\n'.repeat(5_000_000)}</filter></pfsense>`);
  const found = await editor.untilDiagnostics(huge, (_, diagnostics) => diagnostics.length > 0);
  assert.equal(found.length, 1);
  assert.match(String(found[0]?.message), /67 MB/);
  await editor.close(huge);
  await editor.untilDiagnostics(huge, codes => codes.length === 0);
});

test('documents without a disk (untitled, virtual) are checked, and paired with each other', async context => {
  const { path } = sampleFolder('broken');
  context.after(() => rmSync(path, { recursive: true }));
  const editor = await TestEditor.start({ folders: [] });
  context.after(() => editor.stop());
  const texts = ['main-pfSense.xml', 'second-pfSense.xml'].map(file => readFileSync(resolve(path, file), 'utf8'));
  await editor.open(
    'vscode-vfs://host/repo/main.xml',
    texts[0]!.replace('<synchronizetoip>10.0.0.3', '<synchronizetoip>172.16.1.3'),
  );
  await editor.open('untitled:Untitled-1', texts[1]!);
  await editor.untilDiagnostics('vscode-vfs://host/repo/main.xml', codes => codes.includes('carp-vhid-invalid'));
  await editor.untilDiagnostics('untitled:Untitled-1', codes => codes.includes('xml-tag-case'));
  const peer = await editor.connection.sendRequest('pfsense-ha/peer', { uri: 'untitled:Untitled-1' });
  assert.deepEqual(peer, { uri: 'vscode-vfs://host/repo/main.xml', role: 'primary' });
});

test('more than a thousand findings in a file are cut, the heaviest first, with a last line that counts the rest', async context => {
  const { editor, uri } = await withSample(context, 'tutorial');
  const many = uri('many.xml');
  await editor.open(many, pfSense(`\t<filter>\n${'\t\t<Rule>&</Rule>\n'.repeat(700)}\t</filter>\n`));
  const found = await editor.untilDiagnostics(many, (_, diagnostics) => diagnostics.length > 0);
  assert.equal(found.length, 1001);
  assert.match(String(found.at(-1)?.message), /^[1-9]\d* more findings in this file are not shown\.$/);
  const severities = found.slice(0, 1000).map(({ severity }) => severity ?? 0);
  assert.deepEqual(severities, [...severities].sort());
});

test('thousands of changes at once ("replace all") lead to the same text', async context => {
  const { editor, uri } = await withSample(context, 'tutorial');
  const many = uri('many.xml');
  await editor.open(many, pfSense(`\t<aliases>\n${'\t\t<alias></alias>\n'.repeat(500)}\t</aliases>\n`));
  const lines = editor
    .text(many)
    .split('\n')
    .flatMap((line, i) => (line.includes('<alias>') ? [i] : []));
  const change = (from: number, to: number, newText: string) =>
    editor.change(
      many,
      lines.map(line => ({ range: { start: { line, character: from }, end: { line, character: to } }, newText })),
    );
  await change(9, 9, '&');
  const found = await editor.untilDiagnostics(many, codes => codes.includes('xml-syntax'));
  const stray = found.filter(({ code }) => code === 'xml-syntax');
  assert.deepEqual([stray.length, stray[0]?.range.start.line], [500, lines[0]]);
  await change(9, 10, '');
  await editor.untilDiagnostics(many, codes => codes.length === 0);
});
