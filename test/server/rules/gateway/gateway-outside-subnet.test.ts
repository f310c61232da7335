import test from 'node:test';
import rule from '../../../../server/src/rules/gateway/gateway-outside-subnet.ts';
import { type InterfaceFields, iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { vip, virtualip } from '../carp/vips.ts';

const wan = (fields: InterfaceFields, nic = 'vmx0') => interfaces(iface('wan', nic, fields));
const node = wan({ address: '192.168.1.11/24', address6: '2001:db8::2/64' });
const gateway = (address: string, more = '') =>
  `	<gateways>
		<gateway_item><interface>wan</interface><gateway>${address}</gateway><name>GW</name>${more}</gateway_item>
	</gateways>
`;

test('gateway-outside-subnet: in IPv6 too', () => {
  checkRule(
    rule,
    `${node}	<gateways>
		<gateway_item><interface>wan</interface><gateway>2001:db8:0:1::1</gateway><name>GW6</name></gateway_item>
		                                                 ^^^^^^^^^^^^^^^ warning: Gateway GW6 has the address 2001:db8:0:1::1, which is not in the subnet of WAN, 2001:db8::/64.
	</gateways>
`,
  );
  checkNoFix(rule, node + gateway('192.168.2.1'));
});

test('gateway-outside-subnet: silent in the subnet, in that of a VIP, and where it is said to be outside', () => {
  checkRule(rule, node + gateway('192.168.1.1'));
  checkRule(rule, node + gateway('192.168.2.1', '<nonlocalgateway></nonlocalgateway>'));
  const alias = vip({ mode: 'ipalias', interface: 'wan', subnet_bits: '24', subnet: '192.168.2.9' });
  checkRule(rule, node + virtualip(alias) + gateway('192.168.2.1'));
});

test('gateway-outside-subnet: silent about link-local and dynamic gateways, and what is disabled', () => {
  checkRule(rule, node + gateway('fe80::1'));
  checkRule(rule, node + gateway('dynamic'));
  checkRule(rule, node + gateway(''));
  checkRule(rule, node + gateway('192.168.2.1', '<disabled></disabled>'));
  checkRule(rule, wan({ address: '192.168.1.11/24', isEnabled: false }) + gateway('192.168.2.1'));
});

test('gateway-outside-subnet: silent where the interface has no static address of the family, is a tunnel, or is not there', () => {
  checkRule(rule, wan({ address: 'dhcp' }) + gateway('192.168.2.1'));
  checkRule(rule, wan({ address: '192.168.1.11/24' }) + gateway('2001:db8::1'));
  checkRule(rule, wan({ address: '192.168.1.11/24' }, 'gif0') + gateway('192.168.2.1'));
  checkRule(rule, gateway('192.168.2.1'));
});

test('gateway-outside-subnet: of the address of the node’s own other interface gateway-address-conflict tells', () => {
  const both = interfaces(
    iface('wan', 'vmx0', { address: '192.168.1.11/24' }),
    iface('lan', 'vmx1', { address: '10.0.0.2/8' }),
  );
  checkRule(rule, both + gateway('10.0.0.2'));
  checkNoFix(rule, both + gateway('10.0.0.3'));
});
