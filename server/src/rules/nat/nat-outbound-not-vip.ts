import { formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { readInternalNetworks } from '../../model/internalNetworks.ts';
import { type OutboundRule, readOutboundNat } from '../../model/outboundNat.ts';
import { targetEdits } from '../../model/outboundNatEdits.ts';
import { planAbove } from '../../model/outboundPlan.ts';
import { type CarpAddress, isFromAnywhere, type OwnAddressRule, ownAddressRules } from '../../model/outboundTargets.ts';
import { childPlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'nat-outbound-not-vip',
  topic: 'nat',
  severity: 'error',
  since: '0.1.0',
  summary: 'Outbound NAT translates to a CARP VIP where the interface has one.',
  why: `A rule that translates to the interface's address (\`wanip\`, before version 23.0 an empty target) or to the address of one
node makes connections leave with something that stays behind when the other node takes over. The state is on the other
node, thanks to pfsync, but the answers still go to the node that is gone. A CARP VIP moves with the master.

Right as they are, and left alone:

- what the nodes themselves send: sources \`127.0.0.0/8\`, \`::1\`, \`(self)\`, an address of the node or the network of the
  interface. Translated to a VIP, the backup's own connections would be answered to the master.
- a destination right at the firewall, such as the modem's page, or the other node for VPN clients that must reach it.
- a rule for any source below one that translates to a VIP: it catches what the nodes send.
- targets that are any other address, a network, or an alias with more in it than one node's own address.
- \`nonat\`, \`disabled\` and \`nosync\` rules; interfaces without a gateway or without a CARP VIP of the rule's family; and
  all rules while the mode is automatic or disabled, or pf is turned off, for then they do not count (see
  \`nat-outbound-automatic\`).

A rule for any source is not given the VIP, because that would break the backup's own connections: the fix adds rules for
the internal networks above it.

**Where NAT is synchronised** the primary's rules replace the secondary's at its next save: repair the primary, or both.

Source: Netgate's documentation, "Configuring high availability", outbound NAT, and "VPN connectivity to a high
availability secondary node"; pfSense \`src/etc/inc/filter.inc\`.`,
  messages: {
    node: "Outbound NAT on {interface} translates {source} to {address}, this node's own address, instead of the CARP VIP {vip}.",
    peer: "Outbound NAT on {interface} translates {source} to {address}, {there}'s own address, instead of the CARP VIP {vip}.",
    dynamic:
      "Outbound NAT on {interface} translates {source} to this node's own address instead of the CARP VIP {vip}.",
  },
  fix: "Sets the interface's CARP VIP as the target, in the form of the file's version; above a rule for any source, adds rules for the internal networks.",
  examples: {
    wrong: `
	<version>24.0</version>
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>198.51.100.2</ipaddr><subnet>26</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>advanced</mode>
			<rule>
				<source><network>198.51.100.0/26</network></source>
				<target>wanip</target>
				        ^^^^^ error: Outbound NAT on WAN translates 198.51.100.0/26 to 203.0.113.2, this node's own address, instead of the CARP VIP 203.0.113.4.
				<target_subnet></target_subnet>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
		</outbound>
	</nat>
`,
    right: `
	<version>24.0</version>
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>198.51.100.2</ipaddr><subnet>26</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>advanced</mode>
			<rule>
				<source><network>198.51.100.0/26</network></source>
				<target>203.0.113.4</target>
				<target_subnet></target_subnet>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
			<rule>
				<source><network>127.0.0.0/8</network></source>
				<target>wanip</target>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
		</outbound>
	</nat>
`,
  },
  *check({ node, peer, role }) {
    for (const found of activeOwnAddressRules(node, peer)) {
      const { rule, outbound, vips, owner, address } = found;
      yield {
        at: childPlace(rule.element, 'target'),
        message: address ? owner : 'dynamic',
        data: {
          interface: interfaceName(node, outbound.interface.key),
          source: rule.source.isInverted ? `all but ${rule.source.text}` : rule.source.text,
          address: address ? formatAddress(address) : '',
          there: otherNode(role),
          vip: vips.map(each => formatAddress(each.address)).join(' or '),
        },
        related: vips.flatMap(({ vip, address: shared }) =>
          vip.address
            ? [{ at: vip.address.element.contentPlace, message: `The CARP VIP ${formatAddress(shared)}.` }]
            : [],
        ),
        fixes: () =>
          isFromAnywhere(rule) ? addAbove(node, found) : vips.flatMap(vip => repoint({ node, peer }, found, vip)),
      };
    }
  },
});

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

/** In automatic and disabled mode the file's rules do not count. */
function activeOwnAddressRules(config: Config, peer: Config | undefined): readonly OwnAddressRule[] {
  const { mode } = config.query(readOutboundNat);
  return mode === 'hybrid' || mode === 'advanced' ? ownAddressRules(config, peer) : [];
}

/** This file's rule, and the same rule on both nodes where the other has the mistake too. */
function repoint({ node, peer }: Nodes, { rule }: OwnAddressRule, { address }: CarpAddress): Fix[] {
  const title = `Set the target to ${formatAddress(address)}`;
  const here = { document: node.document, edits: targetEdits(node, rule, address) };
  const fix: Fix = { title, applicability: 'suggestion', edits: [here] };
  const same = peer && activeOwnAddressRules(peer, node).find(other => isSameRule(other.rule, rule));
  if (!peer || !same?.vips.some(vip => vip.address.bits === address.bits)) return [fix];
  const there = { document: peer.document, edits: targetEdits(peer, same.rule, address) };
  return [fix, { title: `${title} on both nodes`, applicability: 'suggestion', edits: [here, there] }];
}

/** Whether both take the same connections. */
function isSameRule(one: OutboundRule, other: OutboundRule): boolean {
  const key = (rule: OutboundRule) =>
    [
      rule.interface?.value,
      rule.source.text,
      rule.source.isInverted,
      rule.sourcePort?.value,
      rule.destination.text,
      rule.destination.isInverted,
      rule.destinationPort?.value,
      rule.protocol?.value,
      rule.family,
    ].join('\n');
  return key(one) === key(other);
}

/** Rules for the internal networks above one for any source: with the VIP as its target, the backup's own connections would break. */
function addAbove(node: Config, { rule, outbound, vips }: OwnAddressRule): Fix[] {
  const [vip] = vips;
  const isNarrow = rule.protocol ?? rule.sourcePort ?? rule.destinationPort;
  if (isNarrow || rule.destination.text !== 'any' || vip.address.family !== 4) return [];
  if (node.query(readInternalNetworks).length === 0) return [];
  const { edits, summary } = planAbove(node, rule, { outbound, vip });
  return [
    {
      title: `Add rules above it that translate ${summary}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits }],
    },
  ];
}
