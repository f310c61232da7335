import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Session, startSession } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'fw-a.xml';
const root = resolve(import.meta.dirname, '../..');

suite('beside another extension for XML, in files of that language', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await startSession({
      vsix: join(root, 'pfsense-ha.vsix'),
      besides: [join(root, 'test/e2e/standIn')],
      settings: { 'pfsenseHa.setLanguage': false },
    });
    window = await vscode.openWindow({ sample: 'samples/kea', open: main });
    await window.languageStatusUntil(/primary/);
  });
  after(() => vscode.close());

  test('a syntax fault is told once, by the other; what only this one knows is told as ever', async () => {
    assert.ok((await window.statusItems()).includes('XML'));
    await window.replace(main, '<hostname>fw-a</hostname>', '<hostname>fw-a</hostnam>');
    await window.problemsUntil(problems =>
      assert.deepEqual(
        problems.map(({ source }) => source),
        ['xml'],
      ),
    );
    await window.screenshot('beside-xml');
    await window.undo(main);
    await window.problemsUntil(problems => assert.deepEqual(problems, []));
    await window.replace(main, '<descr><![CDATA[NAT HTTPS', '<sched>nowhere</sched><descr><![CDATA[NAT HTTPS');
    await window.problemsUntil(problems => {
      const codes = problems.map(({ code }) => code);
      assert.ok(codes.includes('reference-undefined'), codes.join());
    });
    await window.closeWithoutSaving(main);
  });

  test('the other formats, and VS Code does not ask which of two', async () => {
    await window.goTo(main, { line: 1, column: 1 });
    await window.runCommand('Format Document');
    await eventually(async () => assert.match((await window.lines(main)).join('\n'), /formatted/));
  });

  test('nothing has failed in the background', () => {
    assert.deepEqual(vscode.complaints(), []);
  });
});
