import { sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, readHaSync } from '../../model/hasync.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { insertPassRule, rulesThatMayPass, type Wanted } from '../../model/passRules.ts';
import { readWebGui } from '../../model/webgui.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type Role } from '../rule.ts';

export default definePairRule({
  id: 'sync-webgui-rule-missing',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: "A firewall rule lets the configuration sync reach the secondary's GUI.",
  why: `The primary sends its configuration to the secondary's GUI. Only the LAN has a rule for the GUI of itself (the anti-lockout rule); on
any other interface, so also on SYNC, a rule has to let TCP to the GUI's port in, or every synchronisation times out.

The rule is needed on the **secondary**, and on the primary too where that sends its firewall rules: they take the place of the secondary's,
and the first synchronisation would be the last one. A rule that is not synchronised (\`nosync\`) does not count there.

A rule counts where its interface, direction, family, protocol and port let the connection in; a floating rule, one on an interface group and
one with a port alias do too. Addresses are not looked at, nor what a rule in front of it blocks. The rule is silent where the target is no
address of the secondary (\`sync-target-mismatch\`), where the packet filter is off, and where the anti-lockout rule stands in.

Source: Netgate's documentation, "High Availability Configuration Example" (SYNC rules); pfSense \`src/etc/inc/filter.inc\`
(filter_get_antilockout_ports), \`src/etc/inc/xmlrpc_client.inc\`.`,
  fix: "Adds a pass rule for TCP to the GUI's port from the network of the interface, behind all other rules.",
  messages: {
    blocked: 'No rule on {interface} lets TCP to port {port} in: the configuration sync does not reach the GUI.',
    willBlock:
      'No rule on {interface} lets TCP to port {port} in: once the secondary has these rules, the configuration sync does not reach its GUI.',
  },
  examples: {
    wrong: `
--- primary.xml
	<system>
		<webgui><protocol>https</protocol></webgui>
	</system>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<filter>
	 ^^^^^^ error: No rule on SYNC (opt1) lets TCP to port 443 in: the configuration sync does not reach the GUI.
		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>pfsync</protocol>
		</rule>
	</filter>
`,
    right: `
--- primary.xml
	<system>
		<webgui><protocol>https</protocol></webgui>
	</system>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if></wan>
		<opt1><enable></enable><if>vmx2</if><descr><![CDATA[SYNC]]></descr><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<filter>
		<rule>
			<type>pass</type>
			<interface>opt1</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>tcp</protocol>
			<source><network>opt1</network></source>
			<destination><network>(self)</network><port>443</port></destination>
		</rule>
	</filter>
`,
  },
  *check({ primary, secondary }) {
    const wanted = wantedRule({ primary, secondary });
    if (!wanted) return;
    const sends = primary.query(readHaSync).areas.has('synchronizerules');
    yield* missing(secondary, { wanted, role: 'secondary' });
    if (sends && primary.query(readInterfaces).has(wanted.interface)) {
      yield* missing(primary, { wanted, role: 'primary' });
    }
  },
});

interface Case {
  readonly wanted: Wanted;
  readonly role: Role;
}

function* missing(config: Config, { wanted, role }: Case) {
  const rules = rulesThatMayPass(config, wanted);
  const filter = config.top('filter');
  if (!rules || !filter || isLetInAnyway(config, wanted)) return;
  for (const rule of rules) if (role === 'secondary' || !rule.isNotSynchronised) return;
  yield {
    at: filter.namePlace,
    message: role === 'secondary' ? ('blocked' as const) : ('willBlock' as const),
    data: { interface: interfaceName(config, wanted.interface), port: wanted.port ?? '' },
    related: [],
    fixes: () => allow(config, { wanted, role }),
  };
}

/** What the secondary has to let in; absent where nothing is sent, or not to an interface of the secondary. */
function wantedRule(nodes: { readonly primary: Config; readonly secondary: Config }): Wanted | undefined {
  const gui = nodes.primary.query(readWebGui);
  const target = addressOf(nodes.primary.query(readHaSync).synchronizeToIp)?.value;
  const isUnknown = !gui.port && (!gui.protocol || nodes.primary.text(gui.element?.child('port')) !== '');
  if (!target || isUnknown) return undefined;
  const one = [...nodes.secondary.query(readInterfaces).values()].find(({ isEnabled, ipv4, ipv6 }) => {
    const own = target.family === 4 ? ipv4 : ipv6;
    return isEnabled && own && sameAddress(own.address.value, target);
  });
  return one && { interface: one.key, family: target.family, protocol: 'tcp', port: gui.effectivePort };
}

/** pfSense's anti-lockout rule: for the LAN, or for the WAN where that is the only interface (filter.inc). */
function isLetInAnyway(config: Config, wanted: Wanted): boolean {
  if (config.find('system/webgui/noantilockout')) return false;
  return wanted.interface === 'lan' || config.query(readInterfaces).size === 1;
}

function allow(config: Config, { wanted, role }: Case): Fix[] {
  const edit = insertPassRule(config, {
    ...wanted,
    destination: '(self)',
    descr: 'Configuration synchronisation (XMLRPC)',
  });
  if (!edit) return [];
  const title = `Add a rule that lets TCP to port ${wanted.port} in on ${interfaceName(config, wanted.interface)} of the ${role}`;
  return [{ title, applicability: 'suggestion', edits: [{ document: config.document, edits: [edit] }] }];
}
