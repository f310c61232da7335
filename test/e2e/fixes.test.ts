import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { findingsOf, rows } from './findings.ts';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'main-pfSense.xml';
const second = 'second-pfSense.xml';

suite('the broken pair is repaired', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/broken', open: main });
    await window.problemsUntil(problems => assert.equal(problems.length, 23));
  });

  test('a quick fix of this file takes its finding away, and undo brings it back', async () => {
    const query = { file: main, code: 'dhcp-failover-peer' };
    await window.quickFix(query, 'Set the fail-over peer to 10.0.0.3');
    assert.deepEqual(await window.unsavedFiles(), [main]);
    await window.problemsUntil(problems => assert.equal(problems.length, 22));
    await window.undo(main);
    await window.problemsUntil(problems => assert.deepEqual(rows(problems), rows(findingsOf(window.workspace))));
    assert.deepEqual(await window.unsavedFiles(), []);
  });

  const both = 'Set the prefix length of 192.168.1.10 to /24 on both nodes';

  test('a quick fix of both files asks, shows both, and changes nothing when it is discarded', async () => {
    await window.quickFix({ file: main, code: 'carp-mask-mismatch' }, both);
    const preview = await window.refactorPreview();
    await window.screenshot('peer-fix', 'panel');
    assert.deepEqual(
      preview.map(({ file, ticked, edits }) => ({ file, ticked, edits: edits.length })),
      // Nothing is ticked by itself, so that one half of a fix is never applied by accident.
      [
        { file: main, ticked: false, edits: 1 },
        { file: second, ticked: false, edits: 1 },
      ],
    );
    await window.discardRefactorPreview();
    assert.deepEqual(await window.unsavedFiles(), []);
    await window.problemsUntil(problems => assert.deepEqual(rows(problems), rows(findingsOf(window.workspace))));
  });

  test('confirmed, it changes both files', async () => {
    await window.quickFix({ file: main, code: 'carp-mask-mismatch' }, both);
    await window.confirmRefactorPreview();
    await window.problemsUntil(problems => {
      assert.deepEqual(
        problems.filter(({ code }) => code === 'carp-mask-mismatch'),
        [],
      );
      assert.equal(problems.length, 21);
    });
    // VS Code itself saves the files that it has changed together.
    await window.savedUntil(second, /<subnet_bits>24<\/subnet_bits>\s*<subnet>192\.168\.1\.10</);
    assert.match(window.fileOnDisk(main), /<subnet_bits>24<\/subnet_bits>\s*<subnet>192\.168\.1\.10</);
  });

  test('"Fix All" applies the safe fixes of this file alone', async () => {
    await window.openFile(second);
    await window.languageStatusUntil(/^broken: secondary/);
    await window.runCommand('Fix All');
    await window.problemsUntil(problems =>
      assert.deepEqual(
        problems.filter(({ file }) => file === second).map(({ code }) => code),
        [
          'interface-address-duplicate',
          'interface-order-mismatch',
          'interface-order-mismatch',
          'interface-subnet-mismatch',
          'nat-outbound-automatic',
          'carp-vhid-invalid',
          'carp-skew-order',
          'pfsync-disabled',
          'sync-on-secondary',
        ],
      ),
    );
    assert.deepEqual(await window.unsavedFiles(), [second]);
  });

  test('one fix after the other empties the pane; what is saved then is a pair without a finding', async () => {
    for (let problems = await window.problems(); problems.length > 0; problems = await window.problems()) {
      const [{ file, code, line } = assert.fail()] = problems;
      const query = { file, code, line };
      const title = await window.firstQuickFix(query);
      await window.confirmRefactorPreviewIfAsked();
      await window.problemsUntil(now => assert.ok(now.length < problems.length, `${title} took no finding away.`));
    }
    await window.saveAll();
    assert.deepEqual(findingsOf(window.workspace), []);
    const [status] = await window.languageStatus();
    assert.equal(status?.severity, 'information');
    assert.match(status?.text ?? '', /no findings$/);
    assert.deepEqual(vscode.complaints(), []);
  });
});
