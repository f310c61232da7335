import assert from 'node:assert/strict';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type {
  FoldingRange,
  InlayHint,
  LinkedEditingRanges,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
} from 'vscode-languageserver';
import type { ClosingTagAnswer } from '../../../server/src/lsp/protocol.ts';
import { type EditorOptions, pushCapabilities, sampleFolder, TestEditor, withSample, writeFile } from './editor.ts';

const text = `<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
	<interfaces>
		<opt3><enable/><descr>Servers</descr></opt3>
	</interfaces>
	<filter>
		<rule>
			<interface>opt3</interface>
		</rule>
	</filter>
</pfsense>
`;

/** One file of that text, open in a language. */
async function withFile(
  context: TestContext,
  {
    source = text,
    language = 'pfsense-config',
    ...options
  }: EditorOptions & { source?: string; language?: string } = {},
) {
  const folder = sampleFolder();
  const uri = writeFile(join(folder.path, 'config.xml'), source);
  const editor = await TestEditor.start(options);
  context.after(async () => {
    await editor.stop();
    folder.remove();
  });
  await editor.open(uri, source, language);
  const ask = <T>(method: string, params: object = {}) =>
    editor.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri }, ...params });
  return { editor, uri, ask };
}

const whole = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

test('the server says what it can be asked', async context => {
  const { editor } = await withFile(context);
  const { capabilities } = editor.answer;
  assert.ok(capabilities.documentFormattingProvider);
  assert.ok(capabilities.documentRangeFormattingProvider);
  assert.equal(capabilities.documentOnTypeFormattingProvider?.firstTriggerCharacter, '\n');
  assert.ok(capabilities.selectionRangeProvider);
  assert.ok(capabilities.linkedEditingRangeProvider);
  assert.ok(capabilities.inlayHintProvider);
  assert.ok(capabilities.semanticTokensProvider);
});

test('formatting gives small edits, of a range those within it, and none to a broken file', async context => {
  const { editor, uri, ask } = await withFile(context);
  const options = { options: { tabSize: 2, insertSpaces: true } };
  const edits = await ask<TextEdit[]>('formatting', options);
  assert.ok(edits.length > 0 && edits.every(({ range }) => range.start.line === 4));
  const range = { start: { line: 6, character: 0 }, end: { line: 9, character: 0 } };
  assert.deepEqual(await ask('rangeFormatting', { ...options, range }), []);
  await editor.change(uri, edits);
  assert.match(
    editor.text(uri),
    /\t<opt3>\n\t\t\t<enable><\/enable>\n\t\t\t<descr><!\[CDATA\[Servers]]><\/descr>\n\t\t<\/opt3>\n/,
  );
  assert.deepEqual(await ask('formatting', options), []);
  // Who selects from the first letter of a line means the line.
  await editor.edit(uri, '\t\t\t<enable>', ' <enable>');
  const line = editor
    .text(uri)
    .split('\n')
    .findIndex(text => text.startsWith(' <enable>'));
  const selected = { start: { line, character: 1 }, end: { line, character: ' <enable></enable>'.length } };
  const [indentation, ...more] = await ask<TextEdit[]>('rangeFormatting', { ...options, range: selected });
  assert.deepEqual([indentation?.range.start.line, indentation?.newText, more], [line, '\t\t\t', []]);
  await editor.change(uri, [indentation!]);
  await editor.edit(uri, '</rule>', '');
  await editor.edit(uri, '\t<filter>', '<filter>');
  assert.deepEqual(await ask('formatting', options), []);
});

test('a new line is indented, and tags are closed where the client does not ask for that itself', async context => {
  const onType = (ch: string, position: object) => ({ ch, position, options: { tabSize: 4, insertSpaces: false } });
  const { editor, uri, ask } = await withFile(context);
  await editor.edit(uri, '<rule>\n', '<rule>\n\n');
  const line = { line: 8, character: 0 };
  assert.deepEqual(await ask('onTypeFormatting', onType('\n', line)), [
    { range: { start: line, end: line }, newText: '\t\t\t' },
  ]);
  await editor.edit(uri, '<rule>\n\n', '<rule>\n<descr>a</\n');
  const behind = { line: 8, character: 10 };
  const closing = await ask<TextEdit[]>('onTypeFormatting', onType('/', behind));
  assert.deepEqual(closing, [{ range: { start: behind, end: behind }, newText: 'descr>' }]);
  const asked = await editor.connection.sendRequest<ClosingTagAnswer>('pfsense-ha/closingTag', {
    uri,
    position: behind,
  });
  assert.deepEqual(asked, { text: 'descr>', cursor: 'behind' });
  const own = await withFile(context, { source: editor.text(uri), initializationOptions: { closesTags: true } });
  assert.deepEqual(await own.ask('onTypeFormatting', onType('/', behind)), []);
});

