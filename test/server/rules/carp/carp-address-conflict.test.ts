import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-address-conflict.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

test('carp-address-conflict: the network and the broadcast address, by the interface where it tells', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>32</subnet_bits><subnet>192.168.1.0</subnet></vip>
		                                                                                                   ^^^^^^^^^^^ error: CARP VIP 192.168.1.0 is the network address of 192.168.1.0/24.
		<vip><mode>carp</mode><interface>wan</interface><vhid>2</vhid><subnet_bits>29</subnet_bits><subnet>203.0.113.7</subnet></vip>
		                                                                                                   ^^^^^^^^^^^ error: CARP VIP 203.0.113.7 is the broadcast address of 203.0.113.0/29.
	</virtualip>
`,
  );
});

test('carp-address-conflict: /31, /32 and IPv6 have no such addresses, nor has a mask that differs from the interface’s', () => {
  const other = { interface: 'wan', subnet: '203.0.113.0' };
  checkRule(rule, primaryInterfaces + virtualip(carpVip({ ...other, subnet_bits: '31' })));
  checkRule(rule, primaryInterfaces + virtualip(carpVip({ ...other, subnet_bits: '32' })));
  checkRule(rule, primaryInterfaces + virtualip(carpVip({ subnet: '2001:db8::', subnet_bits: '64' })));
  checkRule(
    rule,
    primaryInterfaces + virtualip(carpVip({ interface: 'wan', subnet: '192.168.1.4', subnet_bits: '30' })),
  );
});

test('carp-address-conflict: an interface address of the peer', () => {
  checkRule(
    rule,
    `--- primary.xml
${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.3</subnet></vip>
		                                                                                                  ^^^^^^^^ error: CARP VIP 10.0.0.3 is also the address of LAN on the secondary.
	</virtualip>
--- secondary.xml
${secondaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.3</subnet></vip>
		                                                                                                  ^^^^^^^^ error: CARP VIP 10.0.0.3 is also the address of LAN on this node.
	</virtualip>
`,
  );
});

test('carp-address-conflict: another VIP, told of once', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><subnet>10.0.0.1</subnet></vip>
		                                                                      ^^^^^^^^ error: CARP VIP 10.0.0.1 is also the address of another VIP (CARP on LAN).
		<vip><mode>carp</mode><interface>lan</interface><vhid>4</vhid><subnet>10.0.0.4</subnet></vip>
		                                                                      ^^^^^^^^ error: CARP VIP 10.0.0.4 is also the address of another VIP (IP alias on WAN).
		<vip><mode>ipalias</mode><interface>wan</interface><subnet>10.0.0.4</subnet></vip>
	</virtualip>
`,
  );
});

test('carp-address-conflict: an interface that is disabled, and a network of proxy ARP, claim nothing', () => {
  const disabled = primaryInterfaces.replaceAll('<enable></enable>', '');
  checkRule(rule, disabled + virtualip(carpVip({ subnet: '10.0.0.2' })));
  const network = vip({
    mode: 'proxyarp',
    interface: 'wan',
    type: 'network',
    subnet_bits: '29',
    subnet: '203.0.113.1',
  });
  checkRule(
    rule,
    primaryInterfaces + virtualip(carpVip({ interface: 'wan', subnet: '203.0.113.1', subnet_bits: '24' }), network),
  );
});

test('carp-address-conflict: a link-local address may be on several interfaces, in any spelling once on each', () => {
  const link = { subnet: 'fe80::1', subnet_bits: '64' };
  checkRule(rule, primaryInterfaces + virtualip(carpVip(link), carpVip({ ...link, interface: 'wan' })));
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip(link), carpVip({ ...link, vhid: '3', subnet: 'FE80:0::1' })));
});

test('carp-address-conflict: the VIP of both nodes is no conflict', () => {
  const vips = virtualip(carpVip());
  checkRule(rule, pair(primaryInterfaces + vips, secondaryInterfaces + vips));
});
