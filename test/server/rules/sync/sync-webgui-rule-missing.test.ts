import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-webgui-rule-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { applyFix, findingsIn } from '../../../harness/rule.ts';

const node = (host: number) =>
  interfaces(
    iface('lan', 'vmx1', { address: `10.0.0.${host}/8` }),
    iface('opt1', 'vmx2', { descr: 'SYNC', address: `172.16.1.${host}/24`, address6: `2001:db8::${host}/64` }),
  );
const gui = (inner: string) => `\t<system>\n\t\t<webgui>${inner}</webgui>\n\t</system>\n`;
const https = gui('<protocol>https</protocol>');
const to = (address: string, rules = '') => hasync({ synchronizerules: rules, synchronizetoip: address });
const filter = (...rules: readonly string[]) =>
  `\t<filter>\n${rules.map(each => `\t\t<rule>${each}</rule>\n`).join('')}\t</filter>\n`;
const tcp = (port: string, more = '') =>
  `<interface>opt1</interface>${more}<protocol>tcp</protocol><destination><any></any><port>${port}</port></destination>`;

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => each.message);
}

const blocked = (port: number) =>
  `No rule on SYNC (opt1) lets TCP to port ${port} in: the configuration sync does not reach the GUI.`;

test("sync-webgui-rule-missing: the port is the primary's, in the target's family", () => {
  const primary = https + node(2) + to('172.16.1.3');
  assert.deepEqual(found(primary, node(3) + filter(tcp('80'))), [blocked(443)]);
  assert.deepEqual(found(primary, node(3) + filter(tcp('443'))), []);
  const other = gui('<protocol>http</protocol><port>8080</port>') + node(2) + to('172.16.1.3');
  assert.deepEqual(found(other, node(3) + filter(tcp('443'))), [blocked(8080)]);
  const six = https + node(2) + to('2001:db8::3');
  assert.deepEqual(found(six, node(3) + filter(tcp('443'))), [blocked(443)]);
  assert.deepEqual(found(six, node(3) + filter(tcp('443', '<ipprotocol>inet46</ipprotocol>'))), []);
});

test('sync-webgui-rule-missing: the anti-lockout rule stands in on the LAN, and on an only interface', () => {
  const primary = https + node(2) + to('10.0.0.3');
  assert.deepEqual(found(primary, node(3) + filter()), []);
  assert.equal(found(primary, gui('<noantilockout></noantilockout>') + node(3) + filter()).length, 1);
  const only = interfaces(iface('wan', 'vmx0', { address: '192.0.2.3/24' }));
  assert.deepEqual(found(https + to('192.0.2.3'), only + filter()), []);
});

test('sync-webgui-rule-missing: silent where the file does not tell', () => {
  const primary = https + node(2) + to('172.16.1.3');
  assert.deepEqual(found(primary, node(3)), [], 'no filter');
  assert.deepEqual(found(https + node(2) + to('172.16.1.9'), node(3) + filter()), [], 'no address of the secondary');
  assert.deepEqual(found(https + node(2) + to(''), node(3) + filter()), []);
  assert.deepEqual(found(node(2) + to('172.16.1.3'), node(3) + filter()), [], 'no protocol and no port');
  const strange = gui('<protocol>https</protocol><port>gui</port>') + node(2) + to('172.16.1.3');
  assert.deepEqual(found(strange, node(3) + filter()), []);
});

test('sync-webgui-rule-missing: the primary’s rules count where they are sent, without those that are not', () => {
  const secondary = node(3) + filter(tcp('443'));
  const primary = (rule: string, sends: string) => https + node(2) + filter(rule) + to('172.16.1.3', sends);
  const willBlock = [
    'No rule on SYNC (opt1) lets TCP to port 443 in: once the secondary has these rules, the configuration sync does not reach its GUI.',
  ];
  assert.deepEqual(found(primary(tcp('80'), 'on'), secondary), willBlock);
  assert.deepEqual(found(primary(tcp('443', '<nosync></nosync>'), 'on'), secondary), willBlock);
  assert.deepEqual(found(primary(tcp('443'), 'on'), secondary), []);
  assert.deepEqual(found(primary(tcp('80'), ''), secondary), []);
});

test('sync-webgui-rule-missing: the fix lets the primary in, each node by itself', () => {
  const fixture = parseFixture(pair(https + node(2) + filter() + to('172.16.1.3', 'on'), node(3) + filter()));
  const fixes = findingsIn([rule], fixture).flatMap(finding => finding.fixes());
  assert.deepEqual(
    fixes.map(fix => fix.title),
    ['primary', 'secondary'].map(role => `Add a rule that lets TCP to port 443 in on SYNC (opt1) of the ${role}`),
  );
  for (const fix of fixes) applyFix(fix);
  assert.deepEqual(findingsIn([rule], fixture), []);
  for (const { config } of fixture.files) {
    const text = config.document.buffer.toString();
    assert.match(
      text,
      /<protocol>tcp<\/protocol>\n\t\t\t<source>\n\t\t\t\t<network>opt1<\/network>\n\t\t\t<\/source>\n\t\t\t<destination>\n\t\t\t\t<network>\(self\)<\/network>\n\t\t\t\t<port>443<\/port>\n/,
    );
  }
});
