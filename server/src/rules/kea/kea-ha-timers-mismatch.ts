import { keaHaPairs, type RunningKeaHa } from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'kea-ha-timers-mismatch',
  topic: 'kea',
  severity: 'warning',
  since: '0.1.0',
  summary: "Both nodes use the same delays and limits in Kea's high availability.",
  why: `The delays and limits say when a server takes its partner for dead. With different ones the nodes disagree for a while: one
already serves alone while the other still waits for it.

What is not written has pfSense's default: heartbeat delay 10000 ms, response delay 60000 ms, ack delay 60000 ms, unacked clients
0, rejected lease updates 10. A value that is written and equals the default is no difference. Where DHCP is synchronised, the
primary's values replace the secondary's at its next save. Only servers whose high availability is enabled on both nodes are
looked at.

Source: pfSense \`src/usr/local/pfSense/include/www/services_dhcp.inc\` (kea_defaults), \`src/etc/inc/services.inc\`.`,
  messages: {
    differs: "The {title} of Kea's {server} server is {secondary} on the secondary and {primary} on the primary.",
  },
  fix: "Copies the primary's value.",
  examples: {
    wrong: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
			<maxresponsedelay>20000</maxresponsedelay>
			                  ^^^^^ warning: The response delay of Kea's DHCP server is 20000 ms on the secondary and 60000 ms on the primary.
		</ha>
	</kea>
`,
    right: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
--- secondary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>standby</role>
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
			<maxresponsedelay>60000</maxresponsedelay>
		</ha>
	</kea>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of keaHaPairs(primary, secondary)) {
      for (const timer of timers) {
        const [first, second] = [settingOf(pair.primary, timer), settingOf(pair.secondary, timer)];
        if (first === undefined || second === undefined || first === second) continue;
        const { name, title, unit } = timer;
        yield {
          at: childPlace(pair.secondary.ha.element, name),
          message: 'differs',
          data: { title, server: pair.secondary.server, primary: `${first}${unit}`, secondary: `${second}${unit}` },
          related: [{ at: childPlace(pair.primary.ha.element, name), message: `The ${title} on the primary.` }],
          fixes: () => [
            {
              title: `Set ${name} to ${first} on the secondary`,
              applicability: 'suggestion',
              edits: [
                {
                  document: secondary.document,
                  edits: [setChildText(secondary, pair.secondary.ha.element, { name, text: String(first) })],
                },
              ],
            },
          ],
        };
      }
    }
  },
});

interface Timer {
  readonly name: string;
  readonly title: string;
  readonly standard: number;
  readonly unit: ' ms' | '';
}

const timers: readonly Timer[] = [
  { name: 'heartbeatdelay', title: 'heartbeat delay', standard: 10_000, unit: ' ms' },
  { name: 'maxresponsedelay', title: 'response delay', standard: 60_000, unit: ' ms' },
  { name: 'maxackdelay', title: 'ack delay', standard: 60_000, unit: ' ms' },
  { name: 'maxunackedclients', title: 'number of unacked clients', standard: 0, unit: '' },
  { name: 'maxrejectedleaseupdates', title: 'number of rejected lease updates', standard: 10, unit: '' },
];

/** The value that Kea is given; absent where the text is no number. */
function settingOf({ config, ha }: RunningKeaHa, { name, standard }: Timer): number | undefined {
  const text = config.text(ha.element.child(name)).trim();
  if (text === '') return standard;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
