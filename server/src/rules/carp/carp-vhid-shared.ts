import { childPlace } from '../../model/read.ts';
import { readLiveCarpVips, type VirtualIp, vhidOf, vipInterfaceName, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-vhid-shared',
  topic: 'carp',
  severity: 'info',
  since: '0.1.0',
  summary: 'No two interfaces of a node have CARP VIPs with the same VHID.',
  why: `The VHID makes the virtual MAC address (00:00:5e:00:01 and the VHID), which has to be unique in a broadcast domain. On two
interfaces the same VHID is legal, and right as long as they are two networks. Where they are not quite (two VLANs on a
switch that keeps one table of MAC addresses for all, a cable in the wrong port, a bridge) the address appears in two places,
and either VIP may be lost. With a VHID of its own for each VIP nobody has to think about it.

VRRP of other gear shares these MAC addresses and is not in the file. Two VIPs on one interface are \`carp-vhid-duplicate\`.
Disabled interfaces say nothing.

Source: Netgate's documentation, "Troubleshooting High Availability" (VHID conflicts); FreeBSD carp(4).`,
  messages: {
    shared:
      'VHID {vhid} is used on {interface} and on {other}: right only while the two never share a broadcast domain.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet>10.0.0.1</subnet></vip>
		                                                      ^ info: VHID 1 is used on lan and on wan: right only while the two never share a broadcast domain.
	</virtualip>
`,
    right: `
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet>192.168.1.10</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
	</virtualip>
`,
  },
  *check({ node }) {
    const firsts = new Map<number, VirtualIp>();
    const told = new Set<string>();
    for (const vip of node.query(readLiveCarpVips)) {
      const vhid = vhidOf(vip);
      if (vhid === undefined || vip.interfaceKey === undefined) continue;
      const first = firsts.get(vhid);
      if (!first) firsts.set(vhid, vip);
      const use = `${vhid} ${vip.interfaceKey}`;
      if (!first || first.interfaceKey === vip.interfaceKey || told.has(use)) continue;
      told.add(use);
      yield {
        at: childPlace(vip.element, 'vhid'),
        message: 'shared',
        data: { vhid, interface: vipInterfaceName(node, vip), other: vipInterfaceName(node, first) },
        related: [{ at: childPlace(first.element, 'vhid'), message: `The VHID of ${vipName(node, first)}.` }],
      };
    }
  },
});
