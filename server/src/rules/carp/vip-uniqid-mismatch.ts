import type { Config } from '../../model/config.ts';
import { childPlace } from '../../model/read.ts';
import { pairAliasesOnCarp, pairCarpVips, type VipPair } from '../../model/vipPairs.ts';
import { readVipIds, retarget } from '../../model/vipReferences.ts';
import { readVirtualIps, vipInterfaceName, vipName } from '../../model/virtualIps.ts';
import { setText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'vip-uniqid-mismatch',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'A VIP has the same uniqid on both nodes.',
  why: `Services name a VIP by its uniqid (\`_vip62a856d41c9a3\`). The configuration sync copies CARP VIPs, IP aliases on them, and
the services as they are, so that the uniqids of a pair that is in sync are the same. Where they differ, the VIP was typed in
on the secondary by hand or the sync of VIPs is off: what the sync then copies (OpenVPN, IPsec, gateway groups …) names a VIP
that the secondary does not have, and is bound to nothing after a fail-over.

Files from before pfSense 2.2 have no uniqids; where either node's VIP has none, nothing is said. IP aliases on an interface
of its own and proxy ARP are not synchronised and not compared.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/usr/local/www/xmlrpc.php\` (restore_config_section).`,
  fix: `Gives the secondary's VIP the primary's uniqid, in all that names it on the secondary too.`,
  messages: {
    differs: '{vip} on {interface} has the uniqid {secondary} on the secondary, but {primary} on the primary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>63b967e52dab4</uniqid><subnet>192.168.1.10</subnet></vip>
		                                                                      ^^^^^^^^^^^^^ warning: 192.168.1.10 (VHID 1) on wan has the uniqid 63b967e52dab4 on the secondary, but 62a856d41c9a3 on the primary.
	</virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a856d41c9a3</uniqid><subnet>192.168.1.10</subnet></vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    const nodes = { primary, secondary };
    for (const pair of [...pairCarpVips(nodes).pairs, ...pairAliasesOnCarp(nodes).pairs]) {
      const [first, second] = [pair.primary.uniqid?.value, pair.secondary.uniqid?.value];
      if (first === undefined || second === undefined || first === second) continue;
      yield {
        at: childPlace(pair.secondary.element, 'uniqid'),
        message: 'differs',
        data: {
          vip: vipName(secondary, pair.secondary),
          interface: vipInterfaceName(secondary, pair.secondary),
          primary: first,
          secondary: second,
        },
        related: [{ at: childPlace(pair.primary.element, 'uniqid'), message: 'The uniqid on the primary.' }],
        fixes: () => fixes(secondary, pair),
      };
    }
  },
});

function fixes(secondary: Config, { primary: from, secondary: vip }: VipPair): Fix[] {
  const [before, wanted] = [vip.uniqid, from.uniqid?.value];
  if (!before || wanted === undefined || secondary.query(readVipIds).has(wanted)) return [];
  // What names a uniqid that two VIPs have may mean either.
  if (secondary.query(readVirtualIps).filter(each => each.uniqid?.value === before.value).length > 1) return [];
  const references = retarget(secondary, { from: before.value, to: wanted });
  return [
    {
      title: `Set the uniqid to ${wanted} on the secondary`,
      applicability: 'suggestion',
      edits: [{ document: secondary.document, edits: [setText(secondary, before.element, wanted), ...references] }],
    },
  ];
}
