import test from 'node:test';
import rule from '../../../../server/src/rules/kea/kea-ha-tls-mismatch.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { keaNode, marked, pair, swap } from './haPair.ts';

const lines = (...texts: string[]) => texts.map(text => `\t\t\t${text}\n`).join('');
const withLines = (own: 2 | 3, ...texts: string[]) =>
  swap(keaNode(own), '\t\t\t<localname>', `${lines(...texts)}\t\t\t<localname>`);
const tls = ['<tls></tls>', '<scertref>6870aa01b2c3d</scertref>'];
const mutual = [...tls, '<mutualtls></mutualtls>', '<ccertref>6870aa01b2c3e</ccertref>'];
const [primary, secondary] = [keaNode(2), keaNode(3)];

test('kea-ha-tls-mismatch: the same on both nodes', () => {
  checkRule(rule, pair(primary, secondary));
  checkRule(rule, pair(withLines(2, ...tls), withLines(3, ...tls)));
  checkRule(rule, pair(withLines(2, ...mutual), withLines(3, ...mutual)));
});

test('kea-ha-tls-mismatch: TLS on one node only', () => {
  const says = "error: Kea's DHCP server uses TLS for high availability on the secondary only.";
  checkRule(rule, pair(primary, marked(withLines(3, ...mutual), '<tls>', { on: 'tls', says })));
  checkNoFix(rule, pair(primary, withLines(3, ...tls)));
});

test('kea-ha-tls-mismatch: mutual TLS on one node only; without TLS it counts for nothing', () => {
  const says = "error: Kea's DHCP server asks for client certificates in high availability on the primary only.";
  checkRule(
    rule,
    pair(marked(withLines(2, ...mutual), '<mutualtls>', { on: 'mutualtls', says }), withLines(3, ...tls)),
  );
  checkRule(rule, pair(withLines(2, '<mutualtls></mutualtls>'), secondary));
});

test('kea-ha-tls-mismatch: a certificate that is missing', () => {
  const server =
    "error: Kea's DHCP server uses TLS for high availability on the primary, but has no server certificate.";
  checkRule(rule, pair(marked(withLines(2, '<tls></tls>'), '<ha>', { on: 'ha', says: server }), withLines(3, ...tls)));
  const client =
    "error: Kea's DHCP server uses mutual TLS for high availability on the primary, but has no client certificate.";
  const bare = withLines(2, ...tls, '<mutualtls></mutualtls>', '<ccertref></ccertref>');
  checkRule(rule, pair(marked(bare, '<ccertref>', { on: 'ccertref', says: client }), withLines(3, ...mutual)));
});

test('kea-ha-tls-mismatch: silent where high availability is off on a node', () => {
  const off = swap(secondary, '\t\t<ha>\n\t\t\t<enable></enable>\n', '\t\t<ha>\n');
  checkRule(rule, pair(withLines(2, ...tls), off));
});
