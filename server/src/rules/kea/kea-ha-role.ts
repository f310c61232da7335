import { type KeaHaPair, keaHaPairs, keaRoleOf, type RunningKeaHa } from '../../model/keaHa.ts';
import { childPlace } from '../../model/read.ts';
import { setChildText } from '../../model/write.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'kea-ha-role',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: "In Kea's high availability one node is primary and the other standby.",
  why: `pfSense runs Kea in hot standby: the \`primary\` answers clients, the \`standby\` keeps a copy of the leases and takes over when
the primary is gone. Each node gives its partner the opposite of its own role. Two nodes with one role contradict each other
about who serves: Kea finds no partner that fits, and both serve, or none.

The words are \`primary\` and \`standby\`, never \`secondary\`; no role at all means \`primary\`. Where DHCP is synchronised, the
primary sends the secondary the opposite of its own role. Roles that are exchanged (the CARP primary is \`standby\`) are
unusual, but work: Kea takes no notice of CARP. Only servers whose high availability is enabled on both nodes are looked at.

Source: pfSense \`src/etc/inc/services.inc\`, \`src/etc/rc.filter_synchronize\`, \`src/usr/local/www/services_dhcp_settings.php\`.`,
  messages: {
    same: "Both nodes have the role {role} in the high availability of Kea's {server} server; the {here} must be {wanted}.",
    unknown: "{role} is no role in the high availability of Kea's {server} server; the {here} must be {wanted}.",
  },
  fix: 'Gives the node the role that its partner does not have.',
  examples: {
    wrong: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>primary</role>
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
			<role>primary</role>
			      ^^^^^^^ error: Both nodes have the role primary in the high availability of Kea's DHCP server; the secondary must be standby.
			<localname>fw2</localname>
			<localip>172.16.1.3</localip>
			<remotename>fw1</remotename>
			<remoteip>172.16.1.2</remoteip>
		</ha>
	</kea>
`,
    right: `
--- primary.xml
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<role>primary</role>
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
		</ha>
	</kea>
`,
  },
  *check({ primary, secondary }) {
    for (const pair of keaHaPairs(primary, secondary)) {
      for (const wrong of wrongRoles(pair)) {
        const { running, wanted, here } = wrong;
        const { config, ha, server } = running;
        const other = running === pair.primary ? pair.secondary : pair.primary;
        yield {
          at: childPlace(ha.element, 'role'),
          message: isRole(keaRoleOf(running)) ? 'same' : 'unknown',
          data: { role: keaRoleOf(running), server, here, wanted },
          related: [{ at: childPlace(other.ha.element, 'role'), message: "The partner's role." }],
          fixes: () => [
            {
              title: `Set the role of the ${here} to ${wanted}`,
              applicability: 'suggestion',
              edits: [
                {
                  document: config.document,
                  edits: [setChildText(config, ha.element, { name: 'role', text: wanted, after: ['enable'] })],
                },
              ],
            },
          ],
        };
      }
    }
  },
});

interface WrongRole {
  readonly running: RunningKeaHa;
  readonly here: 'primary' | 'secondary';
  readonly wanted: 'primary' | 'standby';
}

/** Of two equal roles it is the one that does not go with the node's role in the pair; of two unknown ones each. */
function wrongRoles({ primary, secondary }: KeaHaPair): readonly WrongRole[] {
  const [first, second] = [keaRoleOf(primary), keaRoleOf(secondary)];
  if (isRole(first) && isRole(second)) {
    if (first !== second) return [];
    return first === 'primary'
      ? [{ running: secondary, here: 'secondary', wanted: 'standby' }]
      : [{ running: primary, here: 'primary', wanted: 'primary' }];
  }
  const wrong: WrongRole[] = [];
  if (!isRole(first)) {
    wrong.push({ running: primary, here: 'primary', wanted: second === 'primary' ? 'standby' : 'primary' });
  }
  if (!isRole(second)) {
    wrong.push({ running: secondary, here: 'secondary', wanted: first === 'standby' ? 'primary' : 'standby' });
  }
  return wrong;
}

function isRole(text: string): boolean {
  return text === 'primary' || text === 'standby';
}
