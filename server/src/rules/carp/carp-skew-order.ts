import type { Config } from '../../model/config.ts';
import { childPlace } from '../../model/read.ts';
import { pairLiveCarpVips, pairName } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { secondarySkew, skewOf, type VirtualIp, vipInterfaceName } from '../../model/virtualIps.ts';
import type { DocumentEdit } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'carp-skew-order',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'The secondary advertises a CARP VIP with a higher advskew than the primary.',
  why: `Of the nodes that advertise a VIP, the one with the lowest advskew becomes master. With the same advskew on both nobody
knows which one that is, and it may change with every fail-over; with a lower one on the secondary the VIP is served there,
while the configuration is kept on the primary, and VIPs may end up with a master each.

An empty advskew is 0 to the kernel. The configuration sync raises a number by 100 (254 at most), but hands an empty
one on as it is, so that both nodes advertise with 0.

A text that is no number from 0 to 254 is not compared.

Source: pfSense \`src/etc/rc.filter_synchronize\` (backup_vip_config_section); FreeBSD carp(4); Netgate's documentation,
"Configuring High Availability".`,
  fix: `Sets the secondary's advskew to the primary's plus 100, at most 254. Where the primary's is empty, or so high that nothing
is above it, the primary gets 0 and the secondary 100.`,
  messages: {
    notAfter: "{vip} on {interface}: the secondary's advskew {secondary} is not above the primary's {primary}.",
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>0</advskew>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>0</advskew>
			         ^ error: VHID 2 on lan: the secondary's advskew 0 is not above the primary's 0.
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>0</advskew>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advskew>100</advskew>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of pairLiveCarpVips({ primary, secondary })) {
      const [first, second] = [skewOf(primary, pair.primary), skewOf(secondary, pair.secondary)];
      if (first === undefined || second === undefined || second > first) continue;
      // The sync hands an empty advskew on, and 254 has nothing above it: then the primary's has to change as well.
      const isPrimaryUnfit = !pair.primary.advskew || first === 254;
      const base = isPrimaryUnfit ? 0 : first;
      const wanted = secondarySkew(base);
      yield {
        at: childPlace(pair.secondary.element, 'advskew'),
        message: 'notAfter',
        data: {
          vip: pairName(secondary, pair),
          interface: vipInterfaceName(secondary, pair.secondary),
          primary: pair.primary.advskew ? first : 'empty one (which is 0)',
          secondary: pair.secondary.advskew ? second : '(empty, which is 0)',
        },
        related: [{ at: childPlace(pair.primary.element, 'advskew'), message: 'The advskew on the primary.' }],
        fixes: () => [
          {
            title: isPrimaryUnfit
              ? `Set advskew to ${base} on the primary and ${wanted} on the secondary`
              : `Set advskew to ${wanted} on the secondary`,
            applicability: 'suggestion',
            edits: [
              skewEdit(secondary, pair.secondary, wanted),
              ...(isPrimaryUnfit ? [skewEdit(primary, pair.primary, base)] : []),
            ],
          },
        ],
      };
    }
  },
});

function skewEdit(config: Config, vip: VirtualIp, skew: number): DocumentEdit {
  return { document: config.document, edits: [setVipField(config, vip, { name: 'advskew', text: String(skew) })] };
}
