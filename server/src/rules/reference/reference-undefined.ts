import type { Config } from '../../model/config.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { newAlias } from '../../model/references/aliasEdits.ts';
import { copyDefinition } from '../../model/references/copyDefinition.ts';
import {
  definitionsOf,
  kindsOf,
  resolve,
  retargetUse,
  type UndefinedReference,
  undefinedReferences,
  userOf,
} from '../../model/references/references.ts';
import { schemaFaults } from '../../model/schemaFaults.ts';
import { nearest } from '../../pair/nearest.ts';
import { type ReferenceKind, referenceKinds } from '../../schema/references.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Applicability, Fix, Severity } from '../finding.ts';
import { defineNodeRule, type NodeInput } from '../rule.ts';
import { otherNode } from '../wording.ts';

export default defineNodeRule({
  id: 'reference-undefined',
  topic: 'reference',
  severity: 'error',
  since: '0.1.0',
  summary: 'What names something names a thing that exists.',
  why: `Rules, NAT, routes, tunnels and services name aliases, interfaces and their groups, gateways and their groups, schedules,
certificates, limiters, users and more. pfSense's forms refuse to delete what is still named; an edited or merged file has
no such guard. What comes of it depends on the place: a firewall rule with an unknown alias or interface is left out of
the ruleset (pfSense files a notice for the alias, and says nothing of the interface), one with an unknown schedule holds at
all times, one with an unknown gateway routes by the table, an OpenVPN server without its certificate does not start. Where
nothing comes of it, or nobody has seen what does, this is a warning.

Nothing is said about:

- what is switched off, and what pfSense does not look at: the ports of a rule without TCP or UDP, the gateway of a block rule,
  outbound NAT rules in automatic mode, the certificate of a tunnel with a shared key
- what pfSense resolves itself: \`any\`, \`(self)\`, \`lan\`, \`wanip\`, \`bogons\`, the system aliases of 2.8 such as
  \`_loopback_\`, gateways of interfaces that get their address by themselves (\`WAN_DHCP\`)
- what packages make and remove while they run, such as pfBlockerNG's \`pfB_…\`
- a name in an alias of hosts, which may be the name of a host, and a lower-case name in the place of a port, which may be
  that of a service
- VIPs, interfaces of CARP VIPs and the interface of pfsync, of which rules of their own speak
- a file without interfaces, which is a part of a config.

Source: pfSense \`src/etc/inc/filter.inc\` (filter_generate_user_rule, filter_nat_rules_generate, filter_generate_optcfg_array),
\`util.inc\` (alias_expand, get_specialnet), \`globals.inc\` (reserved names), \`gwlb.inc\`, \`pfsense-utils.inc\`
(update_alias_name: where aliases are allowed).`,
  fix: `Names the nearest name that exists; copies an alias from the other node, or makes an empty one.`,
  messages: {
    undefined: '{user} names the {kinds} {name}, which this node does not have{effect}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>WEB_SERVERS</name><type>host</type><address>10.0.0.80 10.0.0.81</address></alias>
	</aliases>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB_SERVER</address></destination>
			                      ^^^^^^^^^^ error: Firewall rule (Web) names the alias WEB_SERVER, which this node does not have: pfSense leaves the rule out.
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>WEB_SERVERS</name><type>host</type><address>10.0.0.80 10.0.0.81</address></alias>
	</aliases>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB_SERVERS</address></destination>
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
`,
  },
  *check({ node, peer, role }) {
    // A file without any interface is a part of a config; what it names may stand in the rest.
    if (node.query(readInterfaces).size === 0) return;
    for (const reference of undefinedReferences(node)) {
      const { use, candidate } = reference;
      if (use.slot.slot.toldBy !== undefined || referenceKinds[candidate.kind].toldBy !== undefined) continue;
      if (isNoName(node, use)) continue;
      const effect = effectOf(node, reference);
      const severity: Severity = effect === undefined ? 'warning' : 'error';
      yield {
        at: use.place,
        message: 'undefined',
        data: {
          user: userOf(node, use),
          kinds: kindsOf(use.slot, candidate),
          name: candidate.name,
          effect: effect === undefined ? '' : `: ${effect}`,
        },
        severity,
        fixes: () => fixesOf({ node, peer, role }, reference),
      };
    }
  },
});

/** A text that can be no name at all, such as a number where an address or an alias belongs, is a wrong value: `value-invalid`. */
function isNoName(node: Config, { element, text }: UndefinedReference['use']): boolean {
  if (node.text(element) !== text) return false;
  const faults = schemaFaults(node, element.branch.nameAt(0));
  return faults.some(fault => fault.kind === 'value' && fault.element.is(element));
}

/** What comes of it; absent where it does no harm, as one interface among others that are there. */
function effectOf(node: Config, { use }: UndefinedReference): string | undefined {
  const { effect, isOneOfList, separator = ',' } = use.slot.slot;
  if (!isOneOfList) return effect;
  const parts = node.text(use.element).split(separator);
  return parts.some(part => resolve(node, use.slot, part.trim()).is !== 'undefined') ? undefined : effect;
}

/** Kinds whose names people choose, so that a near one may have been meant. */
const chosen: ReadonlySet<ReferenceKind> = new Set([
  'alias',
  'interface-group',
  'gateway',
  'gateway-group',
  'schedule',
  'limiter',
  'queue',
  'group',
  'auth-server',
]);

function fixesOf({ node, peer, role }: NodeInput, reference: UndefinedReference): Fix[] {
  const { use, candidate } = reference;
  const fix = (title: string, edit: TextEdit | undefined, applicability: Applicability = 'suggestion'): Fix[] =>
    edit ? [{ title, applicability, edits: [{ document: node.document, edits: [edit] }] }] : [];
  const kinds = use.slot.slot.targets.map(target => target.kind).filter(kind => chosen.has(kind));
  const names = kinds.flatMap(kind => [...definitionsOf(node, kind).keys()]);
  const near = chosen.has(candidate.kind) ? nearest(candidate.name, names) : undefined;
  const fixes = near === undefined ? [] : fix(`Name ${near}`, retargetUse(node, use, { candidate, name: near }));
  if (candidate.kind !== 'alias' || kinds.length !== use.slot.slot.targets.length) return fixes;
  const [theirs] = peer ? (definitionsOf(peer, 'alias').get(candidate.name) ?? []) : [];
  const copy = peer && theirs && copyDefinition({ from: peer, to: node }, theirs);
  fixes.push(...fix(`Copy the alias ${candidate.name} from ${otherNode(role)}`, copy));
  if (!copy) fixes.push(...fix(`Make an empty alias ${candidate.name}`, newAlias(node, use, candidate.name)));
  return fixes;
}
