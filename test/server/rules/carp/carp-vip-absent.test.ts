import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-vip-absent.ts';
import { hasync, type InterfaceFields, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const wan = carpVip({ interface: 'wan', vhid: '1', subnet_bits: '24', subnet: '192.168.1.10' });
const lan = (fields: InterfaceFields = { address: '10.0.0.2/8' }, nic = 'vmx1') =>
  interfaces(iface('wan', 'vmx0', { address: '192.168.1.11/24' }), iface('lan', nic, fields));
const dhcp = (more = '') => `	<dhcpd>\n		<lan><enable></enable>${more}</lan>\n	</dhcpd>\n`;
const gateway = (address = '10.0.0.254', more = '') =>
  `	<gateways>\n		<gateway_item><interface>lan</interface><gateway>${address}</gateway><name>GW</name>${more}</gateway_item>\n	</gateways>\n`;
const outbound = (fields?: InterfaceFields, nic?: string) =>
  lan(fields, nic).replace('</lan>', '<gateway>GW</gateway></lan>');
const nodes = (primary: string) => pair(primary, virtualip(wan));

const marked = (text: string) => `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		 ^^^ warning: ${text}
	</interfaces>
`;

test('carp-vip-absent: behind a gateway', () => {
  const text = 'LAN has no CARP VIP: what leaves by gateway GW does not survive a fail-over.';
  checkRule(rule, nodes(marked(text).replace('</lan>', '<gateway>GW</gateway></lan>') + gateway() + virtualip(wan)));
  checkNoFix(rule, nodes(outbound() + gateway() + virtualip(wan)));
});

test('carp-vip-absent: silent about a router behind an internal interface, and where nothing is translated', () => {
  checkRule(rule, nodes(lan() + gateway() + virtualip(wan)));
  const disabled = '\t<nat>\n\t\t<outbound><mode>disabled</mode></outbound>\n\t</nat>\n';
  checkRule(rule, nodes(outbound() + gateway() + virtualip(wan) + disabled));
});

test('carp-vip-absent: DHCP that hands out the node’s own address, said or not', () => {
  const text = "LAN has no CARP VIP: its DHCP clients get this node's own address 10.0.0.2 as their gateway.";
  checkRule(rule, nodes(marked(text) + dhcp() + virtualip(wan)));
  checkRule(rule, nodes(marked(text) + dhcp('<gateway>10.0.0.2</gateway>') + virtualip(wan)));
});

test('carp-vip-absent: on a node without its peer too, where it synchronises', () => {
  const text = "LAN has no CARP VIP: its DHCP clients get this node's own address 10.0.0.2 as their gateway.";
  checkRule(rule, marked(text) + dhcp() + virtualip(wan) + hasync({ synchronizetoip: '172.16.1.3' }));
  checkRule(rule, lan() + dhcp() + virtualip(wan));
});

test('carp-vip-absent: silent where a CARP VIP stands there, of either family, or has an address of the network', () => {
  checkRule(rule, nodes(lan() + dhcp() + virtualip(wan, carpVip())));
  checkRule(rule, nodes(lan() + dhcp() + virtualip(wan, carpVip({ subnet: '2001:db8::1' }))));
  checkRule(rule, nodes(lan() + dhcp() + virtualip(wan, carpVip({ interface: 'opt7' }))));
});

test('carp-vip-absent: silent where nothing says that clients are served', () => {
  checkRule(rule, nodes(lan() + virtualip(wan)));
  checkRule(rule, nodes(lan() + dhcp('<gateway>10.0.0.254</gateway>') + virtualip(wan)));
  checkRule(rule, nodes(lan() + dhcp('<gateway>none</gateway>') + virtualip(wan)));
  checkRule(rule, nodes(lan() + dhcp().replace('<enable></enable>', '') + virtualip(wan)));
  checkRule(rule, nodes(outbound() + gateway('2001:db8::1') + virtualip(wan)));
  checkRule(rule, nodes(outbound() + gateway('10.0.0.254', '<disabled></disabled>') + virtualip(wan)));
  checkRule(rule, nodes(outbound() + gateway('dynamic') + virtualip(wan)));
});

test('carp-vip-absent: silent on the SYNC interface, tunnels, dynamic and disabled interfaces, and without any CARP VIP', () => {
  checkRule(rule, nodes(outbound() + gateway() + virtualip(wan) + hasync({ pfsyncinterface: 'lan' })));
  checkRule(rule, nodes(outbound({ address: '10.0.0.2/8' }, 'ovpnc1') + gateway() + virtualip(wan)));
  checkRule(rule, nodes(outbound({ address: 'dhcp' }) + gateway() + virtualip(wan)));
  checkRule(rule, nodes(outbound({ address: '10.0.0.2/8', isEnabled: false }) + gateway() + virtualip(wan)));
  checkRule(
    rule,
    nodes(outbound() + gateway() + virtualip(vip({ mode: 'ipalias', interface: 'wan', subnet: '192.168.1.9' }))),
  );
});
