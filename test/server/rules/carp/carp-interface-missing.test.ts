import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-interface-missing.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, primaryInterfaces, vip, virtualip } from './vips.ts';

const bare = '\t<interfaces>\n\t\t<lan><enable></enable><if>vmx1</if><ipaddr></ipaddr></lan>\n\t</interfaces>\n';
const ipv4 =
  '\t<interfaces>\n\t\t<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>\n\t</interfaces>\n';
const disabled =
  '\t<interfaces>\n\t\t<lan><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>\n\t</interfaces>\n';

test('carp-interface-missing: an interface that is disabled', () => {
  checkRule(
    rule,
    `${disabled}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		                                 ^^^ error: CARP VIP 10.0.0.1 (VHID 2) is on LAN, which is disabled: pfSense skips it.
	</virtualip>
`,
  );
});

test('carp-interface-missing: an interface that is disabled on both nodes is a warning, on this node alone an error', () => {
  const vips = (mark: string) => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
${mark}	</virtualip>
`;
  const mark = (severity: string) =>
    `		                                 ^^^ ${severity}: CARP VIP 10.0.0.1 (VHID 2) is on LAN, which is disabled: pfSense skips it.\n`;
  checkRule(
    rule,
    `--- primary.xml\n${disabled}${vips(mark('warning'))}--- secondary.xml\n${disabled}${vips(mark('warning'))}`,
  );
  checkRule(rule, `--- primary.xml\n${disabled}${vips(mark('error'))}--- secondary.xml\n${ipv4}${vips('')}`);
});

test('carp-interface-missing: an interface without any address', () => {
  checkRule(
    rule,
    `${bare}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		                                 ^^^ error: CARP VIP 10.0.0.1 (VHID 2) is on LAN, which has no address of its own.
	</virtualip>
`,
  );
});

test('carp-interface-missing: an interface with addresses of the other family only', () => {
  checkRule(
    rule,
    `${ipv4}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>2001:db8::1</subnet></vip>
		                                 ^^^ warning: CARP VIP 2001:db8::1 (VHID 2) is on LAN, which has no IPv6 address of its own.
	</virtualip>
`,
  );
});

test('carp-interface-missing: no interface at all, the loopback and another VIP', () => {
  checkRule(
    rule,
    `${ipv4}	<virtualip>
		<vip><mode>carp</mode><interface></interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		                       ^^^^^^^^^ error: CARP VIP 10.0.0.1 (VHID 2) names no interface.
		<vip><mode>carp</mode><vhid>3</vhid><subnet>10.0.0.4</subnet></vip>
		 ^^^ error: CARP VIP 10.0.0.4 (VHID 3) names no interface.
		<vip><mode>carp</mode><interface>lo0</interface><vhid>4</vhid><subnet>10.0.0.5</subnet></vip>
		                                 ^^^ error: CARP VIP 10.0.0.5 (VHID 4) is on lo0, which cannot carry one: it has to be on an interface such as wan or lan.
		<vip><mode>carp</mode><interface>_vip0</interface><vhid>5</vhid><subnet>10.0.0.6</subnet></vip>
		                                 ^^^^^ error: CARP VIP 10.0.0.6 (VHID 5) is on _vip0, which cannot carry one: it has to be on an interface such as wan or lan.
	</virtualip>
`,
  );
});

test('carp-interface-missing: an address by DHCP and an IP alias count', () => {
  checkRule(rule, `${bare.replace('<ipaddr>', '<ipaddr>dhcp')}${virtualip(carpVip())}`);
  const alias = vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.9' });
  checkRule(rule, bare + virtualip(carpVip(), alias));
});

test('carp-interface-missing: a link-local VIP needs no other IPv6 address', () => {
  checkRule(rule, ipv4 + virtualip(carpVip({ subnet: 'fe80::1', subnet_bits: '64' })));
});

test('carp-interface-missing: other kinds of VIP, and a file without interfaces', () => {
  checkRule(rule, primaryInterfaces + virtualip(vip({ mode: 'ipalias', interface: 'opt9', subnet: '10.0.0.9' })));
  checkRule(rule, virtualip(carpVip()));
});

test('carp-interface-missing: what to do about it is for a person to say', () => {
  checkNoFix(rule, primaryInterfaces + virtualip(carpVip({ interface: 'opt1' })));
});
