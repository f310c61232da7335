import type { Config } from '../../model/config.ts';
import { type OrderMismatch, orderMismatches } from '../../model/interfacePairs.ts';
import { nicOf } from '../../model/nic.ts';
import { devicesOf, readParentDevices } from '../../model/parentDevices.ts';
import { valuePlace } from '../../model/read.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type PairInput } from '../rule.ts';

export default definePairRule({
  id: 'interface-order-mismatch',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'The interface keys are assigned to the NICs in the same order on both nodes.',
  why: `What is synchronised goes **by interface key**: the rules of \`lan\` on the primary become the rules of \`lan\` on the secondary,
whatever card that is there. Two nodes of the same build are cabled alike, so a key that is the second card on one and the third
on the other is nearly always a slip of the assignment: rules, NAT, DHCP and VIPs then work on the wrong network.

For the keys that both nodes have, each node's NICs are sorted by driver and unit number; the keys must come in the same order.
What the driver is called does not matter: \`em0\`, \`em1\` and \`vmx0\`, \`vmx1\` are the same order. VLAN interfaces are compared
with each other, by parent and tag, LAGGs with LAGGs. A key that has the same VLAN on both nodes, with a tag that no other key has, is
in the same network whatever NIC the trunk comes in by, and is not compared. Where a node mixes drivers that the other has not, only keys that share a
driver on either node are compared. Tunnels, PPPoE, bridges and interfaces that either node has disabled say nothing.

A pair whose cables really are plugged in another order works, as long as each key leads to the same network on both nodes. Switch
the rule off for it, or plug the cables alike, so that whoever comes next finds what they expect.

Source: Netgate's documentation, "XMLRPC Config Sync" (requirements) and "Troubleshooting High Availability".`,
  fix: 'Gives the keys on the secondary their NICs in the order of the primary. Not where a key would end up on another VLAN than on the primary. It cuts off networks where the cables were plugged by the present order, hence "dangerous".',
  messages: {
    order:
      "{key} ({title}) is on {nic} on the secondary, on {primaryNic} on the primary: by NIC the secondary's order is {secondaryOrder}, the primary's {primaryOrder}.",
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if></lan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx2</if></lan>
		                          ^^^^ error: lan (LAN) is on vmx2 on the secondary, on vmx1 on the primary: by NIC the secondary's order is opt1, lan, the primary's lan, opt1.
		<opt1><enable></enable><if>vmx1</if><descr><![CDATA[SYNC]]></descr></opt1>
		                           ^^^^ error: opt1 (SYNC) is on vmx1 on the secondary, on vmx2 on the primary: by NIC the secondary's order is opt1, lan, the primary's lan, opt1.
	</interfaces>
`,
    right: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>em0</if></lan>
		<opt1><enable></enable><if>em1</if></opt1>
	</interfaces>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if></lan>
		<opt1><enable></enable><if>vmx2</if></opt1>
	</interfaces>
`,
  },
  *check({ primary, secondary }) {
    for (const mismatch of orderMismatches(primary, secondary)) {
      for (const { pair } of mismatch.misplaced) {
        const [here, there] = [pair.primary.nic, pair.secondary.nic];
        if (!here || !there) continue;
        yield {
          at: valuePlace(there.element),
          message: 'order',
          data: {
            key: pair.key,
            title: pair.secondary.title,
            nic: there.value,
            primaryNic: here.value,
            secondaryOrder: mismatch.secondaryOrder.join(', '),
            primaryOrder: mismatch.primaryOrder.join(', '),
          },
          related: [{ at: valuePlace(here.element), message: `On the primary ${pair.key} is on ${here.value}.` }],
          fixes: () => (keepsVlans({ primary, secondary }, mismatch) ? reassign(secondary, mismatch) : []),
        };
      }
    }
  },
});

/**
 * Whether each key would stand on the primary's VLAN afterwards: the VLANs of the secondary may have other tags, so that the
 * right order would still be the wrong networks, or lack the row that makes the device.
 */
function keepsVlans({ primary, secondary }: PairInput, { misplaced }: OrderMismatch): boolean {
  const known = secondary.query(readParentDevices);
  return misplaced.every(({ pair, expectedNic }) => {
    const { nic } = pair.secondary;
    if (!nic) return false;
    const moved = { ...pair.secondary, nic: { ...nic, value: expectedNic } };
    if (nicOf(primary, pair.primary)?.tag !== nicOf(secondary, moved)?.tag) return false;
    if (expectedNic !== pair.primary.nic?.value) return true;
    return devicesOf(primary, pair.primary).every(({ name }) => known.has(name));
  });
}

/** One fix for all that are misplaced: a NIC can only be given to a key that another one takes in turn. */
function reassign(secondary: Config, { misplaced }: OrderMismatch): Fix[] {
  const edits = misplaced.flatMap(({ pair, expectedNic }) =>
    pair.secondary.nic ? [setText(secondary, pair.secondary.nic.element, expectedNic)] : [],
  );
  const assignments = misplaced.map(({ pair, expectedNic }) => `${expectedNic} to ${pair.key}`);
  const title = `Assign ${assignments.join(', ')} on the secondary`;
  return [{ title, applicability: 'dangerous', edits: [{ document: secondary.document, edits }] }];
}
