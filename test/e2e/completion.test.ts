import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'main-pfSense.xml';

suite('a pfSense config is written with completion and read with hover', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/tutorial', open: main });
    await window.languageStatusUntil(/no findings$/);
  });

  test('interfaces are offered by key, with what people call them', async () => {
    await window.replace(main, '<pfsyncinterface>opt1</pfsyncinterface>', '<pfsyncinterface></pfsyncinterface>');
    await back('</pfsyncinterface>'.length);
    const offered = await window.suggestions();
    assert.equal(offered[0], 'opt1', 'what the other node has comes first');
    for (const key of ['wan', 'lan']) assert.ok(offered.includes(key), offered.join(', '));
    await window.screenshot('completion');
    await window.accept('lan');
    await lineUntil('<pfsyncinterface>lan</pfsyncinterface>');
    await window.closeWithoutSaving(main);
  });

  test('an element is offered behind "<", and written whole', async () => {
    await window.replace(main, '<synchronizetoip>', '<<synchronizetoip>');
    await back('<synchronizetoip>'.length);
    await window.type('adm');
    const offered = await window.suggestions();
    assert.deepEqual(offered, ['adminsync']);
    await window.accept('adminsync');
    await lineUntil('<adminsync>on</adminsync><synchronizetoip>172.16.1.3</synchronizetoip>');
    await window.closeWithoutSaving(main);
  });

  test('in free text nothing is offered: the words of the file are hashes and keys, too', async () => {
    await window.openFile(main);
    const text = '<![CDATA[';
    const line = window.lineOf(main, text);
    const column = window.fileOnDisk(main).split('\n')[line - 1]!.indexOf(text) + text.length + 2;
    await window.goTo(main, { line, column });
    await window.page.keyboard.press('Control+Space');
    const answer = window.page.locator('.suggest-widget.visible .message');
    await answer.filter({ hasText: 'No suggestions' }).waitFor();
    await window.page.keyboard.press('Escape');
  });

  test('hover tells what a value means and what the other node has', async () => {
    await window.openFile(main);
    const line = window.lineOf(main, '<hostname>main-pfSense');
    await window.goTo(main, { line, column: 15 });
    await window.page.keyboard.press('Control+K');
    await window.page.keyboard.press('Control+I');
    const block = window.page.locator('.monaco-hover:visible .hover-row').first();
    await block.waitFor();
    await window.screenshot('hover-peer');
    assert.match(await block.innerText(), /On the secondary: second-pfSense/);
  });

  test('nothing has failed in the background', () => {
    assert.deepEqual(vscode.complaints(), []);
  });

  /** Waits until the editor shows a line that reads so. */
  function lineUntil(text: string): Promise<void> {
    return eventually(async () => {
      const lines = await window.lines(main);
      assert.ok(
        lines.some(line => line.trim() === text),
        lines.join('\n'),
      );
    });
  }

  async function back(characters: number): Promise<void> {
    for (let step = 0; step < characters; step++) await window.page.keyboard.press('ArrowLeft');
  }
});
