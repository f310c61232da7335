import assert from 'node:assert/strict';
import { fixKindsOf } from '../../scripts/ruleFixes.ts';
import { Checker } from '../../server/src/rules/check.ts';
import type { Finding, Fix } from '../../server/src/rules/finding.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { spanOf } from '../../server/src/syntax/tree.ts';
import { type Fixture, nodesOf, parseFixture } from './fixture.ts';

/** Everything the rules find in a fixture, those that are off by default too, in the order of files and places. */
export function findingsIn(rules: readonly Rule[], fixture: Fixture): Finding[] {
  const off = rules.filter(rule => rule.isOffByDefault);
  const checker = new Checker(rules, Object.fromEntries(off.map(rule => [rule.id, rule.severity])));
  const nodes = nodesOf(fixture);
  const findings = nodes.flatMap(node => [...checker.checkText(node.config), ...checker.checkNode(node)]);
  const primary = nodes.find(node => node.role === 'primary');
  if (primary?.peer) findings.push(...checker.checkPair(primary.config, primary.peer));
  const order = (finding: Finding) =>
    fixture.files.findIndex(file => file.config.document === finding.at.anchor.document);
  return findings.sort((a, b) => order(a) - order(b) || spanOf(a.at).start - spanOf(b.at).start);
}

/** Asserts that a rule finds exactly what the fixture marks, where it marks it. Gives the findings. */
export function checkRule(rule: Rule, source: string): Finding[] {
  const fixture = parseFixture(source);
  const findings = findingsIn([rule], fixture);
  assert.deepEqual(
    findings.map(finding => shown(finding, fixture)),
    fixture.marks.map(markShown),
    rule.id,
  );
  return findings;
}

/**
 * Asserts that a fix makes of the first fixture the second, and that the finding is gone then.
 * Without a title it is the first fix of the first finding. Marks in the first fixture are passed over.
 */
export function checkFix(
  rule: Rule,
  change: { readonly before: string; readonly after: string; readonly title?: string },
): void {
  const fixture = parseFixture(change.before);
  const findings = findingsIn([rule], fixture);
  const fixes = findings.flatMap(finding => finding.fixes().map(fix => ({ finding, fix })));
  const kinds = fixKindsOf(rule);
  for (const { fix } of fixes) assert.ok(kinds.includes(fix.applicability), `${rule.id}: its page knows no such fix`);
  const chosen = change.title === undefined ? fixes[0] : fixes.find(({ fix }) => fix.title === change.title);
  assert.ok(chosen, `${rule.id}: no such fix; there are: ${fixes.map(({ fix }) => fix.title).join(' | ') || 'none'}`);
  const before = findings.length;
  applyFix(chosen.fix);
  const wanted = parseFixture(change.after);
  for (const file of fixture.files) {
    const expected = wanted.files.find(other => other.name === file.name)?.text ?? file.text;
    assert.equal(
      file.config.document.buffer.toString(),
      expected,
      `${rule.id}: ${file.name} after “${chosen.fix.title}”`,
    );
  }
  const left = findingsIn([rule], fixture);
  assert.ok(left.length < before, `${rule.id}: “${chosen.fix.title}” left as many findings as there were`);
}

/** Asserts that the rule finds something in the fixture and offers no fix for any of it. */
export function checkNoFix(rule: Rule, source: string): void {
  const findings = findingsIn([rule], parseFixture(source));
  assert.ok(findings.length > 0, `${rule.id} finds nothing here`);
  assert.deepEqual(
    findings.flatMap(finding => finding.fixes().map(fix => fix.title)),
    [],
    rule.id,
  );
}

/** Applies a fix to its documents, last edit first so that the offsets stay right. */
export function applyFix(fix: Fix): void {
  for (const { document, edits } of fix.edits) {
    for (const edit of [...edits].sort((a, b) => b.from - a.from)) document.edit(edit);
  }
}

function shown(finding: Finding, fixture: Fixture): string {
  const { document } = finding.at.anchor;
  const { start, end } = spanOf(finding.at);
  const from = document.buffer.positionAt(start);
  const lineEnd = document.buffer.offsetAt(from.line, Number.MAX_SAFE_INTEGER);
  const length = Math.max(1, Math.min(end, lineEnd) - start);
  const name = fixture.files.find(file => file.config.document === document)?.name;
  return `${name}:${from.line + 1}:${from.character + 1}+${length} ${finding.severity}: ${finding.message}`;
}

function markShown(mark: Fixture['marks'][number]): string {
  return `${mark.file}:${mark.line}:${mark.column}+${mark.length} ${mark.severity}: ${mark.message}`;
}
