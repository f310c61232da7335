import { type Address, contains, formatAddress, parseAddress, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import type { DhcpOptions } from '../../model/dhcp.ts';
import { readServedScopes, type ServedScope } from '../../model/dhcpPools.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { vipsOn } from '../../model/virtualIps.ts';
import { setChildText } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'dhcp-dns-not-vip',
  topic: 'dhcp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Clients of an interface with a CARP VIP are given a DNS server that survives a fail-over.',
  why: `A client keeps its DNS servers until its lease is renewed. Where all that it was given is one node's own address, it resolves no
name while that node is down, although the other node runs. A CARP VIP moves.

**An empty list means the node's own address** while the DNS Resolver or the DNS Forwarder is enabled; while neither is, clients get
the servers of the system. A list with the VIP, with another server or with the addresses of both nodes is left alone: then a
client has somewhere to turn to. Additional pools and static mappings inherit what the interface has; they are looked at where
they name servers of their own.

Where DHCP is synchronised, change the primary; the same mistake on the secondary comes from there.

Source: Netgate's documentation, "Configuring high availability", DHCP; pfSense \`src/etc/inc/services.inc\`.`,
  messages: {
    empty:
      "No DNS server is set for {interface}, so clients are given {address}, this node's own address, instead of the CARP VIP {vip}.",
    node: "The only DNS server that clients on {interface} are given is {address}, this node's own address, instead of the CARP VIP {vip}.",
    peer: "The only DNS server that clients on {interface} are given is {address}, {there}'s own address, instead of the CARP VIP {vip}.",
  },
  fix: 'Sets the CARP VIP of the interface.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<dnsserver>10.0.0.2</dnsserver>
			           ^^^^^^^^ error: The only DNS server that clients on LAN are given is 10.0.0.2, this node's own address, instead of the CARP VIP 10.0.0.1.
		</lan>
	</dhcpd>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpd>
		<lan>
			<enable></enable>
			<dnsserver>10.0.0.1</dnsserver>
		</lan>
	</dhcpd>
`,
  },
  *check({ node, peer, role }) {
    for (const served of node.query(readServedScopes).values()) {
      const theirs = peer?.query(readInterfaces).get(served.scope.key)?.ipv4?.address.value;
      const vips = carpVips(node, served);
      // Where a VIP is a node's own address too, that comes first, and another rule tells of it.
      const own = [served.ipv4.address.value, ...(theirs ? [theirs] : [])];
      if (vips.length === 0 || vips.some(vip => own.some(address => sameAddress(vip, address)))) continue;
      for (const { options, problem } of wrongServers({ node, peer }, served)) {
        yield {
          at: childPlace(options.element, 'dnsserver'),
          message: problem,
          data: {
            interface: interfaceName(node, served.scope.key),
            address: options.dnsServers[0]?.value ?? formatAddress(served.ipv4.address.value),
            there: otherNode(role),
            vip: vips.map(formatAddress).join(' or '),
          },
          fixes: () =>
            vips.map(formatAddress).map(text => ({
              title: `Set the DNS server to ${text}`,
              applicability: 'suggestion',
              edits: [
                {
                  document: node.document,
                  edits: [
                    setChildText(node, options.element, { name: 'dnsserver', text, after: ['netmask', 'range'] }),
                  ],
                },
              ],
            })),
        };
      }
    }
  },
});

interface WrongServers {
  readonly options: DhcpOptions;
  readonly problem: 'empty' | 'node' | 'peer';
}

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

/** The lists that hold nothing but the own address of one node: the interface's, and those of a pool or a client itself. */
function wrongServers({ node, peer }: Nodes, { scope, ipv4 }: ServedScope): readonly WrongServers[] {
  const other = peer?.query(readInterfaces).get(scope.key)?.ipv4?.address.value;
  const [first, ...more] = scope.pools;
  const found: WrongServers[] = [];
  if (first.dnsServers.length === 0 && answersNames(node)) found.push({ options: first, problem: 'empty' });
  for (const options of [first, ...more, ...scope.staticMappings.withOwnOptions]) {
    if (isOnly(options, ipv4.address.value)) found.push({ options, problem: 'node' });
    else if (other && isOnly(options, other)) found.push({ options, problem: 'peer' });
  }
  return found;
}

function isOnly({ dnsServers }: DhcpOptions, address: Address): boolean {
  const [server, ...others] = dnsServers;
  const only = others.length === 0 && server ? parseAddress(server.value) : undefined;
  return only !== undefined && sameAddress(only, address);
}

/** pfSense hands out its own address where it answers names itself (services.inc). */
function answersNames(config: Config): boolean {
  return ['unbound', 'dnsmasq'].some(name => config.find(`${name}/enable`) !== undefined);
}

function carpVips(config: Config, { scope, ipv4 }: ServedScope): readonly Address[] {
  return vipsOn(config, scope.key).flatMap(({ mode, address }) => {
    if (mode !== 'carp' || !address || !contains(ipv4.subnet, address.value)) return [];
    return [address.value];
  });
}
