import type { Config } from '../../model/config.ts';
import { childPlace } from '../../model/read.ts';
import { pairCarpVips } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { readLiveCarpVips, skewOf, type VirtualIp, vipInterfaceName, vipName } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule, type Role } from '../rule.ts';

export default defineNodeRule({
  id: 'carp-skew-empty',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A CARP VIP has an advskew.',
  why: `An empty advskew is 0 to the kernel, which is right on a primary. But the configuration sync raises a number by 100 for the
secondary and hands an empty one on as it is: from the next sync on both nodes advertise with 0, and nobody knows who is
master. pfSense's form writes a number always.

Where the secondary's advskew is not above the primary's already, that is \`carp-skew-order\`, and this rule says nothing.
Neither does it on a disabled interface.

Source: pfSense \`src/etc/rc.filter_synchronize\` (backup_vip_config_section), \`src/etc/inc/interfaces.inc\`
(interface_carp_configure).`,
  fix: `Sets 0, which is what an empty one means, and 100 on a secondary.`,
  messages: {
    empty: 'CARP VIP {vip} on {interface} has no advskew: the configuration sync cannot raise it for the secondary.',
    onSecondary: 'CARP VIP {vip} on {interface} has no advskew: the secondary advertises it with 0, as a primary does.',
  },
  examples: {
    wrong: `
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew></advskew>
			 ^^^^^^^ warning: CARP VIP 192.168.1.10 (VHID 1) on wan has no advskew: the configuration sync cannot raise it for the secondary.
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
			<advskew>0</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ node, peer, role }) {
    const empty = node.query(readLiveCarpVips).filter(vip => node.text(vip.element.child('advskew')) === '');
    if (empty.length === 0) return;
    const pairs = peer ? pairCarpVips({ primary: node, secondary: peer }).pairs : [];
    const counterparts = new Map(pairs.map(pair => [pair.primary, pair.secondary]));
    for (const vip of empty) {
      const other = counterparts.get(vip);
      const theirs = peer && other && skewOf(peer, other);
      // The secondary's has to be above: 0 never is, and nothing of the primary's is below.
      if (other && (role === 'secondary' || theirs === 0)) continue;
      yield {
        at: childPlace(vip.element, 'advskew'),
        message: role === 'secondary' ? 'onSecondary' : 'empty',
        data: { vip: vipName(node, vip), interface: vipInterfaceName(node, vip) },
        fixes: () => [setSkew(node, vip, role)],
      };
    }
  },
});

function setSkew(node: Config, vip: VirtualIp, role: Role | undefined): Fix {
  const text = role === 'secondary' ? '100' : '0';
  return {
    title: `Set advskew to ${text}`,
    // On a primary it says what the empty one means; a node in no pair may be a secondary.
    applicability: role === 'primary' ? 'safe' : 'suggestion',
    edits: [{ document: node.document, edits: [setVipField(node, vip, { name: 'advskew', text })] }],
  };
}
