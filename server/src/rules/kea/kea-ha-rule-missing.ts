import { contains, sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { counterpartHa, defaultKeaPort, keaPortOf, type RunningKeaHa, readRunningKeaHas } from '../../model/keaHa.ts';
import { insertPassRule, isLetInByNone, type Wanted } from '../../model/passRules.ts';
import { childPlace } from '../../model/read.ts';
import type { DocumentEdit } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'kea-ha-rule-missing',
  topic: 'kea',
  severity: 'error',
  since: '0.1.0',
  summary: "A rule lets the other node reach Kea's high availability.",
  why: `Kea's servers speak over TCP with each other, by default to port 8765 for DHCP and 8766 for DHCPv6. pfSense adds no rule for it: on an
interface other than LAN nothing is passed that no rule passes, so that each server takes its partner for dead and serves
alone.

A rule for the port, for TCP or for everything does, also a floating one or one of an interface group. What a rule says of
addresses, what a port alias holds, and whether another rule blocks before it is not looked at: a finding means that no rule can
let it in. Nothing is said where it is not known on which interface Kea listens.

Source: Netgate's documentation, "Kea DHCP high availability"; pfSense \`src/etc/inc/filter.inc\`, which has no rule of its own
for Kea.`,
  messages: {
    missing:
      "No rule on {interface} passes TCP port {port}, so the other node cannot reach the high availability of Kea's {server} server.",
  },
  fix: 'Adds a pass rule from the network of the interface to the firewall itself, on both nodes where both lack it.',
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<dhcpbackend>kea</dhcpbackend>
	<kea>
		<ha>
			<enable></enable>
			<localname>fw1</localname>
			<localip>172.16.1.2</localip>
			         ^^^^^^^^^^ error: No rule on SYNC (opt1) passes TCP port 8765, so the other node cannot reach the high availability of Kea's DHCP server.
			<remotename>fw2</remotename>
			<remoteip>172.16.1.3</remoteip>
		</ha>
	</kea>
	<filter>
		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>pfsync</protocol>
			<source><network>opt1</network></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
    right: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
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
	<filter>
		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>tcp</protocol>
			<source><network>opt1</network></source>
			<destination><network>(self)</network><port>8765-8766</port></destination>
		</rule>
	</filter>
`,
  },
  *check({ node, peer }) {
    for (const running of node.query(readRunningKeaHas)) {
      const wanted = missingRule(running);
      if (!wanted) continue;
      yield {
        at: childPlace(running.ha.element, 'localip'),
        message: 'missing',
        data: { interface: interfaceName(node, wanted.interface), port: wanted.port, server: running.server },
        fixes: () => {
          const here = ruleEdits(node, running, wanted);
          if (!here) return [];
          const other = counterpartHa(peer, running);
          const there = other && missingRule(other);
          const also = other && there && ruleEdits(other.config, other, there);
          const title = `Pass TCP port ${wanted.port} on ${interfaceName(node, wanted.interface)}`;
          return [
            also
              ? { title: `${title} on both nodes`, applicability: 'suggestion', edits: [here, also] }
              : { title, applicability: 'suggestion', edits: [here] },
          ];
        },
      };
    }
  },
});

interface WantedPort extends Wanted {
  readonly port: number;
}

/** What no rule passes; absent where one may, and where the interface is not known. */
function missingRule(running: RunningKeaHa): WantedPort | undefined {
  const found = interfaceOf(running);
  if (!found) return undefined;
  const port = keaPortOf(running, 'local') ?? defaultKeaPort(running);
  const wanted = { interface: found.each.key, family: found.family, protocol: 'tcp', port } as const;
  return isLetInByNone(running.config, wanted) ? wanted : undefined;
}

interface Listening {
  readonly each: Interface;
  readonly family: 4 | 6;
}

/** The interface that has the local address; where none has it, that in whose network it lies, or the partner's does. */
function interfaceOf({ config, ha }: RunningKeaHa): Listening | undefined {
  const all = [...config.query(readInterfaces).values()].filter(each => each.isEnabled);
  for (const address of [ha.local.address?.value, ha.remote.address?.value]) {
    if (!address) continue;
    const { family } = address;
    const ownOf = (each: Interface) => (family === 4 ? each.ipv4 : each.ipv6);
    const fitting = all.filter(each => {
      const own = ownOf(each);
      return own !== undefined && contains(own.subnet, address);
    });
    const exact = fitting.find(each => {
      const own = ownOf(each);
      return own !== undefined && sameAddress(own.address.value, address);
    });
    const each = exact ?? fitting[0];
    if (each) return { each, family };
  }
  return undefined;
}

/** A rule from the interface's network helps only where the partner is in it. */
function ruleEdits(config: Config, { ha, server }: RunningKeaHa, wanted: WantedPort): DocumentEdit | undefined {
  const own = config.query(readInterfaces).get(wanted.interface);
  const subnet = (wanted.family === 4 ? own?.ipv4 : own?.ipv6)?.subnet;
  const partner = ha.remote.address?.value;
  if (!subnet || !partner || !contains(subnet, partner)) return undefined;
  const edit = insertPassRule(config, { ...wanted, destination: '(self)', descr: `Kea high availability, ${server}` });
  return edit && { document: config.document, edits: [edit] };
}
