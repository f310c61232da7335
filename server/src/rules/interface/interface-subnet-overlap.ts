import { formatSubnet, isLinkLocal } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type Interface, type InterfaceAddress, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'interface-subnet-overlap',
  topic: 'interface',
  severity: 'error',
  since: '0.1.0',
  summary: 'No two interfaces of a node have overlapping subnets.',
  why: `The kernel has one route to a network. Of two interfaces whose subnets overlap one is where the packets for the
common addresses go, whichever was set up first, and the hosts on the other are not reached. pfSense's form refuses it
("IPv4 address … is being used by or overlaps with …").

Most often a prefix length is too short. Nothing is said about disabled interfaces, tunnels, which may well have the
addresses of another network, addresses of which the file tells no prefix length, and link-local IPv6 addresses.

Source: pfSense \`src/usr/local/www/interfaces.php\`, \`src/etc/inc/pfsense-utils.inc\` (where_is_ipaddr_configured).`,
  messages: {
    overlap: "{interface}'s subnet {subnet} overlaps with that of {other}, {otherSubnet}.",
    same: '{interface} and {other} are in the same subnet, {subnet}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>10.9.0.2</ipaddr><subnet>24</subnet></opt1>
		                                            ^^^^^^^^ error: OPT1's subnet 10.9.0.0/24 overlaps with that of LAN, 10.0.0.0/8.
	</interfaces>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><ipaddr>10.9.0.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
`,
  },
  *check({ node }) {
    for (const [first, second] of overlapping(node)) {
      const data = {
        interface: interfaceName(node, second.one.key),
        other: interfaceName(node, first.one.key),
        subnet: formatSubnet(second.at.subnet),
        otherSubnet: formatSubnet(first.at.subnet),
      };
      yield {
        at: second.at.address.element.contentPlace,
        message: data.subnet === data.otherSubnet ? 'same' : 'overlap',
        data,
        related: [{ at: first.at.address.element.contentPlace, message: `The address of ${data.other}.` }],
      };
    }
  },
});

interface Network {
  readonly one: Interface;
  readonly at: InterfaceAddress;
  /** The place of the interface in the file. */
  readonly order: number;
}

/**
 * The pairs of networks that overlap, the one that stands first in the file first. Two networks overlap only where one
 * holds the other: sorted by first address, the widest first, each has to be held against the ones that are still open.
 */
function overlapping(node: Config): readonly (readonly [Network, Network])[] {
  const found: (readonly [Network, Network])[] = [];
  const open: Network[] = [];
  for (const network of networksOf(node).sort(byFirstAddress)) {
    const { subnet } = network.at;
    while (open.length > 0 && !reaches(open.at(-1), network)) open.pop();
    // The nearest that holds it says enough: that one has a finding of its own for those around it.
    const around = open.at(-1);
    if (around && around.at.subnet.family === subnet.family) {
      found.push(around.order < network.order ? [around, network] : [network, around]);
    }
    open.push(network);
  }
  return found;
}

function networksOf(node: Config): Network[] {
  return [...node.query(readInterfaces).values()].flatMap((one, order) => {
    if (!one.isEnabled || one.isTunnel) return [];
    return [one.ipv4, one.ipv6]
      .filter(at => at !== undefined)
      .filter(at => !isLinkLocal(at.address.value))
      .map(at => ({ one, at, order }));
  });
}

function byFirstAddress({ at: { subnet: one }, order: first }: Network, { at: { subnet: other }, order }: Network) {
  if (one.family !== other.family) return one.family - other.family;
  if (one.first !== other.first) return one.first < other.first ? -1 : 1;
  return one.prefixLength - other.prefixLength || first - order;
}

function reaches(outer: Network | undefined, { at: { subnet: inner } }: Network): boolean {
  const subnet = outer?.at.subnet;
  return subnet !== undefined && subnet.family === inner.family && inner.first <= subnet.last;
}
