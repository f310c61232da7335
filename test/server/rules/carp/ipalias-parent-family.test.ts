import test from 'node:test';
import rule from '../../../../server/src/rules/carp/ipalias-parent-family.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

const alias = (subnet: string, on = '_vipa1') => vip({ mode: 'ipalias', interface: on, subnet_bits: '32', subnet });

test('ipalias-parent-family: IPv4 on IPv6', () => {
  checkRule(
    rule,
    `	<virtualip>
		<vip><mode>ipalias</mode><interface>_vipa1</interface><subnet>10.0.0.9</subnet></vip>
		                                    ^^^^^^ warning: IP alias 10.0.0.9 is IPv4, but stands on the IPv6 CARP VIP 2001:db8::1 (VHID 2).
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>a1</uniqid><subnet>2001:db8::1</subnet></vip>
	</virtualip>
`,
  );
  checkNoFix(rule, virtualip(carpVip({ uniqid: 'a1' }), alias('2001:db8::9')));
});

test('ipalias-parent-family: silent on the same family, on an interface, on no VIP and without an address', () => {
  const carp = carpVip({ uniqid: 'a1' });
  checkRule(rule, virtualip(carp, alias('10.0.0.9')));
  checkRule(rule, virtualip(carp, alias('2001:db8::9', 'lan'), alias('2001:db8::8', 'lo0')));
  checkRule(rule, virtualip(carp, alias('2001:db8::9', '_vipb2')));
  checkRule(rule, virtualip(carp, alias('nothing')));
  checkRule(
    rule,
    virtualip(vip({ mode: 'ipalias', interface: 'lan', uniqid: 'a1', subnet: '10.0.0.1' }), alias('2001:db8::9')),
  );
});
