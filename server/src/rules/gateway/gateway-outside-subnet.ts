import { contains, formatSubnet, isLinkLocal } from '../../model/address.ts';
import { ownInterface, readGateways } from '../../model/gateways.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { hasFlag } from '../../model/read.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'gateway-outside-subnet',
  topic: 'gateway',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A gateway is in a subnet of its interface, or says that it is not.',
  why: `A gateway that no subnet of its interface holds cannot be reached: the node has no route to it, and the routes over it
are not set. pfSense's form refuses it ("The gateway address … does not lie within one of the chosen interface's subnets.")
unless "Use non-local gateway" is ticked, for which pfSense adds a route to the gateway itself.

As the form does, the rule takes the interface's own subnet and those of the VIPs on it. Nothing is said about link-local
IPv6 gateways, disabled gateways, tunnels, addresses of the node itself (\`gateway-address-conflict\`), interfaces that are disabled or have no static address of the gateway's family.

Source: pfSense \`src/etc/inc/gwlb.inc\` (validate_gateway).`,
  messages: {
    outside: 'Gateway {gateway} has the address {address}, which is not in the subnet of {interface}, {subnet}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<gateways>
		<gateway_item>
			<interface>wan</interface>
			<gateway>192.168.11.1</gateway>
			         ^^^^^^^^^^^^ warning: Gateway WANGW has the address 192.168.11.1, which is not in the subnet of WAN, 192.168.1.0/24.
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
    for (const { element, address, name, interface: on, isDisabled } of node.query(readGateways)) {
      const behind = on && interfaces.get(on.value);
      if (!address || !behind?.isEnabled || behind.isTunnel || isDisabled) continue;
      if (hasFlag(element, 'nonlocalgateway') || isLinkLocal(address.value)) continue;
      const own = address.value.family === 4 ? behind.ipv4 : behind.ipv6;
      if (!own || contains(own.subnet, address.value) || ownInterface(node, address.value, behind.key)) continue;
      const isOfVip = node
        .query(readVirtualIps)
        .some(({ interfaceKey, subnet }) => interfaceKey === behind.key && subnet && contains(subnet, address.value));
      if (isOfVip) continue;
      const title = interfaceName(node, behind.key);
      yield {
        at: address.element.contentPlace,
        message: 'outside',
        data: {
          gateway: name.value,
          address: node.text(address.element),
          interface: title,
          subnet: formatSubnet(own.subnet),
        },
        related: [{ at: own.address.element.contentPlace, message: `The address of ${title}.` }],
      };
    }
  },
});
