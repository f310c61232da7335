import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import type { Problem } from './harness/problems.ts';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

const main = 'main-pfSense.xml';
const second = 'second-pfSense.xml';

suite('the clean pair is opened and changed', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({ sample: 'samples/tutorial', open: main });
  });

  const none = (problems: readonly Problem[]) => assert.deepEqual(problems, []);
  const codes = (expected: readonly string[]) => (problems: readonly Problem[]) =>
    assert.deepEqual(
      problems.map(({ file, code }) => `${file}: ${code}`),
      expected,
    );

  test('there is nothing to find', async () => {
    await window.languageStatusUntil(/: primary · no findings$/);
    await window.problemsUntil(none);
  });

  test('an unsaved change of one file changes the findings of the other; closing without saving takes it back', async () => {
    await window.replace(main, '192.168.1.11</ipaddr>', '192.168.1.12</ipaddr>');
    await window.problemsUntil(codes([`${second}: interface-address-duplicate`]));
    assert.deepEqual(await window.unsavedFiles(), [main]);
    await window.closeWithoutSaving(main);
    await window.problemsUntil(none);
  });

  test('a file that another program changes, deletes or writes anew is noticed', async () => {
    await window.openFile(main);
    const text = window.fileOnDisk(second);
    window.writeOnDisk(second, text.replace('<ipaddr>192.168.1.12<', '<ipaddr>192.168.1.11<'));
    await window.problemsUntil(codes([`${second}: interface-address-duplicate`]));
    window.removeFromDisk(second);
    const [problem] = await window.problemsUntil(codes(['pfsense-ha.json: manifest']));
    assert.equal(problem?.message, '"second-pfSense.xml" does not exist, or cannot be read.');
    await window.languageStatusUntil(/^No peer/);
    window.writeOnDisk(second, text);
    await window.problemsUntil(none);
  });
});
