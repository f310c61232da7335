import { type Bridge, readBridges } from '../../model/bridges.ts';
import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { readLiveCarpVips } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';
import { listed } from '../wording.ts';

export default defineNodeRule({
  id: 'carp-with-bridge',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A node with CARP VIPs does not bridge interfaces.',
  why: `Both nodes of a pair are on the same networks. Where each bridges two of them, there are two ways from the one to the other,
which is a loop: without spanning tree, or with a bridge that blocks on the wrong node, it takes both networks down. CARP does
not open and close a bridge. Netgate strongly discourages the two together; where it cannot be helped, spanning tree and
scripts at a change of master have to see to it.

Looked at are bridges with two members or more that are enabled and no tunnels: an OpenVPN server in tap mode follows the VIP
that it listens on. Nothing is said on a node without CARP VIPs.

Source: Netgate's documentation, "CARP Cluster with Bridge Troubleshooting".`,
  messages: {
    bridge: '{bridge} joins {members} on a node with CARP VIPs: with the same bridge on the other node that is a loop.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if></lan>
		<opt1><enable></enable><if>vmx2</if></opt1>
	</interfaces>
	<bridges>
		<bridged><members>lan,opt1</members><bridgeif>bridge0</bridgeif></bridged>
		                  ^^^^^^^^ warning: bridge0 joins lan and opt1 on a node with CARP VIPs: with the same bridge on the other node that is a loop.
	</bridges>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if></lan>
		<opt1><enable></enable><if>vmx2</if></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
  },
  *check({ node }) {
    if (node.query(readLiveCarpVips).length === 0) return;
    for (const bridge of node.query(readBridges)) {
      const members = wired(node, bridge);
      if (members.length < 2 || !bridge.membersElement) continue;
      yield {
        at: bridge.membersElement.contentPlace,
        message: 'bridge',
        data: { bridge: bridge.name?.value ?? 'A bridge', members: listed(members) },
      };
    }
  },
});

/** The members that are enabled interfaces of the node and no tunnels. */
function wired(node: Config, bridge: Bridge): readonly string[] {
  const interfaces = node.query(readInterfaces);
  return bridge.members.filter(key => {
    const one = interfaces.get(key);
    return one?.isEnabled && !one.isTunnel;
  });
}
