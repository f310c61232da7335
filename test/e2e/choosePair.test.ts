import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import type { VscodeWindow } from './harness/window.ts';

/** A config that says nothing about high availability, so that nothing tells which other one it belongs to. */
function node(hostname: string, address: string): string {
  return `<?xml version="1.0"?>
<pfsense>
	<version>22.2</version>
	<system>
		<hostname>${hostname}</hostname>
		<domain>example.org</domain>
	</system>
	<interfaces>
		<wan>
			<enable></enable>
			<if>vmx0</if>
			<ipaddr>${address}</ipaddr>
			<subnet>24</subnet>
		</wan>
	</interfaces>
</pfsense>
`;
}

suite('two configs that nothing brings together', () => {
  let vscode: Session;
  let window: VscodeWindow;
  before(async () => {
    vscode = await session();
    window = await vscode.openWindow({
      files: { 'fw-a.xml': node('fw-a', '192.0.2.11'), 'fw-b.xml': node('fw-b', '192.0.2.11') },
      open: 'fw-a.xml',
    });
  });

  test('are no pair, and the status item offers to choose one', async () => {
    const status = await window.languageStatusUntil(/^No peer/);
    assert.equal(status.command, 'Choose Pair…');
    assert.equal(status.detail, 'No other configuration here synchronises with it or shares its CARP addresses.');
    assert.deepEqual(await window.problems(), []);
    await window.screenshot('no-peer');
  });

  test('"Open Peer" says why there is none, and offers to choose', async () => {
    await window.runCommand('HA Pair: Open Peer');
    await window.notificationUntil('No other configuration here synchronises with it or shares its CARP addresses.');
    await window.answerNotification('Choose Pair…');
    await window.pick('fw-b.xml');
    await window.pick('fw-a.xml');
    await window.screenshot('choose-pair');
    await window.enter('branch');
    await window.editor('pfsense-ha.json').waitFor();
    assert.deepEqual(JSON.parse(window.fileOnDisk('pfsense-ha.json')), {
      pairs: [{ name: 'branch', primary: { config: 'fw-b.xml' }, secondary: { config: 'fw-a.xml' } }],
    });
  });

  test('become a pair that is checked', async () => {
    await window.problemsUntil(problems =>
      assert.deepEqual(
        problems.map(({ file, code }) => `${file}: ${code}`),
        ['fw-a.xml: interface-address-duplicate'],
      ),
    );
    await window.openFile('fw-a.xml');
    await window.languageStatusUntil(/^branch: secondary · 1 error$/);
    assert.deepEqual(vscode.complaints(), []);
  });
});
