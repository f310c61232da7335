import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-interface-shared.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, findingsIn } from '../../../harness/rule.ts';

const all = interfaces(
  iface('wan', 'vmx0', { descr: 'UPLINK', address: '192.0.2.2/24' }),
  iface('lan', 'vmx1', { address: '10.0.0.2/8', isEnabled: false }),
  iface('opt1', 'vmx2', { address: '172.16.1.2/24' }),
);
const on = (key: string) => hasync({ pfsyncenabled: 'on', pfsyncinterface: key });

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('pfsync-interface-shared: WAN and LAN alone, and what to take instead a person decides', () => {
  assert.deepEqual(found(all + on('wan')), [
    'pfsync shares UPLINK (wan) with everything else there; it should have an interface of its own.',
  ]);
  checkNoFix(rule, all + on('wan'));
  for (const key of ['opt1', 'lo0', 'opt9', '']) assert.deepEqual(found(all + on(key)), [], key);
});

test('pfsync-interface-shared: silent where pfsync is off, and on a disabled interface', () => {
  assert.deepEqual(found(all + hasync({ pfsyncinterface: 'wan' })), []);
  assert.deepEqual(found(all + on('lan')), []);
});
