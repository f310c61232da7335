import { parseAddress, parsePrefixLength } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { childPlace } from '../../model/read.ts';
import { schemaFaults } from '../../model/schemaFaults.ts';
import { hasBrokenText } from '../../model/structure.ts';
import { addressText, readVirtualIps } from '../../model/virtualIps.ts';
import { setText } from '../../model/write.ts';
import type { LeafSchema } from '../../schema/elementSchema.ts';
import { takenBy } from '../../schema/valueWords.ts';
import type { Fix } from '../finding.ts';
import { invalidValue } from '../invalidValues.ts';
import { defineNodeRule } from '../rule.ts';
import { isToldElsewhere } from '../toldElsewhere.ts';

export default defineNodeRule({
  id: 'value-invalid',
  topic: 'schema',
  severity: 'error',
  since: '0.1.0',
  summary: 'Every value is of the kind that its element takes.',
  why: `pfSense's forms check what a person types; a restore, the configuration sync and a text editor check **nothing**. A port of
70000, a subnet mask where a prefix length belongs or a mistyped word then goes into the configuration of pf, the DHCP server or
a VPN, which leaves the line out or refuses all of its configuration, mostly without a word in the GUI.

What each element takes is in the schema of this project, written from pfSense's forms and from the code that reads the element.
Where a field of a rule takes an alias, any name that an alias can have is right here; whether there is such an alias
\`reference-undefined\` says. Elements of packages are not known and are not looked at.

An interface with a static address needs a prefix length: without one pfSense sets up neither, and the interface is without that
address. Tunnels are set up by what makes them, and a disabled interface has no address anyway. An IP alias needs one too, which
pfSense's form always writes: pfSense hands address and prefix length to \`ifconfig\`, which refuses \`192.0.2.5/\`. What CARP VIPs
need \`carp-mask-mismatch\` says.

Silent: about other empty elements, which pfSense's forms write for what is not set; where another rule speaks of that value, as
\`xml-syntax\` does of a text with broken markup in it; in elements that the file's version no longer reads. What is switched off with \`<disabled>\` is looked at all the same, as pfSense's forms do,
but is a warning: it does harm when somebody switches it on.

Source: pfSense \`src/usr/local/www\` (the forms' checks), \`src/etc/inc/util.inc\` (is_ipaddr, is_port, is_macaddr and others),
\`src/etc/inc/interfaces.inc\` (interface_configure, interface_ipalias_configure).`,
  fix: 'Sets the allowed word that is nearest to what stands there or that the web interface calls so, or takes blanks off both ends.',
  messages: {
    value: '<{name}> takes {takes}, not "{value}".',
    hidden: '<{name}> takes {takes}, and what stands there is none.',
    part: '<{name}> takes {takes}; "{value}" is none.',
    elements: '<{name}> takes a text, not elements.',
    text: '<{name}> takes elements, not a text.',
    prefixLength: '{interface} has the address {address}, but no prefix length: pfSense leaves it without both.',
    aliasPrefixLength: 'IP alias {address} has no valid prefix length: pfSense cannot set it up.',
  },
  examples: {
    wrong: `
	<filter>
		<rule>
			<type>pas</type>
			      ^^^ error: <type> takes "pass", "block", "reject" or "match", not "pas".
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
    right: `
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
  },
  *checkSection({ node, peer, section }) {
    if (section === 'interfaces') yield* missingPrefixLengths(node);
    if (section === 'virtualip') yield* aliasesWithoutPrefixLength(node);
    for (const { kind, element, place } of schemaFaults(node, section)) {
      if (isToldElsewhere(place.path, element, { node, peer }) || hasBrokenText(element)) continue;
      const { name } = element;
      const at = element.content === '' ? element.namePlace : element.contentPlace;
      if (kind === 'not-text') yield { at: element.namePlace, message: 'elements', data: { name } };
      if (kind === 'not-elements') yield { at, message: 'text', data: { name } };
      if (kind !== 'value') continue;
      const leaf = place.schema as LeafSchema;
      const invalid = invalidValue(node, element, leaf);
      const fixes = (): Fix[] => {
        const meant = invalid.meant();
        if (meant === undefined) return [];
        const edits = [{ document: element.document, edits: [setText(node, element, meant)] }];
        return [{ title: `Set <${name}> to "${meant}"`, applicability: 'suggestion', edits }];
      };
      const severity = invalid.isSwitchedOff ? ('warning' as const) : ('error' as const);
      const told = { at: invalid.at, severity, fixes };
      const data = { name, takes: takenBy(leaf) };
      if (invalid.shown === undefined) yield { ...told, message: 'hidden', data };
      else {
        const message = leaf.separator === undefined ? 'value' : 'part';
        yield { ...told, message, data: { ...data, value: invalid.shown } };
      }
    }
  },
});

/** The enabled interfaces with a static address of either family and nothing where its prefix length belongs. */
function* missingPrefixLengths(node: Config) {
  for (const { key, element, isEnabled, isTunnel } of node.query(readInterfaces).values()) {
    if (!isEnabled || isTunnel) continue;
    for (const [own, length, family] of prefixLengthNames) {
      const address = node.text(element.child(own));
      if (parseAddress(address)?.family !== family || node.text(element.child(length)) !== '') continue;
      const data = { interface: interfaceName(node, key), address };
      yield { at: childPlace(element, length), message: 'prefixLength' as const, data };
    }
  }
}

/** The IP aliases that pfSense sets up, where only their prefix length is missing or none of the address's family. */
function* aliasesWithoutPrefixLength(node: Config) {
  for (const vip of node.query(readVirtualIps)) {
    const { mode, address, prefixLength, element, interfaceKey } = vip;
    if (mode !== 'ipalias' || !address || prefixLength) continue;
    const interfaces = node.query(readInterfaces);
    if (interfaceKey !== undefined && interfaces.get(interfaceKey)?.isEnabled === false) continue;
    // What is a prefix length in neither family the schema finds.
    const text = node.text(element.child('subnet_bits'));
    if (text !== '' && parsePrefixLength(text, 6) === undefined) continue;
    const at = childPlace(element, 'subnet_bits');
    yield { at, message: 'aliasPrefixLength' as const, data: { address: addressText(node, vip) } };
  }
}

const prefixLengthNames = [
  ['ipaddr', 'subnet', 4],
  ['ipaddrv6', 'subnetv6', 6],
] as const;
