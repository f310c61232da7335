import {
  type Address,
  broadcastAddress,
  contains,
  formatSubnet,
  isLinkLocal,
  networkAddress,
  type Subnet,
  sameAddress,
} from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type InterfaceAddress, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import type { Read } from '../../model/read.ts';
import {
  addressText,
  interfaceAddressOf,
  readCarpVips,
  readVirtualIps,
  type VirtualIp,
  vipInterfaceName,
} from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'carp-address-conflict',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The address of a CARP VIP belongs to nothing else.',
  why: `A CARP VIP is a third address, beside those of the two nodes: it moves from node to node, and theirs stay. Where it is also
an interface's address of either node, or that of another VIP, two machines answer for one address, or the VIP cannot be set
up at all. The network and the broadcast address of an IPv4 network shorter than /31 are no host's.

pfSense's form checks all this on the node itself ("This IP address is being used by another interface or VIP."), but not
against the peer, and the configuration sync checks nothing.

Interfaces that are disabled do not count, nor do link-local IPv6 addresses on other interfaces.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`.`,
  messages: {
    network: 'CARP VIP {address} is the network address of {subnet}.',
    broadcast: 'CARP VIP {address} is the broadcast address of {subnet}.',
    own: 'CARP VIP {address} is also the address of {interface} on this node.',
    peer: 'CARP VIP {address} is also the address of {interface} on {peer}.',
    vip: 'CARP VIP {address} is also the address of another VIP ({mode} on {interface}).',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.1</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
			        ^^^^^^^^ error: CARP VIP 10.0.0.1 is also the address of LAN on this node.
		</vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer, role }) {
    for (const vip of node.query(readCarpVips)) {
      const { address } = vip;
      if (!address) continue;
      const at = address.element.contentPlace;
      const data = { address: addressText(node, vip) };
      const subnet = subnetAround(node, vip);
      const reserved = subnet && reservedName(subnet, address.value);
      if (subnet && reserved) yield { at, message: reserved, data: { ...data, subnet: formatSubnet(subnet) } };
      for (const found of usesOf(node, vip)) {
        const related = [{ at: found.address.element.contentPlace, message: `The address of ${found.interface}.` }];
        yield { at, message: 'own', data: { ...data, interface: found.interface }, related };
      }
      for (const found of peer ? usesOf(peer, vip) : []) {
        const side = otherNode(role);
        const related = [
          { at: found.address.element.contentPlace, message: `The address of ${found.interface} on ${side}.` },
        ];
        yield { at, message: 'peer', data: { ...data, interface: found.interface, peer: side }, related };
      }
      const other = otherVip(node, vip);
      if (other?.address) {
        const about = { mode: modeNames[other.mode], interface: vipInterfaceName(node, other) };
        const related = [{ at: other.address.element.contentPlace, message: 'The other VIP.' }];
        yield { at, message: 'vip', data: { ...data, ...about }, related };
      }
    }
  },
});

const modeNames = { carp: 'CARP', ipalias: 'IP alias', proxyarp: 'proxy ARP', other: 'of type "other"' } as const;

/** The interface's subnet where the VIP is in it, for the VIP's own mask may be wrong; else what its own mask makes. */
function subnetAround(node: Config, vip: VirtualIp): Subnet | undefined {
  const own = interfaceAddressOf(node, vip)?.subnet;
  return own && vip.address && contains(own, vip.address.value) ? own : vip.subnet;
}

function reservedName(subnet: Subnet, address: Address): 'network' | 'broadcast' | undefined {
  const [network, broadcast] = [networkAddress(subnet), broadcastAddress(subnet)];
  if (network && sameAddress(network, address)) return 'network';
  return broadcast && sameAddress(broadcast, address) ? 'broadcast' : undefined;
}

/** The enabled interfaces of a node that have the VIP's address for their own. */
function usesOf(config: Config, vip: VirtualIp): { readonly interface: string; readonly address: Read<Address> }[] {
  return [...config.query(readInterfaces).values()].flatMap(({ key, isEnabled, ipv4, ipv6 }) =>
    isEnabled
      ? [ipv4, ipv6]
          .filter(own => clashes(vip, own, key))
          .map(own => ({ interface: interfaceName(config, key), address: own!.address }))
      : [],
  );
}

function clashes(vip: VirtualIp, own: InterfaceAddress | undefined, key: string): own is InterfaceAddress {
  if (!own || !vip.address || !sameAddress(own.address.value, vip.address.value)) return false;
  return !isLinkLocal(vip.address.value) || vip.interfaceKey === key;
}

/** Another VIP of the node with the same address; of two CARP VIPs the later tells of it. */
function otherVip(node: Config, vip: VirtualIp): VirtualIp | undefined {
  const vips = node.query(readVirtualIps);
  const place = vips.indexOf(vip);
  return vips.find(
    (other, i) =>
      other !== vip &&
      other.address !== undefined &&
      vip.address !== undefined &&
      sameAddress(other.address.value, vip.address.value) &&
      (other.mode !== 'carp' || i < place) &&
      isSingle(other) &&
      (!isLinkLocal(vip.address.value) || other.interfaceKey === vip.interfaceKey),
  );
}

/** A proxy ARP or other VIP may stand for a network, whose first address is then no claim on that one address. */
function isSingle(vip: VirtualIp): boolean {
  return vip.mode === 'carp' || vip.mode === 'ipalias' || vip.type?.value !== 'network';
}
