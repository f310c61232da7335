import type { Config } from '../../model/config.ts';
import { childPlace, readText } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'system-timeservers-missing',
  topic: 'system',
  severity: 'info',
  since: '0.1.0',
  summary: 'Each node of a pair has a time server.',
  why: `The clocks of the two nodes have to agree: DHCP fail-over stops where they are too far apart, leases and certificates go by them, and the
logs of a fail-over can only be read side by side where they do. A node without a time server drifts.

Where the clock comes from elsewhere the finding means nothing; a GPS or PPS clock in the node's NTP settings is seen. Only nodes of a pair are
looked at.

Source: Netgate's documentation, "Troubleshooting High Availability DHCP Failover"; pfSense \`src/etc/inc/system.inc\`
(system_ntp_configure).`,
  fix: "Takes the other node's time servers.",
  messages: {
    missing: 'This node has no time server; its clock and that of {other} will drift apart.',
  },
  examples: {
    wrong: `
--- primary.xml
	<system>
		<timeservers></timeservers>
		 ^^^^^^^^^^^ info: This node has no time server; its clock and that of the secondary will drift apart.
	</system>
--- secondary.xml
	<system>
		<timeservers>ntp.example.org</timeservers>
	</system>
`,
    right: `
--- primary.xml
	<system>
		<timeservers>ntp.example.org</timeservers>
	</system>
--- secondary.xml
	<system>
		<timeservers>ntp.example.org</timeservers>
	</system>
`,
  },
  *check({ node, peer, role }) {
    const system = node.top('system');
    // A file that has no `timeservers` at all may be an excerpt; pfSense always writes the element.
    if (!system?.child('timeservers') || !peer || readText(node, system, 'timeservers') || hasClock(node)) return;
    yield {
      at: childPlace(system, 'timeservers'),
      message: 'missing',
      data: { other: otherNode(role) },
      fixes: () => copy(node, peer),
    };
  },
});

/** Whether the node's NTP has a clock of its own: GPS, or PPS. */
function hasClock(node: Config): boolean {
  const [gps, pps] = [node.find('ntpd/gps'), node.find('ntpd/pps')];
  return [gps, pps].some(clock => clock !== undefined && node.text(clock.child('port')) !== '');
}

function copy(node: Config, peer: Config): Fix[] {
  const [system, theirs] = [node.top('system'), peer.top('system')];
  const servers = theirs && readText(peer, theirs, 'timeservers')?.value;
  if (!system || !servers) return [];
  const edits = [setChildText(node, system, { name: 'timeservers', text: servers })];
  return [
    {
      title: `Set the time servers ${servers}`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits }],
    },
  ];
}
