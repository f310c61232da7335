import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-peer-invalid.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

const node = (host: number) =>
  interfaces(
    iface('lan', 'vmx1', { address: `10.0.0.${host}/8` }),
    iface('opt1', 'vmx2', { address: `172.16.1.${host}/24` }),
  );
const vip =
  '\t<virtualip>\n\t\t<vip><mode>carp</mode><interface>lan</interface><subnet>10.0.0.1</subnet></vip>\n\t</virtualip>\n';
const on = (peer: string, key = 'opt1') => hasync({ pfsyncenabled: 'on', pfsyncpeerip: peer, pfsyncinterface: key });

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('pfsync-peer-invalid: each wrong peer is told for what it is', () => {
  assert.deepEqual(found(node(2) + on('10.0.0.2')), ["The pfsync peer 10.0.0.2 is this node's own address on LAN."]);
  assert.deepEqual(found(node(2) + vip + on('10.0.0.1')), [
    'The pfsync peer 10.0.0.1 is a CARP VIP, which the master holds; it must be an address of the other node itself.',
  ]);
  for (const peer of ['fw-b', '2001:db8::3', '172.16.1.300']) {
    assert.deepEqual(found(node(2) + on(peer)), [`The pfsync peer ${peer} is no IPv4 address.`]);
  }
});

test('pfsync-peer-invalid: silent on the other node’s address, on multicast and where pfsync is off', () => {
  assert.deepEqual(found(node(2) + on('172.16.1.3')), []);
  assert.deepEqual(found(node(2) + on('')), []);
  assert.deepEqual(found(node(2) + hasync({ pfsyncpeerip: '172.16.1.2', pfsyncinterface: 'opt1' })), []);
  const disabled = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.2/24', isEnabled: false }));
  assert.deepEqual(found(disabled + on('172.16.1.2')), [], 'a disabled interface has no address');
});

test('pfsync-peer-invalid: where the other node tells its address, pfsync-peer-mismatch has the word on addresses', () => {
  const other = node(3) + on('172.16.1.2');
  assert.deepEqual(found(pair(node(2) + on('172.16.1.2'), other)), []);
  assert.deepEqual(found(pair(node(2) + on('2001:db8::3'), other)), []);
  assert.equal(found(pair(node(2) + on('fw-b'), other)).length, 1);
  assert.equal(found(pair(node(2) + on('172.16.1.2'), node(3) + on('172.16.1.2', 'lan'))).length, 1);
});

test("pfsync-peer-invalid: the fix sets the other node's address, where that is known", () => {
  const other = node(3) + on('172.16.1.2');
  checkFix(rule, {
    before: pair(node(2) + on('fw-b'), other),
    after: pair(node(2) + on('172.16.1.3'), other),
    title: 'Set the pfsync peer 172.16.1.3',
  });
  checkNoFix(rule, node(2) + on('fw-b'));
});
