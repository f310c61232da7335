import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { type Firewalls, main, openTutorial, password, second } from './harness/firewalls.ts';
import { type Session, session } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const report = 'Sync of tutorial.md';
const before1 = 'State synchronisation (pfsync)';
const after1 = 'States between the two nodes';

suite('a pair is synced to its firewalls', () => {
  let vscode: Session;
  let firewalls: Firewalls;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    ({ firewalls, window } = await openTutorial(vscode, 'with addresses'));
  });
  after(() => firewalls?.pair.dispose());

  test('an edit is saved first, credentials and certificates are asked for, and the dialog says what is sent', async () => {
    const { primary, secondary } = firewalls.pair;
    await window.replace(main, before1, after1);
    await window.runCommand('HA Pair: Sync to Pair');
    await window.dialogUntil(`Save ${main} first?`);
    await window.answerDialog('Save and Continue');
    for (const node of [primary, secondary]) await window.enterCredentials(node.url, password);
    for (const role of ['primary', 'secondary'] as const) {
      await window.dialogUntil(`Is this the certificate of the ${role}`);
      await window.answerDialog('Pin This Certificate');
    }
    const dialog = await window.dialogUntil(
      'Sync tutorial to main-pfSense.example.org and second-pfSense.example.org?',
    );
    assert.match(
      dialog.detail,
      /Primary main-pfSense\.example\.org \(https:\/\/127\.0\.0\.1:\d+\)\nSent: filter \(1 section, 1 change\)/,
    );
    assert.match(dialog.detail, /Copied on by the primary: filter/);
    assert.deepEqual([...dialog.buttons].sort(), ['Cancel', 'Dry Run', 'Show Diff', 'Sync']);
    await window.notificationsGone();
    await window.screenshot('sync-dialog');
    assert.equal(calls('restore_config_section'), 0, 'nothing was sent so far');
  });

  test('the dry run shows the plan, and sends nothing', async () => {
    await window.answerDialog('Dry Run');
    const plan = await window.shownText('Plan for tutorial.md');
    assert.match(plan, /^# Plan for tutorial\n\nThis is what Sync to Pair would do\. Nothing has been sent\.\n/);
    assert.match(plan, /### filter\n\nSent to this firewall/);
    assert.equal(calls('restore_config_section'), 0);
    await window.closeAll();
  });

  test('the diff shows what both hold, and the sync waits for it', async () => {
    await window.openFile(main);
    await window.runCommand('HA Pair: Sync to Pair');
    await window.dialogUntil('Sync tutorial to');
    await window.answerDialog('Show Diff');
    await window.notificationUntil('The differences are shown, secrets hidden. Go on with the sync of tutorial?');
    const tabs = await window.tabs();
    for (const [file, role] of [
      [main, 'primary'],
      [second, 'secondary'],
    ]) {
      assert.ok(
        tabs.some(tab => tab.startsWith(`${file}: live on the ${role} (`)),
        tabs.join('\n'),
      );
    }
    await window.answerNotification('Continue…');
    await window.dialogUntil('Sync tutorial to');
    await window.answerDialog('Cancel');
    assert.equal(calls('restore_config_section'), 0);
    await window.closeAll();
  });

  test('nothing of a firewall is overwritten that nobody has pulled, unless a person agrees to just that', async () => {
    await window.openFile(main);
    await window.runCommand('HA Pair: Sync to Pair');
    await window.dialogUntil('Sync tutorial to');
    await window.answerDialog('Sync');
    const { detail, buttons } = await window.dialogUntil('The firewalls hold something that the files do not');
    assert.ok(detail.includes(before1), detail);
    assert.ok(buttons.includes('Overwrite Live Changes'));
    await window.answerDialog('Cancel');
    assert.equal(calls('restore_config_section'), 0);
  });

  test('it is sent, read back and reported', async () => {
    const { primary, secondary } = firewalls.pair;
    // A real one takes seconds; what is over at once is not worth a notification.
    primary.orderFault({ kind: 'latency', milliseconds: 1500 }, { call: 'restore_config_section' });
    await window.runCommand('HA Pair: Sync to Pair');
    await window.dialogUntil('Sync tutorial to');
    await window.answerDialog('Sync');
    await window.dialogUntil('The firewalls hold something');
    await window.answerDialog('Overwrite Live Changes');
    await window.notificationUntil('Sync to Pair: ');
    await window.screenshot('sync-progress');
    await window.notificationUntil('Done: it was read back, and both firewalls hold what was planned.');
    const text = await window.shownText(report);
    await window.screenshot('sync-report');
    assert.match(text, /^# Sync to Pair: tutorial\n\n\*\*Done: it was read back/);
    assert.match(text, /## Primary: main-pfSense\.example\.org[^#]+- filter: as planned\n/);
    assert.match(text, /## Secondary: second-pfSense\.example\.org[^#]+- filter: as planned\n/);
    assert.match(text, /VHID \d+ on \w+, [\d.]+: MASTER/);
    for (const node of [primary, secondary]) assert.ok(node.text.includes(after1));
  });

  test('the pull that is offered then gives files with which there is nothing to do', async () => {
    await window.answerNotification('Pull Now');
    await window.notificationUntil(`Replace ${main} and ${second}`);
    await window.answerNotification('Replace Files');
    await window.notificationUntil(`${main} and ${second} now say what the firewalls hold.`);
    for (const [file, node] of [
      [main, firewalls.pair.primary],
      [second, firewalls.pair.secondary],
    ] as const)
      assert.equal(window.fileOnDisk(file), node.text);
    await window.clearNotifications();
    await window.closeAll();
    await window.openFile(main);
    await window.runCommand('HA Pair: Sync to Pair');
    await window.notificationUntil('There is nothing to do: a push would change nothing on either firewall.');
    await window.clearNotifications();
  });

  test('an error in a file is refused before anybody is asked', async () => {
    const made = firewalls.pair.primary.calls.length;
    await window.replace(main, '<hostname>main-pfSense</hostname>', '<hostname>main-pfSense</hostnam>');
    await window.saveAll();
    await window.runCommand('HA Pair: Sync to Pair');
    await window.notificationUntil(`Nothing was sent: errors were found in ${main}. Correct them first.`);
    await window.answerNotification('Show Problems');
    // To read the pane earlier would toggle it.
    await eventually(async () => assert.ok(await window.problemsAreShown()));
    await window.problemsUntil(problems => assert.ok(problems.some(({ code }) => code === 'xml-syntax')));
    assert.equal(firewalls.pair.primary.calls.length, made);
    await window.undo(main);
    await window.saveAll();
  });

  test('what somebody has done in the web interface meanwhile is not overwritten', async () => {
    await window.replace(main, after1, before1);
    await window.saveAll();
    firewalls.pair.primary.saveInGui(text => text.replace(after1, 'Somebody was here'));
    await firewalls.pair.settled();
    await window.runCommand('HA Pair: Sync to Pair');
    await window.notificationUntil('Nothing was sent. The firewall has changed since it was pulled');
    await window.screenshot('live-changes');
    await window.answerNotification('Compare with Live');
    const diff = window.page.locator('.editor-instance .monaco-diff-editor').last();
    await diff.locator('.original .view-line', { hasText: 'Somebody' }).first().waitFor();
    assert.ok(firewalls.pair.primary.text.includes('Somebody was here'));
  });

  test('nothing that was left behind holds a secret, and nothing has failed', () => {
    assert.deepEqual(vscode.complaints(), []);
  });

  function calls(method: string): number {
    const { primary, secondary } = firewalls.pair;
    return [...primary.calls, ...secondary.calls].filter(call => call === method).length;
  }
});
