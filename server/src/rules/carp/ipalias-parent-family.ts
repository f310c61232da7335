import { childPlace } from '../../model/read.ts';
import { parentOf } from '../../model/vipPairs.ts';
import { addressText, readVirtualIps, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'ipalias-parent-family',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'An IP alias on a CARP VIP is of the same address family.',
  why: `pfSense's form refuses an IPv4 alias on an IPv6 CARP VIP and the other way round ("An IPv4 Virtual IP cannot have an IPv6
CARP parent."). Such an alias came from a tool or an editor, and cannot be saved in the GUI any more. Put it on a CARP VIP of
its own family, which needs a VHID of its own.

Nothing is said about an alias on an interface or on lo0; one on a VIP that does not exist is \`vip-reference-dangling\`.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`.`,
  messages: {
    family: 'IP alias {alias} is IPv{family}, but stands on the IPv{parentFamily} CARP VIP {parent}.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip62a856d41c9a3</interface><subnet>2001:db8::10</subnet></vip>
		                                    ^^^^^^^^^^^^^^^^^ warning: IP alias 2001:db8::10 is IPv6, but stands on the IPv4 CARP VIP 192.168.1.10 (VHID 1).
	</virtualip>
`,
    right: `
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip62a856d41c9a3</interface><subnet>192.168.1.20</subnet></vip>
	</virtualip>
`,
  },
  *check({ node }) {
    for (const vip of node.query(readVirtualIps)) {
      if (vip.mode !== 'ipalias') continue;
      const parent = parentOf(node, vip);
      const [family, parentFamily] = [vip.address?.value.family, parent?.address?.value.family];
      if (parent?.mode !== 'carp' || !family || !parentFamily || family === parentFamily) continue;
      yield {
        at: childPlace(vip.element, 'interface'),
        message: 'family',
        data: { alias: addressText(node, vip), family, parent: vipName(node, parent), parentFamily },
        related: [{ at: childPlace(parent.element, 'subnet'), message: `CARP VIP ${vipName(node, parent)}.` }],
      };
    }
  },
});
