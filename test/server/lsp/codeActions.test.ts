import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import test, { type TestContext } from 'node:test';
import type { CodeAction, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';
import type { EditManifestResult } from '../../../server/src/lsp/protocol.ts';
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

const rule = 'xml-tag-case';
const withCommand: EditorOptions = { initializationOptions: { commands: ['pfsenseHa.suppress'] } };

/** The broken sample with the secondary open, and what is offered at its finding of a rule. */
async function withActions(context: TestContext, options: EditorOptions = {}, broken?: (path: string) => void) {
  const sample = await withSample(context, 'broken', options);
  const { editor, path, uri } = sample;
  broken?.(path('pfsense-ha.json'));
  if (broken) await editor.connection.sendRequest('pfsense-ha/checkWorkspace');
  const second = await editor.openFile(path('second-pfSense.xml'));
  await editor.untilState(({ isSearching, pairs }) => !isSearching && pairs.length === 1);
  const offered = await editor.actionsAt(second, await diagnosticOf(editor, second, rule));
  const actions = offered.filter(({ kind }) => kind === 'quickfix');
  return { ...sample, second, manifest: uri('pfsense-ha.json'), actions };
}

test('silencing comes last at every finding, is never preferred, and never taken by "fix all"', async context => {
  const { editor, second, actions } = await withActions(context, withCommand);
  const titles = actions.map(({ title }) => title);
  assert.deepEqual(titles.slice(-2), [`Suppress here with a reason… (${rule})`, `Turn this rule off (${rule})`]);
  assert.ok(titles.length > 2, 'there are fixes before');
  for (const action of actions.slice(-2)) {
    assert.deepEqual([action.kind, action.isPreferred, action.diagnostics?.[0]?.code], ['quickfix', undefined, rule]);
  }
  const [all] = await fixAll(editor, second);
  const { edit } = await editor.resolve(all!);
  assert.deepEqual(
    filesOf(edit).map(document => document?.uri),
    [second],
  );
});

test('"Turn this rule off" writes the manifest after a confirmation, and the findings go', async context => {
  const { editor, second, manifest, path, actions } = await withActions(context, withCommand);
  const action = actions.at(-1)!;
  assert.equal(action.edit, undefined);
  const { edit } = await editor.resolve(action);
  assert.deepEqual(filesOf(edit), [{ uri: manifest, version: null }]);
  const [annotation] = Object.values(edit?.changeAnnotations ?? {});
  assert.equal(annotation?.needsConfirmation, true);
  for (const change of edit?.documentChanges ?? []) {
    assert.ok('textDocument' in change && change.edits.every(each => 'annotationId' in each));
  }
  await editor.apply(edit!);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: manifest, type: 2 }],
  });
  await editor.untilDiagnostics(second, codes => codes.length > 0 && !codes.includes(rule));
  assert.deepEqual(JSON.parse(readFileSync(path('pfsense-ha.json'), 'utf8')).rules, { [rule]: 'off' });
});

test('"Suppress here" is a command that asks; the answer goes into the manifest, and the count of what is hidden rises', async context => {
  const { editor, second, manifest, path, actions } = await withActions(context, withCommand);
  const { command, edit: none } = actions.at(-2)!;
  assert.equal(none, undefined);
  const [what] = command?.arguments ?? [];
  assert.deepEqual([command?.command, what.uri, what.rule], ['pfsenseHa.suppress', second, rule]);
  const reason = 'The lab keeps it for the older parser.';
  const result = await editor.connection.sendRequest<EditManifestResult>('pfsense-ha/suppress', { ...what, reason });
  assert.ok('edit' in result);
  assert.equal(result.edit.changeAnnotations, undefined, 'who has typed a reason has confirmed');
  await editor.apply(result.edit);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: manifest, type: 2 }],
  });
  await editor.untilDiagnostics(second, codes => codes.length > 0 && !codes.includes(rule));
  const { suppressions } = JSON.parse(readFileSync(path('pfsense-ha.json'), 'utf8'));
  assert.deepEqual(suppressions, [{ rule, file: 'second-pfSense.xml', element: what.element, reason }]);
  const state = await editor.untilState(({ pairs }) => pairs[0]?.secondary.hidden === 1);
  assert.equal(state.pairs[0]?.primary.hidden, 0);
});

test('an editor without the command writes an empty reason, which silences nothing until it is filled in', async context => {
  const { editor, second, manifest, actions } = await withActions(context);
  const action = actions.at(-2)!;
  assert.equal(action.title, `Suppress here; fill in the reason in pfsense-ha.json (${rule})`);
  const { edit } = await editor.resolve(action);
  await editor.apply(edit!);
  await editor.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: manifest, type: 2 }],
  });
  const [found] = await editor.untilDiagnostics(manifest, codes => codes.length > 0);
  assert.match(found?.message as string, /^A suppression needs a reason/);
  assert.ok(editor.diagnostics(second)?.some(({ code }) => code === rule));
});

test('without a manifest a new one is made; in an editor that makes no files, or where it is broken, the reason is shown', async context => {
  const created = await withActions(context, withCommand, path => rmSync(path));
  const { edit } = await created.editor.resolve(created.actions.at(-1)!);
  assert.deepEqual(
    edit?.documentChanges?.map(change =>
      'kind' in change && change.kind === 'create' ? [change.kind, change.uri] : 'textDocument' in change,
    ),
    [['create', created.manifest], true],
  );
  const broken = await withActions(context, withCommand, path => writeFile(path, '{ "rules": [] }'));
  for (const action of broken.actions.slice(-2)) {
    assert.match(action.disabled?.reason ?? '', action.title.startsWith('Turn') ? /repair it first/ : /^$/);
  }
  const { workspaceEdit: _, ...workspace } = pushCapabilities.workspace ?? {};
  const capabilities = { ...pushCapabilities, workspace: { ...workspace, workspaceEdit: { documentChanges: true } } };
  const plain = await withActions(context, { capabilities }, path => rmSync(path));
  assert.match(plain.actions.at(-1)?.disabled?.reason ?? '', /^This editor cannot create files for others/);
  assert.match(plain.actions.at(-1)?.title ?? '', / \(changes pfsense-ha\.json\)$/);
});

test('a file that was never saved is not silenced', async context => {
  const { editor } = await withSample(context, 'tutorial', withCommand);
  await editor.open('untitled:Untitled-1', '<pfsense>\n<System>\n</System>\n</pfsense>\n');
  const diagnostic = await diagnosticOf(editor, 'untitled:Untitled-1', rule);
  const actions = await editor.actionsAt('untitled:Untitled-1', diagnostic);
  assert.match(
    actions.findLast(({ kind }) => kind === 'quickfix')?.disabled?.reason ?? '',
    /save the configuration first/,
  );
});
