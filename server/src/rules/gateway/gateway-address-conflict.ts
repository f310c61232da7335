import { type Address, isLinkLocal } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { ownInterface, readGateways } from '../../model/gateways.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { type VirtualIp, vipInterfaceName, vipsAt } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'gateway-address-conflict',
  topic: 'gateway',
  severity: 'error',
  since: '0.1.0',
  summary: "A gateway's address is not one of the node's own.",
  why: `A gateway is the next router. Where its address is the node's own, packets sent to it come straight back to the node
and go nowhere; pfSense's form does not notice. It is most often the address of the interface typed into the wrong field.

The address of a CARP VIP or IP alias of the node is a warning: while the node is master it is its own gateway. Some let the
standby go out through the LAN's VIP, and so through the master, which works on the standby only.

The peer's address may well be a gateway and says nothing. Disabled gateways, gateways on tunnels or on interfaces that are
disabled and addresses of disabled interfaces are passed over; link-local addresses are compared on their own interface only.

Source: pfSense \`src/etc/inc/gwlb.inc\` (validate_gateway); the README of pfsense-ha-builder.`,
  messages: {
    own: 'Gateway {gateway} has the address {address}, which is that of {interface} on this very node.',
    vip: 'Gateway {gateway} has the address {address}, a VIP of this node on {interface}: the master is its own gateway.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<gateways>
		<gateway_item>
			<interface>wan</interface>
			<gateway>192.168.1.11</gateway>
			         ^^^^^^^^^^^^ error: Gateway WANGW has the address 192.168.1.11, which is that of WAN on this very node.
			<name>WANGW</name>
		</gateway_item>
	</gateways>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<gateways>
		<gateway_item>
			<interface>wan</interface>
			<gateway>192.168.1.1</gateway>
			<name>WANGW</name>
		</gateway_item>
	</gateways>
`,
  },
  *check({ node }) {
    const interfaces = node.query(readInterfaces);
    for (const { address, name, interface: on, isDisabled } of node.query(readGateways)) {
      const behind = on && interfaces.get(on.value);
      if (!address || isDisabled || behind?.isTunnel || behind?.isEnabled === false) continue;
      const text = node.text(address.element);
      const own = ownInterface(node, address.value, on?.value);
      if (own) {
        yield {
          at: address.element.contentPlace,
          message: 'own',
          data: { gateway: name.value, address: text, interface: interfaceName(node, own.key) },
          related: [{ at: own.element.namePlace, message: `The interface ${interfaceName(node, own.key)}.` }],
        };
        continue;
      }
      const vip = ownVip(node, { address: address.value, key: on?.value });
      if (!vip?.address) continue;
      yield {
        at: address.element.contentPlace,
        message: 'vip',
        data: { gateway: name.value, address: text, interface: vipInterfaceName(node, vip) },
        severity: 'warning',
        related: [{ at: vip.address.element.contentPlace, message: 'The VIP.' }],
      };
    }
  },
});

interface Wanted {
  readonly address: Address;
  /** The key of the gateway's interface. */
  readonly key: string | undefined;
}

function ownVip(node: Config, { address, key }: Wanted): VirtualIp | undefined {
  return vipsAt(node, address).find(
    ({ mode, interfaceKey }) =>
      (mode === 'carp' || mode === 'ipalias') && (interfaceKey === key || !isLinkLocal(address)),
  );
}
