import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import { type Firewalls, main, manifestName, openTutorial, password, second } from './harness/firewalls.ts';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

suite('live firewalls are compared with and pulled', () => {
  let vscode: Session;
  let firewalls: Firewalls;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    ({ firewalls, window } = await openTutorial(vscode, 'with addresses'));
    // Nothing of the file that is in view behind a dialog is a password or a hash.
    await window.goTo(main, { line: 500, column: 1 });
  });
  after(() => firewalls?.pair.dispose());

  test('credentials are asked for, hidden, and an unknown certificate is shown and pinned', async () => {
    const { primary, secondary } = firewalls.pair;
    await window.runCommand('HA Pair: Compare with Live');
    for (const node of [primary, secondary]) await window.enterCredentials(node.url, password);
    for (const [role, node] of [
      ['primary', primary],
      ['secondary', secondary],
    ] as const) {
      const dialog = await window.dialogUntil(`Is this the certificate of the ${role} at ${node.url}?`);
      assert.ok(dialog.detail.includes(node.fingerprint), dialog.detail);
      assert.match(dialog.detail, /Subject: .+\nIssuer: .+\nValid: \d{4}-\d\d-\d\d to \d{4}/);
      assert.ok(dialog.buttons.includes('Pin This Certificate'));
      if (role === 'primary') await window.screenshot('unknown-certificate');
      await window.answerDialog('Pin This Certificate');
    }
    await window.notificationUntil('Both files say exactly what the firewalls hold.');
    const { pairs } = JSON.parse(window.fileOnDisk(manifestName));
    assert.equal(pairs[0].primary.tls.sha256, primary.fingerprint);
    assert.equal(pairs[0].secondary.tls.sha256, secondary.fingerprint);
    await window.clearNotifications();
  });

  test('what somebody has changed on a firewall is shown beside the file, with secrets hidden', async () => {
    firewalls.pair.primary.saveInGui(text => text.replace('Interface WAN Gateway', 'Somebody was here'));
    await firewalls.pair.settled();
    await window.runCommand('HA Pair: Compare with Live');
    const diff = window.page.locator('.editor-instance .monaco-diff-editor').last();
    await diff.locator('.original .view-line', { hasText: 'Somebody' }).first().waitFor();
    await diff.locator('.modified .view-line', { hasText: 'Interface' }).first().waitFor();
    await window.screenshot('compare-with-live');
    const tabs = await window.tabs();
    assert.ok(
      tabs.some(tab => tab.startsWith(`${main}: live on the primary (${firewalls.pair.primary.url}) ↔ file`)),
      tabs.join('\n'),
    );
    await window.closeAll();
  });

  test('a pull shows what would change, and writes the very bytes', async () => {
    await window.openFile(main);
    await window.runCommand('HA Pair: Pull from Pair');
    await window.questionUntil('Pull tutorial: which firewalls?');
    await window.confirmPicks();
    await window.notificationUntil('Replace main-pfSense.xml');
    await window.screenshot('pull');
    await window.answerNotification('Replace');
    await window.notificationUntil('now say');
    for (const [name, node] of [
      [main, firewalls.pair.primary],
      [second, firewalls.pair.secondary],
    ] as const) {
      assert.equal(readFileSync(`${window.workspace}/${name}`, 'utf8'), node.text);
    }
    await window.clearNotifications();
  });

  test('one firewall alone can be pulled, also into a file that is not there', async () => {
    const { secondary } = firewalls.pair;
    await window.closeAll();
    window.removeFromDisk(second);
    const before = firewalls.pair.primary.calls.length;
    await window.openFile(main);
    await window.runCommand('HA Pair: Pull from Pair');
    await window.questionUntil('Pull tutorial: which firewalls?');
    await window.page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'primary' })
      .locator('.monaco-checkbox, input[type="checkbox"]')
      .first()
      .click();
    await window.confirmPicks();
    await window.notificationUntil(`${second} now says what the firewall holds.`);
    assert.equal(window.fileOnDisk(second), secondary.text);
    assert.equal(firewalls.pair.primary.calls.length, before);
    await window.clearNotifications();
  });

  test('a changed certificate stops everything, with both fingerprints and no way to accept it', async () => {
    const before = firewalls.pair.primary.fingerprint;
    await firewalls.pair.primary.changeCertificate();
    await window.runCommand('HA Pair: Compare with Live');
    const { detail, buttons } = await window.dialogUntil('shows another certificate than the pinned one.');
    assert.ok(detail.includes(before), detail);
    assert.ok(detail.includes(firewalls.pair.primary.fingerprint), detail);
    assert.equal(buttons.length, 1);
    await window.answerDialog(buttons[0] ?? '');
  });

  test('credentials are forgotten, and nothing has failed in the background', async () => {
    await window.openFile(main);
    await window.runCommand('HA Pair: Forget Credentials');
    await window.notificationUntil('are forgotten.');
    assert.deepEqual(vscode.complaints(), []);
  });
});
