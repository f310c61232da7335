import { formatAddress, parseAddress, sameAddress } from '../../model/address.ts';
import { type CarpAddress, carpAddressesOn, carpAddressesText, carpAddressPlaces } from '../../model/carpAddresses.ts';
import type { Config } from '../../model/config.ts';
import { readServedScopes } from '../../model/dhcpPools.ts';
import { type DnsListener, entryPlace, readRestrictedDns } from '../../model/dnsListeners.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isOutbound } from '../../model/internalNetworks.ts';
import { readPortForwards } from '../../model/portForwards.ts';
import type { Read } from '../../model/read.ts';
import { findVip } from '../../model/virtualIps.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dns-listens-without-vip',
  topic: 'dns',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A DNS Resolver or Forwarder that listens on chosen interfaces listens on their CARP VIPs too.',
  why: `Chosen interfaces mean **their own addresses**: a CARP VIP is a line of its own in the list. Clients that ask the VIP, which is what a
pair should hand out, get no answer while only the interface is chosen, and whoever asks the own address of one node has no DNS when that
node is down.

Looked at are the Resolver and the Forwarder on port 53, and internal interfaces with CARP VIPs:

- where clients of the DHCP server are given the VIP, the VIP has to be in the list;
- where the interface is in the list, one of its VIPs has to be there, too, unless its DHCP server names other servers only.

Silent where a VIP of the interface or its address is in the list, where nothing is chosen or *all*, on interfaces with a gateway, and
where a port forward on the interface takes DNS elsewhere.

Source: Netgate's documentation, "High Availability Configuration Example"; pfSense \`src/etc/inc/unbound.inc\`
(unbound_generate_config) and \`src/etc/inc/services.inc\` (services_dnsmasq_configure).`,
  messages: {
    handedOut:
      'Clients on {interface} are given the DNS server {vip}, but the {listener} does not listen on that CARP VIP.',
    listed: "The {listener} listens on {interface}'s own address only, not on the CARP VIP {vip}.",
  },
  fix: 'Adds the CARP VIP to the list.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<unbound>
		<enable></enable>
		<active_interface>lan,lo0</active_interface>
		                  ^^^ warning: The DNS Resolver listens on LAN's own address only, not on the CARP VIP 10.0.0.1.
	</unbound>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<unbound>
		<enable></enable>
		<active_interface>lan,_vip5f2a8c41d0b14,lo0</active_interface>
	</unbound>
`,
  },
  *check({ node }) {
    for (const listener of node.query(readRestrictedDns)) {
      for (const one of node.query(readInterfaces).values()) {
        const vips = carpAddressesOn(node, one.key, 'both');
        if (vips.length === 0 || isOutbound(node, one) || listensOnVip(node, listener, one)) continue;
        const problem = problemOn(node, { listener, one, vips });
        if (!problem || takesDnsElsewhere(node, one)) continue;
        yield {
          at: entryPlace(listener, one.key),
          message: problem.message,
          data: {
            listener: listener.title,
            interface: interfaceName(node, one.key),
            vip: carpAddressesText(problem.vips),
          },
          related: [
            ...(problem.server
              ? [{ at: problem.server.element.contentPlace, message: 'What clients are given.' }]
              : []),
            ...carpAddressPlaces(problem.vips),
          ],
          fixes: () => problem.vips.flatMap(vip => listen(node, listener, vip)),
        };
      }
    }
  },
});

/** An IP alias that stands on a CARP VIP of the interface moves with it. */
function listensOnVip(node: Config, { entries }: DnsListener, { key }: Interface): boolean {
  return entries.some(entry => {
    if (findVip(node, entry)?.interfaceKey === key) return true;
    const address = parseAddress(entry);
    return address !== undefined && carpAddressesOn(node, key, 'both').some(vip => sameAddress(vip.address, address));
  });
}

interface Problem {
  readonly message: 'handedOut' | 'listed';
  readonly vips: readonly CarpAddress[];
  readonly server?: Read<string>;
}

function problemOn(
  node: Config,
  at: { readonly listener: DnsListener; readonly one: Interface; readonly vips: readonly CarpAddress[] },
): Problem | undefined {
  const { listener, one, vips } = at;
  const servers = node.query(readServedScopes).get(one.key)?.scope.pools[0].dnsServers ?? [];
  for (const vip of vips) {
    const server = servers.find(each => each.value === formatAddress(vip.address));
    if (server) return { message: 'handedOut', vips: [vip], server };
  }
  const own = [one.ipv4, one.ipv6].flatMap(each => (each ? [formatAddress(each.address.value)] : []));
  const asksOthersOnly = servers.length > 0 && !servers.some(server => own.includes(server.value));
  return listener.entries.includes(one.key) && !asksOthersOnly ? { message: 'listed', vips } : undefined;
}

function takesDnsElsewhere(node: Config, { key }: Interface): boolean {
  return node
    .query(readPortForwards)
    .some(each => !each.isDisabled && each.interface?.value === key && each.destination.port?.value === '53');
}

/** Behind the interface on which it stands, else at the end. */
function listen(node: Config, { title, element, entries }: DnsListener, { vip, address }: CarpAddress): Fix[] {
  if (!vip.uniqid) return [];
  const at = entries.indexOf(vip.interfaceKey ?? '');
  const list = entries.toSpliced(at < 0 ? entries.length : at + 1, 0, `_vip${vip.uniqid.value}`);
  return [
    {
      title: `Let the ${title} listen on the CARP VIP ${formatAddress(address)}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits: [setText(node, element, list.join(','))] }],
    },
  ];
}
