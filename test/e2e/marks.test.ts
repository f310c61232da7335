import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'fw-a.xml';

suite('words within the text, colours and tags', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/kea', open: main });
    await window.languageStatusUntil(/primary/);
  });

  test('members stand behind aliases and descriptions behind interfaces, and the outline has the names that people use', async () => {
    await window.goTo(main, { line: window.lineOf(main, '<filter>'), column: 1 });
    const names = (await window.outline()).map(({ label }) => label);
    assert.ok(
      names.some(name => name.startsWith('CARP ')),
      names.join('\n'),
    );
    // VS Code draws the words as part of the line.
    await window.goTo(main, { line: window.lineOf(main, '<address>web_server'), column: 1 });
    await eventually(async () => {
      const lines = await window.lines(main);
      assert.ok(
        lines.some(each => /<address>web_server.*\d<\/address>/.test(each)),
        lines.join('\n'),
      );
    });
    await window.screenshot('words');
  });

  test('a rule that is switched off has one colour, that of comments', async () => {
    await window.goTo(main, { line: window.lineOf(main, '<address>web_server'), column: 1 });
    await window.replace(main, '<descr><![CDATA[NAT HTTPS', '<disabled></disabled><descr><![CDATA[NAT HTTPS');
    await eventually(async () => {
      const runs = await window.colours(main, '<disabled>');
      assert.equal(new Set(runs.filter(({ text }) => text.trim() !== '').map(({ colour }) => colour)).size, 1);
    });
    await window.screenshot('hints');
    await window.closeWithoutSaving(main);
  });

  test('"</" is completed with the name of what is open', async () => {
    await window.replace(main, '<hostname>fw-a</hostname>', '<hostname>fw-a<');
    await window.type('/');
    await eventually(async () => {
      const lines = await window.lines(main);
      assert.ok(
        lines.some(line => line.trim() === '<hostname>fw-a</hostname>'),
        lines.join('\n'),
      );
    });
    await window.closeWithoutSaving(main);
  });

  test('a file that pfSense wrote is formatted already; one that was written by hand is, when that is asked for', async () => {
    await window.openFile(main);
    await window.runCommand('Format Document');
    assert.deepEqual(await window.unsavedFiles(), []);
    await window.replace(main, '\t\t<hostname>fw-a</hostname>', '<hostname>fw-a</hostname>');
    await window.runCommand('Format Document');
    await eventually(async () => {
      const lines = await window.lines(main);
      assert.ok(lines.includes('        <hostname>fw-a</hostname>'), lines.slice(0, 20).join('\n'));
    });
    await window.closeWithoutSaving(main);
  });

  test('nothing has failed in the background', () => {
    assert.deepEqual(vscode.complaints(), []);
  });
});
