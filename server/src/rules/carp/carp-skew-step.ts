import { childPlace } from '../../model/read.ts';
import { pairLiveCarpVips, pairName } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { secondarySkew, vipInterfaceName } from '../../model/virtualIps.ts';
import { sends } from '../../pair/sync/areas.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'carp-skew-step',
  topic: 'carp',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The advskew of a CARP VIP is 100 more on the secondary than on the primary.',
  why: `The configuration sync gives each VIP on the secondary the primary's advskew plus 100, at most 254. A different one was
set by hand and will not outlive the next sync, or tells that the sync does not get through. The VIPs themselves work, as
long as the secondary's is the higher one; where it is not, that is \`carp-skew-order\`, and this rule says nothing.

Nothing is said where the primary's advskew is empty, which the sync does not raise, or is no number from 0 to 254; and where the
primary's section \`hasync\` has no target or no tick at virtual IPs, for then any higher number is as good.

Source: pfSense \`src/etc/rc.filter_synchronize\` (backup_vip_config_section).`,
  fix: `Sets the secondary's advskew to the primary's plus 100, at most 254.`,
  messages: {
    step: "{vip} on {interface}: the secondary's advskew is {secondary}, but {wanted} goes with the primary's {primary}.",
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>0</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>50</advskew>
			         ^^ warning: VHID 1 on wan: the secondary's advskew is 50, but 100 goes with the primary's 0.
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
			<advskew>200</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>wan</interface>
			<vhid>1</vhid>
			<advskew>254</advskew>
			<subnet>192.168.1.10</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    if (primary.top('hasync') && !sends(primary, 'virtualip')) return;
    for (const pair of pairLiveCarpVips({ primary, secondary })) {
      const first = pair.primary.advskew?.value;
      const second = pair.secondary.advskew?.value;
      if (first === undefined || second === undefined || second <= first) continue;
      const wanted = secondarySkew(first);
      if (second === wanted) continue;
      yield {
        at: childPlace(pair.secondary.element, 'advskew'),
        message: 'step',
        data: {
          vip: pairName(secondary, pair),
          interface: vipInterfaceName(secondary, pair.secondary),
          primary: first,
          secondary: second,
          wanted,
        },
        related: [{ at: childPlace(pair.primary.element, 'advskew'), message: 'The advskew on the primary.' }],
        fixes: () => [
          {
            title: `Set advskew to ${wanted} on the secondary`,
            applicability: 'safe',
            edits: [
              {
                document: secondary.document,
                edits: [setVipField(secondary, pair.secondary, { name: 'advskew', text: String(wanted) })],
              },
            ],
          },
        ],
      };
    }
  },
});
