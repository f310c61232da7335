import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-role-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

const opt1 = (fields: InterfaceFields, nic = 'vmx2') => interfaces(iface('opt1', nic, fields));

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => `${each.severity} ${each.message}`);
}

test('interface-role-mismatch: in the same network only the name differs', () => {
  const here = opt1({ descr: 'SYNC', address: '172.16.1.2/24' });
  const there = opt1({ descr: 'PFSYNC', address: '172.16.1.3/24' });
  assert.deepEqual(found(here, there), [
    'warning opt1 is called SYNC on the primary, but PFSYNC on the secondary, in the same network.',
  ]);
  checkFix(rule, { before: pair(here, there), after: pair(here, opt1({ descr: 'SYNC', address: '172.16.1.3/24' })) });
});

test('interface-role-mismatch: in another network a person must decide', () => {
  const here = opt1({ descr: 'SYNC', address: '172.16.1.2/24' });
  const there = opt1({ descr: 'DMZ', address: '192.0.2.3/24' });
  assert.deepEqual(found(here, there), ['error opt1 is SYNC on the primary, but DMZ on the secondary.']);
  checkNoFix(rule, pair(here, there));
});

test('interface-role-mismatch: the same IPv6 network will do', () => {
  const here = opt1({ descr: 'A', address6: '2001:db8::2/64' });
  assert.match(found(here, opt1({ descr: 'B', address6: '2001:db8::3/64' }))[0] ?? '', /^warning/);
});

test('interface-role-mismatch: capitals, blanks, missing descriptions, tunnels and disabled interfaces say nothing', () => {
  const here = opt1({ descr: 'Guest WiFi' });
  assert.deepEqual(found(here, opt1({ descr: 'GUEST_WIFI' })), []);
  assert.deepEqual(found(here, opt1({})), []);
  assert.deepEqual(found(here, opt1({ descr: 'DMZ', isEnabled: false })), []);
  assert.deepEqual(found(opt1({ descr: 'A' }, 'ovpns1'), opt1({ descr: 'B' }, 'ovpns1')), []);
  assert.deepEqual(found(here, interfaces(iface('opt2', 'vmx2', { descr: 'DMZ' }))), []);
});

test('interface-role-mismatch: no name that another interface of the secondary has, in capitals or not', () => {
  const here = opt1({ descr: 'SYNC', address: '172.16.1.2/24' });
  const there = (other: InterfaceFields) =>
    interfaces(iface('opt1', 'vmx2', { descr: 'PFSYNC', address: '172.16.1.3/24' }), iface('opt2', 'vmx3', other));
  checkNoFix(rule, pair(here, there({ descr: 'sync' })));
  const free = there({ descr: 'sync', isEnabled: false });
  checkFix(rule, { before: pair(here, free), after: pair(here, free.replace('PFSYNC', 'SYNC')) });
});
