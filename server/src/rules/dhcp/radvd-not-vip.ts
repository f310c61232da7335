import { formatAddress, isLinkLocal } from '../../model/address.ts';
import { type CarpAddress, carpAddressesOn, carpAddressesText, carpAddressPlaces } from '../../model/carpAddresses.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'radvd-not-vip',
  topic: 'dhcp',
  severity: 'info',
  since: '0.1.0',
  summary: 'Router advertisements of an interface with an IPv6 CARP VIP follow that VIP.',
  why: `With the interface itself as the *RA interface* both nodes advertise themselves as routers at all times. Hosts pick one of the two, also
the backup, and keep it until its advertisement runs out when it goes down. With the CARP VIP as the RA interface pfSense advertises on
the master only; with a link-local VIP (fe80::/10) it advertises that address, which stays the same after a fail-over.

ISC's DHCPv6 server has no fail-over; with Kea there is one (\`kea6/ha\`).

Silent where advertisements are disabled or no mode is set, where the interface is disabled, or has no CARP VIP for IPv6.

Source: pfSense \`src/etc/inc/services.inc\` (services_radvd_configure).`,
  messages: {
    both: 'Both nodes advertise themselves as routers on {interface} at once: the advertisements do not follow the CARP VIP {vip}.',
  },
  fix: 'Sets the CARP VIP as the RA interface, a link-local one before others.',
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddrv6>2001:db8:0:1::2</ipaddrv6><subnetv6>64</subnetv6></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>64</subnet_bits><subnet>2001:db8:0:1::1</subnet></vip>
	</virtualip>
	<dhcpdv6>
		<lan>
			<ramode>unmanaged</ramode>
			<rainterface>interface</rainterface>
			             ^^^^^^^^^ info: Both nodes advertise themselves as routers on LAN at once: the advertisements do not follow the CARP VIP 2001:db8:0:1::1.
		</lan>
	</dhcpdv6>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddrv6>2001:db8:0:1::2</ipaddrv6><subnetv6>64</subnetv6></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>5f2a8c41d0b14</uniqid><subnet_bits>64</subnet_bits><subnet>2001:db8:0:1::1</subnet></vip>
	</virtualip>
	<dhcpdv6>
		<lan>
			<ramode>unmanaged</ramode>
			<rainterface>_vip5f2a8c41d0b14</rainterface>
		</lan>
	</dhcpdv6>
`,
  },
  *check({ node }) {
    for (const element of node.top('dhcpdv6')?.children() ?? []) {
      if (!isAdvertised(node, element)) continue;
      const vips = carpAddressesOn(node, element.name, 6);
      if (vips.length === 0) continue;
      yield {
        at: childPlace(element, 'rainterface'),
        message: 'both',
        data: { interface: interfaceName(node, element.name), vip: carpAddressesText(vips) },
        related: carpAddressPlaces(vips),
        fixes: () => linkLocalFirst(vips).flatMap(vip => follow(node, element, vip)),
      };
    }
  },
});

/** Whether the interface sends advertisements whatever CARP says. Older files have the mode in `mode`. */
function isAdvertised(node: Config, element: Element): boolean {
  const text = (name: string) => node.text(element.child(name));
  const mode = text('ramode') || text('mode');
  if (mode === '' || mode === 'disabled' || text('rainterface').startsWith('_vip')) return false;
  return node.query(readInterfaces).get(element.name)?.isEnabled === true;
}

function linkLocalFirst(vips: readonly CarpAddress[]): readonly CarpAddress[] {
  return vips.toSorted((a, b) => Number(isLinkLocal(b.address)) - Number(isLinkLocal(a.address)));
}

function follow(node: Config, element: Element, { vip, address }: CarpAddress): Fix[] {
  if (!vip.uniqid) return [];
  const child = { name: 'rainterface', text: `_vip${vip.uniqid.value}`, after: ['rapriority', 'ramode'] };
  return [
    {
      title: `Let the advertisements follow the CARP VIP ${formatAddress(address)}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits: [setChildText(node, element, child)] }],
    },
  ];
}
