import { formatAddress, sameAddress } from '../../model/address.ts';
import { type CarpAddress, carpAddressesOn, carpAddressesText, carpAddressPlaces } from '../../model/carpAddresses.ts';
import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { valuePlace } from '../../model/read.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import { readVpnEndpoints, type VpnEndpoint } from '../../model/vpnEndpoints.ts';
import { setChildText, setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'vpn-endpoint-not-vip',
  topic: 'vpn',
  severity: 'warning',
  since: '0.1.0',
  summary: 'OpenVPN servers and IPsec tunnels end on a CARP VIP where their interface has one.',
  why: `A tunnel that ends on the interface's own address stays with one node. When the other node becomes master the far side goes on
calling the node that is gone, and while both run, both have a tunnel up: the secondary's answers the far side or steals its routes.
With a CARP VIP (\`_vip…\`) as its interface the tunnel runs where the VIP is master, and pfSense starts no OpenVPN server where the
VIP is backup.

Silent on:

- what is disabled, or ends on an interface without a CARP VIP of its family;
- OpenVPN on *any*, on the loopback behind a port forward, or with the protocols UDP and TCP on IPv4 and IPv6 at once, which from
  pfSense 2.4 on answer on every address;
- gateway groups, whose members name the VIP themselves;
- VPNs of a node that synchronises its configuration, but not its VPNs: then each node may have its own, such as one to reach the
  secondary.

Source: Netgate's documentation, "High Availability", IPsec and OpenVPN; pfSense \`src/etc/inc/openvpn.inc\` (openvpn_restart).`,
  messages: {
    openvpn: "{title} listens on {interface}'s own address, which stays with this node, instead of the CARP VIP {vip}.",
    ipsec: "{title} ends on {interface}'s own address, which stays with this node, instead of the CARP VIP {vip}.",
  },
  fix: 'Binds it to the CARP VIP; the far side has to call that address from then on.',
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<openvpn>
		<openvpn-server>
			<vpnid>1</vpnid>
			<protocol>UDP4</protocol>
			<interface>wan</interface>
			           ^^^ warning: OpenVPN server (Road warriors) listens on WAN's own address, which stays with this node, instead of the CARP VIP 203.0.113.4.
			<description><![CDATA[Road warriors]]></description>
		</openvpn-server>
	</openvpn>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f2a8c41d0b13</uniqid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<openvpn>
		<openvpn-server>
			<vpnid>1</vpnid>
			<protocol>UDP4</protocol>
			<interface>_vip5f2a8c41d0b13</interface>
			<ipaddr>203.0.113.4</ipaddr>
			<description><![CDATA[Road warriors]]></description>
		</openvpn-server>
	</openvpn>
`,
  },
  *check({ node, peer }) {
    for (const endpoint of node.query(readVpnEndpoints)) {
      const vips = carpAddressesOn(node, endpoint.interface.value, endpoint.family);
      if (vips.length === 0 || endpoint.isEverywhere || isOnVip(node, endpoint)) continue;
      if (isEachNodesOwn([node, ...(peer ? [peer] : [])], endpoint)) continue;
      yield {
        at: valuePlace(endpoint.interface.element),
        message: endpoint.kind,
        data: {
          title: endpoint.title,
          interface: interfaceName(node, endpoint.interface.value),
          vip: carpAddressesText(vips),
        },
        related: carpAddressPlaces(vips),
        fixes: () => vips.flatMap(vip => bind(node, endpoint, vip)),
      };
    }
  },
});

/** OpenVPN may name the address of a VIP beside an interface. */
function isOnVip(node: Config, { address }: VpnEndpoint): boolean {
  const own = address?.value;
  return (
    own !== undefined && node.query(readVirtualIps).some(vip => vip.address && sameAddress(vip.address.value, own))
  );
}

/** Whether the configuration is synchronised, but these VPNs are not. */
function isEachNodesOwn(nodes: readonly Config[], { kind }: VpnEndpoint): boolean {
  const senders = nodes.map(each => each.query(readHaSync)).filter(each => each.synchronizeToIp);
  return senders.length > 0 && senders.every(each => !each.areas.has(`synchronize${kind}`));
}

function bind(node: Config, endpoint: VpnEndpoint, { vip, address }: CarpAddress): Fix[] {
  if (!vip.uniqid) return [];
  const text = formatAddress(address);
  const edits = [setText(node, endpoint.interface.element, `_vip${vip.uniqid.value}`)];
  if (endpoint.kind === 'openvpn') {
    edits.push(setChildText(node, endpoint.element, { name: 'ipaddr', text, after: ['interface'] }));
  }
  return [
    {
      title: `Bind ${endpoint.title} to the CARP VIP ${text}`,
      applicability: 'dangerous',
      edits: [{ document: node.document, edits }],
    },
  ];
}
