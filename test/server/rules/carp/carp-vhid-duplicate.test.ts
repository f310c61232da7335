import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vhid-duplicate.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, vip, virtualip } from './vips.ts';

test('carp-vhid-duplicate: each one after the first', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.4</subnet></vip>
		                                                      ^ error: VHID 2 on LAN is used twice, by 10.0.0.1 and 10.0.0.4.
		<vip><mode>carp</mode><interface>lan</interface><vhid>02</vhid><subnet>10.0.0.5</subnet></vip>
		                                                      ^^ error: VHID 2 on LAN is used twice, by 10.0.0.1 and 10.0.0.5.
	</virtualip>
`,
  );
});

test('carp-vhid-duplicate: a warning where one is IPv4 and one IPv6', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>2001:db8::1</subnet></vip>
		                                                      ^ warning: VHID 2 on LAN is used twice, by 10.0.0.1 and 2001:db8::1; pfSense wants one VHID for each.
	</virtualip>
`,
  );
});

test('carp-vhid-duplicate: a second of the same family is an error, whatever stands before', () => {
  checkRule(
    rule,
    `${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>2001:db8::1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		                                                      ^ warning: VHID 2 on LAN is used twice, by 2001:db8::1 and 10.0.0.1; pfSense wants one VHID for each.
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.4</subnet></vip>
		                                                      ^ error: VHID 2 on LAN is used twice, by 10.0.0.1 and 10.0.0.4.
	</virtualip>
`,
  );
});

test('carp-vhid-duplicate: two interfaces may have the same, and an invalid VHID is told of elsewhere', () => {
  checkRule(rule, virtualip(carpVip(), carpVip({ interface: 'wan', subnet: '192.168.1.10' })));
  checkRule(rule, virtualip(carpVip({ vhid: '300' }), carpVip({ vhid: '300', subnet: '10.0.0.4' })));
});

test('carp-vhid-duplicate: an IP alias on a CARP VIP is in its group by right', () => {
  const parent = carpVip({ uniqid: '62a856d41c9a3' });
  const alias = vip({ mode: 'ipalias', interface: '_vip62a856d41c9a3', subnet_bits: '8', subnet: '10.0.0.9' });
  checkRule(rule, virtualip(parent, alias));
});

test('carp-vhid-duplicate: the next free VHID, on both nodes where both have the VIP', () => {
  const vips = (vhid: string) => virtualip(carpVip(), carpVip({ vhid, subnet: '10.0.0.4' }));
  const title = 'Set the VHID of 10.0.0.4 to 3 on both nodes';
  checkFix(rule, { before: pair(vips('2'), vips('2')), after: pair(vips('3'), vips('3')), title });
  checkFix(rule, { before: vips('2'), after: vips('3'), title: 'Set the VHID of 10.0.0.4 to 3' });
});

test('carp-vhid-duplicate: the peer’s VHID where the peer has it right', () => {
  const vips = (vhid: string) => virtualip(carpVip(), carpVip({ vhid, subnet: '10.0.0.4' }));
  const title = 'Set the VHID of 10.0.0.4 to 9';
  checkFix(rule, { before: pair(vips('2'), vips('9')), after: pair(vips('9'), vips('9')), title });
});
