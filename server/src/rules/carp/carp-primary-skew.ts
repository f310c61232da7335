import { hasOwnAddress } from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { readRevision } from '../../model/revision.ts';
import { pairLiveCarpVips, pairName } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { secondarySkew, skewOf, vipInterfaceName } from '../../model/virtualIps.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type PairInput } from '../rule.ts';

export default definePairRule({
  id: 'carp-primary-skew',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: "The primary's advskew is 0 or 1.",
  why: `The primary is meant to be master, and Netgate's documentation has it advertise with advskew 0 or 1, for the secondary to
follow 100 behind. A higher one works as long as the secondary's is above it, but the two come closer: from 154 on the sync
cannot add the whole 100, and at 254 both are the same. The ISC DHCP server takes a node for the primary of a fail-over only
while the advskew on the interface is below 20.

Where the secondary's is not above the primary's, that is \`carp-skew-order\`, and this rule says nothing; nor does it on an
interface that is disabled on both nodes, or about a text that is no number. An advskew of 100 and more that came by a
synchronisation from another node is that of the middle one of three, which has its number from the first.

Source: Netgate's documentation, "Configuring High Availability"; pfSense \`src/etc/rc.filter_synchronize\`,
\`src/etc/inc/services.inc\` (services_dhcpdv4_configure).`,
  fix: `Sets 0 on the primary and 100 on the secondary.`,
  messages: {
    high: '{vip} on {interface}: the primary advertises with advskew {skew}; it should be 0 or 1.',
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>50</advskew>
			         ^^ warning: VHID 1 on wan: the primary advertises with advskew 50; it should be 0 or 1.
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>150</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
    right: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>1</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>101</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of pairLiveCarpVips({ primary, secondary })) {
      const [first, second] = [skewOf(primary, pair.primary), skewOf(secondary, pair.secondary)];
      if (first === undefined || first <= 1 || second === undefined || second <= first) continue;
      if (first >= secondarySkew(0) && isReceiver({ primary, secondary })) continue;
      const wanted = String(secondarySkew(0));
      const fix = (): Fix => ({
        title: `Set advskew to 0 on the primary and ${wanted} on the secondary`,
        applicability: 'suggestion',
        edits: [
          { document: primary.document, edits: [setVipField(primary, pair.primary, { name: 'advskew', text: '0' })] },
          ...(second === secondarySkew(0)
            ? []
            : [
                {
                  document: secondary.document,
                  edits: [setVipField(secondary, pair.secondary, { name: 'advskew', text: wanted })],
                },
              ]),
        ],
      });
      yield {
        at: childPlace(pair.primary.element, 'advskew'),
        message: 'high',
        data: {
          vip: pairName(secondary, pair),
          interface: vipInterfaceName(primary, pair.primary),
          skew: first,
        },
        related: [{ at: childPlace(pair.secondary.element, 'advskew'), message: 'The advskew on the secondary.' }],
        fixes: () => [fix()],
      };
    }
  },
});

/** Whether the primary's last writer was the synchronisation of a third node, whose secondary it is. */
function isReceiver({ primary, secondary }: PairInput): boolean {
  const from = primary.query(readRevision).synchronisedFrom?.value;
  return from !== undefined && !hasOwnAddress(secondary, from) && !hasOwnAddress(primary, from);
}
