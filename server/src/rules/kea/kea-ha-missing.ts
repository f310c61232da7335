import type { Config } from '../../model/config.ts';
import { readDhcpBackend } from '../../model/dhcp.ts';
import { haveEqualPools, readServedScopes } from '../../model/dhcpPools.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { counterpartHa, type RunningKeaHa, readRunningKeaHas } from '../../model/keaHa.ts';
import { type KeaHaPlan, planKeaHa, planKeaHaMirror } from '../../model/keaHaSetup.ts';
import { carpScopesWithoutHa, haveCommonAddresses, runsKea } from '../../model/keaWithoutHa.ts';
import { valuePlace } from '../../model/read.ts';
import type { Place } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'kea-ha-missing',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: 'Where both nodes serve DHCP with Kea from one pool, they do so in high availability.',
  why: `Two Kea servers that do not know of each other both answer each client, and both give away the same addresses. Kea has **one**
high availability for all interfaces (*Services > DHCP Server > Settings*), which has to be enabled on both nodes. ISC's fail-over
peer of an interface, which stays in the file when a node is switched to Kea, **does nothing** there.

It is told once, on the primary, where both nodes run Kea, neither has high availability enabled, and on an interface with CARP VIPs on both
their pools overlap or a fail-over peer is left over. Where it is enabled on one node only, that node waits for a partner that never
answers; it is told on the other.

Silent: where pools are divided between the nodes on purpose; on interfaces without CARP; before pfSense 2.8, whose Kea has no high
availability (\`dhcp-pool-overlap\` tells of the pools).

Source: Netgate's documentation, "Convert a high availability cluster to Kea"; pfSense \`src/etc/inc/services.inc\`,
\`src/etc/rc.filter_synchronize\`.`,
  messages: {
    missing:
      'Both nodes serve {interfaces} with Kea from the same pool, but its high availability is on neither: each gives away addresses of which the other knows nothing.',
    leftover:
      "Kea does not read the fail-over peer of {interfaces}: without Kea's own high availability both nodes serve there without knowing of each other.",
    oneSided:
      "The high availability of Kea's {server} server is on the {there} only: it waits for a partner that never answers.",
  },
  fix: 'Sets it up between the SYNC addresses of both nodes, or mirrors what the one node has, and adds a pass rule for its port where there is none. Only where the nodes have names and addresses of their own and equal pools.',
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpbackend>kea</dhcpbackend>
	             ^^^ error: Both nodes serve LAN with Kea from the same pool, but its high availability is on neither: each gives away addresses of which the other knows nothing.
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.100</from><to>10.0.0.199</to></range></lan>
	</dhcpd>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip>
	</virtualip>
	<dhcpbackend>kea</dhcpbackend>
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.100</from><to>10.0.0.199</to></range></lan>
	</dhcpd>
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
    if (![primary, secondary].every(runsKea)) return;
    const [here, there] = [primary.query(readRunningKeaHas), secondary.query(readRunningKeaHas)];
    for (const one of here.filter(serves))
      if (!counterpartHa(secondary, one)) yield oneSided(one, secondary, 'primary');
    for (const one of there.filter(serves)) if (!counterpartHa(primary, one)) yield oneSided(one, primary, 'secondary');
    const scopes = carpScopesWithoutHa(primary, secondary);
    const overlapping = scopes.filter(haveCommonAddresses);
    const leftover = scopes.filter(shared => shared.primary.scope.failoverPeer ?? shared.secondary.scope.failoverPeer);
    const found = overlapping.length > 0 ? overlapping : leftover;
    const [first] = found;
    const backend = primary.query(readDhcpBackend).element;
    if (!first || !backend) return;
    yield {
      at: valuePlace(backend),
      message: overlapping.length > 0 ? 'missing' : 'leftover',
      data: { interfaces: listed(found.map(each => interfaceName(primary, each.primary.scope.key))) },
      related: [
        { at: first.primary.scope.element.namePlace, message: "The primary's DHCP server." },
        { at: first.secondary.scope.element.namePlace, message: "The secondary's DHCP server." },
      ],
      fixes: () => {
        if (!haveEqualPools({ primary, secondary })) return [];
        const plan = planKeaHa(primary, secondary);
        return plan ? [fixOf(plan, `Set up Kea's high availability on both nodes over ${plan.over}`)] : [];
      },
    };
  },
});

function oneSided(running: RunningKeaHa, other: Config, there: 'primary' | 'secondary') {
  const here = there === 'primary' ? 'secondary' : 'primary';
  return {
    at: placeWithout(other, running),
    message: 'oneSided' as const,
    data: { server: running.server, there },
    related: [{ at: running.ha.element.namePlace, message: `The high availability on the ${there}.` }],
    fixes: () => {
      const [primary, secondary] = there === 'primary' ? [running.config, other] : [other, running.config];
      if (running.section === 'kea' && !haveEqualPools({ primary, secondary })) return [];
      const plan = planKeaHaMirror(running, other);
      return plan ? [fixOf(plan, `Set up Kea's high availability on the ${here} as the ${there} has it`)] : [];
    },
  };
}

/** Where it would have to be: the most that is there of it. */
function placeWithout(config: Config, { section }: RunningKeaHa): Place {
  const found = config.find(`${section}/ha`) ?? config.top(section) ?? config.query(readDhcpBackend).element;
  // Kea runs there, so that the backend is written down.
  return found!.name === 'dhcpbackend' ? valuePlace(found!) : found!.namePlace;
}

/** A server that serves no interface does not run. */
function serves({ config, section }: RunningKeaHa): boolean {
  if (section === 'kea') return config.query(readServedScopes).size > 0;
  return (config.top('dhcpdv6')?.children() ?? []).some(scope => scope.child('enable') !== undefined);
}

function fixOf({ nodes }: KeaHaPlan, title: string): Fix {
  return {
    title,
    applicability: 'suggestion',
    edits: nodes.map(({ config, edits }) => ({ document: config.document, edits })),
  };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
