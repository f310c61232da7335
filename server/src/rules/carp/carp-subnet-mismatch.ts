import { type Address, contains, formatSubnet, isLinkLocal, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readGateways } from '../../model/gateways.ts';
import type { InterfaceAddress } from '../../model/interfaces.ts';
import { readVersion } from '../../model/version.ts';
import {
  addressText,
  interfaceAddressOf,
  readCarpVips,
  type VirtualIp,
  vipInterfaceName,
  vipsOn,
} from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-subnet-mismatch',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: "A CARP VIP is an address of its interface's subnet.",
  why: `The VIP is meant to be an address that the hosts on the interface's network can reach. One outside of the interface's
subnet is most often a slip of the keyboard, or was left behind when the network was renumbered.

From pfSense 2.2 on a CARP VIP may be in another subnet, for instance one that the provider routes to the firewall, so this
is a warning; up to 2.1 the form refused it, and for such a file it is an error. Nothing is said where another VIP on the
interface (an IP alias, or a second CARP VIP) is in the same subnet, or its gateway: that is how a pair makes do with one
public address. Nor is anything said of a unique local IPv6 address (fc00::/7) beside a global one or the other way round, for
link-local addresses, and where the interface gets its address by DHCP or the like.

Source: Netgate's documentation, "Troubleshooting High Availability"; pfSense
\`usr/local/www/firewall_virtual_ip_edit.php\` of 2.1 and 2.2.`,
  messages: {
    outside: 'CARP VIP {address} is outside the subnet of {interface}, {subnet}.',
  },
  examples: {
    wrong: `
	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>192.168.11.10</subnet>
			        ^^^^^^^^^^^^^ warning: CARP VIP 192.168.11.10 is outside the subnet of WAN, 192.168.1.0/24.
		</vip>
	</virtualip>
`,
    right: `
	<version>22.2</version>
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node }) {
    const version = node.query(readVersion).number;
    for (const vip of node.query(readCarpVips)) {
      const own = interfaceAddressOf(node, vip);
      const { address } = vip;
      if (!own || !address || isLinkLocal(address.value) || contains(own.subnet, address.value)) continue;
      if (areOfTwoKinds(own.address.value, address.value)) continue;
      if (hasNeighbour(node, vip) || isOfGateway(node, vip, own)) continue;
      const name = vipInterfaceName(node, vip);
      yield {
        at: address.element.contentPlace,
        message: 'outside',
        data: { address: addressText(node, vip), interface: name, subnet: formatSubnet(own.subnet) },
        related: [{ at: own.address.element.contentPlace, message: `The address of ${name}.` }],
        // 11.6 is pfSense 2.2, the first that allows it.
        severity: version !== undefined && version < 11.6 ? 'error' : 'warning',
      };
    }
  },
});

/** Whether another VIP on the interface makes the VIP's subnet known there: then it is meant. */
function hasNeighbour(node: Config, vip: VirtualIp): boolean {
  return vipsOn(node, vip.interfaceKey).some(
    other =>
      other !== vip &&
      (other.mode === 'carp' || other.mode === 'ipalias') &&
      other.subnet !== undefined &&
      other.subnet.first < other.subnet.last &&
      vip.address !== undefined &&
      contains(other.subnet, vip.address.value),
  );
}

/** Whether a gateway behind the interface, which the interface's own subnet does not hold, is in that of the VIP. */
function isOfGateway(node: Config, vip: VirtualIp, own: InterfaceAddress): boolean {
  const { subnet, address: shared, interfaceKey } = vip;
  if (!subnet || !shared) return false;
  return node.query(readGateways).some(({ address, interface: on, isDisabled }) => {
    if (!address || isDisabled || on?.value !== interfaceKey) return false;
    const isOther = !sameAddress(address.value, shared.value) && !contains(own.subnet, address.value);
    return isOther && contains(subnet, address.value);
  });
}

/** Whether one is a unique local IPv6 address and the other is none: a network may have both, an interface has one. */
function areOfTwoKinds(one: Address, other: Address): boolean {
  return isUniqueLocal(one) !== isUniqueLocal(other);
}

function isUniqueLocal({ family, bits }: Address): boolean {
  return family === 6 && bits >> 121n === 0x7en;
}
