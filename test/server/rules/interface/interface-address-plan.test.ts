import assert from 'node:assert/strict';
import test from 'node:test';
import { Checker } from '../../../../server/src/rules/check.ts';
import rule from '../../../../server/src/rules/interface/interface-address-plan.ts';
import { nodesOf, parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, virtualip } from '../carp/vips.ts';

const lan = (address: string, more: InterfaceFields = {}, nic = 'vmx1') =>
  interfaces(iface('lan', nic, { address, ...more }));
const nodes = (first: string, second: string, vips = virtualip(carpVip())) => pair(first + vips, second);

test('interface-address-plan: both nodes, from the lowest CARP VIP on', () => {
  const node = (address: string, mark: string) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>${address}</ipaddr><subnet>8</subnet></lan>
		                                           ^^^^^^^^ info: LAN: ${mark}
	</interfaces>
`;
  checkRule(
    rule,
    nodes(
      node('10.0.0.7', 'the primary has 10.0.0.7; with the VIP 10.0.0.1 the plan gives it 10.0.0.2.'),
      node('10.0.0.8', 'the secondary has 10.0.0.8; with the VIP 10.0.0.1 the plan gives it 10.0.0.3.'),
      virtualip(carpVip({ vhid: '9', subnet: '10.0.0.6' }), carpVip(), carpVip({ vhid: '8', subnet: '9.0.0.1' })),
    ),
  );
  checkNoFix(rule, nodes(lan('10.0.0.7/8'), lan('10.0.0.8/8')));
});

test('interface-address-plan: is off until it is asked for', () => {
  const [primary] = nodesOf(parseFixture(nodes(lan('10.0.0.7/8'), lan('10.0.0.8/8'))));
  assert.ok(primary?.peer);
  assert.deepEqual(new Checker([rule]).checkPair(primary.config, primary.peer), []);
  assert.equal(new Checker([rule], { [rule.id]: 'info' }).checkPair(primary.config, primary.peer).length, 2);
});

test('interface-address-plan: silent without a VIP there, in other subnets, and at the end of a subnet', () => {
  const second = lan('10.0.0.8/8');
  checkRule(rule, nodes(lan('10.0.0.7/8'), second, virtualip(carpVip({ interface: 'wan' }))));
  checkRule(rule, nodes(lan('10.0.0.7/8'), second, virtualip(carpVip({ subnet: '192.168.1.10' }))));
  checkRule(rule, nodes(lan('10.0.0.7/8'), lan('192.168.1.8/24')));
  checkRule(rule, nodes(lan('10.0.0.2/30'), lan('10.0.0.1/30'), virtualip(carpVip({ subnet: '10.0.0.3' }))));
});

test('interface-address-plan: silent about dynamic and IPv6 addresses, tunnels and disabled interfaces', () => {
  checkRule(rule, nodes(lan('dhcp'), lan('10.0.0.8/8')));
  checkRule(rule, nodes(lan('10.0.0.7/8', {}, 'ovpns1'), lan('10.0.0.8/8', {}, 'ovpns1')));
  checkRule(rule, nodes(lan('10.0.0.7/8', { isEnabled: false }), lan('10.0.0.8/8')));
  const six = (address6: string) => interfaces(iface('lan', 'vmx1', { address6 }));
  checkRule(
    rule,
    nodes(
      six('2001:db8::7/64'),
      six('2001:db8::8/64'),
      virtualip(carpVip({ subnet_bits: '64', subnet: '2001:db8::1' })),
    ),
  );
});
