import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/radvd-not-vip.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const vip = (id: string, address: string) =>
  `		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>${id}</uniqid><subnet_bits>64</subnet_bits><subnet>${address}</subnet></vip>\n`;
const global = vip('5f2a8c41d0b14', '2001:db8:0:1::1');
const node = (scope: string, vips = global) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddrv6>2001:db8:0:1::2</ipaddrv6><subnetv6>64</subnetv6></lan>
	</interfaces>
	<virtualip>
${vips}	</virtualip>
	<dhcpdv6>
		<lan>
${scope}		</lan>
	</dhcpdv6>
`;
const mode = (text: string, name = 'ramode') => `			<${name}>${text}</${name}>\n`;
const on = (text: string) => `			<rainterface>${text}</rainterface>\n`;
const says =
  'info: Both nodes advertise themselves as routers on LAN at once: the advertisements do not follow the CARP VIP 2001:db8:0:1::1.';

test('radvd-not-vip: the interface itself, nothing at all, and the mode of older files', () => {
  checkRule(rule, node(`${mode('assist')}${on('interface')}			             ^^^^^^^^^ ${says}\n`));
  checkRule(rule, node(`${mode('router')}${on('')}			 ^^^^^^^^^^^ ${says}\n`));
  const bare = (text: string) => node(text).replace('		<lan>\n', `		<lan>\n		 ^^^ ${says}\n`);
  checkRule(rule, bare(mode('managed')));
  checkRule(rule, bare(mode('managed', 'mode')));
});

test('radvd-not-vip: silent where it follows a VIP, is off, or has none to follow', () => {
  checkRule(rule, node(mode('assist') + on('_vip5f2a8c41d0b14')));
  checkRule(rule, node(mode('disabled')));
  checkRule(rule, node(''));
  checkRule(rule, node(mode('assist'), vip('5f2a8c41d0b15', '10.0.0.1')));
  checkRule(rule, node(mode('assist')).replace('<lan><enable></enable>', '<lan>'));
});

test('radvd-not-vip: the fix, a link-local VIP first', () => {
  const both = global + vip('5f2a8c41d0b16', 'fe80::1:1');
  checkFix(rule, {
    before: node(mode('assist') + on('interface'), both),
    after: node(mode('assist') + on('_vip5f2a8c41d0b16'), both),
  });
  checkFix(rule, { before: node(mode('assist')), after: node(mode('assist') + on('_vip5f2a8c41d0b14')) });
  checkNoFix(rule, node(mode('assist'), global.replace(/<uniqid>.*<\/uniqid>/, '')));
});
