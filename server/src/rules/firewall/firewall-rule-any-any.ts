import { type FilterRow, readFilterRows } from '../../model/filterRows.ts';
import { interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isOutbound } from '../../model/internalNetworks.ts';
import { ofList } from '../../model/ofList.ts';
import { isPacketFilterOff } from '../../model/packetFilter.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'firewall-rule-any-any',
  topic: 'firewall',
  severity: 'hint',
  since: '0.1.0',
  summary: 'No rule on WAN passes everything from anywhere to anywhere.',
  why: `A pass rule from any to any with any protocol, on an interface with a gateway, lets whoever is out there reach the GUI, SSH and, with
routes or port forwards, all that is behind. It often remains from a test. Where other rules above it block, or the interface leads to a
private network, it may be meant, so that this is a hint.

Not looked at are disabled and floating rules, rules with a schedule, a tag to match or another condition, rules that policy routing sends
to a gateway, interfaces without a gateway, and a node whose packet filter is turned off.

Source: pfSense \`src/etc/inc/filter.inc\` (filter_generate_user_rule).`,
  messages: {
    open: 'This rule passes everything that comes in on {interface}, from anywhere to anywhere.',
  },
  examples: {
    wrong: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>dhcp</ipaddr></wan>
	</interfaces>
	<filter>
		<rule>
		 ^^^^ hint: This rule passes everything that comes in on WAN, from anywhere to anywhere.
			<type>pass</type>
			<interface>wan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
    right: `
	<interfaces>
		<wan><enable></enable><if>ix0</if><ipaddr>dhcp</ipaddr></wan>
	</interfaces>
	<filter>
		<rule>
			<type>pass</type>
			<interface>wan</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>icmp</protocol>
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
  },
  *check({ node }) {
    if (isPacketFilterOff(node)) return;
    const { elements, rows } = node.query(readFilterRows);
    const interfaces = node.query(readInterfaces);
    for (const { number, row } of openRows(rows)) {
      const [on, element] = [interfaces.get(row.interface), elements[number]];
      if (!on || !element || !isOutbound(node, on)) continue;
      yield { at: element.namePlace, message: 'open', data: { interface: interfaceName(node, row.interface) } };
    }
  },
});

/** The rules that pass everything, each with its number in the list. */
const openRows = ofList((rows: readonly (FilterRow | undefined)[]) => {
  const found: { readonly number: number; readonly row: FilterRow }[] = [];
  for (const [number, row] of rows.entries()) {
    if (row?.action !== 'pass' || row.protocol !== '' || !row.canCover) continue;
    if (row.source === 'any' && row.destination === 'any') found.push({ number, row });
  }
  return found;
});
