import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { findingsOf, inOrder } from './findings.ts';
import { type Session, startSession } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

/** VS Code in a browser without a machine behind it: the extension runs in a worker, and so does its server. */
suite('the extension in the worker of a browser', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await startSession({
      vsix: resolve(import.meta.dirname, '../../pfsense-ha.vsix'),
      settings: { 'remote.extensionKind': { 'pfsense-ha.pfsense-ha': ['web'] } },
    });
    window = await vscode.openWindow({ sample: 'samples/broken', open: 'main-pfSense.xml' });
  });
  after(() => vscode.close());

  test('the Problems pane shows what the command line finds in both files, although the peer is not open', async () => {
    const expected = findingsOf(window.workspace);
    await window.problemsUntil(problems => assert.deepEqual(inOrder(problems), expected));
    assert.deepEqual(vscode.languageServers(), [], 'no process was started');
  });

  test('the commands for live firewalls say what they need', async () => {
    await window.runCommand('HA Pair: Sync to Pair');
    await window.notificationUntil('Sync to Pair needs VS Code on a desktop, or a remote window');
    await window.clearNotifications();
  });

  test('a change is checked, and nobody complains', async () => {
    await window.runCommand('HA Pair: Open Peer');
    await window.editor('second-pfSense.xml').waitFor();
    assert.deepEqual(await window.notifications(), []);
    assert.deepEqual(vscode.complaints(), []);
  });
});
