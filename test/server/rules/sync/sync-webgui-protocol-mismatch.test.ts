import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-webgui-protocol-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const target = hasync({ synchronizetoip: '172.16.1.3' });
const gui = (inner: string) => `\t<system>\n\t\t<webgui>${inner}</webgui>\n\t</system>\n`;
const http = '<protocol>http</protocol>';
const https = '<protocol>https</protocol>';

function found(primary: string, secondary: string): number {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).length;
}

test('sync-webgui-protocol-mismatch: silent without a target, with a protocol that is not written, and with http on 443', () => {
  assert.equal(found(gui(http) + target, gui(https)), 1);
  assert.equal(found(gui(http), gui(https)), 0, 'nothing is synchronised');
  assert.equal(found(gui(http) + hasync({ synchronizetoip: '' }), gui(https)), 0);
  assert.equal(found(gui('') + target, gui(https)), 0);
  assert.equal(found(gui(https) + target, '\t<system></system>\n'), 0);
  assert.equal(found(gui('<protocol>ftp</protocol>') + target, gui(https)), 0);
  assert.equal(found(gui(`${http}<port>443</port>`) + target, gui(https)), 0, 'port 443 is always spoken to by https');
  assert.equal(found(gui(http) + target, gui(http)), 0);
});

test('sync-webgui-protocol-mismatch: the fix gives https to the node without it', () => {
  checkFix(rule, {
    before: pair(gui(https) + target, gui(`${http}<port></port>`)),
    after: pair(gui(https) + target, gui(`${https}<port></port>`)),
    title: 'Set https for the GUI of the secondary',
  });
  checkFix(rule, {
    before: pair(gui(http) + target, gui(https)),
    after: pair(gui(https) + target, gui(https)),
    title: 'Set https for the GUI of the primary',
  });
});

test("sync-webgui-protocol-mismatch: the primary is given the secondary's port along with https", () => {
  checkFix(rule, {
    before: pair(gui(`${http}<port>8080</port>`) + target, gui(https)),
    after: pair(gui(`${https}<port></port>`) + target, gui(https)),
    title: 'Set https and port 443 for the GUI of the primary',
  });
  checkFix(rule, {
    before: pair(
      `\t<system>\n\t\t<webgui>\n\t\t\t${http}\n\t\t</webgui>\n\t</system>\n${target}`,
      gui(`${https}<port>8443</port>`),
    ),
    after: pair(
      `\t<system>\n\t\t<webgui>\n\t\t\t${https}\n\t\t\t<port>8443</port>\n\t\t</webgui>\n\t</system>\n${target}`,
      gui(`${https}<port>8443</port>`),
    ),
  });
});
