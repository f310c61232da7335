import type { Config } from '../../model/config.ts';
import { childPlace } from '../../model/read.ts';
import { counterpartOf } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import {
  addressText,
  interfaceAddressOf,
  prefixLengthFor,
  readCarpVips,
  type VirtualIp,
  vipInterfaceName,
} from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule, type NodeInput } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-mask-mismatch',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'A CARP VIP has the prefix length of its interface.',
  why: `The VIP shares the interface's network, so it takes that network's prefix length, never /32. With another one the master
has two ideas of which hosts are on the link, and NAT and routes that are made from the VIP get the wrong network.
pfSense's form says "The mask must be the network's subnet mask. It does not specify a CIDR range.", but does not check it.

For an IPv6 VIP this is a warning: there a longer prefix works, though it differs from what the form asks for.

Of a VIP outside of the interface's subnet, and where the interface gets its address by DHCP or the like, only a prefix length
that is none is told of: what it has to be is then not in the file.

Source: Netgate's HA guides ("must match the subnet mask on the Interface IP"); pfSense
\`src/usr/local/www/firewall_virtual_ip_edit.php\`, \`src/etc/inc/interfaces.inc\` (interface_carp_configure).`,
  fix: `Sets the interface's prefix length; on both nodes, where both have the same wrong one.`,
  messages: {
    differs: 'CARP VIP {address} has the prefix length /{here}, but {interface} has /{wanted}.',
    unknown: 'CARP VIP {address} on {interface} has no valid prefix length: pfSense cannot set it up.',
    invalid: 'CARP VIP {address} has no valid prefix length; {interface} has /{wanted}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>32</subnet_bits>
			             ^^ error: CARP VIP 192.168.1.10 has the prefix length /32, but WAN has /24.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
	</interfaces>
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<subnet_bits>24</subnet_bits>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer, role }) {
    for (const vip of node.query(readCarpVips)) {
      const wanted = prefixLengthFor(node, vip);
      const name = vipInterfaceName(node, vip);
      if (!wanted) {
        if (!vip.address || vip.prefixLength) continue;
        const data = { address: addressText(node, vip), interface: name };
        yield { at: childPlace(vip.element, 'subnet_bits'), message: 'unknown', data };
        continue;
      }
      if (vip.prefixLength?.value === wanted.value) continue;
      const data = { address: addressText(node, vip), interface: name, wanted: wanted.value };
      const found = {
        at: childPlace(vip.element, 'subnet_bits'),
        related: [{ at: wanted.element.contentPlace, message: `The prefix length of ${name}.` }],
        severity: vip.address?.value.family === 6 ? ('warning' as const) : ('error' as const),
        fixes: () => [fix(vip, { node, peer, role })],
      };
      if (vip.prefixLength) yield { ...found, message: 'differs', data: { ...data, here: vip.prefixLength.value } };
      else yield { ...found, message: 'invalid', data };
    }
  },
});

function fix(vip: VirtualIp, { node, peer }: NodeInput): Fix {
  const wanted = prefixLengthFor(node, vip)?.value ?? 0;
  const edit = (config: Config, target: VirtualIp) => ({
    document: config.document,
    edits: [setVipField(config, target, { name: 'subnet_bits', text: String(wanted) })],
  });
  const other = peer && counterpartOf(vip, { node, peer });
  const theirs = other && interfaceAddressOf(peer, other)?.prefixLength.value;
  const isWrongAlike =
    other?.prefixLength?.value === vip.prefixLength?.value && other && prefixLengthFor(peer, other)?.value === wanted;
  return {
    title: `Set the prefix length of ${addressText(node, vip)} to /${wanted}${isWrongAlike ? ' on both nodes' : ''}`,
    // Both nodes' interfaces agreeing, nothing is left to doubt; otherwise the interface's own mask may be the wrong one.
    applicability: theirs === wanted ? 'safe' : 'suggestion',
    edits: peer && other && isWrongAlike ? [edit(node, vip), edit(peer, other)] : [edit(node, vip)],
  };
}
