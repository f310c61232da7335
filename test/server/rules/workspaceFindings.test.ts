import assert from 'node:assert/strict';
import test from 'node:test';
import { Workspace } from '../../../server/src/pair/workspace.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { WorkspaceFindings } from '../../../server/src/rules/workspaceFindings.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import { nodeConfig } from '../../harness/pairConfigs.ts';

const main = 'file:///w/main.xml';
const second = 'file:///w/second.xml';
const manifest = 'file:///w/pfsense-ha.json';

/** A pair whose secondary has the same advskew as the primary on its second VIP. */
function filled(): Workspace {
  const workspace = new Workspace();
  workspace.setDiskText(main, nodeConfig({ host: 2, synchronizeTo: '172.16.1.3', skews: [0, 0] }));
  workspace.setDiskText(second, nodeConfig({ host: 3, skews: [100, 0] }));
  return workspace;
}

function found(findings: WorkspaceFindings, uri: string, rule: string): string[] {
  return findings
    .of(uri)
    .filter(finding => finding.rule === rule)
    .map(({ severity }) => severity);
}

test('findings: what the pair shows stands in the file that its place names', () => {
  const findings = new WorkspaceFindings(filled(), { rules });
  assert.deepEqual(found(findings, second, 'carp-skew-order'), ['error']);
  assert.deepEqual(found(findings, main, 'carp-skew-order'), []);
  assert.ok(findings.of(second).every(({ at }) => at.anchor.document.uri === second));
});

test('findings: a pair without roles is not held against each other', () => {
  const workspace = filled();
  workspace.setDiskText(main, nodeConfig({ host: 2, skews: [0, 0] }));
  workspace.setDiskText(second, nodeConfig({ host: 3, skews: [0, 0] }));
  const findings = new WorkspaceFindings(workspace, { rules });
  assert.equal(workspace.pairs().length, 1);
  assert.deepEqual(found(findings, second, 'carp-skew-order'), []);
});

test('findings: the manifest weighs rules for the files below it, and wins over the editor', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules, settingsFor: () => ({ 'carp-skew-order': 'hint' }) });
  assert.deepEqual(found(findings, second, 'carp-skew-order'), ['hint']);
  workspace.setDiskText(manifest, '{"rules":{"carp-skew-order":"warning"}}');
  assert.deepEqual(found(findings, second, 'carp-skew-order'), ['warning']);
  workspace.setDiskText(manifest, '{"rules":{"carp-skew-order":"off"}}');
  assert.deepEqual(found(findings, second, 'carp-skew-order'), []);
  workspace.setDiskText(manifest, undefined);
  assert.deepEqual(found(findings, second, 'carp-skew-order'), ['hint']);
});

test('findings: a manifest has its own, and they follow the files that it names', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  workspace.setDiskText(
    manifest,
    '{"pairs":[{"name":"hq","primary":{"config":"main.xml"},"secondary":{"config":"later.xml"}}],"rules":{"carp-skew-ordr":"off"}}',
  );
  const messages = () => findings.of(manifest).map(({ rule, message }) => `${rule}: ${message}`);
  assert.deepEqual(messages(), [
    'manifest: "later.xml" does not exist, or cannot be read.',
    'manifest: There is no rule "carp-skew-ordr"; did you mean "carp-skew-order"?',
  ]);
  workspace.setDiskText('file:///w/later.xml', nodeConfig({ host: 3 }));
  assert.equal(messages().length, 1);
});

test('findings: a foreign file is left alone, and is an error where it was named to be checked', () => {
  const workspace = new Workspace();
  const uri = 'file:///w/pom.xml';
  workspace.setDiskText(uri, '<?xml version="1.0"?>\n<project><a></project>');
  assert.deepEqual(new WorkspaceFindings(workspace, { rules }).of(uri), []);
  const [finding, ...others] = new WorkspaceFindings(workspace, { rules, named: [uri] }).of(uri);
  assert.deepEqual([finding?.rule, finding?.severity, others.length], ['document-kind', 'error', 0]);
  assert.equal(finding && spanOf(finding.at).start, '<?xml version="1.0"?>\n<'.length);
});

test('findings: an OPNsense export is noted, and nothing else is said about it', () => {
  const workspace = new Workspace();
  const uri = 'file:///w/opnsense.xml';
  workspace.setDiskText(uri, '<opnsense><system><a></system></opnsense>');
  const rulesFound = new WorkspaceFindings(workspace, { rules }).of(uri).map(({ rule, severity }) => [rule, severity]);
  assert.deepEqual(rulesFound, [['document-kind', 'info']]);
  const named = new WorkspaceFindings(workspace, { rules, named: [uri] }).of(uri);
  assert.deepEqual(
    named.map(({ severity }) => severity),
    ['error'],
  );
});

test('findings: the answer is the same array while nothing else is found', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  const [ofMain, ofSecond] = [findings.of(main), findings.of(second)];
  assert.equal(findings.of(main), ofMain);
  const text = workspace.sourceOf(main)?.buffer.toString() ?? '';
  workspace.openEditor(main, text);
  const from = text.indexOf('<version>');
  workspace.changeEditor(main, [{ from, to: from, text: '\n' }]);
  assert.equal(findings.of(second), ofSecond, 'an edit in the other file that changes nothing here');
});

test('findings: they follow an edit in the other file', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  assert.equal(found(findings, second, 'carp-skew-order').length, 1);
  const text = workspace.sourceOf(second)?.buffer.toString() ?? '';
  workspace.openEditor(second, text);
  const from = text.lastIndexOf('<advskew>0<') + '<advskew>'.length;
  workspace.changeEditor(second, [{ from, to: from + 1, text: '100' }]);
  assert.deepEqual(found(findings, second, 'carp-skew-order'), []);
});
