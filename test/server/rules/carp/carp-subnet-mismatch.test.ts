import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-subnet-mismatch.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, primaryInterfaces, vip, virtualip } from './vips.ts';

const outside = { interface: 'wan', subnet: '203.0.113.10', subnet_bits: '24' };

test('carp-subnet-mismatch: an error in a file of pfSense 2.1, which does not allow it, and none in one of 2.2', () => {
  const severities = [
    ['10.1', 'error'],
    ['11.6', 'warning'],
  ] as const;
  for (const [version, severity] of severities) {
    checkRule(
      rule,
      `	<version>${version}</version>
${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>203.0.113.10</subnet></vip>
		                                                                      ^^^^^^^^^^^^ ${severity}: CARP VIP 203.0.113.10 is outside the subnet of WAN, 192.168.1.0/24.
	</virtualip>
`,
    );
  }
});

test('carp-subnet-mismatch: a warning in IPv6 as well', () => {
  checkRule(
    rule,
    `	<interfaces>
		<wan><enable></enable><ipaddrv6>2001:db8:1::2</ipaddrv6><subnetv6>64</subnetv6></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>2001:db8:2::1</subnet></vip>
		                                                                      ^^^^^^^^^^^^^ warning: CARP VIP 2001:db8:2::1 is outside the subnet of WAN, 2001:db8:1::/64.
		<vip><mode>carp</mode><interface>wan</interface><vhid>2</vhid><subnet>fe80::1</subnet></vip>
	</virtualip>
`,
  );
});

test('carp-subnet-mismatch: another VIP in the same subnet shows that it is meant', () => {
  const alias = vip({ mode: 'ipalias', interface: 'wan', subnet_bits: '24', subnet: '203.0.113.2' });
  checkRule(rule, primaryInterfaces + virtualip(carpVip(outside), alias));
  checkRule(
    rule,
    primaryInterfaces + virtualip(carpVip(outside), carpVip({ ...outside, vhid: '3', subnet: '203.0.113.11' })),
  );
});

test('carp-subnet-mismatch: a gateway in the same subnet shows that it is meant, as with one public address for a pair', () => {
  const gateway = (address: string, more = '') =>
    `	<gateways>\n		<gateway_item><interface>wan</interface><gateway>${address}</gateway><name>GW</name>${more}</gateway_item>\n	</gateways>\n`;
  checkRule(rule, primaryInterfaces + virtualip(carpVip(outside)) + gateway('203.0.113.1'));
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(outside)) + gateway('192.168.1.1'));
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(outside)) + gateway('203.0.113.10'));
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(outside)) + gateway('203.0.113.1', '<disabled></disabled>'));
});

test('carp-subnet-mismatch: a network may have unique local and global addresses at once', () => {
  const on = (address: string) =>
    `	<interfaces>\n		<wan><enable></enable><ipaddrv6>${address}</ipaddrv6><subnetv6>64</subnetv6></wan>\n	</interfaces>\n`;
  const shared = (subnet: string) => virtualip(carpVip({ interface: 'wan', subnet, subnet_bits: '64' }));
  checkRule(rule, on('2001:db8:1::2') + shared('fd00:1::1'));
  checkRule(rule, on('fd00:1::2') + shared('2001:db8:1::1'));
  checkNoFix(rule, on('fd00:1::2') + shared('fd00:2::1'));
});

test('carp-subnet-mismatch: an alias on another interface, or of one address only, shows nothing', () => {
  const elsewhere = vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '24', subnet: '203.0.113.2' });
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(outside), elsewhere));
  const single = vip({ mode: 'ipalias', interface: 'wan', subnet_bits: '32', subnet: '203.0.113.2' });
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(outside), single));
});

test('carp-subnet-mismatch: an address that comes by DHCP, and one of the other family, tell nothing', () => {
  const dynamic = primaryInterfaces.replace('192.168.1.11', 'dhcp');
  checkRule(rule, dynamic + virtualip(carpVip(outside)));
  checkRule(rule, primaryInterfaces + virtualip(carpVip({ ...outside, subnet: '2001:db8::1', subnet_bits: '64' })));
});
