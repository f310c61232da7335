import type { Config } from '../../model/config.ts';
import { sharedScopes } from '../../model/dhcpPools.ts';
import { readHaSync } from '../../model/hasync.ts';
import { readCarpVips } from '../../model/virtualIps.ts';
import { elementSource, insertChild, setChildText } from '../../model/write.ts';
import { hasContent } from '../../pair/sync/areaContent.ts';
import { readKnownAreas, readTickedAreas, type SyncArea } from '../../pair/sync/areas.ts';
import { driftOfArea } from '../../pair/sync/drift.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule, type NodeInput } from '../rule.ts';

export default defineNodeRule({
  id: 'sync-area-off',
  topic: 'sync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The primary synchronises every area in which the pair has anything.',
  why: `*System > High Availability* has a box for each area of the configuration. What is not ticked stays on the node where it was typed in: after
a fail-over the secondary runs with its own old rules, or without them. Netgate's guide ticks them all.

Some boxes need others: firewall rules and NAT name **aliases**, NAT names **virtual IPs**. With the one and without the other the
secondary gets rules that name what it does not have. Without virtual IPs the numbers and passwords of CARP are kept in step
by hand.

Silent: on a node without a target; for an area in which neither node has anything beyond what is there from the beginning (its
administrator, the certificate of the web interface, automatic outbound NAT); for boxes that the version does not have; for what
another box sends (schedules go with rules, certificates with OpenVPN); and for DHCP where the nodes divide the pool between them,
which works only without.

Source: Netgate's documentation, "XMLRPC Config Sync"; pfSense \`src/etc/rc.filter_synchronize\`, \`src/usr/local/www/system_hasync.php\`.`,
  messages: {
    off: 'The primary does not synchronise its {area}: what is changed there never reaches the secondary.',
    aliases:
      'The primary synchronises {user}, but not its aliases: the secondary may get rules that name aliases it does not have.',
    virtualIps:
      'The primary does not synchronise its virtual IPs, though it has CARP VIPs: each change has to be made on both nodes by hand.',
    none: 'The primary names {address} as the target of its configuration sync, but no area is ticked: nothing is sent.',
  },
  fix: 'Ticks the box. The next synchronisation then replaces what the secondary has in that area; the fix counts as dangerous where that would be lost.',
  examples: {
    wrong: `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<filter>
		<rule><type>pass</type><interface>lan</interface></rule>
	</filter>
	<hasync>
	 ^^^^^^ warning: The primary does not synchronise its virtual IPs, though it has CARP VIPs: each change has to be made on both nodes by hand.
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizerules>on</synchronizerules>
	</hasync>
`,
    right: `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<filter>
		<rule><type>pass</type><interface>lan</interface></rule>
	</filter>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizerules>on</synchronizerules>
		<synchronizevirtualip>on</synchronizevirtualip>
	</hasync>
`,
  },
  *check({ node, peer, role }) {
    const { element, synchronizeToIp } = node.query(readHaSync);
    if (role === 'secondary' || !element || !synchronizeToIp) return;
    const ticked = node.query(readTickedAreas);
    const missing = missingAreas({ node, peer, role }, ticked);
    if (ticked.length === 0) {
      if (missing.length === 0) return;
      yield {
        at: element.namePlace,
        message: 'none',
        data: { address: synchronizeToIp.value },
        fixes: () => tick({ node, peer }, element, missing),
      };
      return;
    }
    for (const area of missing) {
      const user = ticked.find(each => each.key === 'synchronizerules' || each.key === 'synchronizenat');
      yield {
        at: (element.child(area.key) ?? element).namePlace,
        message: messageOf(node, area, user),
        data: { area: area.title, user: user?.title ?? '' },
        fixes: () => tick({ node, peer }, element, [area]),
      };
    }
  },
});

interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

function missingAreas({ node, peer }: NodeInput, ticked: readonly SyncArea[]): readonly SyncArea[] {
  const on = new Set(ticked.map(area => area.key));
  const sent = new Set(ticked.flatMap(area => area.parts));
  return node.query(readKnownAreas).filter(area => {
    if (on.has(area.key) || area.parts.every(part => sent.has(part))) return false;
    if (area.key === 'synchronizedhcpd' && peer && dividesPools(node, peer)) return false;
    return hasContent(node, area) || (peer !== undefined && hasContent(peer, area));
  });
}

/** Whether both nodes serve a network from pools of their own, without telling each other of it. */
function dividesPools(primary: Config, secondary: Config): boolean {
  return [...sharedScopes(primary, secondary)].some(shared => !shared.hasFailover);
}

function messageOf(node: Config, { key }: SyncArea, user: SyncArea | undefined) {
  if (key === 'synchronizealiases' && user) return 'aliases';
  return key === 'synchronizevirtualip' && node.query(readCarpVips).length > 0 ? 'virtualIps' : 'off';
}

function tick({ node, peer }: Nodes, hasync: Element, areas: readonly SyncArea[]): Fix[] {
  const [first] = areas;
  if (!first) return [];
  const present = areas.filter(area => hasync.child(area.key));
  const absent = areas.filter(area => !hasync.child(area.key));
  const losesSomething = areas.some(
    area => peer && driftOfArea({ primary: node, secondary: peer }, area).some(({ kind }) => kind !== 'added'),
  );
  const source = absent.map(({ key }) => elementSource(node, key, 'on')).join('\n');
  const edits = [
    ...present.map(({ key }) => setChildText(node, hasync, { name: key, text: 'on' })),
    ...(source === '' ? [] : [insertChild(hasync, { source })]),
  ];
  return [
    {
      title: areas.length === 1 ? `Synchronise ${first.title}` : 'Synchronise all areas',
      applicability: losesSomething ? 'dangerous' : 'suggestion',
      edits: [{ document: node.document, edits }],
    },
  ];
}
