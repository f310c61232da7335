import assert from 'node:assert/strict';
import test from 'node:test';
import type { ClientCapabilities, CompletionItem, CompletionList, Hover, MarkupContent } from 'vscode-languageserver';
import { pushCapabilities, TestEditor, withSample } from './editor.ts';

const capabilities: ClientCapabilities = {
  ...pushCapabilities,
  textDocument: {
    ...pushCapabilities.textDocument,
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

/** Where a text begins in an open document, moved by so many characters. */
function positionOf(editor: TestEditor, uri: string, text: string, characters = 0) {
  const before = editor.text(uri).slice(0, editor.text(uri).indexOf(text) + characters);
  const lines = before.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

async function complete(
  editor: TestEditor,
  uri: string,
  position: { readonly line: number; readonly character: number },
): Promise<CompletionList | null> {
  return editor.connection.sendRequest('textDocument/completion', { textDocument: { uri }, position });
}

async function hover(editor: TestEditor, uri: string, text: string, characters: number): Promise<Hover | null> {
  const position = positionOf(editor, uri, text, characters);
  return editor.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
}

/** What is said, and in which form. */
function contentsOf(result: Hover | null): MarkupContent {
  assert.ok(result && typeof result.contents === 'object' && 'kind' in result.contents);
  return result.contents;
}

test('a value is offered with its detail, chosen in an edit, and documented when it is looked at', async context => {
  const { editor, path } = await withSample(context, 'tutorial', { capabilities });
  const uri = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  await editor.edit(uri, '<pfsyncinterface>opt1</pfsyncinterface>', '<pfsyncinterface>op</pfsyncinterface>');
  const position = positionOf(editor, uri, '<pfsyncinterface>', '<pfsyncinterface>op'.length);
  const list = await complete(editor, uri, position);
  const item = list?.items.find(({ label }) => label === 'opt1');
  assert.ok(item && list?.isIncomplete === false);
  const start = { ...position, character: position.character - 2 };
  assert.deepEqual(item.textEdit, { range: { start, end: position }, newText: 'opt1' });
  assert.match(item.labelDetails?.description ?? '', /^PFSYNC, vmx2, 172\.16\.1\.2\/24, as on the secondary$/);
  const lan = list.items.find(({ label }) => label === 'lan');
  const resolved = await editor.connection.sendRequest<CompletionItem>('completionItem/resolve', lan);
  assert.match(
    (resolved.documentation as MarkupContent).value,
    /^Interface `lan`\n\n- \*\*LAN\*\*\n- Network port `vmx1`/,
  );
});

test('an element is a snippet, on lines that the editor indents; in an editor without snippets plain text', async context => {
  const text = '<pfsense>\n\t<virtualip>\n\t\t<\n\t</virtualip>\n</pfsense>\n';
  const editor = await TestEditor.start({ capabilities });
  context.after(() => editor.stop());
  await editor.open('untitled:a.xml', text);
  const [vip] = (await complete(editor, 'untitled:a.xml', { line: 2, character: 3 }))?.items ?? [];
  assert.equal(vip?.insertTextFormat, 2);
  assert.equal(vip?.insertTextMode, 2);
  assert.equal(vip?.textEdit?.newText, 'vip>\n\t$0\n</vip>');
  const plain = await TestEditor.start({ capabilities: {} });
  context.after(() => plain.stop());
  await plain.open('untitled:a.xml', text);
  const [item] = (await complete(plain, 'untitled:a.xml', { line: 2, character: 3 }))?.items ?? [];
  assert.equal(item?.insertTextFormat, 1);
  assert.equal(item?.textEdit?.newText, 'vip>\n\t\t\t\n\t\t</vip>');
  assert.match(item?.detail ?? '', /^An address of the firewall/);
  const resolved = await plain.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
  assert.equal((resolved.documentation as MarkupContent).kind, 'plaintext');
});

test('snippets come from the server, whatever the language of a config is called', async context => {
  const editor = await TestEditor.start({ capabilities });
  context.after(() => editor.stop());
  const text = '<pfsense>\n\t<virtualip>\n\t\tca\n\t</virtualip>\n</pfsense>\n';
  const offered = async (uri: string, language: string) => {
    await editor.open(uri, text, language);
    const list = await complete(editor, uri, { line: 2, character: 4 });
    return list?.items.find(({ label }) => label === 'carp-vip');
  };
  for (const [uri, language] of [
    ['untitled:a.xml', 'xml'],
    ['untitled:b.xml', 'pfsense-config'],
  ] as const) {
    const item = await offered(uri, language);
    assert.match(item?.textEdit?.newText ?? '', /<uniqid>\$\{5:6000000000001\}<\/uniqid>/);
  }
});

test('end tags are left to another extension for XML where that is at work', async context => {
  for (const [otherXml, expected] of [
    [false, ['</virtualip>', '</pfsense>']],
    [true, []],
  ] as const) {
    const editor = await TestEditor.start({ capabilities, initializationOptions: { otherXml } });
    context.after(() => editor.stop());
    await editor.open('untitled:a.xml', '<pfsense>\n\t<virtualip>\n\t</\n</pfsense>\n', 'xml');
    const list = await complete(editor, 'untitled:a.xml', { line: 2, character: 3 });
    assert.deepEqual(
      list?.items.map(({ label }) => label),
      expected,
    );
  }
});

test('an empty document of our language gets a whole config; other XML nothing', async context => {
  const editor = await TestEditor.start({ capabilities });
  context.after(() => editor.stop());
  for (const text of ['', '\n', '<', '<pf']) {
    const uri = `untitled:${text.length}${text.startsWith('<')}.xml`;
    await editor.open(uri, text);
    const list = await complete(editor, uri, { line: 0, character: text.trim().length });
    assert.match(
      list?.items[0]?.textEdit?.newText ?? '',
      /^<\?xml version="1\.0"\?>\n<pfsense>\n/,
      JSON.stringify(text),
    );
  }
  await editor.open('untitled:pom.xml', '<project>\n\t<\n</project>\n', 'xml');
  assert.equal(await complete(editor, 'untitled:pom.xml', { line: 1, character: 2 }), null);
});

test('hover: Markdown with the peer, and why a finding matters with its page', async context => {
  const { editor, path } = await withSample(context, 'broken', { capabilities });
  const uri = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilDiagnostics(uri, codes => codes.includes('carp-vhid-invalid'));
  const diagnostic = editor.diagnostics(uri)?.find(({ code }) => code === 'carp-vhid-invalid');
  const position = diagnostic?.range.start;
  const found = await editor.connection.sendRequest<Hover | null>('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  assert.match(contentsOf(found).value, /\*\*vhid\*\*: Of CARP: the number of the group/);
  assert.match(contentsOf(found).value, /\[carp\\-vhid\\-invalid\]\(file:.*\/docs\/rules\/carp-vhid-invalid\.md\): /);
  assert.deepEqual(found?.range?.start, position);
});

test('hover: plain text for editors that take no Markdown, and nothing outside of elements', async context => {
  const { editor, path } = await withSample(context, 'tutorial', { capabilities: {} });
  const uri = await editor.openFile(path('main-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const found = await hover(editor, uri, '<hostname>', '<hostname>m'.length);
  assert.equal(contentsOf(found).kind, 'plaintext');
  assert.match(contentsOf(found).value, /On the secondary: second-pfSense/);
  assert.equal(await hover(editor, uri, '<?xml', 2), null);
});
