import { contains } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type DhcpScope, readDhcpScopes } from '../../model/dhcp.ts';
import { readGateways } from '../../model/gateways.ts';
import { readHaSync } from '../../model/hasync.ts';
import { type Interface, type InterfaceAddress, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isOutbound } from '../../model/internalNetworks.ts';
import { readOutboundNat } from '../../model/outboundNat.ts';
import { readLiveCarpVips, type VirtualIp } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-vip-absent',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'On a node of a pair each interface with a gateway or a DHCP server has a CARP VIP.',
  why: `Only a VIP moves to the other node at a fail-over. Clients that were given a node's own address as their gateway lose it
with the node, and what leaves by a WAN without a VIP has the node's own address, which its replies come back to.

Whether an interface serves clients the file does not say, so the rule looks for two things: an enabled DHCP server that
hands out the node's own address as the gateway, and a gateway that the interface itself names, which makes it one of those
that outbound NAT translates on. A management network has neither; a router behind an internal interface, which routes lead
to, says nothing, nor does a gateway while outbound NAT is disabled. It speaks on a node of a pair only, or one that sends its configuration to another, and only where the node has CARP
VIPs at all. The SYNC interface, tunnels, disabled interfaces and those without a static IPv4 address say nothing; and neither
does an interface on which another CARP VIP of either family stands.

Source: Netgate's documentation, "Configuring High Availability" (each interface needs a CARP VIP); pfSense
\`src/etc/inc/services.inc\` (the gateway that an empty field stands for).`,
  messages: {
    clients: "{interface} has no CARP VIP: its DHCP clients get this node's own address {address} as their gateway.",
    gateway: '{interface} has no CARP VIP: what leaves by gateway {gateway} does not survive a fail-over.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		 ^^^ warning: LAN has no CARP VIP: its DHCP clients get this node's own address 10.0.0.2 as their gateway.
	</interfaces>
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.100</from><to>10.0.0.199</to></range></lan>
	</dhcpd>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
    right: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.100</from><to>10.0.0.199</to></range></lan>
	</dhcpd>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
`,
  },
  *check({ node, role }) {
    const { synchronizeToIp, pfsyncInterface } = node.query(readHaSync);
    const vips = node.query(readLiveCarpVips);
    if (vips.length === 0 || (role === undefined && !synchronizeToIp)) return;
    const scopes = node.query(readDhcpScopes);
    for (const one of node.query(readInterfaces).values()) {
      if (!one.isEnabled || one.isTunnel || !one.ipv4 || one.key === pfsyncInterface?.value) continue;
      if (isServed(one, one.ipv4, vips)) continue;
      const title = interfaceName(node, one.key);
      const scope = scopes.get(one.key);
      if (scope && handsOutOwn(node, scope, one)) {
        const address = node.text(one.ipv4.address.element);
        yield { at: one.element.namePlace, message: 'clients', data: { interface: title, address } };
        continue;
      }
      if (!isOutbound(node, one) || node.query(readOutboundNat).mode === 'disabled') continue;
      const gateway = node
        .query(readGateways)
        .find(each => each.interface?.value === one.key && each.address?.value.family === 4 && !each.isDisabled);
      if (!gateway) continue;
      yield {
        at: one.element.namePlace,
        message: 'gateway',
        data: { interface: title, gateway: gateway.name.value },
        related: [{ at: gateway.name.element.contentPlace, message: `Gateway ${gateway.name.value}.` }],
      };
    }
  },
});

/** Whether a CARP VIP stands on the interface, or has an address of its network wherever it is written. */
function isServed(one: Interface, own: InterfaceAddress, vips: readonly VirtualIp[]): boolean {
  return vips.some(
    ({ interfaceKey, address }) => interfaceKey === one.key || (address && contains(own.subnet, address.value)),
  );
}

/** Whether the clients of the interface's own pool get the node's address for their gateway: that is what an empty field means. */
function handsOutOwn(node: Config, scope: DhcpScope, one: Interface): boolean {
  if (!scope.isEnabled || !one.ipv4) return false;
  const [pool] = scope.pools;
  return !pool.gateway || pool.gateway.value === node.text(one.ipv4.address.element);
}
