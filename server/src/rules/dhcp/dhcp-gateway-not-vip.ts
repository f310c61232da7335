import { type Address, contains, formatAddress, parseAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import type { DhcpOptions } from '../../model/dhcp.ts';
import { readServedScopes, type ServedScope } from '../../model/dhcpPools.ts';
import { readGateways } from '../../model/gateways.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isOutbound } from '../../model/internalNetworks.ts';
import { childPlace } from '../../model/read.ts';
import { type VirtualIp, vipsOn } from '../../model/virtualIps.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'dhcp-gateway-not-vip',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Clients of an interface with a CARP VIP are given the VIP as their gateway.',
  why: `A client keeps the gateway that it was given until its lease is renewed. A node's own address is gone with the node: after
a fail-over, every client that was given it is cut off, although the other node runs. A CARP VIP moves.

**An empty gateway means the node's own address** (pfSense writes it into the lease by itself as soon as the system has
any IPv4 gateway), which is why the mistake is so common. \`none\` gives no gateway at all and is left alone, as is any
address that is neither a node's nor a VIP's: another router, chosen on purpose. Additional pools and static mappings
inherit what the interface has; they are looked at where they name a gateway of their own.

Where DHCP is synchronised, change the primary; the same mistake on the secondary comes from there.

Source: Netgate's documentation, "Configuring high availability", DHCP; pfSense \`src/etc/inc/services.inc\`.`,
  messages: {
    empty:
      "No gateway is set for {interface}, so clients are given {address}, this node's own address, instead of the CARP VIP {vip}.",
    node: "Clients on {interface} are given {address}, this node's own address, as their gateway instead of the CARP VIP {vip}.",
    peer: "Clients on {interface} are given {address}, {there}'s own address, as their gateway instead of the CARP VIP {vip}.",
  },
  fix: 'Sets the CARP VIP of the interface.',
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<gateways>
		<gateway_item><interface>wan</interface><gateway>192.168.1.1</gateway><name>WANGW</name></gateway_item>
	</gateways>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range><from>10.0.0.100</from><to>10.0.0.199</to></range>
			<gateway></gateway>
			 ^^^^^^^ error: No gateway is set for LAN, so clients are given 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<gateways>
		<gateway_item><interface>wan</interface><gateway>192.168.1.1</gateway><name>WANGW</name></gateway_item>
	</gateways>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<range><from>10.0.0.100</from><to>10.0.0.199</to></range>
			<gateway>10.0.0.1</gateway>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    for (const served of node.query(readServedScopes).values()) {
      const vips = carpVips(node, served);
      if (vips.length === 0) continue;
      for (const { options, problem } of wrongGateways({ node, peer }, served)) {
        yield {
          at: childPlace(options.element, 'gateway'),
          message: problem,
          data: {
            interface: interfaceName(node, served.scope.key),
            address: options.gateway?.value ?? formatAddress(served.ipv4.address.value),
            there: otherNode(role),
            vip: vips.map(formatAddress).join(' or '),
          },
          related: relatedVips(node, served),
          fixes: () => vips.flatMap(vip => repairs({ node, peer, served }, options, vip)),
        };
      }
    }
  },
});

interface WrongGateway {
  readonly options: DhcpOptions;
  readonly problem: 'empty' | 'node' | 'peer';
}

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

/** The gateways that are a node's own address: the interface's, and those that a pool or a client names itself. */
function wrongGateways({ node, peer }: Nodes, { scope, ipv4 }: ServedScope): readonly WrongGateway[] {
  const own = ipv4.address.value;
  const other = peer?.query(readInterfaces).get(scope.key)?.ipv4?.address.value;
  const [first, ...more] = scope.pools;
  const found: WrongGateway[] = !first.gateway && hasGateway(node) ? [{ options: first, problem: 'empty' }] : [];
  for (const options of [first, ...more, ...scope.staticMappings.withOwnOptions]) {
    const address = options.gateway && parseAddress(options.gateway.value);
    if (!address) continue;
    if (sameAddress(address, own)) found.push({ options, problem: 'node' });
    else if (other && sameAddress(address, other)) found.push({ options, problem: 'peer' });
  }
  return found;
}

/** pfSense hands out its own address only where the system has an IPv4 gateway at all (services.inc). */
function hasGateway(config: Config): boolean {
  if (config.query(readGateways).some(gateway => gateway.family === 4)) return true;
  return [...config.query(readInterfaces).values()].some(each => each.kind !== 'static' && isOutbound(config, each));
}

function carpVipsOn(config: Config, { scope, ipv4 }: ServedScope): readonly VirtualIp[] {
  return vipsOn(config, scope.key).filter(
    ({ mode, address }) => mode === 'carp' && address !== undefined && contains(ipv4.subnet, address.value),
  );
}

function carpVips(config: Config, served: ServedScope): readonly Address[] {
  return carpVipsOn(config, served).flatMap(vip => vip.address?.value ?? []);
}

function relatedVips(config: Config, served: ServedScope) {
  return carpVipsOn(config, served).flatMap(({ address }) =>
    address ? [{ at: address.element.contentPlace, message: `The CARP VIP ${formatAddress(address.value)}.` }] : [],
  );
}

interface Case extends Nodes {
  readonly served: ServedScope;
}

/** This file's gateway, and the interface's on both nodes where the other has the mistake too. */
function repairs({ node, peer, served }: Case, options: DhcpOptions, vip: Address): Fix[] {
  const text = formatAddress(vip);
  const here = { document: node.document, edits: [gatewayEdit(node, options, text)] };
  const fix: Fix = { title: `Set the gateway to ${text}`, applicability: 'suggestion', edits: [here] };
  const there = peer?.query(readServedScopes).get(served.scope.key);
  if (!peer || !there || options !== served.scope.pools[0]) return [fix];
  const isWrongToo = wrongGateways({ node: peer, peer: node }, there).some(
    each => each.options === there.scope.pools[0],
  );
  const hasVip = carpVips(peer, there).some(each => sameAddress(each, vip));
  if (!isWrongToo || !hasVip) return [fix];
  const both = [here, { document: peer.document, edits: [gatewayEdit(peer, there.scope.pools[0], text)] }];
  return [fix, { title: `Set the gateway to ${text} on both nodes`, applicability: 'suggestion', edits: both }];
}

function gatewayEdit(config: Config, options: DhcpOptions, text: string) {
  return setChildText(config, options.element, { name: 'gateway', text, after: ['failover_peerip', 'range'] });
}
