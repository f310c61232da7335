import { setVipField } from '../../model/virtualIpEdits.ts';
import { readCarpVips, vipName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-type',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A CARP VIP is of the type single.',
  why: `A CARP VIP is one address. Only a proxy ARP or other VIP can be a network, and pfSense's form writes \`single\` for CARP
always. One that a tool or a hand set to \`network\` still comes up as the one address, which is hardly what was meant, and
the next save in the form changes it.

A missing type says nothing. pfSense reads the type of proxy ARP and other VIPs only, so this is a warning.

Source: pfSense \`src/usr/local/pfSense/include/www/firewall_virtual_ip.inc\`, \`src/etc/inc/util.inc\`,
\`src/etc/inc/interfaces.inc\` (interface_carp_configure); pfrest's VirtualIP model.`,
  fix: `Sets single.`,
  messages: {
    type: 'CARP VIP {vip} has the type {type}; a CARP VIP is single.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<type>network</type>
			      ^^^^^^^ warning: CARP VIP 192.168.1.10 (VHID 1) has the type network; a CARP VIP is single.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<type>single</type>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node }) {
    for (const vip of node.query(readCarpVips)) {
      if (!vip.type || vip.type.value === 'single') continue;
      yield {
        at: vip.type.element.contentPlace,
        message: 'type',
        data: { vip: vipName(node, vip), type: vip.type.value },
        fixes: () => [
          {
            title: 'Set the type to single',
            applicability: 'safe',
            edits: [{ document: node.document, edits: [setVipField(node, vip, { name: 'type', text: 'single' })] }],
          },
        ],
      };
    }
  },
});
