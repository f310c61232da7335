import { readHaSync } from '../../model/hasync.ts';
import { type InterfacePair, orderMismatches, sharedInterfaces } from '../../model/interfacePairs.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { nicOf } from '../../model/nic.ts';
import { isPacketFilterOff } from '../../model/packetFilter.ts';
import { childPlace } from '../../model/read.ts';
import { definePairRule } from '../rule.ts';
import { listed } from '../wording.ts';

export default definePairRule({
  id: 'interface-nic-mismatch',
  topic: 'interface',
  severity: 'warning',
  since: '0.1.0',
  summary: 'With pfsync, an interface is on a NIC of the same name on both nodes.',
  why: `A state that is bound to an interface is bound to the name of its NIC, and pfsync sends it with that name. Where an
interface is on \`igb0\` of one node and \`em0\` of the other, the state is of no use there, and the connections break at
a fail-over. Netgate's advice for nodes with other hardware is a LAGG with the one NIC in it on each node, which gives both
the same name.

It matters where pfsync is enabled on both nodes, and not where both keep floating states (System > Advanced > Firewall &
NAT) or one has pf turned off. The NICs are compared of cards, LAGGs and VLANs; each pair of names is reported once, with all interfaces that are on
it. Tunnels, disabled interfaces and PPPoE say nothing, nor does a key whose NICs only stand in another order, which is
\`interface-order-mismatch\`.

Source: Netgate's documentation, "Redundant Firewalls Upgrade Guide" (pfsync on pfSense 2.2.x and later); pfSense
\`src/etc/inc/filter.inc\` (set state-policy).`,
  messages: {
    differs:
      '{interfaces} is on {secondary} on the secondary, but on {primary} on the primary: states bound to it are lost at a fail-over.',
    differ:
      '{interfaces} are on {secondary} on the secondary, but on {primary} on the primary: states bound to them are lost at a fail-over.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>igb0</if></wan>
	</interfaces>
	<hasync><pfsyncenabled>on</pfsyncenabled></hasync>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>em0</if></wan>
		                          ^^^ warning: WAN is on em0 on the secondary, but on igb0 on the primary: states bound to it are lost at a fail-over.
	</interfaces>
	<hasync><pfsyncenabled>on</pfsyncenabled></hasync>
`,
    right: `
--- primary.xml
	<interfaces>
		<wan><enable></enable><if>lagg0</if></wan>
	</interfaces>
	<laggs>
		<lagg><members>igb0</members><laggif>lagg0</laggif><proto>failover</proto></lagg>
	</laggs>
	<hasync><pfsyncenabled>on</pfsyncenabled></hasync>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>lagg0</if></wan>
	</interfaces>
	<laggs>
		<lagg><members>em0</members><laggif>lagg0</laggif><proto>failover</proto></lagg>
	</laggs>
	<hasync><pfsyncenabled>on</pfsyncenabled></hasync>
`,
  },
  *check({ primary, secondary }) {
    const nodes = [primary, secondary];
    if (!nodes.every(node => node.query(readHaSync).isPfsyncEnabled)) return;
    if (nodes.some(isPacketFilterOff)) return;
    if (nodes.every(node => node.text(node.find('system/statepolicy')) === 'floating')) return;
    const misplaced = new Set(
      orderMismatches(primary, secondary).flatMap(order => order.misplaced.map(({ pair }) => pair.key)),
    );
    const groups = new Map<string, { readonly names: readonly [string, string]; readonly pairs: InterfacePair[] }>();
    for (const pair of sharedInterfaces(primary, secondary)) {
      const [first, second] = [nicOf(primary, pair.primary), nicOf(secondary, pair.secondary)];
      if (!first || !second || misplaced.has(pair.key)) continue;
      // A VLAN with another tag is another network, which is a graver mistake and told by another rule.
      if (first.tag !== undefined && second.tag !== undefined && first.tag !== second.tag) continue;
      const names = [`${first.driver}${first.unit}`, `${second.driver}${second.unit}`] as const;
      if (names[0] === names[1]) continue;
      const group = groups.get(names.join(' '));
      if (group) group.pairs.push(pair);
      else groups.set(names.join(' '), { names, pairs: [pair] });
    }
    for (const { names, pairs } of groups.values()) {
      const [pair] = pairs;
      if (!pair) continue;
      yield {
        at: childPlace(pair.secondary.element, 'if'),
        message: pairs.length > 1 ? 'differ' : 'differs',
        data: {
          interfaces: listed(pairs.map(({ key }) => interfaceName(secondary, key))),
          primary: names[0],
          secondary: names[1],
        },
        related: [{ at: childPlace(pair.primary.element, 'if'), message: `${pair.primary.title} on the primary.` }],
      };
    }
  },
});
