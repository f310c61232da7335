import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { findingsOf, inOrder } from './findings.ts';
import { type Session, startSession } from './harness/session.ts';
import { persistently } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

suite('a workspace that is not trusted', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await startSession({
      vsix: resolve(import.meta.dirname, '../../pfsense-ha.vsix'),
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.banner': 'never',
      },
      trust: 'by settings',
    });
    window = await vscode.openWindow({ sample: 'samples/broken', open: 'main-pfSense.xml' });
  });
  after(() => vscode.close());

  test('is checked all the same', async () => {
    await window.statusItemUntil('Restricted Mode');
    const expected = findingsOf(window.workspace);
    await window.problemsUntil(problems => assert.deepEqual(inOrder(problems), expected));
  });

  test('lets no command talk to a firewall, nor touch what is kept for one', async () => {
    for (const command of [
      'Sync to Pair',
      'Sync to Pair (Dry Run)',
      'Pull from Pair',
      'Compare with Live',
      'Undo Last Sync',
      'Set Credentials…',
      'Forget Credentials',
      'Show Backups',
    ]) {
      const name = command.replace('…', '');
      const refusal = `${name} has to do with live firewalls, and works only in a workspace that you trust.`;
      await persistently(
        async () => {
          await window.runCommand(`HA Pair: ${command}`);
          await window.notificationUntil(refusal, 6000);
        },
        () => window.clearNotifications(),
      );
      await window.clearNotifications();
    }
  });
});
