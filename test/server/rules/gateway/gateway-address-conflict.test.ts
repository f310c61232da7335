import test from 'node:test';
import rule from '../../../../server/src/rules/gateway/gateway-address-conflict.ts';
import { iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from '../carp/vips.ts';

const node = interfaces(
  iface('wan', 'vmx0', { address: '192.168.1.11/24', address6: 'fe80::1/64' }),
  iface('lan', 'vmx1', { address: '10.0.0.2/8', descr: 'Office' }),
);
const gateway = (address: string, more = '', key = 'wan') =>
  `	<gateways>
		<gateway_item><interface>${key}</interface><gateway>${address}</gateway><name>GW</name>${more}</gateway_item>
	</gateways>
`;

test('gateway-address-conflict: the address of any enabled interface of the node, in any spelling', () => {
  checkRule(
    rule,
    `${node}	<gateways>
		<gateway_item><interface>wan</interface><gateway>10.0.0.2</gateway><name>GW</name></gateway_item>
		                                                 ^^^^^^^^ error: Gateway GW has the address 10.0.0.2, which is that of Office (lan) on this very node.
		<gateway_item><interface>wan</interface><gateway>fe80:0::1</gateway><name>GW6</name></gateway_item>
		                                                 ^^^^^^^^^ error: Gateway GW6 has the address fe80:0::1, which is that of WAN on this very node.
	</gateways>
`,
  );
  checkNoFix(rule, node + gateway('10.0.0.2'));
});

test('gateway-address-conflict: a VIP is a warning', () => {
  checkRule(
    rule,
    `${node}${virtualip(carpVip(), vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.9' }))}	<gateways>
		<gateway_item><interface>lan</interface><gateway>10.0.0.1</gateway><name>GW</name></gateway_item>
		                                                 ^^^^^^^^ warning: Gateway GW has the address 10.0.0.1, a VIP of this node on Office (lan): the master is its own gateway.
		<gateway_item><interface>lan</interface><gateway>10.0.0.9</gateway><name>GW2</name></gateway_item>
		                                                 ^^^^^^^^ warning: Gateway GW2 has the address 10.0.0.9, a VIP of this node on Office (lan): the master is its own gateway.
	</gateways>
`,
  );
});

test('gateway-address-conflict: silent about another address, the peer’s, and dynamic gateways', () => {
  checkRule(rule, node + gateway('192.168.1.1'));
  checkRule(rule, node + gateway('dynamic'));
  const peer = interfaces(iface('lan', 'vmx1', { address: '10.0.0.3/8' }));
  checkRule(rule, pair(node + gateway('10.0.0.3', '', 'lan'), peer));
});

test('gateway-address-conflict: silent about what is disabled, tunnels, networks of proxy ARP, and other links', () => {
  checkRule(rule, node + gateway('10.0.0.2', '<disabled></disabled>'));
  const off = interfaces(iface('wan', 'vmx0', { address: '192.168.1.11/24', isEnabled: false }));
  checkRule(rule, off + gateway('192.168.1.11'));
  checkRule(rule, off + gateway('192.168.1.11', '', 'lan'));
  const tunnel = interfaces(iface('opt1', 'ovpnc1', { address: '10.9.0.2/24' }));
  checkRule(rule, tunnel + gateway('10.9.0.2', '', 'opt1'));
  checkRule(rule, node + gateway('fe80::1', '', 'lan'));
  checkRule(
    rule,
    node + virtualip(vip({ mode: 'proxyarp', interface: 'wan', subnet: '192.168.1.1' })) + gateway('192.168.1.1'),
  );
});
