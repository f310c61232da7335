import assert from 'node:assert/strict';
import test from 'node:test';
import { baselineText } from '../../../server/src/pair/baseline.ts';
import { Workspace } from '../../../server/src/pair/workspace.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { isOn, type RuleSettings, settle } from '../../../server/src/rules/ruleSettings.ts';
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

test('findings: the manifest weighs rules for the files below it, and the editor wins over it', () => {
  const workspace = filled();
  let editor: RuleSettings = {};
  const findings = new WorkspaceFindings(workspace, { rules, settingsFor: () => editor });
  const severities = () => found(findings, second, 'carp-skew-order');
  workspace.setDiskText(manifest, '{"rules":{"carp-skew-order":"warning"}}');
  assert.deepEqual(severities(), ['warning']);
  workspace.setDiskText(manifest, '{"rules":{"carp-skew-order":"off"}}');
  assert.deepEqual(severities(), []);
  editor = { 'carp-skew-order': 'hint' };
  assert.deepEqual(severities(), ['hint']);
  editor = { carp: 'info' };
  assert.deepEqual(severities(), ['info'], 'also a topic of it over a rule of the manifest');
  workspace.setDiskText(manifest, undefined);
  editor = {};
  assert.deepEqual(severities(), ['error']);
});

test('findings: a topic weighs all its rules but those with a setting of their own and those that are off by default', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  workspace.setDiskText(manifest, '{"rules":{"carp":"off"}}');
  const carp = new Set(rules.filter(({ topic }) => topic === 'carp').map(({ id }) => id));
  assert.deepEqual(
    findings.of(second).filter(({ rule }) => carp.has(rule)),
    [],
  );
  workspace.setDiskText(manifest, '{"rules":{"carp-skew-order":"hint","carp":"off"}}');
  assert.deepEqual(
    findings.of(second).flatMap(({ rule, severity }) => (carp.has(rule) ? [`${rule} ${severity}`] : [])),
    ['carp-skew-order hint'],
  );
  const [asleep] = rules.filter(rule => rule.isOffByDefault);
  assert.ok(asleep);
  assert.deepEqual(settle([asleep], [{ [asleep.topic]: 'error' }]), {});
  assert.deepEqual(settle([asleep], [{ [asleep.topic]: 'off' }, { [asleep.id]: 'error' }]), { [asleep.id]: 'off' });
  assert.equal(isOn(asleep, settle([asleep], [{ [asleep.topic]: 'error' }, { [asleep.id]: 'info' }])), true);
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

/** What the manifest's findings say. */
function faults(findings: WorkspaceFindings): string[] {
  return findings.of(manifest).map(({ severity, message }) => `${severity}: ${message}`);
}

function suppressing(workspace: Workspace, ...suppressions: object[]): void {
  workspace.setDiskText(manifest, JSON.stringify({ suppressions }));
}

const rule = 'carp-skew-order';
const reason = 'The lab has it so.';

test('suppressions: by rule, by file and by element, with what is in it', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  const others = findings.of(second).filter(each => each.rule !== rule).length;
  for (const suppression of [
    { rule, reason },
    { rule, file: 'second.xml', reason },
    { rule, file: './second.xml', element: 'virtualip/vip[interface=lan,vhid=2]/advskew', reason },
    { rule, element: 'virtualip/vip[2]', reason },
    { rule, element: 'virtualip', reason },
  ]) {
    suppressing(workspace, suppression);
    assert.deepEqual(found(findings, second, rule), [], JSON.stringify(suppression));
    assert.equal(findings.of(second).length, others, 'other rules still speak');
    assert.deepEqual(findings.hiddenIn(second), { suppressed: 1, baseline: 0 });
    assert.deepEqual(faults(findings), []);
  }
});

test('suppressions: one that silences nothing is said so', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  for (const [suppression, fault] of [
    [{ rule, file: 'main.xml', reason }, `${rule} finds nothing in main.xml: this suppression is not needed.`],
    [
      { rule, element: 'virtualip/vip[1]', reason },
      `${rule} finds nothing in any file that this manifest speaks for at virtualip/vip[1]: this suppression is not needed.`,
    ],
    [
      { rule, file: 'second.xml', element: 'virtualip/vip[vhid=9]', reason },
      'There is no element virtualip/vip[vhid=9] in second.xml, so nothing is suppressed here.',
    ],
    [{ rule, file: 'third.xml', reason }, '"third.xml" does not exist, or cannot be read.'],
    [{ rule: 'carp-skew-ordr', reason }, 'There is no rule "carp-skew-ordr"; did you mean "carp-skew-order"?'],
  ] as const) {
    suppressing(workspace, suppression);
    assert.deepEqual(faults(findings), [`warning: ${fault}`]);
    assert.deepEqual(found(findings, second, rule), ['error']);
  }
  suppressing(workspace, { rule });
  assert.deepEqual(faults(findings), ['warning: "reason" is missing in this suppression.']);
  assert.deepEqual(found(findings, second, rule), ['error'], 'without a reason nothing is silenced');
});

