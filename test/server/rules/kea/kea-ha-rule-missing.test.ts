import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-rule-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { applyFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const filter = (...rules: string[]) =>
  `	<filter>\n${rules.map(each => `		<rule>${each}</rule>\n`).join('')}	</filter>\n`;
const pass = (rest: string, key = 'opt1') =>
  `<type>pass</type><interface>${key}</interface><ipprotocol>inet</ipprotocol>${rest}`;
const anywhere = '<source><any></any></source><destination><any></any></destination>';
const toPort = (port: string) =>
  `<protocol>tcp</protocol><source><any></any></source><destination><any></any><port>${port}</port></destination>`;
const says =
  "error: No rule on SYNC (opt1) passes TCP port 8765, so the other node cannot reach the high availability of Kea's DHCP server.";
const wrong = keaNode(2) + filter(pass('<protocol>pfsync</protocol>'));
const found = (text: string) => checkRule(rule, marked(text, '<localip>', { on: '172.16.1.2', says }));

test('kea-ha-rule-missing: nothing passes the port', () => {
  found(wrong);
  found(keaNode(2) + filter(pass(toPort('8000-8764'))));
  found(keaNode(2) + filter(pass(anywhere, 'lan')));
  found(keaNode(2) + filter(pass(`<disabled></disabled>${anywhere}`)));
  found(keaNode(2) + filter(pass(anywhere).replace('pass', 'block')));
  found(keaNode(2) + filter(pass(anywhere).replace('>inet<', '>inet6<')));
});

test('kea-ha-rule-missing: silent where any rule may pass it', () => {
  checkRule(rule, keaNode(2) + filter(pass(anywhere)));
  checkRule(rule, keaNode(2) + filter(pass(toPort('8765-8766'))));
  checkRule(rule, keaNode(2) + filter(pass(toPort('KEA_PORTS'))));
  checkRule(rule, keaNode(2) + filter(pass(anywhere, 'SYNCGROUP')));
  checkRule(rule, keaNode(2) + filter(pass(`<floating>yes</floating>${anywhere}`, 'wan,opt1')));
});

test('kea-ha-rule-missing: another port is asked for where it is written', () => {
  const port = swap(keaNode(2), '\t\t\t<remotename>', '\t\t\t<localport>9000</localport>\n\t\t\t<remotename>');
  checkRule(rule, port + filter(pass(toPort('9000'))));
  const other = says.replace('8765', '9000');
  checkRule(rule, marked(port + filter(pass(toPort('8765'))), '<localip>', { on: '172.16.1.2', says: other }));
});

test('kea-ha-rule-missing: silent without rules, with pf off, on an unknown interface, and where Kea has no partner', () => {
  checkRule(rule, keaNode(2));
  checkRule(rule, swap(wrong, '</hostname>\n', '</hostname>\n\t\t<disablefilter></disablefilter>\n'));
  const elsewhere = swap(wrong, '<localip>172.16.1.2<', '<localip>192.0.2.2<');
  checkRule(rule, swap(elsewhere, '<remoteip>172.16.1.3<', '<remoteip>192.0.2.3<'));
  checkRule(rule, swap(wrong, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n'));
  checkRule(rule, swap(wrong, '<dhcpbackend>kea', '<dhcpbackend>isc'));
});

test('kea-ha-rule-missing: the rule is added on both nodes where both lack it', () => {
  const fixture = parseFixture(pair(wrong, keaNode(3) + filter(pass('<protocol>pfsync</protocol>'))));
  const [fix] = findingsIn([rule], fixture)[0]?.fixes() ?? [];
  assert.equal(fix?.title, 'Pass TCP port 8765 on SYNC (opt1) on both nodes');
  applyFix(fix);
  assert.deepEqual(findingsIn([rule], fixture), []);
});

test('kea-ha-rule-missing: the rule is added on one node where the other has it', () => {
  const fixture = parseFixture(pair(wrong, keaNode(3) + filter(pass(anywhere))));
  const [fix] = findingsIn([rule], fixture)[0]?.fixes() ?? [];
  assert.equal(fix?.title, 'Pass TCP port 8765 on SYNC (opt1)');
  applyFix(fix);
  assert.deepEqual(findingsIn([rule], fixture), []);
});

test('kea-ha-rule-missing: no fix where the partner is not in the network of the interface', () => {
  checkNoFix(rule, swap(wrong, '<remoteip>172.16.1.3<', '<remoteip>192.0.2.3<'));
});
