import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-static-map-invalid.ts';
import { checkRule } from '../../../harness/rule.ts';

const node = (maps: string, last = 2) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range><from>10.0.0.100</from><to>10.0.0.199</to></range>
			<pool>
				<range><from>10.0.0.210</from><to>10.0.0.219</to></range>
			</pool>
${maps}		</lan>
	</dhcpd>
`;
const map = (address: string, mark = '', mac = '00:00:5e:00:53:20') => `			<staticmap>
				<mac>${mac}</mac>
				<cid></cid>
				<ipaddr>${address}</ipaddr>
${mark}			</staticmap>
`;
const found = (address: string, says: string) =>
  map(
    address,
    `				        ${'^'.repeat(address.length)} warning: The static mapping for 00:00:5e:00:53:20 gives ${address}, ${says}\n`,
  );

test('dhcp-static-map-invalid: an address that the client cannot have', () => {
  checkRule(rule, node(found('10.0.1.20', 'which lies outside of 10.0.0.0/24 on LAN.')));
  checkRule(rule, node(found('10.0.0.0', 'the network address of 10.0.0.0/24 on LAN.')));
  checkRule(rule, node(found('10.0.0.255', 'the broadcast address of 10.0.0.0/24 on LAN.')));
  checkRule(rule, node(found('10.0.0.100', 'which lies in the pool 10.0.0.100–10.0.0.199 of LAN.')));
  checkRule(rule, node(found('10.0.0.219', 'which lies in the pool 10.0.0.210–10.0.0.219 of LAN.')));
  checkRule(rule, node(found('10.0.0.1', 'the address of a virtual IP on LAN.')));
  checkRule(rule, node(found('10.0.0.2', 'the address of this node on LAN.')));
});

test("dhcp-static-map-invalid: the other node's address", () => {
  const says = 'the address of the secondary on LAN.';
  checkRule(rule, `\n--- primary.xml\n${node(found('10.0.0.3', says))}--- secondary.xml\n${node('', 3)}`);
});

test('dhcp-static-map-invalid: nobody, and somebody twice', () => {
  const nobody = 'warning: A static mapping on LAN has neither a MAC address nor a client identifier.';
  checkRule(rule, node(map('10.0.0.20', '', '').replace('</mac>\n', `</mac>\n				 ^^^ ${nobody}\n`)));
  const twice = 'warning: A static mapping for 00:00:5E:00:53:20 stands twice on LAN.';
  const second = map('10.0.0.21', '', '00:00:5E:00:53:20').replace(
    '</mac>\n',
    `</mac>\n				     ^^^^^^^^^^^^^^^^^ ${twice}\n`,
  );
  checkRule(rule, node(map('10.0.0.20') + second));
  const cid = (last: number, mark = '') =>
    map(`10.0.0.${last}`, '', '').replace('<cid></cid>\n', `<cid>desk</cid>\n${mark}`);
  checkRule(
    rule,
    node(cid(20) + cid(21, '				     ^^^^ warning: A static mapping for desk stands twice on LAN.\n')),
  );
});

test('dhcp-static-map-invalid: content with clients that share an address, have none, or only an identifier', () => {
  checkRule(rule, node(map('10.0.0.20') + map('10.0.0.20', '', '00:00:5e:00:53:21')));
  checkRule(rule, node(map('') + map('', '', '00:00:5e:00:53:21')));
  checkRule(rule, node(map('10.0.0.99') + map('10.0.0.200', '', '00:00:5e:00:53:21')));
  checkRule(rule, node(map('10.0.0.20', '', '').replace('<cid></cid>', '<cid>desk</cid>')));
});

test('dhcp-static-map-invalid: silent where nothing is served', () => {
  checkRule(rule, node(map('10.9.0.1')).replace('			<enable></enable>\n', ''));
  checkRule(rule, node(map('10.9.0.1')).replace('<lan><enable></enable>', '<lan>'));
});
