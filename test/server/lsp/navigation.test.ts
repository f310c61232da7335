import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test, { type TestContext } from 'node:test';
import type {
  DocumentLink,
  Location,
  LocationLink,
  Position,
  Range,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import type { PeerElement } from '../../../server/src/lsp/protocol.ts';
import { TextBuffer } from '../../../server/src/syntax/textBuffer.ts';
import { type EditorOptions, pushCapabilities, withSample } from './editor.ts';

/** The larger sample with its primary open, once the pair is known. */
async function withPair(context: TestContext, options: EditorOptions = {}) {
  const sample = await withSample(context, 'kea', options);
  const { editor, path, uri } = sample;
  const main = await editor.openFile(path('fw-a.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const textOf = (file: string) => (file === main ? editor.text(main) : readFileSync(path('fw-b.xml'), 'utf8'));
  const shown = ({ uri: file, range }: Location) => {
    const buffer = new TextBuffer(textOf(file));
    const at = ({ line, character }: Position) => buffer.offsetAt(line, character);
    return `${file === main ? 'primary' : 'secondary'} ${buffer.slice(at(range.start), at(range.end))}`;
  };
  const at = (text: string, behind: string): Position => {
    const whole = editor.text(main);
    const offset = whole.indexOf(text);
    assert.ok(offset >= 0, text);
    return new TextBuffer(whole).positionAt(offset + text.indexOf(behind) + behind.length);
  };
  const ask = <T>(method: string, position: Position, more: object = {}) =>
    editor.connection.sendRequest<T>(`textDocument/${method}`, { textDocument: { uri: main }, position, ...more });
  return { editor, main, second: uri('fw-b.xml'), at, ask, shown };
}

/** In the sample the gateway is in a group, and the default. */
const gateway = ['<defaultgw4>', '<defaultgw4>'] as const;

test('definition, type definition and implementation lead to a thing, what it stands on, and the same on the other node', async context => {
  const { at, ask, shown, main, second } = await withPair(context);
  const position = at(...gateway);
  const [definition] = await ask<Location[]>('definition', position);
  assert.match(shown(definition!), /^primary \w+$/);
  assert.equal(definition?.uri, main);
  const [interfaces] = await ask<Location[]>('typeDefinition', position);
  assert.equal(interfaces && shown(interfaces), 'primary wan');
  const [peer] = await ask<Location[]>('implementation', position);
  assert.equal(peer?.uri, second);
  assert.equal(shown(peer!), `secondary ${shown(definition!).slice('primary '.length)}`);
});

test('an editor that takes links is told what a jump leads from, and the whole of what it leads to', async context => {
  const linkSupport = true;
  const links = { definition: { linkSupport }, typeDefinition: { linkSupport }, implementation: { linkSupport } };
  const capabilities = { ...pushCapabilities, textDocument: { ...pushCapabilities.textDocument, ...links } };
  const { at, ask, main, second } = await withPair(context, { capabilities });
  const [definition] = await ask<LocationLink[]>('definition', at(...gateway));
  assert.equal(definition?.targetUri, main);
  assert.ok(definition?.originSelectionRange);
  assert.ok(definition.targetRange.start.line < definition.targetSelectionRange.start.line);
  const [peer] = await ask<LocationLink[]>('implementation', at(...gateway));
  assert.equal(peer?.targetUri, second);
});

test('references are those of both nodes, highlights those of the file', async context => {
  const { at, ask, shown } = await withPair(context);
  const position = at(...gateway);
  const found = await ask<Location[]>('references', position, { context: { includeDeclaration: true } });
  const files = found.map(each => shown(each).split(' ')[0]);
  assert.ok(files.includes('primary') && files.includes('secondary'));
  assert.equal(new Set(found.map(each => shown(each).split(' ')[1])).size, 1, 'all bear the same name');
  const uses = await ask<Location[]>('references', position, { context: { includeDeclaration: false } });
  assert.equal(uses.length, found.length - 2);
  const highlights = await ask<{ kind: number }[]>('documentHighlight', position);
  assert.equal(highlights.length, files.filter(file => file === 'primary').length);
  assert.equal(highlights.filter(({ kind }) => kind === 3).length, 1);
});

test('the element of the other node, or the nearest around it and a sentence that says so', async context => {
  const { editor, main, second, at } = await withPair(context);
  const ask = (position: Position) =>
    editor.connection.sendRequest<PeerElement | null>('pfsense-ha/peerElement', { uri: main, position });
  const same = await ask(at(...gateway));
  assert.deepEqual([same?.uri, same?.note], [second, undefined]);
  await editor.edit(main, '<defaultgw4>', '<strange>$</strange>\n\t\t<defaultgw4>');
  const near = await ask(at('<strange>', '<strange>'));
  assert.equal(near?.note, 'fw-b.xml has no gateways/strange; this is gateways.');
  const alone = await editor.connection.sendRequest('pfsense-ha/peerElement', {
    uri: 'file:///none.xml',
    position: at(...gateway),
  });
  assert.equal(alone, null);
});

test('a file that is no config has nothing to jump to', async context => {
  const { editor } = await withPair(context);
  const uri = 'file:///other.xml';
  await editor.open(uri, '<root><name>WEB</name></root>', 'xml');
  const params = { textDocument: { uri }, position: { line: 0, character: 13 }, context: { includeDeclaration: true } };
  for (const method of ['definition', 'typeDefinition', 'implementation', 'references']) {
    assert.deepEqual(await editor.connection.sendRequest(`textDocument/${method}`, params), [], method);
  }
});

test('a rename reaches both files, waits for a confirmation, and is for the versions that are open', async context => {
  const { editor, main, second, at, ask } = await withPair(context);
  const position = at(...gateway);
  const start = await ask<{ range: Range; placeholder: string }>('prepareRename', position);
  assert.equal(start.range.start.line, position.line);
  const edit = await ask<WorkspaceEdit>('rename', position, { newName: 'UPLINK' });
  const changes = (edit.documentChanges ?? []).filter(each => 'textDocument' in each);
  assert.deepEqual(
    changes.map(({ textDocument: { uri, version } }) => [uri, version]),
    [
      [main, 1],
      [second, null],
    ],
  );
  const [annotation] = Object.values(edit.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  for (const { edits } of changes) {
    assert.ok(edits.length > 1);
    for (const each of edits) assert.ok('annotationId' in each && 'newText' in each && each.newText === 'UPLINK');
  }
  await editor.apply(edit);
  await editor.settle();
  assert.ok(editor.text(main).includes('<defaultgw4>UPLINK</defaultgw4>'));
  assert.ok(!editor.text(main).includes(`>${start.placeholder}<`));
});

test('a rename that pfSense would refuse, or that has nothing to rename, says why', async context => {
  const { at, ask } = await withPair(context);
  await assert.rejects(ask('rename', at(...gateway), { newName: 'up link' }), {
    message: 'The name may contain only letters, digits and underscores.',
  });
  await assert.rejects(ask('prepareRename', at('<hostname>', '<hostname>')), {
    message: 'There is no name here that other places refer to.',
  });
});

test('symbols are looked for on all nodes, and say which one they are of', async context => {
  const { editor, main, second } = await withPair(context);
  const find = (query: string) => editor.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
  const found = await find('gateways');
  assert.deepEqual([...new Set(found.map(({ location }) => location.uri))].sort(), [main, second].sort());
  assert.ok(found.every(({ containerName }) => / on fw-[ab]$/.test(containerName ?? '')));
  assert.deepEqual(await find('no such thing anywhere'), []);
});

test("links lead to Netgate's documentation and to the other node's file", async context => {
  const { editor, main, second } = await withPair(context);
  const found = await editor.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
    textDocument: { uri: main },
  });
  assert.ok(found.some(({ target }) => target === second));
  const pages = found.filter(({ target }) => target !== second);
  assert.ok(pages.length > 10 && pages.length < 200);
  for (const { target } of pages)
    assert.match(target ?? '', /^https:\/\/docs\.netgate\.com\/pfsense\/en\/latest\/.+\.html/);
});
