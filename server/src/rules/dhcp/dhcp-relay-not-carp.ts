import { formatAddress } from '../../model/address.ts';
import { type CarpAddress, carpAddressesOn, carpAddressPlaces } from '../../model/carpAddresses.ts';
import type { Config } from '../../model/config.ts';
import { type DhcpRelay, readDhcpRelays } from '../../model/dhcpRelay.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { readVersion } from '../../model/version.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'dhcp-relay-not-carp',
  topic: 'dhcp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A DHCP relay on interfaces with CARP VIPs runs on the master only.',
  why: `Without a *CARP status VIP* the relay runs on both nodes, the settings being synchronised: each question of a client reaches the
server twice, from two addresses, and the server may answer with two leases. With one, pfSense stops the relay while that VIP is in
backup and starts it when it becomes master. Any VIP will do, for all of a node's VIPs change hands together.

Both relays are looked at, for DHCP and for DHCPv6, where they are enabled. Silent where none of the relay's interfaces has a CARP VIP,
and before pfSense 2.6, which has no such setting.

Source: pfSense \`src/etc/inc/services.inc\` (services_dhcrelay_configure).`,
  messages: {
    none: 'The {relay} runs on both nodes at once: no CARP status VIP is chosen, though {interface} has the CARP VIP {vip}.',
  },
  fix: 'Chooses the first CARP VIP on an interface of the relay.',
  examples: {
    wrong: `
	<version>23.3</version>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcrelay>
		<enable></enable>
		<interface>lan</interface>
		<server>192.0.2.67</server>
		<carpstatusvip>none</carpstatusvip>
		               ^^^^ warning: The DHCP relay runs on both nodes at once: no CARP status VIP is chosen, though LAN has the CARP VIP 10.0.0.1.
	</dhcrelay>
`,
    right: `
	<version>23.3</version>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcrelay>
		<enable></enable>
		<interface>lan</interface>
		<server>192.0.2.67</server>
		<carpstatusvip>_vip5f2a8c41d0b14</carpstatusvip>
	</dhcrelay>
`,
  },
  *check({ node }) {
    if ((node.query(readVersion).number ?? Number.POSITIVE_INFINITY) < 22) return;
    for (const relay of node.query(readDhcpRelays)) {
      const found = relay.isEnabled && !relay.statusVip ? firstVip(node, relay) : undefined;
      if (!found) continue;
      yield {
        at: childPlace(relay.element, 'carpstatusvip'),
        message: 'none',
        data: {
          relay: relay.family === 4 ? 'DHCP relay' : 'DHCPv6 relay',
          interface: interfaceName(node, found.key),
          vip: formatAddress(found.vip.address),
        },
        related: carpAddressPlaces([found.vip]),
        fixes: () => follow(node, relay, found.vip),
      };
    }
  },
});

/** The form of each relay offers the VIPs of its own family. */
function firstVip(config: Config, { interfaces, family }: DhcpRelay): { key: string; vip: CarpAddress } | undefined {
  for (const key of interfaces) {
    const [vip] = carpAddressesOn(config, key, family);
    if (vip) return { key, vip };
  }
  return undefined;
}

function follow(node: Config, { element }: DhcpRelay, { vip, address }: CarpAddress): Fix[] {
  if (!vip.uniqid) return [];
  const child = { name: 'carpstatusvip', text: `_vip${vip.uniqid.value}`, after: ['server', 'interface'] };
  return [
    {
      title: `Let the relay follow the CARP VIP ${formatAddress(address)}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits: [setChildText(node, element, child)] }],
    },
  ];
}
