import type { Config } from '../../model/config.ts';
import { pfsyncInterfaceFault, readHaSync, readPfsyncInterface } from '../../model/hasync.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { insertPassRule, isLetInByNone } from '../../model/passRules.ts';
import { valuePlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-rule-missing',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: 'A firewall rule lets pfsync in on the SYNC interface.',
  why: `pfSense passes CARP by itself, but **not pfsync**: without a rule for it the default rule drops what the other node sends, and this
node knows none of its connections. The rule goes on the interface that pfsync uses, with the protocol \`pfsync\` or any, **on both
nodes**: before the first configuration sync the secondary has none of the primary's rules.

A rule counts where its interface, direction, family and protocol let pfsync in; a floating rule and one on an interface group do too.
Addresses are not looked at, nor what a rule in front of it blocks. The rule is silent where pfsync is off, where its interface cannot
carry it (\`pfsync-interface-invalid\`), on the loopback, and where the packet filter is off.

Source: Netgate's documentation, "High Availability Configuration Example" (SYNC rules); pfSense \`src/etc/inc/filter.inc\`
(filter_process_carp_rules).`,
  fix: 'Adds a pass rule for pfsync from the network of the interface, behind all other rules.',
  messages: {
    missing: 'No rule on {interface} lets pfsync in: the states of the other node are dropped.',
  },
  examples: {
    wrong: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<filter>
		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>tcp</protocol>
			<source><network>opt1</network></source>
			<destination><any></any></destination>
		</rule>
	</filter>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
		                 ^^^^ error: No rule on SYNC (opt1) lets pfsync in: the states of the other node are dropped.
	</hasync>
`,
    right: `
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
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
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
	</hasync>
`,
  },
  *check({ node }) {
    const sync = node.query(readHaSync);
    const one = node.query(readPfsyncInterface);
    if (!sync.isPfsyncEnabled || !sync.pfsyncInterface || !one || pfsyncInterfaceFault(node, one.key)) return;
    if (!isLetInByNone(node, { interface: one.key, family: 4, protocol: 'pfsync' })) return;
    // Where the interface has IPv6 alone, pfsync can only go by that.
    if (!one.ipv4 && !isLetInByNone(node, { interface: one.key, family: 6, protocol: 'pfsync' })) return;
    const filter = node.top('filter');
    yield {
      at: valuePlace(sync.pfsyncInterface.element),
      message: 'missing',
      data: { interface: interfaceName(node, one.key) },
      related: filter ? [{ at: filter.namePlace, message: 'The firewall rules.' }] : [],
      fixes: () => allow(node, one.key),
    };
  },
});

function allow(node: Config, key: string): Fix[] {
  const edit = insertPassRule(node, {
    interface: key,
    family: 4,
    protocol: 'pfsync',
    destination: 'any',
    descr: 'State synchronisation (pfsync)',
  });
  if (!edit) return [];
  const title = `Add a rule that lets pfsync in on ${interfaceName(node, key)}`;
  return [{ title, applicability: 'suggestion', edits: [{ document: node.document, edits: [edit] }] }];
}