test('suppressions: where a rule cannot speak its suppression is not called unused', () => {
  const workspace = filled();
  const findings = new WorkspaceFindings(workspace, { rules });
  suppressing(workspace, { rule, file: 'second.xml', reason });
  assert.deepEqual(faults(findings), []);
  const text = workspace.sourceOf(second)?.buffer.toString() ?? '';
  workspace.setDiskText(second, text.replace('</virtualip>', ''));
  assert.deepEqual(faults(findings), [], 'a broken file');
  workspace.setDiskText(second, text);
  workspace.setDiskText(manifest, JSON.stringify({ suppressions: [{ rule, reason }], rules: { carp: 'off' } }));
  assert.deepEqual(faults(findings), [], 'a rule that is off');
  suppressing(workspace, { rule, file: 'second.xml', reason });
  workspace.setDiskText(main, undefined);
  assert.deepEqual(faults(findings), [], 'a peer that is missing');
});

const baseline = 'file:///w/pfsense-ha-baseline.json';

/** A pair with a baseline of all that is found in it. */
function settledPair() {
  const workspace = filled();
  const before = new WorkspaceFindings(workspace, { rules });
  const entries = [main, second].flatMap(uri => before.baselineEntries(uri));
  workspace.setDiskText(manifest, '{"baseline":"pfsense-ha-baseline.json"}');
  assert.deepEqual(workspace.missing(), [baseline]);
  workspace.setDiskText(baseline, baselineText(baseline, entries));
  return { workspace, findings: new WorkspaceFindings(workspace, { rules }), count: entries.length };
}

test('baseline: only what is new is shown, and a finding with other values is', () => {
  const { workspace, findings } = settledPair();
  assert.deepEqual([...findings.of(main), ...findings.of(second), ...findings.of(manifest)], []);
  assert.ok(findings.hiddenIn(second).baseline > 0);
  const text = workspace.sourceOf(second)?.buffer.toString() ?? '';
  const at = text.lastIndexOf('<advskew>0<') + '<advskew>'.length;
  const primary = workspace.sourceOf(main)?.buffer.toString() ?? '';
  const there = primary.lastIndexOf('<advskew>0<') + '<advskew>'.length;
  workspace.setDiskText(main, `${primary.slice(0, there)}9${primary.slice(there + 1)}`);
  assert.deepEqual(found(findings, second, rule), ['error'], 'the primary has another skew now');
  workspace.setDiskText(main, primary);
  assert.deepEqual(found(findings, second, rule), []);
  workspace.setDiskText(second, `${text.slice(0, at)}100${text.slice(at + 1)}`);
  const [told] = faults(findings);
  assert.match(told ?? '', /^info: \d+ entr(?:y|ies) of the baseline (?:is|are) no longer found; write it again with/);
});

test('baseline: it holds over edits elsewhere and reordering, and hides each finding once', () => {
  const { workspace, findings } = settledPair();
  const text = workspace.sourceOf(second)?.buffer.toString() ?? '';
  const [first = '', other = ''] = text.match(/<vip>.*?<\/vip>/gs) ?? [];
  workspace.setDiskText(second, text.replace(first, '@').replace(other, first).replace('@', other));
  assert.deepEqual(found(findings, second, rule), []);
  workspace.setDiskText(second, text.replace(other, `${other}\n${other}`));
  assert.ok(findings.of(second).length > 0, 'the same mistake once more is new');
});

test('baseline: no value of a finding stands in it', () => {
  const { workspace, count } = settledPair();
  const written = JSON.parse(workspace.baseline(baseline)?.source.buffer.toString() ?? '') as {
    findings: Record<string, string>[];
  };
  assert.equal(written.findings.length, count);
  for (const entry of written.findings) {
    assert.deepEqual(Object.keys(entry), ['file', 'rule', 'element', 'digest']);
    assert.match(entry.digest ?? '', /^[0-9a-f]{16}$/);
  }
});

test('baseline: one that cannot be read is said, and hides nothing', () => {
  const { workspace, findings } = settledPair();
  for (const [text, problem] of [
    [undefined, 'does not exist, or cannot be read'],
    ['{', 'is no JSON'],
    ['{"version":2,"findings":[]}', 'is no baseline that this version reads'],
  ] as const) {
    workspace.setDiskText(baseline, text);
    assert.deepEqual(faults(findings), [
      `error: "pfsense-ha-baseline.json" ${problem}; write it with: pfsense-ha check --write-baseline`,
    ]);
    assert.deepEqual(found(findings, second, rule), ['error']);
  }
});
