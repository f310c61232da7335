import assert from 'node:assert/strict';
import { before, suite, test } from 'node:test';
import { type Session, session } from './harness/session.ts';
import { eventually } from './harness/waiting.ts';
import type { VscodeWindow } from './harness/window.ts';

const pom = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>org.example</groupId>
	<artifactId>example</artifactId>
	<version>1.0</version>
</project>
`;

const opnsense = `<?xml version="1.0"?>
<opnsense>
	<version>11.2</version>
	<system>
		<hostname>fw</hostname>
		<domain>example.org</domain>
	</system>
	<interfaces>
		<wan>
			<if>vtnet0</if>
			<ipaddr>192.0.2.11</ipaddr>
			<subnet>24</subnet>
		</wan>
	</interfaces>
</opnsense>
`;

suite('XML that is no pfSense config is opened', () => {
  let vscode: Session;
  let window: VscodeWindow;
  let serversBefore: readonly number[];
  before(async () => {
    vscode = await session();
    serversBefore = vscode.languageServers();
    window = await vscode.openWindow({ files: { 'pom.xml': pom, 'opnsense.xml': opnsense }, open: 'pom.xml' });
  });

  test('a Maven pom.xml stays XML without a finding, a status or a language server', async () => {
    // The command runs once the extension has looked at what is open.
    await window.outputAfter('HA Pair: Show Log', 'HA Pair for pfSense');
    assert.deepEqual(await window.problems(), []);
    assert.ok((await window.statusItems()).includes('XML'));
    assert.equal(await window.hasLanguageStatus(), false);
    assert.deepEqual(newServers(), []);
  });

  test('an OPNsense export gets one calm note', async () => {
    await window.openFile('opnsense.xml');
    const [note, ...others] = await window.problemsUntil(problems => assert.ok(problems.length > 0));
    assert.deepEqual(others, []);
    assert.deepEqual(note, {
      severity: 'Info',
      message: 'This is an OPNsense config; only pfSense configs are checked.',
      file: 'opnsense.xml',
      line: 2,
      column: 2,
      source: 'pfsense-ha',
      code: 'document-kind',
      related: [],
    });
    assert.ok((await window.statusItems()).includes('XML'));
    assert.deepEqual(await window.notifications(), []);
    const [status] = await window.languageStatus();
    assert.equal(status?.severity, 'information');
    assert.equal(status?.text, 'Not checked');
    // So the count of servers above would have told of one.
    assert.equal(newServers().length, 1);
    await window.screenshot('opnsense');
  });

  test('other XML still folds by its indentation once the server runs', async () => {
    await window.goTo('pom.xml', { line: 1, column: 1 });
    const whole = await window.lines('pom.xml');
    await window.runCommand('Fold All');
    await eventually(async () => {
      const folded = await window.lines('pom.xml');
      assert.ok(folded.length < whole.length, folded.join('\n'));
    });
    await window.runCommand('Unfold All');
  });

  test('nothing has failed in the background', () => {
    assert.deepEqual(vscode.complaints(), []);
  });

  function newServers(): readonly number[] {
    return vscode.languageServers().filter(id => !serversBefore.includes(id));
  }
});
