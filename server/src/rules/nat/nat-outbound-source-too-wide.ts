import { formatAddress, formatSubnet } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName } from '../../model/interfaces.ts';
import {
  exemptionEdit,
  onlyInternalNetwork,
  ownAddressText,
  readTooWideRules,
  sourceEdit,
  type TooWideRule,
} from '../../model/outboundSources.ts';
import { valuePlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'nat-outbound-source-too-wide',
  topic: 'nat',
  severity: 'error',
  since: '0.1.0',
  summary: 'Outbound NAT to a CARP VIP leaves out what the nodes themselves send.',
  why: `A rule from \`any\`, from \`(self)\`, from the interface's own network or from any range that holds the node's own address there gives
the node's own connections the VIP as their source. On the backup the answers go to the master: it reaches no update server, no NTP, no
DNS, its gateway looks down, and a package or a certificate that has to be renewed is not.

Silent on:

- rules for some ports or destinations only;
- rules below one that takes the nodes' own connections and leaves them their address (\`nonat\`, or the interface's address);
- VIPs of another network than the interface's: where the nodes have addresses for CARP alone, only the master reaches the internet
  whatever the rule says;
- disabled rules, automatic and disabled mode, and nodes with pf turned off.

Of several such rules on an interface the first is told, because it decides.

Source: Netgate's documentation, "Configuring high availability", outbound NAT; pfSense \`src/etc/inc/filter.inc\`.`,
  messages: {
    own: "Outbound NAT on {interface} translates {source} to the CARP VIP {vip}, and with it {own}: the backup's own connections are answered to the master.",
  },
  fix: 'Replaces the source by the internal network where there is just one, or leaves the own connections untranslated with a rule above.',
  examples: {
    wrong: `
	<version>23.3</version>
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>198.51.100.2</ipaddr><subnet>26</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>advanced</mode>
			<rule>
				<source><network>any</network></source>
				                 ^^^ error: Outbound NAT on WAN translates any to the CARP VIP 203.0.113.4, and with it 203.0.113.2: the backup's own connections are answered to the master.
				<target>203.0.113.4</target>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
		</outbound>
	</nat>
`,
    right: `
	<version>23.3</version>
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>ix1</if><ipaddr>198.51.100.2</ipaddr><subnet>26</subnet></lan>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><subnet_bits>28</subnet_bits><subnet>203.0.113.4</subnet></vip>
	</virtualip>
	<nat>
		<outbound>
			<mode>advanced</mode>
			<rule>
				<source><network>198.51.100.0/26</network></source>
				<target>203.0.113.4</target>
				<interface>wan</interface>
				<destination><any></any></destination>
			</rule>
		</outbound>
	</nat>
`,
  },
  *check({ node }) {
    for (const found of node.query(readTooWideRules)) {
      const { rule, outbound, vip } = found;
      yield {
        at: rule.source.element ? valuePlace(rule.source.element) : rule.element.namePlace,
        message: 'own',
        data: {
          interface: interfaceName(node, outbound.interface.key),
          source: rule.source.isInverted ? `all but ${rule.source.text}` : rule.source.text,
          vip: formatAddress(vip),
          own: ownAddressText(found),
        },
        related: [{ at: found.own.address.element.contentPlace, message: "The node's own address." }],
        fixes: () => repairs(node, found),
      };
    }
  },
});

function repairs(node: Config, found: TooWideRule): Fix[] {
  const network = onlyInternalNetwork(node, found);
  const edit = network && sourceEdit(node, found, network);
  const narrowed: Fix[] = edit
    ? [
        {
          title: `Set the source to ${formatSubnet(network.subnet)}`,
          applicability: 'suggestion',
          edits: [{ document: node.document, edits: [edit] }],
        },
      ]
    : [];
  return [
    ...narrowed,
    {
      title: `Add a rule above it that leaves ${formatSubnet(found.own.subnet)} untranslated`,
      applicability: 'suggestion',
      edits: [{ document: node.document, edits: [exemptionEdit(node, found)] }],
    },
  ];
}
