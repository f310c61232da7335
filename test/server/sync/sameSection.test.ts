import assert from 'node:assert/strict';
import test from 'node:test';
import { canonicalText, isSameSection, isSameSetting } from '../../../server/src/sync/sameSection.ts';
import type { SectionValue } from '../../../server/src/sync/xmlRpc/value.ts';

type Plain = string | readonly Plain[] | { readonly [name: string]: Plain };

function value(plain: Plain): SectionValue {
  if (typeof plain === 'string') return plain;
  if (Array.isArray(plain)) return plain.map(value);
  return new Map(Object.entries(plain as { [name: string]: Plain }).map(([name, child]) => [name, value(child)]));
}

const same = (name: string, one: Plain | undefined, other: Plain | undefined) =>
  isSameSection(name, one === undefined ? undefined : value(one), other === undefined ? undefined : value(other));

test('same section: what is empty is not there, but a flag is', () => {
  for (const empty of ['', '\n\t', '  ', [], { vip: [] }, { a: { b: [] } }] as const) {
    const nothing = empty instanceof Object && 'a' in empty ? { a: '' } : undefined;
    assert.ok(same('virtualip', empty, nothing), JSON.stringify(empty));
  }
  assert.equal(canonicalText('wol', ''), undefined);
  assert.ok(!same('dhcpd', { lan: { enable: '' } }, { lan: '' }));
  assert.ok(!same('dhcpd', { lan: { enable: '' } }, { lan: { enable: '', domain: '' } }));
});

test('same setting: a flag that is set is empty, one that is not is absent, and so is an empty list', () => {
  const isSame = (one: Plain | undefined, other: Plain | undefined) =>
    isSameSetting(
      'system/x',
      one === undefined ? undefined : value(one),
      other === undefined ? undefined : value(other),
    );
  assert.ok(!isSame('', undefined));
  assert.ok(!isSame(undefined, { a: '' }));
  assert.ok(isSame('', '\n\t'));
  assert.ok(isSame('', {}));
  assert.ok(isSame([], undefined));
  assert.ok(isSame({ a: [], b: '1' }, { b: '1' }));
});

test('same section: a map has no order, a list has one', () => {
  assert.ok(same('dhcpd', { lan: { a: '1', b: '2' } }, { lan: { b: '2', a: '1' } }));
  assert.ok(!same('filter', { rule: [{ id: '1' }, { id: '2' }] }, { rule: [{ id: '2' }, { id: '1' }] }));
  assert.ok(!same('filter', { rule: [{ id: '1' }] }, { rule: [{ id: '1' }, { id: '1' }] }));
  assert.ok(!same('a', { b: ['x'] }, { b: 'x' }));
  assert.ok(!same('a', { b: '{"entries":[]}' }, { b: { entries: [] } }));
});

test('same section: tabs and line breaks around a text are nothing, spaces and what is inside are something', () => {
  assert.ok(same('system', { hostname: '\n\tfw1\r\n' }, { hostname: 'fw1' }));
  assert.ok(!same('system', { hostname: ' fw1' }, { hostname: 'fw1' }));
  assert.ok(!same('system', { motd: 'a\nb' }, { motd: 'ab' }));
});

test('same section: users and groups are sorted anew by pfSense, in `system` alone', () => {
  const users = (name: string) =>
    [{ user: [{ name: 'a' }, { name: 'b' }] }, { user: [{ name: 'b' }, { name: 'a' }] }].map(system =>
      name === 'system' ? system : { x: system },
    );
  const [one, other] = users('system');
  assert.ok(same('system', one, other));
  const [inner, turned] = users('mytool');
  assert.ok(!same('mytool', inner, turned));
  assert.ok(!same('system', { dnsserver: ['a', 'b'] }, { dnsserver: ['b', 'a'] }));
});

test("same section: a node's own VIPs come first in any order, the others in theirs", () => {
  const own = (subnet: string) => ({ mode: 'ipalias', interface: 'wan', subnet });
  const carp = (subnet: string) => ({ mode: 'carp', interface: 'wan', subnet });
  const onCarp = { mode: 'ipalias', interface: '_vip1', subnet: '9' };
  const vips = (...vip: Plain[]) => ({ vip });
  assert.ok(same('virtualip', vips(carp('1'), own('2'), own('3')), vips(own('3'), own('2'), carp('1'))));
  assert.ok(!same('virtualip', vips(carp('1'), carp('2')), vips(carp('2'), carp('1'))));
  assert.ok(!same('virtualip', vips(onCarp, carp('1')), vips(carp('1'), onCarp)));
  assert.ok(!same('virtualip', vips(own('2'), own('2')), vips(own('2'))));
});
