import { contains, formatSubnet } from '../../model/address.ts';
import { interfaceAddressOf, readLiveCarpVips, vipInterfaceName, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-subnet-too-small',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The subnet of a CARP VIP has room for both nodes and the VIP.',
  why: `A pair needs three addresses in a subnet: one for each node and one for the VIP. A /30 has two, and the provider's router
wants one of them besides; a /31 and a /32 have no more. A node without an address of its own there is reached by nobody
while it is not master. Ask for a /29, or give the nodes private addresses and route the public subnet to the VIP.

Looked at is the IPv4 subnet of the interface, where the VIP is in it; a VIP of another subnet than the nodes' needs no
further addresses there. IPv6 subnets as small as that say nothing, nor do disabled interfaces.

Source: Netgate's documentation, "Configuring High Availability" (IP address requirements).`,
  messages: {
    small: "{interface}'s subnet {subnet} has no room for the addresses of two nodes and CARP VIP {vip}.",
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.1</ipaddr><subnet>30</subnet></wan>
		                                                                       ^^ warning: WAN's subnet 203.0.113.0/30 has no room for the addresses of two nodes and CARP VIP 203.0.113.2 (VHID 1).
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>30</subnet_bits><subnet>203.0.113.2</subnet></vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.3</ipaddr><subnet>29</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>29</subnet_bits><subnet>203.0.113.2</subnet></vip>
	</virtualip>
`,
  },
  *check({ node }) {
    const told = new Set<string>();
    for (const vip of node.query(readLiveCarpVips)) {
      const own = interfaceAddressOf(node, vip);
      if (!own || !vip.address || own.subnet.family !== 4 || own.prefixLength.value < 30) continue;
      if (!contains(own.subnet, vip.address.value) || vip.interfaceKey === undefined) continue;
      if (told.has(vip.interfaceKey)) continue;
      told.add(vip.interfaceKey);
      yield {
        at: own.prefixLength.element.contentPlace,
        message: 'small',
        data: { interface: vipInterfaceName(node, vip), subnet: formatSubnet(own.subnet), vip: vipName(node, vip) },
        related: [{ at: vip.address.element.contentPlace, message: `CARP VIP ${vipName(node, vip)}.` }],
      };
    }
  },
});