test('selections grow, and the names of both tags are linked', async context => {
  const { ask } = await withFile(context);
  const position = { line: 8, character: 16 };
  const [selection] = await ask<SelectionRange[]>('selectionRange', { positions: [position] });
  const lines: number[] = [];
  for (let at = selection; at; at = at.parent) lines.push(at.range.end.line - at.range.start.line);
  assert.deepEqual(lines, [0, 0, 2, 2, 4, 4, 10, 10, 12]);
  const linked = await ask<LinkedEditingRanges>('linkedEditingRange', { position: { line: 8, character: 5 } });
  assert.deepEqual(
    linked.ranges.map(({ start }) => start),
    [
      { line: 8, character: 4 },
      { line: 8, character: 20 },
    ],
  );
  assert.equal(await ask('linkedEditingRange', { position }), null);
});

test('hints are told by kind, and the editor asks again when a kind is switched off', async context => {
  const { workspace } = pushCapabilities;
  const capabilities = { ...pushCapabilities, workspace: { ...workspace, inlayHint: { refreshSupport: true } } };
  const { editor, ask } = await withFile(context, { capabilities });
  let refreshes = 0;
  editor.connection.onRequest('workspace/inlayHint/refresh', () => {
    refreshes++;
    return null;
  });
  const hints = async () => (await ask<InlayHint[]>('inlayHint', { range: whole })).map(({ label }) => label);
  assert.deepEqual(await hints(), ['pfSense 2.6.0', 'Servers']);
  await editor.settle();
  const settings = { pfsenseHa: { inlayHints: { interfaces: false } } };
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
  await editor.until(
    () => refreshes > 0,
    () => 'nothing was refreshed',
  );
  assert.deepEqual(await hints(), ['pfSense 2.6.0']);
});

test('tokens come whole, as what has changed, and for a range', async context => {
  const { editor, uri, ask } = await withFile(context);
  const first = await ask<SemanticTokens>('semanticTokens/full');
  assert.deepEqual(first.data, [4, 3, 4, 1, 1, 4, 14, 4, 1, 0]);
  await editor.edit(uri, '<filter>', '<filter>\n');
  const delta = await ask<SemanticTokensDelta>('semanticTokens/full/delta', { previousResultId: first.resultId });
  assert.deepEqual(delta.edits, [{ start: 5, deleteCount: 1, data: [5] }]);
  const stale = await ask<SemanticTokens>('semanticTokens/full/delta', { previousResultId: first.resultId });
  assert.equal(stale.data.length, 10);
  const range = { start: { line: 6, character: 0 }, end: { line: 12, character: 0 } };
  assert.deepEqual((await ask<SemanticTokens>('semanticTokens/range', { range })).data, [9, 14, 4, 1, 0]);
  const { capabilities } = editor.answer;
  assert.deepEqual(capabilities.semanticTokensProvider?.legend.tokenModifiers, [
    'declaration',
    'disabled',
    'unsynchronised',
  ]);
});

test('once the pair is known the editor asks for tokens again', async context => {
  const { workspace } = pushCapabilities;
  const capabilities = { ...pushCapabilities, workspace: { ...workspace, semanticTokens: { refreshSupport: true } } };
  let refreshes = 0;
  const { editor, path } = await withSample(context, 'kea', { capabilities });
  editor.connection.onRequest('workspace/semanticTokens/refresh', () => {
    refreshes++;
    return null;
  });
  const uri = await editor.openFile(path('fw-a.xml'));
  await editor.until(
    () => refreshes > 0,
    () => 'nothing was refreshed',
  );
  const { data } = await editor.connection.sendRequest<SemanticTokens>('textDocument/semanticTokens/full', {
    textDocument: { uri },
  });
  assert.ok(data.some((bits, i) => i % 5 === 4 && bits === 4));
});

