import { formatAddress, parseAddress } from '../../model/address.ts';
import { carpAddressesText, carpAddressPlaces } from '../../model/carpAddresses.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import {
  isOwnAddress,
  type Nodes,
  type OwnDestination,
  ownDestination,
  redirect,
} from '../../model/ownDestinations.ts';
import { isPacketFilterOff } from '../../model/packetFilter.ts';
import { readNatPeer } from '../../model/portForwards.ts';
import { asTold } from '../../model/prose.ts';
import { hasFlag, valuePlace } from '../../model/read.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'nat-forward-not-vip',
  topic: 'nat',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Port forwards take what comes to a CARP VIP where the interface has one.',
  why: `A port forward for the interface's own address (\`wanip\`, or that address written out) forwards on whichever node is called,
and the address stays with that node: while the primary is down, nobody answers at the address that clients know. A CARP VIP moves
with the master. Where NAT is synchronised, \`wanip\` is another address on each node, and the written address of one never reaches
the other.

Silent on:

- forwards whose target is a node itself or the loopback: a way to reach just this node;
- forwards with a twin for the CARP VIP (same interface, family, protocol and port): that is the one which counts;
- destinations that are inverted, \`any\`, \`(self)\`, an alias or a network; interfaces without a CARP VIP of the family;
- forwards that are disabled, exclude something (\`nordr\`) or are not synchronised (\`nosync\`), and all of them with pf turned off.

Source: Netgate's documentation, "High Availability", NAT; pfSense \`src/etc/inc/filter.inc\` (filter_generate_address).`,
  messages: {
    node: "{title} takes what comes to {interface}'s own address, which stays with this node, instead of the CARP VIP {vip}.",
    peer: "{title} takes what comes to {there}'s own address on {interface} instead of the CARP VIP {vip}.",
  },
  fix: 'Sets the CARP VIP as the destination; whoever calls the own address is not forwarded any more.',
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<rule>
			<source><any></any></source>
			<destination>
				<network>wanip</network>
				         ^^^^^ warning: Port forward (Web shop) takes what comes to WAN's own address, which stays with this node, instead of the CARP VIP 203.0.113.4.
				<port>443</port>
			</destination>
			<protocol>tcp</protocol>
			<target>198.51.100.20</target>
			<local-port>443</local-port>
			<interface>wan</interface>
			<descr><![CDATA[Web shop]]></descr>
		</rule>
	</nat>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<rule>
			<source><any></any></source>
			<destination>
				<address>203.0.113.4</address>
				<port>443</port>
			</destination>
			<protocol>tcp</protocol>
			<target>198.51.100.20</target>
			<local-port>443</local-port>
			<interface>wan</interface>
			<descr><![CDATA[Web shop]]></descr>
		</rule>
	</nat>
`,
  },
  *check({ node, peer, role }) {
    if (isPacketFilterOff(node)) return;
    for (const { element, own } of ownForwards({ node, peer })) {
      const named = readNatPeer(node, element.child('destination')).value;
      if (!named) continue;
      const descr = asTold(node.text(element.child('descr')));
      yield {
        at: valuePlace(named.element),
        message: own.owner,
        data: {
          title: descr === '' ? 'A port forward' : `Port forward (${descr})`,
          interface: interfaceName(node, own.key),
          there: otherNode(role),
          vip: carpAddressesText(own.vips),
        },
        related: carpAddressPlaces(own.vips),
        fixes: () =>
          own.vips.map(
            ({ address }): Fix => ({
              title: `Set the destination to ${formatAddress(address)}`,
              applicability: 'dangerous',
              edits: [{ document: node.document, edits: [redirect(node, named, address)] }],
            }),
          ),
      };
    }
  },
});

/** What matters of a port forward that counts. */
interface Forward {
  /** Interface, family, protocol and port: what it takes, but for the address. */
  readonly takes: string;
  readonly family: 4 | 6;
  readonly destination: string;
  readonly target: string;
}

/** Of thousands of forwards, those which wait at a node's own address. */
function ownForwards(nodes: Nodes): readonly { readonly element: Element; readonly own: OwnDestination }[] {
  const { node } = nodes;
  const elements = (node.top('nat')?.childrenNamed('rule') ?? []).filter(each => each.hasChildren);
  const forwards = node.ofElements(readForward, elements);
  const taken = new Set(forwards.map(each => each && keyOf(each, each.destination)));
  return elements.flatMap((element, i) => {
    const forward = forwards[i];
    const own = forward && ownDestination(nodes, forward.destination, forward.family);
    if (!own || leadsToNode(nodes, forward)) return [];
    const hasTwin = own.vips.some(({ address }) => taken.has(keyOf(forward, formatAddress(address))));
    return hasTwin ? [] : [{ element, own }];
  });
}

function keyOf({ takes }: Forward, destination: string): string {
  return `${takes} ${destination}`;
}

function leadsToNode(nodes: Nodes, { target }: Forward): boolean {
  const address = parseAddress(target);
  return address !== undefined && isOwnAddress(nodes, address);
}

function readForward(element: Element, config: Config): Forward | undefined {
  if (['disabled', 'nordr', 'nosync'].some(flag => hasFlag(element, flag))) return undefined;
  const destination = readNatPeer(config, element.child('destination'));
  if (!destination.value || destination.isInverted) return undefined;
  const text = (name: string) => config.text(element.child(name));
  const family = text('ipprotocol') === 'inet6' ? 6 : 4;
  return {
    takes: [text('interface'), family, text('protocol'), destination.port?.value ?? ''].join(' '),
    family,
    destination: destination.value.value,
    target: text('target'),
  };
}
