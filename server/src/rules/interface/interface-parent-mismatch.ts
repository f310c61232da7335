import { readBridges } from '../../model/bridges.ts';
import type { Config } from '../../model/config.ts';
import { type InterfacePair, orderMismatches, sharedInterfaces } from '../../model/interfacePairs.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { nicOf } from '../../model/nic.ts';
import { copyDevice, devicesOf, type ParentDevice, readParentDevices } from '../../model/parentDevices.ts';
import { childPlace } from '../../model/read.ts';
import { readVlans } from '../../model/vlans.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type Role } from '../rule.ts';
import { listed } from '../wording.ts';

const messages = {
  tag: '{interface} is VLAN {secondary} on the secondary, but VLAN {primary} on the primary.',
  missing: '{interface} is on {name}, a {kind} that the {there} has, but the {here} does not.',
  members: '{bridge} joins {secondary} on the secondary, but {primary} on the primary.',
} as const;

export default definePairRule({
  id: 'interface-parent-mismatch',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes have the VLANs, LAGGs and bridges on which the interfaces that they share stand.',
  why: `VLANs, LAGGs and bridges are never synchronised, only what is set up by interface key. An interface whose VLAN has
another tag on the secondary is in another network there; one whose VLAN or LAGG was never created has no NIC at all; and a
bridge that joins other interfaces connects other networks. All of it shows at the fail-over only.

Compared is what the interfaces that are enabled on both nodes stand on. The NICs below may have other names, a VLAN may be
on another parent, one node may have a VLAN where a hypervisor does the tagging for the other, and a LAGG may have other
members and another protocol: that is for the switch to match. VLANs that no interface uses say nothing. Where keys only
stand in another order, that is \`interface-order-mismatch\`.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements); pfSense \`src/etc/rc.filter_synchronize\`.`,
  fix: `Copies the missing VLAN or LAGG from the node that has it; gives the secondary's bridge the primary's members.`,
  messages,
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>igb1.20</if><descr><![CDATA[SERVERS]]></descr></opt1>
	</interfaces>
	<vlans>
		<vlan><if>igb1</if><tag>20</tag><vlanif>igb1.20</vlanif></vlan>
	</vlans>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>igb1.30</if><descr><![CDATA[SERVERS]]></descr></opt1>
	</interfaces>
	<vlans>
		<vlan><if>igb1</if><tag>30</tag><vlanif>igb1.30</vlanif></vlan>
		                        ^^ error: SERVERS (opt1) is VLAN 30 on the secondary, but VLAN 20 on the primary.
	</vlans>
`,
    right: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>igb1.20</if><descr><![CDATA[SERVERS]]></descr></opt1>
	</interfaces>
	<vlans>
		<vlan><if>igb1</if><tag>20</tag><vlanif>igb1.20</vlanif></vlan>
	</vlans>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>lagg0.20</if><descr><![CDATA[SERVERS]]></descr></opt1>
	</interfaces>
	<laggs>
		<lagg><members>igb1,igb2</members><laggif>lagg0</laggif></lagg>
	</laggs>
	<vlans>
		<vlan><if>lagg0</if><tag>20</tag><vlanif>lagg0.20</vlanif></vlan>
	</vlans>
`,
  },
  *check({ primary, secondary }) {
    const nodes = { primary, secondary };
    const misplaced = new Set(
      orderMismatches(primary, secondary).flatMap(order => order.misplaced.map(({ pair }) => pair.key)),
    );
    const told = new Set<string>();
    for (const pair of sharedInterfaces(primary, secondary)) {
      if (!misplaced.has(pair.key)) yield* tagMismatch(nodes, pair);
      yield* missing(nodes, { pair, here: 'secondary', told });
      yield* missing(nodes, { pair, here: 'primary', told });
    }
    yield* memberMismatches(nodes);
  },
});

type Nodes = Readonly<Record<Role, Config>>;

function* tagMismatch({ primary, secondary }: Nodes, pair: InterfacePair) {
  const [first, second] = [nicOf(primary, pair.primary)?.tag, nicOf(secondary, pair.secondary)?.tag];
  if (first === undefined || second === undefined || first === second) return;
  yield {
    at: tagPlace(secondary, pair.secondary),
    message: 'tag' as const,
    data: { interface: interfaceName(secondary, pair.key), primary: first, secondary: second },
    related: [{ at: tagPlace(primary, pair.primary), message: 'The VLAN on the primary.' }],
  };
}

/** Where the tag is written; on the interface's NIC where no row of a VLAN tells it. */
function tagPlace(config: Config, one: Interface) {
  const vlan = config.query(readVlans).find(({ name }) => name === one.nic?.value);
  return vlan ? vlan.tag.element.contentPlace : childPlace(one.element, 'if');
}

/** What the interface stands on by name on both nodes, and one of them has no row for. */
function* missing(
  nodes: Nodes,
  { pair, here, told }: { readonly pair: InterfacePair; readonly here: Role; readonly told: Set<string> },
) {
  const there: Role = here === 'primary' ? 'secondary' : 'primary';
  const nic = pair[here].nic;
  if (!nic || nic.value !== pair[there].nic?.value) return;
  const known = nodes[here].query(readParentDevices);
  for (const device of devicesOf(nodes[there], pair[there])) {
    const { name, kind } = device;
    if (known.has(name) || told.has(`${here} ${name}`)) continue;
    told.add(`${here} ${name}`);
    yield {
      at: nic.element.contentPlace,
      message: 'missing' as const,
      data: { interface: interfaceName(nodes[here], pair.key), name, kind, here, there },
      related: [{ at: device.element.namePlace, message: `${name} on the ${there}.` }],
      fixes: () => copyFixes(device, { nodes, here, there }),
    };
  }
}

function copyFixes(
  device: ParentDevice,
  { nodes, here, there }: { readonly nodes: Nodes; readonly here: Role; readonly there: Role },
): Fix[] {
  // A bridge joins interfaces that are another node's: which of them is for a person to say.
  if (device.kind === 'bridge') return [];
  const edit = copyDevice(device, { from: nodes[there], to: nodes[here] });
  if (!edit) return [];
  const title = `Copy the ${device.kind} ${device.name} to the ${here}`;
  return [{ title, applicability: 'suggestion', edits: [{ document: nodes[here].document, edits: [edit] }] }];
}

function* memberMismatches({ primary, secondary }: Nodes) {
  const firsts = new Map(primary.query(readBridges).map(bridge => [bridge.name?.value, bridge]));
  for (const bridge of secondary.query(readBridges)) {
    const first = bridge.name && firsts.get(bridge.name.value);
    const [from, to] = [first?.membersElement, bridge.membersElement];
    if (!first || !bridge.name || !from || !to || isSameSet(first.members, bridge.members)) continue;
    const areKnown = first.members.every(key => secondary.query(readInterfaces).has(key));
    yield {
      at: to.contentPlace,
      message: 'members' as const,
      data: { bridge: bridge.name.value, primary: listed(first.members), secondary: listed(bridge.members) },
      related: [{ at: from.contentPlace, message: 'The members on the primary.' }],
      fixes: (): Fix[] => [
        ...(areKnown
          ? [
              {
                title: `Set the members of ${bridge.name?.value} to ${listed(first.members)} on the secondary`,
                applicability: 'dangerous' as const,
                edits: [{ document: secondary.document, edits: [setText(secondary, to, primary.text(from))] }],
              },
            ]
          : []),
      ],
    };
  }
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join() === [...new Set(other)].sort().join();
}
