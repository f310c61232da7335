import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'main-pfSense.xml';
const second = 'second-pfSense.xml';

suite('a pair is changed as a whole, and shown to others', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/tutorial', open: main });
    await window.languageStatusUntil(/no findings$/);
  });

  test('"Copy Redacted" opens copies of both nodes, which are no configurations of this workspace', async () => {
    await window.runCommand('HA Pair: Copy Redacted');
    const copy = window.page.locator('.monaco-editor[data-uri="untitled:Untitled-2"] .view-lines').first();
    await copy.locator('.view-line', { hasText: '<hostname>host1</hostname>' }).first().waitFor();
    assert.doesNotMatch(await copy.innerText(), /main-pfSense/);
    // VS Code calls a document without a file by its first line.
    assert.equal((await window.tabs()).length, 3);
    await window.openFile(main);
    await window.languageStatusUntil(/^tutorial: primary · no findings$/);
  });

  test('an interface is renumbered in both files: what cannot be is refused, the rest is shown first', async () => {
    const line =
      window
        .fileOnDisk(main)
        .split('\n')
        .findIndex(text => text.includes('172.16.1.2')) + 1;
    await window.goTo(main, { line, column: 20 });
    await window.refactorThatAsks('Renumber PFSYNC (opt1), 172.16.1.0/24…');
    await window.questionUntil('Renumber PFSYNC (opt1)');
    await window.answerQuestion('172.16.9.0/24');
    const preview = await window.refactorPreview();
    assert.deepEqual(preview.map(({ file }) => file).sort(), [main, second]);
    await window.confirmRefactorPreview();
    await window.savedUntil(main, /<ipaddr>172\.16\.9\.2<\/ipaddr>/);
    await window.savedUntil(second, /<ipaddr>172\.16\.9\.3<\/ipaddr>/);
    assert.match(window.fileOnDisk(main), /<pfsyncpeerip>172\.16\.9\.3<\/pfsyncpeerip>/);
    await window.languageStatusUntil(/no findings$/);
    assert.deepEqual(vscode.complaints(), []);
  });
});