test('beside another extension for XML, its files are left to it; ours are not', async context => {
  const source = text.replace('</rule>', '').replace('<version>', '<version>&eacute;');
  const initializationOptions = { otherXml: true };
  const { editor, uri, ask } = await withFile(context, { source, language: 'xml', initializationOptions });
  const tag = { position: { line: 8, character: 5 } };
  const options = { options: { tabSize: 4, insertSpaces: false } };
  const given = async () => ({
    folds: (await ask<FoldingRange[] | null>('foldingRange')) !== null,
    links: (await ask('linkedEditingRange', tag)) !== null,
    hints: (await ask<InlayHint[]>('inlayHint', { range: whole })).length > 0,
    symbols: (await ask<unknown[]>('documentSymbol')).length > 0,
  });
  const syntax = ['xml-syntax', 'xml-entity-undefined'];
  const tellsSyntax = () => (editor.diagnostics(uri) ?? []).filter(({ code }) => syntax.includes(String(code))).length;
  const tell = (isActive: boolean) => editor.connection.sendNotification('pfsense-ha/otherXml', { isActive });

  await editor.untilDiagnostics(uri, codes => codes.length > 0);
  assert.equal(tellsSyntax(), 0);
  assert.deepEqual(await given(), { folds: false, links: false, hints: true, symbols: true });
  assert.deepEqual(await ask('onTypeFormatting', { ch: '\n', position: { line: 5, character: 0 }, ...options }), []);

  await tell(false);
  await editor.untilDiagnostics(uri, codes => syntax.every(code => codes.includes(code)));
  assert.deepEqual(await given(), { folds: true, links: true, hints: true, symbols: true });

  await tell(true);
  await editor.untilDiagnostics(uri, codes => !syntax.some(code => codes.includes(code)));
  await editor.close(uri);
  await editor.open(uri, source, 'pfsense-config');
  await editor.untilDiagnostics(uri, codes => syntax.every(code => codes.includes(code)));
  assert.deepEqual(await given(), { folds: true, links: true, hints: true, symbols: true });
});

test('an editor that takes it so formats XML with us only where no other extension does', async context => {
  const dynamicRegistration = { dynamicRegistration: true };
  const methods = ['formatting', 'rangeFormatting', 'onTypeFormatting'];
  const textDocument = Object.fromEntries(methods.map(method => [method, dynamicRegistration]));
  const capabilities = { ...pushCapabilities, textDocument: { ...pushCapabilities.textDocument, ...textDocument } };
  const { editor } = await withFile(context, { capabilities, initializationOptions: { otherXml: true } });
  const tell = (isActive: boolean) => editor.connection.sendNotification('pfsense-ha/otherXml', { isActive });
  const until = (languages: readonly string[]) => {
    const expected = methods.map(method => [`textDocument/${method}`, languages]);
    return editor.until(
      () => isDeepStrictEqual([...editor.registeredLanguages], expected),
      () => JSON.stringify([...editor.registeredLanguages]),
    );
  };
  assert.equal(editor.answer.capabilities.documentFormattingProvider, undefined);
  await until(['pfsense-config']);
  await tell(false);
  await until(['pfsense-config', 'xml']);
  await tell(true);
  await tell(false);
  await tell(true);
  await until(['pfsense-config']);
});

test('of a file that is none of ours nothing is said, which leaves room for what the editor knows itself', async context => {
  const { ask } = await withFile(context, { language: 'xml', source: '<project>\n  <a>\n  </a>\n</project>\n' });
  const position = { line: 1, character: 3 };
  const answers = [
    await ask('foldingRange'),
    await ask('documentSymbol'),
    await ask('selectionRange', { positions: [position] }),
    await ask('documentHighlight', { position }),
  ];
  assert.deepEqual(answers, [null, null, null, null]);
});

test('a file of the language XML is formatted by the other extension alone', async context => {
  const options = { options: { tabSize: 4, insertSpaces: false } };
  const alone = await withFile(context, { language: 'xml' });
  assert.ok((await alone.ask<TextEdit[]>('formatting', options)).length > 0);
  const beside = await withFile(context, { language: 'xml', initializationOptions: { otherXml: true } });
  assert.deepEqual(await beside.ask('formatting', options), []);
  assert.deepEqual(await beside.ask('rangeFormatting', { ...options, range: whole }), []);
});
