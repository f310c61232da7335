import { childPlace } from '../../model/read.ts';
import { replacementVhid } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { addressText, readCarpVips, vhidOf, vipInterfaceName } from '../../model/virtualIps.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-vhid-invalid',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The VHID of a CARP VIP is a number from 1 to 255.',
  why: `The VHID is one byte of the CARP header and the last of the VIP's virtual MAC address. The kernel refuses a VIP with any
other number, and the address is then on neither node. pfSense's form offers 1 to 255; its server, the configuration
sync and a restore accept anything.

Source: FreeBSD carp(4); pfSense \`src/usr/local/www/firewall_virtual_ip_edit.php\`.`,
  fix: `Sets the peer's VHID for the same VIP where that one is good and free here, else the next free VHID on both nodes.`,
  messages: {
    invalid: 'VHID {vhid} of the CARP VIP {address} on {interface} is not a number from 1 to 255.',
    missing: 'CARP VIP {address} on {interface} has no VHID.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>300</vhid>
			      ^^^ error: VHID 300 of the CARP VIP 10.0.0.1 on lan is not a number from 1 to 255.
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
    right: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<subnet_bits>8</subnet_bits>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer }) {
    for (const vip of node.query(readCarpVips)) {
      if (vhidOf(vip) !== undefined) continue;
      const data = { address: addressText(node, vip), interface: vipInterfaceName(node, vip) };
      const found = {
        at: childPlace(vip.element, 'vhid'),
        fixes: () => {
          const change = replacementVhid(vip, { node, peer });
          if (!change) return [];
          const { vhid, targets } = change;
          return [
            {
              title: `Set the VHID of ${data.address} to ${vhid}${targets.length > 1 ? ' on both nodes' : ''}`,
              applicability: 'suggestion' as const,
              edits: targets.map(target => ({
                document: target.config.document,
                edits: [setVipField(target.config, target.vip, { name: 'vhid', text: String(vhid) })],
              })),
            },
          ];
        },
      };
      if (vip.vhid) yield { ...found, message: 'invalid', data: { ...data, vhid: vip.vhid.value } };
      else yield { ...found, message: 'missing', data };
    }
  },
});
