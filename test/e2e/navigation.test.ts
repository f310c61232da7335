import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { cursorUntil, lensesUntil, messageAtCursor, renameTo } from './harness/navigation.ts';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

const [main, second] = ['fw-a.xml', 'fw-b.xml'];

suite('people find their way in a pair', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/kea', open: main });
    await window.languageStatusUntil(/^[^:]+: primary/);
  });

  function placeOf(file: string, text: string): { readonly line: number; readonly column: number } {
    const lines = window.fileOnDisk(file).split('\n');
    const index = lines.findIndex(line => line.includes(text));
    assert.ok(index >= 0, `${file} does not hold ${text}`);
    return { line: index + 1, column: lines[index]!.indexOf(text) + text.length + 1 };
  }

  test('the peer element is shown beside, and from there the way leads back', async () => {
    const name = '<name>web_server';
    await window.goTo(main, placeOf(main, name));
    await window.page.keyboard.press('Shift+Alt+P');
    await cursorUntil(window, second, placeOf(second, name).line);
    assert.equal(await window.editorGroups(), 2);
    // Of both editors: what is synchronised, and what is counted once it is in view.
    await lensesUntil(
      window,
      all =>
        all.includes('synchronised to fw-b') &&
        all.includes('synchronised by the primary') &&
        all.filter(each => each === '2 references').length === 2,
    );
    await window.screenshot('peer-element');
    await window.page.keyboard.press('Shift+Alt+P');
    await cursorUntil(window, main, placeOf(main, name).line);
    assert.equal(await window.editorGroups(), 2);
  });

  test('where the other node lacks the element, the nearest is shown, and the status bar says so', async () => {
    await window.goTo(main, placeOf(main, '<synchronizealiases>'));
    await window.runCommand('HA Pair: Go to Peer Element');
    await cursorUntil(window, second, placeOf(second, '<hasync>').line);
    await window.statusItemUntil('fw-b.xml has no hasync/synchronizealiases; this is hasync.');
  });

  test('lenses count references and say what is synchronised; a click shows the references', async () => {
    await window.goTo(main, placeOf(main, '<aliases>'));
    const lenses = await lensesUntil(
      window,
      all => all.some(each => /synchronised to fw-b/.test(each)) && all.some(each => /\d reference/.test(each)),
    );
    assert.ok(lenses.length > 1);
    await window.screenshot('lenses');
    await window.page.locator('.codelens-decoration a:visible', { hasText: 'reference' }).first().click();
    await window.page.locator('.peekview-widget, .zone-widget .reference-zone-widget').first().waitFor();
    await window.page.keyboard.press('Escape');
  });

  test('the two files are compared', async () => {
    await window.openFile(main);
    await window.runCommand('HA Pair: Compare with Peer');
    await window.page.locator('.tab', { hasText: 'fw-a.xml ↔ fw-b.xml' }).first().waitFor();
    await window.page.locator('.monaco-diff-editor').first().waitFor();
    await window.runCommand('View: Close Editor');
  });

  test('an alias is renamed in both files, once a person has agreed', async () => {
    await window.goTo(main, placeOf(main, '<name>web_server'));
    await renameTo(window, 'frontend');
    const preview = await window.refactorPreview();
    assert.deepEqual(
      preview.map(({ file }) => file),
      [main, second],
    );
    for (const { edits } of preview) assert.ok(edits.length > 1);
    await window.screenshot('rename', 'panel');
    await window.confirmRefactorPreview();
    await window.savedUntil(main, /<name>frontend<\/name>/);
    await window.savedUntil(second, /<name>frontend<\/name>/);
    for (const file of [main, second]) assert.doesNotMatch(window.fileOnDisk(file), />web_server</);
  });

  test('a name that pfSense would refuse, and what has no name, is refused with the reason', async () => {
    await window.goTo(main, placeOf(main, '<name>frontend'));
    await renameTo(window, 'front end');
    await window.notificationUntil('The name may contain only letters, digits and underscores.');
    await window.goTo(main, placeOf(main, '<hostname>'));
    await window.page.keyboard.press('F2');
    assert.equal(await messageAtCursor(window.page), 'There is no name here that other places refer to.');
    assert.deepEqual(vscode.complaints(), []);
  });
});
