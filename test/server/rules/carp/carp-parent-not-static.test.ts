import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-parent-not-static.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { type InterfaceFields, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

const vips = virtualip(carpVip());
const lan = (fields: InterfaceFields, nic = 'vmx1') => interfaces(iface('lan', nic, fields));

test('carp-parent-not-static: once an interface, with each kind by its name', () => {
  checkRule(
    rule,
    `	<interfaces>
		<lan><enable></enable><if>pppoe0</if><ipaddr>pppoe</ipaddr></lan>
		                                             ^^^^^ error: LAN gets its address by PPPoE, but carries CARP VIP 10.0.0.1 (VHID 2), which needs a static one.
	</interfaces>
${virtualip(carpVip(), carpVip({ vhid: '3', subnet: '10.0.0.4' }))}`,
  );
  for (const [word, name] of Object.entries({ dhcp: 'DHCP', ppp: 'PPP', pptp: 'PPTP', l2tp: 'L2TP' })) {
    const [finding] = findingsIn([rule], parseFixture(lan({ address: word }) + vips));
    assert.match(finding?.message ?? '', new RegExp(`by ${name},`));
  }
  checkNoFix(rule, lan({ address: 'dhcp' }) + vips);
});

test('carp-parent-not-static: silent where the address is static, none, or of no known word', () => {
  checkRule(rule, lan({ address: '10.0.0.2/8' }) + vips);
  checkRule(rule, lan({}) + vips);
  checkRule(rule, lan({ address: 'elsewise' }) + vips);
});

test('carp-parent-not-static: silent about IPv6, disabled interfaces, tunnels and other VIPs', () => {
  checkRule(rule, lan({ address: 'dhcp' }) + virtualip(carpVip({ subnet_bits: '64', subnet: '2001:db8::1' })));
  checkRule(rule, lan({ address: 'dhcp', isEnabled: false }) + vips);
  checkRule(rule, lan({ address: 'dhcp' }, 'ovpns1') + vips);
  checkRule(
    rule,
    lan({ address: 'dhcp' }) +
      virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.1' })),
  );
  checkRule(rule, vips);
});

test('carp-parent-not-static: silent where an IP alias gives the interface a fixed address', () => {
  const alias = (more: Record<string, string>) =>
    vip({ mode: 'ipalias', subnet_bits: '8', subnet: '10.0.0.2', ...more });
  const dynamic = lan({ address: 'dhcp' });
  checkRule(rule, dynamic + virtualip(carpVip(), alias({ interface: 'lan' })));
  const told = (more: Record<string, string>) =>
    findingsIn([rule], parseFixture(dynamic + virtualip(carpVip(), alias(more)))).length;
  assert.equal(told({ interface: 'wan' }), 1);
  assert.equal(told({ interface: 'lan', subnet: '2001:db8::2' }), 1);
});
