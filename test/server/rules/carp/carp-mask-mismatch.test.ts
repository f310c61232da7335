import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-mask-mismatch.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

test('carp-mask-mismatch: a longer and a shorter one, and none', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
		                                                             ^^ error: CARP VIP 10.0.0.1 has the prefix length /24, but LAN has /8.
		<vip><mode>carp</mode><interface>wan</interface><subnet_bits>16</subnet_bits><subnet>192.168.1.10</subnet></vip>
		                                                             ^^ error: CARP VIP 192.168.1.10 has the prefix length /16, but WAN has /24.
		<vip><mode>carp</mode><interface>lan</interface><subnet_bits></subnet_bits><subnet>10.0.0.4</subnet></vip>
		                                                 ^^^^^^^^^^^ error: CARP VIP 10.0.0.4 has no valid prefix length; LAN has /8.
		<vip><mode>carp</mode><interface>lan</interface><subnet_bits>33</subnet_bits><subnet>10.0.0.5</subnet></vip>
		                                                             ^^ error: CARP VIP 10.0.0.5 has no valid prefix length; LAN has /8.
	</virtualip>
`,
  );
});

test('carp-mask-mismatch: a warning in IPv6', () => {
  checkRule(
    rule,
    `	<interfaces>
		<lan><enable></enable><ipaddrv6>2001:db8::2</ipaddrv6><subnetv6>64</subnetv6></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><subnet_bits>128</subnet_bits><subnet>2001:db8::1</subnet></vip>
		                                                             ^^^ warning: CARP VIP 2001:db8::1 has the prefix length /128, but LAN has /64.
	</virtualip>
`,
  );
});

test('carp-mask-mismatch: outside of the subnet, with a dynamic address, and for other VIPs nothing is known', () => {
  checkRule(
    rule,
    primaryInterfaces + virtualip(carpVip({ interface: 'wan', subnet: '203.0.113.1', subnet_bits: '32' })),
  );
  const dynamic = primaryInterfaces.replace('192.168.1.11', 'dhcp');
  checkRule(rule, dynamic + virtualip(carpVip({ interface: 'wan', subnet: '192.168.1.10', subnet_bits: '32' })));
  const alias = vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '32', subnet: '10.0.0.9' });
  checkRule(rule, primaryInterfaces + virtualip(alias));
});

test('carp-mask-mismatch: both nodes are repaired where both are wrong alike', () => {
  const [wrong, right] = [virtualip(carpVip({ subnet_bits: '32' })), virtualip(carpVip({ subnet_bits: '8' }))];
  checkFix(rule, {
    before: pair(primaryInterfaces + wrong, secondaryInterfaces + wrong),
    after: pair(primaryInterfaces + right, secondaryInterfaces + right),
    title: 'Set the prefix length of 10.0.0.1 to /8 on both nodes',
  });
});

test('carp-mask-mismatch: only this node is repaired where the peer is right, wrong in another way, or not there', () => {
  const [wrong, right] = [virtualip(carpVip({ subnet_bits: '32' })), virtualip(carpVip({ subnet_bits: '8' }))];
  const title = 'Set the prefix length of 10.0.0.1 to /8';
  const both = (here: string, there: string) => pair(primaryInterfaces + here, secondaryInterfaces + there);
  checkFix(rule, { before: both(wrong, right), after: both(right, right), title });
  const other = virtualip(carpVip({ subnet_bits: '24' }));
  checkFix(rule, { before: both(wrong, other), after: both(right, other), title });
  checkFix(rule, { before: primaryInterfaces + wrong, after: primaryInterfaces + right, title });
});

test('carp-mask-mismatch: a missing element is written where pfSense writes it', () => {
  const wrong = virtualip(vip({ mode: 'carp', interface: 'lan', vhid: '2', type: 'single', subnet: '10.0.0.1' }));
  const right = virtualip(
    vip({ mode: 'carp', interface: 'lan', vhid: '2', type: 'single', subnet_bits: '8', subnet: '10.0.0.1' }),
  );
  checkFix(rule, { before: primaryInterfaces + wrong, after: primaryInterfaces + right });
});

test('carp-mask-mismatch: none at all, where the file does not tell which one it would have to be', () => {
  checkRule(
    rule,
    `	<interfaces>
		<wan><enable></enable><ipaddr>dhcp</ipaddr></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits></subnet_bits><subnet>192.0.2.1</subnet></vip>
		                                                               ^^^^^^^^^^^ error: CARP VIP 192.0.2.1 on WAN has no valid prefix length: pfSense cannot set it up.
		<vip><mode>carp</mode><interface>wan</interface><vhid>2</vhid><subnet_bits>129</subnet_bits><subnet>2001:db8::1</subnet></vip>
		                                                                           ^^^ error: CARP VIP 2001:db8::1 on WAN has no valid prefix length: pfSense cannot set it up.
		<vip><mode>carp</mode><interface>wan</interface><vhid>3</vhid><subnet_bits>24</subnet_bits><subnet>198.51.100.1</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>4</vhid><subnet_bits></subnet_bits><subnet></subnet></vip>
		<vip><mode>ipalias</mode><interface>wan</interface><subnet_bits></subnet_bits><subnet>192.0.2.2</subnet></vip>
	</virtualip>
`,
  );
});
