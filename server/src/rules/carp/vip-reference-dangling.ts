import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { pairAliasesOnCarp, pairCarpVips } from '../../model/vipPairs.ts';
import { readVipIds, readVipReferences, retargetIn, type VipReference } from '../../model/vipReferences.ts';
import { addressText, type VirtualIp } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'vip-reference-dangling',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Whatever stands on a VIP names one that exists.',
  why: `OpenVPN, IPsec, GIF and GRE tunnels, gateway groups, the DNS Resolver, the DHCP relay and others name a VIP as
\`_vip\` and its uniqid. Where no VIP of the node has that uniqid, pfSense finds no address for it: the service is bound to
nothing, an IP alias on it gets no VHID. On a secondary this is what happens when VIPs were typed in by hand there, for the
synchronised services name the primary's uniqids.

Nothing is said about what is disabled, and about a file without interfaces, which is a part of a config.

Source: pfSense \`src/etc/inc/interfaces.inc\` (get_configured_vip, interface_ipalias_configure),
\`src/etc/inc/openvpn.inc\`, \`src/etc/inc/ipsec.inc\`, \`src/etc/inc/services.inc\`.`,
  fix: `Where the other node has a VIP with that uniqid, and this node has the same VIP with another: names this node's.`,
  messages: {
    dangling: '{user} is on {reference}, but no VIP of this node has the uniqid {uniqid}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<openvpn>
		<openvpn-server>
			<vpnid>1</vpnid>
			<interface>_vip62a856f9b07d1</interface>
			           ^^^^^^^^^^^^^^^^^ error: OpenVPN server (Road warriors) is on _vip62a856f9b07d1, but no VIP of this node has the uniqid 62a856f9b07d1.
			<description><![CDATA[Road warriors]]></description>
		</openvpn-server>
	</openvpn>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<openvpn>
		<openvpn-server>
			<vpnid>1</vpnid>
			<interface>_vip62a856d41c9a3</interface>
			<description><![CDATA[Road warriors]]></description>
		</openvpn-server>
	</openvpn>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
  },
  *check({ node, peer }) {
    // A file without any interface is a part of a config; its VIPs may be missing as well.
    if (node.query(readInterfaces).size === 0) return;
    const known = node.query(readVipIds);
    const dangling = node.query(readVipReferences).filter(each => each.isActive && !known.has(each.uniqid));
    for (const reference of dangling) {
      const { user, uniqid } = reference;
      yield {
        at: reference.place,
        message: 'dangling',
        data: { user, uniqid, reference: `_vip${uniqid}` },
        fixes: () => (peer ? fixes({ node, peer }, reference) : []),
      };
    }
  },
});

interface Nodes {
  readonly node: Config;
  readonly peer: Config;
}

function fixes({ node, peer }: Nodes, reference: VipReference): Fix[] {
  const own = ownVip({ node, peer }, reference.uniqid);
  if (!own?.uniqid) return [];
  const change = { from: reference.uniqid, to: own.uniqid.value };
  return [
    {
      title: `Name this node's VIP ${addressText(node, own)}, _vip${change.to}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits: [retargetIn(node, reference.element, change)] }],
    },
  ];
}

/** This node's VIP that is the same as the peer's with that uniqid; absent where not one alone is. */
function ownVip({ node, peer }: Nodes, uniqid: string): VirtualIp | undefined {
  const nodes = { primary: node, secondary: peer };
  const pairs = [...pairCarpVips(nodes).pairs, ...pairAliasesOnCarp(nodes).pairs];
  const same = pairs.filter(({ secondary }) => secondary.uniqid?.value === uniqid);
  return same.length === 1 ? same[0]?.primary : undefined;
}
