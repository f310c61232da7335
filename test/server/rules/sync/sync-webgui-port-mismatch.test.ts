import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-webgui-port-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const target = hasync({ synchronizetoip: '172.16.1.3' });
const gui = (protocol: string, port?: string) =>
  `\t<system>\n\t\t<webgui>\n\t\t\t<protocol>${protocol}</protocol>\n${
    port === undefined ? '' : `\t\t\t<port>${port}</port>\n`
  }\t\t</webgui>\n\t</system>\n`;

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary + target, secondary))).map(each => each.message);
}

test('sync-webgui-port-mismatch: no port is the protocol’s own', () => {
  assert.deepEqual(found(gui('https'), gui('https', '443')), []);
  assert.deepEqual(found(gui('http', '80'), gui('http', '')), []);
  assert.deepEqual(found(gui('http'), gui('http', '8080')), [
    "The secondary's GUI listens on port 8080; the configuration sync connects to 80, the port of the primary's.",
  ]);
});

test('sync-webgui-port-mismatch: where the protocols differ, a port that comes from them is right', () => {
  assert.deepEqual(found(gui('https'), gui('http')), []);
  assert.deepEqual(found(gui('https', '8443'), gui('http', '8443')), []);
  assert.equal(found(gui('https', '8443'), gui('http')).length, 1);
  assert.equal(found(gui('https'), gui('http', '8080')).length, 1);
});

test('sync-webgui-port-mismatch: silent where the file does not tell, and where nothing is synchronised', () => {
  assert.deepEqual(found(gui('https'), gui('https', 'gui_port')), []);
  assert.deepEqual(found(gui('', '8443'), gui('', '8443')), []);
  assert.deepEqual(found(gui(''), gui('', '8443')), []);
  assert.deepEqual(found(gui('https', '8443'), '\t<system></system>\n'), []);
  assert.deepEqual(findingsIn([rule], parseFixture(pair(gui('https'), gui('https', '8443')))), []);
});

test("sync-webgui-port-mismatch: the fix sets the primary's port as it is written there", () => {
  checkFix(rule, {
    before: pair(gui('https') + target, gui('https', '8443')),
    after: pair(gui('https') + target, gui('https', '')),
    title: 'Set port 443 for the GUI of the secondary',
  });
  checkFix(rule, {
    before: pair(gui('https', '8443') + target, gui('https')),
    after: pair(gui('https', '8443') + target, gui('https', '8443')),
    title: 'Set port 8443 for the GUI of the secondary',
  });
});
