import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-blocks-private.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

const on = hasync({ pfsyncenabled: 'on', pfsyncinterface: 'opt1' });
const node = (address: string, more: string, enable = '<enable></enable>') =>
  `\t<interfaces>\n\t\t<opt1>\n\t\t\t${enable}<ipaddr>${address}</ipaddr><subnet>24</subnet>\n${more}\t\t</opt1>\n\t</interfaces>\n`;
const priv = '\t\t\t<blockpriv></blockpriv>\n';
const bogons = '\t\t\t<blockbogons></blockbogons>\n';
const gateway = '\t\t\t<gateway>WANGW</gateway>\n';

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => `${each.severity} ${each.message}`);
}

test('pfsync-interface-blocks-private: what is dropped is a warning, what is needless an information', () => {
  assert.deepEqual(found(node('192.168.7.2', priv + bogons) + on), [
    'warning OPT1 blocks private networks, and its own is one: what the other node sends is dropped.',
    'info OPT1 blocks bogon networks, which the SYNC interface should not.',
  ]);
  assert.deepEqual(found(node('198.51.100.2', priv) + on), [
    'info OPT1 blocks private networks, which the SYNC interface should not.',
  ]);
  assert.deepEqual(found(node('172.32.0.2', priv) + on).length, 1);
  assert.deepEqual(found(node('192.168.7.2', '') + on), []);
});

test('pfsync-interface-blocks-private: with a gateway only what is dropped is told, and nothing is taken off', () => {
  assert.deepEqual(found(node('198.51.100.2', priv + bogons + gateway) + on), []);
  checkNoFix(rule, node('10.1.1.2', priv + bogons + gateway) + on);
});

test('pfsync-interface-blocks-private: silent on other interfaces, a disabled one, and without pfsync', () => {
  assert.deepEqual(found(node('10.1.1.2', priv) + hasync({ pfsyncenabled: 'on', pfsyncinterface: 'lan' })), []);
  assert.deepEqual(found(node('10.1.1.2', priv, '') + on), []);
  assert.deepEqual(found(node('10.1.1.2', priv) + hasync({ pfsyncinterface: 'opt1' })), []);
});

test('pfsync-interface-blocks-private: nothing is dropped on the member of a bridge', () => {
  const bridges =
    '\t<bridges>\n\t\t<bridged><members>opt1,lan</members><bridgeif>bridge0</bridgeif></bridged>\n\t</bridges>\n';
  assert.deepEqual(found(node('10.1.1.2', priv) + bridges + on), [
    'info OPT1 blocks private networks, which the SYNC interface should not.',
  ]);
});

test('pfsync-interface-blocks-private: the fix takes the flag off with its line', () => {
  checkFix(rule, {
    before: node('10.1.1.2', priv) + on,
    after: node('10.1.1.2', '') + on,
    title: 'Stop blocking private networks on OPT1',
  });
});
