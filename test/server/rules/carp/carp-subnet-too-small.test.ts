import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-subnet-too-small.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

const lan = (fields: InterfaceFields) => interfaces(iface('lan', 'vmx1', fields));

test('carp-subnet-too-small: a /30, /31 and /32, once an interface', () => {
  const vips = virtualip(carpVip({ subnet: '10.0.0.2' }), carpVip({ vhid: '3', subnet: '10.0.0.2' }));
  for (const bits of [30, 31, 32]) {
    const found = findingsIn([rule], parseFixture(lan({ address: `10.0.0.2/${bits}` }) + vips));
    assert.equal(found.length, 1, `/${bits}`);
  }
  checkNoFix(rule, lan({ address: '10.0.0.2/30' }) + virtualip(carpVip()));
});

test('carp-subnet-too-small: silent where there is room, and about a VIP of another subnet', () => {
  checkRule(rule, lan({ address: '10.0.0.2/29' }) + virtualip(carpVip()));
  checkRule(rule, lan({ address: '10.0.0.2/30' }) + virtualip(carpVip({ subnet: '203.0.113.1' })));
});

test('carp-subnet-too-small: silent about IPv6, other modes, dynamic addresses and disabled interfaces', () => {
  checkRule(rule, lan({ address6: '2001:db8::2/127' }) + virtualip(carpVip({ subnet: '2001:db8::3' })));
  const alias = virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '32', subnet: '10.0.0.1' }));
  checkRule(rule, lan({ address: '10.0.0.2/30' }) + alias);
  checkRule(rule, lan({ address: 'dhcp' }) + virtualip(carpVip()));
  checkRule(rule, lan({ address: '10.0.0.2/30', isEnabled: false }) + virtualip(carpVip()));
});
