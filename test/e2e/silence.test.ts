import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

const second = 'second-pfSense.xml';
const manifest = 'pfsense-ha.json';

suite('findings are silenced', () => {
  let vscode: Session;
  let window: VscodeWindow;
  const query = { file: second, code: 'carp-skew-order' };
  const count = async () => (await window.problems()).filter(({ code }) => code === query.code).length;
  const countUntil = (expected: number) =>
    window.problemsUntil(problems => assert.equal(problems.filter(({ code }) => code === query.code).length, expected));
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/broken', open: second });
    await window.problemsUntil(problems => assert.ok(problems.some(({ code }) => code === query.code)));
  });

  test('both ways stand behind the repairs', async () => {
    const titles = await window.quickFixTitles(query);
    assert.ok(titles.length > 2, titles.join('\n'));
    assert.deepEqual(titles.slice(-2), [
      'Suppress here with a reason… (carp-skew-order)',
      'Turn this rule off (carp-skew-order)',
    ]);
  });

  test('"Suppress here" asks for the reason, and writes it into the manifest; undo takes it back', async () => {
    assert.equal(await count(), 1);
    await window.quickFixThatAsks(query, 'Suppress here with a reason… (carp-skew-order)');
    await window.screenshot('suppress');
    await window.enter('The lab runs both nodes with the same skew.');
    await countUntil(0);
    await window.savedUntil(manifest, /"reason": "The lab runs both nodes with the same skew\."/);
    const { suppressions } = JSON.parse(window.fileOnDisk(manifest)) as { suppressions: Record<string, string>[] };
    assert.deepEqual(
      suppressions.map(({ rule, file }) => [rule, file]),
      [[query.code, second]],
    );
    assert.match(suppressions[0]?.element ?? '', /^virtualip\/vip\[interface=\w+,vhid=\d+\]\/advskew$/);
    const status = await window.languageStatusUntil(/^broken: secondary/);
    assert.match(status.detail, / 1 hidden by suppressions or the baseline\.$/);
    await window.undo(manifest);
    await countUntil(1);
    await window.saveAll();
    await window.openFile(second);
  });

  test('"Turn this rule off" shows the manifest first, and changes nothing when it is discarded', async () => {
    await window.quickFix(query, 'Turn this rule off (carp-skew-order)');
    const preview = await window.refactorPreview();
    assert.deepEqual(
      preview.map(({ file, ticked, edits }) => ({ file, ticked, edits: edits.length })),
      [{ file: manifest, ticked: false, edits: 1 }],
    );
    await window.discardRefactorPreview();
    assert.equal(await count(), 1);
  });

  test('confirmed, it turns the rule off, and undo brings it back', async () => {
    await window.quickFix(query, 'Turn this rule off (carp-skew-order)');
    await window.confirmRefactorPreview();
    await countUntil(0);
    await window.undo(manifest);
    await countUntil(1);
    assert.deepEqual(vscode.complaints(), []);
  });

  test('without a manifest one is made', async () => {
    await window.closeWithoutSaving(manifest);
    window.removeFromDisk(manifest);
    await window.openFile(second);
    await window.quickFix(query, 'Turn this rule off (carp-skew-order)');
    await window.confirmRefactorPreview();
    await countUntil(0);
    await window.savedUntil(manifest, /"carp-skew-order": "off"/);
    assert.deepEqual(vscode.complaints(), []);
  });
});
