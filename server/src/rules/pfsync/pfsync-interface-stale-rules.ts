import { overlaps } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { type FilterRow, readFilterRows } from '../../model/filterRows.ts';
import { readGateways } from '../../model/gateways.ts';
import { readHaSync } from '../../model/hasync.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { isOutbound, readNodesOnlyInterface } from '../../model/internalNetworks.ts';
import { ofList } from '../../model/ofList.ts';
import { rulesThatMayPass, type Wanted } from '../../model/passRules.ts';
import { readPortForwards } from '../../model/portForwards.ts';
import { valuePlace } from '../../model/read.ts';
import { rangesOfSide, readRuleWords } from '../../model/ruleAddresses.ts';
import { readWebGui } from '../../model/webgui.ts';
import { removeElement } from '../../model/write.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'pfsync-interface-stale-rules',
  topic: 'pfsync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'The SYNC interface has no rules left from what it was before.',
  why: `Where an interface of another use has become SYNC, its rules stay: they let in networks that are not there any more, or forward ports
to servers of its former network. Behind SYNC are the two nodes and nothing else, so that such a rule does nothing today and opens the
nodes to whatever gets on that wire tomorrow. The configuration sync carries it to the other node, too.

Told are filter rules for a source that does not touch the network of SYNC, and port forwards on it. Silent on floating and disabled
rules, on sources that are not fully known, and where more than the nodes may be behind the interface: a VIP, a DHCP server, a gateway,
or the keys \`wan\` and \`lan\`, of which \`pfsync-interface-shared\` tells.

Source: Netgate's documentation, "High Availability Configuration Example" (SYNC rules).`,
  messages: {
    source: 'This rule on {interface} is for {source}, but behind that interface are the two nodes alone.',
    forward: 'This port forward waits on {interface}, but behind that interface are the two nodes alone.',
  },
  fix: 'Removes the rule, unless it is the last that may let in what the other node sends.',
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
			<source>
				<address>10.20.0.0/16</address>
				         ^^^^^^^^^^^^ warning: This rule on SYNC (opt1) is for 10.20.0.0/16, but behind that interface are the two nodes alone.
			</source>
			<destination><any></any></destination>
		</rule>
	</filter>
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfsyncinterface>opt1</pfsyncinterface>
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
			<source>
				<network>opt1</network>
			</source>
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
    const one = dedicated(node);
    if (!one) return;
    const name = interfaceName(node, one.key);
    const { elements, rows } = node.query(readFilterRows);
    for (const { number, row } of rowsByInterface(rows).get(one.key) ?? []) {
      const element = elements[number];
      if (!element || !isElsewhere(node, row, one)) continue;
      const source = element.find('source/address') ?? element.find('source/network');
      yield {
        at: source ? valuePlace(source) : element.namePlace,
        message: 'source',
        data: { interface: name, source: node.text(source) },
        fixes: () => (isNeeded(node, element, one) ? [] : [removal(node, element, 'Remove the rule')]),
      };
    }
    for (const forward of node.query(readPortForwards)) {
      if (forward.isDisabled || forward.interface?.value !== one.key) continue;
      yield {
        at: valuePlace(forward.interface.element),
        message: 'forward',
        data: { interface: name },
        fixes: () => [removal(node, forward.element, 'Remove the port forward')],
      };
    }
  },
});

interface NumberedRow {
  readonly number: number;
  readonly row: FilterRow;
}

const rowsByInterface = ofList((rows: readonly (FilterRow | undefined)[]): ReadonlyMap<string, NumberedRow[]> => {
  const found = new Map<string, NumberedRow[]>();
  for (const [number, row] of rows.entries()) {
    if (!row) continue;
    const numbered = found.get(row.interface);
    if (numbered) numbered.push({ number, row });
    else found.set(row.interface, [{ number, row }]);
  }
  return found;
});

/** The pfsync interface, where nothing but the two nodes is behind it. */
function dedicated(node: Config): Interface | undefined {
  const one = node.query(readNodesOnlyInterface);
  if (!one?.isEnabled || !one.ipv4 || !node.query(readHaSync).isPfsyncEnabled) return undefined;
  if (one.key === 'wan' || one.key === 'lan' || isOutbound(node, one)) return undefined;
  return node.query(readGateways).some(gateway => gateway.interface?.value === one.key) ? undefined : one;
}

/** Whether a rule's source surely has no address of the interface's networks. */
function isElsewhere(node: Config, row: FilterRow, one: Interface): boolean {
  const known = node.query(readKnown);
  const answer =
    known.get(row) ??
    (row.families.length > 0 && row.families.every(each => isOutside(node, row, { one, family: each })));
  known.set(row, answer);
  return answer;
}

/** What has been found of rules, as long as the interfaces and the aliases stay. */
function readKnown(config: Config): WeakMap<FilterRow, boolean> {
  config.query(readRuleWords);
  dedicated(config);
  return new WeakMap();
}

function isOutside(
  node: Config,
  { source }: FilterRow,
  { one, family }: { readonly one: Interface; readonly family: 4 | 6 },
): boolean {
  const own = family === 4 ? one.ipv4?.subnet : one.ipv6?.subnet;
  const other = node.query(readInterfaces).get(/^net:(\w+)$/.exec(source)?.[1] ?? '');
  if (other) {
    const network = family === 4 ? other.ipv4?.subnet : other.ipv6?.subnet;
    return other.key !== one.key && network !== undefined && !(own && overlaps(network, own));
  }
  const ranges = rangesOfSide(node, source, family) ?? [];
  return ranges.length > 0 && !ranges.some(({ first, last }) => own && first <= own.last && own.first <= last);
}

/** Whether it is the last rule that may let in what the other node sends: a right one has to be made first. */
function isNeeded(node: Config, element: Element, { key }: Interface): boolean {
  const wanted: readonly Wanted[] = [
    { interface: key, family: 4, protocol: 'pfsync' },
    ...[node.query(readWebGui).effectivePort, ...keaPorts].map(
      (port): Wanted => ({ interface: key, family: 4, protocol: 'tcp', port }),
    ),
  ];
  return wanted.some(each => {
    const passing = [...(rulesThatMayPass(node, each) ?? [])];
    return passing.length === 1 && passing[0]?.element.is(element);
  });
}

/** Where Kea's high availability listens unless the file says otherwise (facts.md §2.5). */
const keaPorts = [8765, 8766];

function removal(node: Config, element: Element, title: string): Fix {
  return { title, applicability: 'dangerous', edits: [{ document: node.document, edits: [removeElement(element)] }] };
}
