import type { Config } from '../../model/config.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { readCarpVips, vipName, vipsOn } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-parent-not-static',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The interface of an IPv4 CARP VIP has a static IPv4 address.',
  why: `Each node needs an address of its own, beside the VIP, that is always there: advertisements are sent from it, and the
node itself goes out with it. With DHCP the address may change or be gone, and with it what the VIP, the gateway and the
other node count on; a PPPoE or PPP link has one end and cannot be shared by two nodes at all, and pfSense's form refuses
it for such pseudo-interfaces ("The interface chosen for the VIP does not support CARP mode.").

Nothing is said about IPv6 VIPs, whose interface may well learn its addresses, where an IP alias gives the interface a
fixed IPv4 address after all, on tunnels and on disabled interfaces. An interface without any address is
\`carp-interface-missing\`.

Source: Netgate's documentation, "High Availability Configuration Example" (WAN and LAN must have static addresses); pfSense
\`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`.`,
  messages: {
    dynamic: '{interface} gets its address by {kind}, but carries CARP VIP {vip}, which needs a static one.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>dhcp</ipaddr></wan>
		                                           ^^^^ error: WAN gets its address by DHCP, but carries CARP VIP 192.168.1.10 (VHID 1), which needs a static one.
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
  },
  *check({ node }) {
    const interfaces = node.query(readInterfaces);
    const told = new Set<string>();
    for (const vip of node.query(readCarpVips)) {
      const parent = vip.parent?.kind === 'interface' ? interfaces.get(vip.parent.key) : undefined;
      if (!parent?.isEnabled || parent.isTunnel || vip.address?.value.family !== 4 || told.has(parent.key)) continue;
      const kind = dynamicKind(node, parent);
      if (kind === undefined || hasAlias(node, parent)) continue;
      told.add(parent.key);
      yield {
        at: childPlace(parent.element, 'ipaddr'),
        message: 'dynamic',
        data: { interface: interfaceName(node, parent.key), kind, vip: vipName(node, vip) },
        related: [{ at: childPlace(vip.element, 'interface'), message: `CARP VIP ${vipName(node, vip)}.` }],
      };
    }
  },
});

/** The words that pfSense writes in place of an address (interfaces.php), and what people call them. */
const dynamicKinds: ReadonlyMap<string, string> = new Map([
  ['dhcp', 'DHCP'],
  ['pppoe', 'PPPoE'],
  ['ppp', 'PPP'],
  ['pptp', 'PPTP'],
  ['l2tp', 'L2TP'],
]);

function dynamicKind(node: Config, parent: Interface): string | undefined {
  return dynamicKinds.get(node.text(parent.element.child('ipaddr')));
}

function hasAlias(node: Config, parent: Interface): boolean {
  return vipsOn(node, parent.key).some(
    ({ mode, address, parent: on }) => mode === 'ipalias' && address?.value.family === 4 && on?.kind === 'interface',
  );
}
