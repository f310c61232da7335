import type { Config } from '../../model/config.ts';
import { childPlace } from '../../model/read.ts';
import { pairLiveCarpVips, pairName } from '../../model/vipPairs.ts';
import { setVipField } from '../../model/virtualIpEdits.ts';
import { advbaseOf, type VirtualIp, vipInterfaceName } from '../../model/virtualIps.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'carp-advbase-mismatch',
  topic: 'carp',
  severity: 'error',
  since: '0.1.0',
  summary: 'Both nodes advertise a CARP VIP at the same interval.',
  why: `advbase is the number of seconds between two advertisements, to which advskew adds so many 256ths. It weighs more
than any advskew: the node with the lower advbase becomes master, whatever their advskews say. And a backup takes the master for dead
after three of its own intervals, so with a shorter one than the master's it may take over while the master is alive.

An empty advbase, and 0, is 1 second: pfSense then hands none to the kernel. The configuration sync copies the number,
254 at most. A text that is no number is not compared.

Source: pfSense \`src/etc/inc/interfaces.inc\` (interface_carp_configure), \`src/etc/rc.filter_synchronize\`; FreeBSD carp(4).`,
  fix: `Copies the primary's advbase to the secondary.`,
  messages: {
    differs: "{vip} on {interface}: the secondary's advbase is {secondary}, the primary's {primary}.",
  },
  examples: {
    wrong: `
--- primary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advbase>1</advbase>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advbase>2</advbase>
			         ^ error: VHID 2 on lan: the secondary's advbase is 2, the primary's 1.
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
			<advbase>1</advbase>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
--- secondary.xml
	<virtualip>
		<vip>
			<mode>carp</mode>
			<interface>lan</interface>
			<vhid>2</vhid>
			<advbase></advbase>
			<subnet>10.0.0.1</subnet>
		</vip>
	</virtualip>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of pairLiveCarpVips({ primary, secondary })) {
      const first = advbaseOf(primary, pair.primary);
      const second = advbaseOf(secondary, pair.secondary);
      if (first === undefined || second === undefined) continue;
      const wanted = Math.min(first, 254);
      if (second === wanted || second === first) continue;
      yield {
        at: childPlace(pair.secondary.element, 'advbase'),
        message: 'differs',
        data: {
          vip: pairName(secondary, pair),
          interface: vipInterfaceName(secondary, pair.secondary),
          primary: shown(primary, pair.primary),
          secondary: shown(secondary, pair.secondary),
        },
        related: [{ at: childPlace(pair.primary.element, 'advbase'), message: 'The advbase on the primary.' }],
        fixes: () => [
          {
            title: `Set advbase to ${wanted} on the secondary`,
            applicability: 'safe',
            edits: [
              {
                document: secondary.document,
                edits: [setVipField(secondary, pair.secondary, { name: 'advbase', text: String(wanted) })],
              },
            ],
          },
        ],
      };
    }
  },
});

/** As it is written, with what an empty one comes to. */
function shown(config: Config, vip: VirtualIp): string {
  return vip.advbase ? String(vip.advbase.value) : `empty (${advbaseOf(config, vip)})`;
}
