import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { before, suite, test } from 'node:test';
import { findingsOf, inOrder, rows } from './findings.ts';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

suite('the broken pair is opened at the primary', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/broken', open: 'main-pfSense.xml' });
  });

  test('the Problems pane shows what the command line finds in both files, although the peer is not open', async () => {
    const expected = findingsOf(window.workspace);
    assert.equal(expected.length, 23);
    await window.problemsUntil(problems => assert.deepEqual(inOrder(problems), expected));
    assert.ok((await window.statusItems()).includes('pfSense Config'));
    assert.deepEqual(await window.notifications(), []);
  });

  test('the picture of the README is taken', async () => {
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
    await window.raisePanel(470);
    await window.goToProblem({ file: 'main-pfSense.xml', code: 'xml-duplicate-element' });
    await window.screenshot('problems');
    await window.runCommand('View: Toggle Primary Side Bar Visibility');
  });

  test('the status item names the pair, the role and the counts', async () => {
    assert.deepEqual(await window.languageStatus(), [
      {
        severity: 'error',
        text: 'broken: primary · 20 errors, 3 warnings',
        detail: 'main-pfSense.xml (primary) ⇄ second-pfSense.xml (secondary). pfsense-ha.json says so.',
        command: 'Open Peer',
      },
    ]);
  });

  test('the hover over a finding says its message and links to the page of its rule', async () => {
    const query = { file: 'main-pfSense.xml', code: 'carp-mask-mismatch' };
    const [text = ''] = await window.hover(query);
    assert.match(text, /^CARP VIP 192\.168\.1\.10 has the prefix length \/32, but WAN has \/24\./);
    assert.match(text, /main-pfSense\.xml\(81, 12\): The prefix length of WAN\./);
    await window.screenshot('hover');
    await window.followLink('carp-mask-mismatch');
    await window.editor('carp-mask-mismatch.md').waitFor();
    const lines = await window.lines('carp-mask-mismatch.md');
    assert.ok(lines.includes('# carp-mask-mismatch'), lines.join('\n'));
  });

  test('every finding has a page', () => {
    const codes = new Set(findingsOf(window.workspace).map(({ code }) => code));
    const missing = [...codes].filter(code => !existsSync(`${vscode.extensionFolder()}/docs/rules/${code}.md`));
    assert.deepEqual(missing, []);
  });

  test('the peer opens beside it, and no finding is shown twice', async () => {
    const expected = findingsOf(window.workspace);
    await window.openFile('main-pfSense.xml');
    await window.runCommand('HA Pair: Open Peer');
    await window.editor('second-pfSense.xml').waitFor();
    assert.equal(await window.editorGroups(), 2);
    await window.problemsUntil(problems => assert.deepEqual(rows(problems), rows(expected)));
    const [status] = await window.languageStatus();
    assert.equal(status?.text, 'broken: secondary · 20 errors, 3 warnings');
  });

  test('"Check Workspace" shows the pane and says what was checked', async () => {
    await window.runCommand('View: Hide Panel');
    await window.runCommand('HA Pair: Check Workspace');
    await window.statusItemUntil('HA Pair: 2 configurations, 1 pair: 20 errors, 3 warnings.');
    assert.ok(await window.problemsAreShown());
  });

  test('"Show Log" shows a log without a complaint', async () => {
    await window.outputAfter('HA Pair: Show Log', 'HA Pair for pfSense');
    assert.deepEqual(vscode.complaints(), []);
  });
});
