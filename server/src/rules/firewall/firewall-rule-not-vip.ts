import { type Address, formatAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { readFilterRows } from '../../model/filterRows.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { type Nodes, type OwnDestination, ownDestination, redirect } from '../../model/ownDestinations.ts';
import { isPacketFilterOff } from '../../model/packetFilter.ts';
import { readNatPeer } from '../../model/portForwards.ts';
import { valuePlace } from '../../model/read.ts';
import {
  fitsService,
  isLetIn,
  type PassRow,
  readPassRow,
  readVipServices,
  type VipService,
} from '../../model/vipServices.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'firewall-rule-not-vip',
  topic: 'firewall',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Rules for a VPN that ends on a CARP VIP pass to the VIP.',
  why: `An OpenVPN server or an IPsec tunnel on a CARP VIP is called at the VIP. A rule that passes its protocol and port to the
interface's own address (\`wanip\`, or that address written out) does not let it in: clients come as far as the firewall, which
drops them.

The rule of IPsec is not missed, only useless: pfSense passes IKE and ESP of each tunnel by itself, unless the VPN rules are turned
off (*System > Advanced > Firewall & NAT*). The finding is an information then.

Silent where another rule may let the service in at the VIP: one for \`any\`, for \`(self)\`, for the interface's network, for
an alias or a network that may hold the VIP, a floating one, or one on a group. Silent on rules that are disabled, block, are not
synchronised, belong to a port forward, or name ports by an alias; and on all with pf turned off.

Source: pfSense \`src/etc/inc/filter.inc\` (filter_generate_address, filter_generate_ipsec_rules).`,
  messages: {
    outside:
      "The rule passes {service} to {interface}'s own address, but {user} is at the CARP VIP {vip}, where no rule lets it in.",
    useless:
      "The rule passes {service} to {interface}'s own address, but {user} is at the CARP VIP {vip}, where pfSense itself lets it in.",
  },
  fix: 'Sets the CARP VIP as the destination; the own address is not reached by this rule any more.',
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
			<protocol>UDP4</protocol>
			<interface>_vip5f2a8c41d0b13</interface>
			<ipaddr>203.0.113.4</ipaddr>
			<local_port>1194</local_port>
		</openvpn-server>
	</openvpn>
	<filter>
		<rule>
			<type>pass</type>
			<interface>wan</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>udp</protocol>
			<source><any></any></source>
			<destination>
				<network>wanip</network>
				         ^^^^^ warning: The rule passes UDP port 1194 to WAN's own address, but OpenVPN server is at the CARP VIP 203.0.113.4, where no rule lets it in.
				<port>1194</port>
			</destination>
		</rule>
	</filter>
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
			<protocol>UDP4</protocol>
			<interface>_vip5f2a8c41d0b13</interface>
			<ipaddr>203.0.113.4</ipaddr>
			<local_port>1194</local_port>
		</openvpn-server>
	</openvpn>
	<filter>
		<rule>
			<type>pass</type>
			<interface>wan</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>udp</protocol>
			<source><any></any></source>
			<destination>
				<address>203.0.113.4</address>
				<port>1194</port>
			</destination>
		</rule>
	</filter>
`,
  },
  *check({ node, peer }) {
    if (isPacketFilterOff(node)) return;
    for (const { element, own, service } of misdirected({ node, peer })) {
      const named = readNatPeer(node, element.child('destination')).value;
      if (!named) continue;
      yield {
        at: valuePlace(named.element),
        message: service.isPassedByItself ? 'useless' : 'outside',
        ...(service.isPassedByItself && { severity: 'info' }),
        data: {
          service: service.title,
          interface: interfaceName(node, own.key),
          user: service.user,
          vip: formatAddress(service.address),
        },
        related: [{ at: service.place, message: `${service.user} uses the CARP VIP.` }],
        fixes: () => [towards(node, named, service.address)],
      };
    }
  },
});

interface Misdirected {
  readonly element: Element;
  readonly own: OwnDestination;
  readonly service: VipService;
}

/** The rules for a service on a VIP that name the own address of the VIP's interface, where none other lets the service in. */
function misdirected(nodes: Nodes): readonly Misdirected[] {
  const { node } = nodes;
  const services = node.query(readVipServices);
  if (services.length === 0) return [];
  const { elements } = node.query(readFilterRows);
  const rows = node.ofElements(readPassRow, elements);
  const known = new Map<VipService, boolean>();
  const isOpen = (service: VipService) => {
    const before = known.get(service) ?? rows.some(row => row !== undefined && isLetIn(node, row, service));
    known.set(service, before);
    return before;
  };
  return elements.flatMap((element, i) => {
    const row = rows[i];
    const own = row && ownOf(nodes, row);
    const service = own && services.find(each => each.key === own.key && fitsService(row, each));
    return own && service && !isOpen(service) ? [{ element, own, service }] : [];
  });
}

/** Where a rule leads that passes on the interface whose own address it names; floating rules and groups are left alone. */
function ownOf(nodes: Nodes, row: PassRow): OwnDestination | undefined {
  const { destination, interfaces } = row;
  if (
    destination.kind === 'any' ||
    destination.isInverted ||
    row.isFloating ||
    row.isAssociated ||
    row.isNotSynchronised
  )
    return undefined;
  const own = ownDestination(nodes, destination.text, row.family);
  return own && interfaces.length === 1 && interfaces[0] === own.key ? own : undefined;
}

function towards(node: Config, named: Parameters<typeof redirect>[1], address: Address): Fix {
  return {
    title: `Set the destination to ${formatAddress(address)}`,
    applicability: 'dangerous',
    edits: [{ document: node.document, edits: [redirect(node, named, address)] }],
  };
}
