import type { Config } from '../../model/config.ts';
import { type FilterRow, readFilterRows } from '../../model/filterRows.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { insertBefore } from '../../model/outboundNatEdits.ts';
import { asTold } from '../../model/prose.ts';
import { hasFlag } from '../../model/read.ts';
import { readRuleCoverage } from '../../model/ruleCoverage.ts';
import { dedented, removeElement } from '../../model/write.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'firewall-rule-unreachable',
  topic: 'firewall',
  severity: 'warning',
  since: '0.1.0',
  summary: 'No rule stands behind another that takes everything it could take.',
  why: `The rules of an interface are tried from the top, and the first that fits decides. A rule behind one that takes all of its family,
protocol, addresses and ports never decides anything: a block below the pass that it should restrict is the dangerous case, a second
copy of a rule the harmless one.

Compared are the rules of one interface or group. Aliases are looked into where all their members are addresses, networks, ports or such
aliases; an alias of names or of a URL covers itself only, and \`LAN net\` what surely lies in it.

A rule covers others only where it takes everything that it describes: not with a gateway, which takes the rule away when it is down, a
schedule, a tag to match, TCP flags, an operating system, DSCP, a VLAN priority or a limit on states. Not looked at are disabled and
floating rules; as covered, nor the rules of port forwards, which pfSense makes, rules for other packets than the first of a TCP
connection, and a block of everything at the end, which still takes packets that belong to no connection.

Source: pfSense \`src/etc/inc/filter.inc\` (filter_generate_user_rule); pf.conf(5), \`quick\`.`,
  messages: {
    other: 'No connection gets as far as this {action} rule on {interface}: {above} above it takes all of them.',
    same: 'This rule on {interface} does nothing: {above} above it takes all of its connections and does the same.',
  },
  fix: 'Moves the rule above the one that covers it, or removes it.',
  examples: {
    wrong: `
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><network>lan</network></source>
			<destination><any></any></destination>
			<descr><![CDATA[LAN to anywhere]]></descr>
		</rule>
		<rule>
		 ^^^^ warning: No connection gets as far as this block rule on lan: rule 1 (LAN to anywhere) above it takes all of them.
			<type>block</type>
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>tcp</protocol>
			<source><network>lan</network></source>
			<destination><address>192.0.2.0/24</address></destination>
			<descr><![CDATA[Not to the servers]]></descr>
		</rule>
	</filter>
`,
    right: `
	<filter>
		<rule>
			<type>block</type>
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<protocol>tcp</protocol>
			<source><network>lan</network></source>
			<destination><address>192.0.2.0/24</address></destination>
			<descr><![CDATA[Not to the servers]]></descr>
		</rule>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><network>lan</network></source>
			<destination><any></any></destination>
			<descr><![CDATA[LAN to anywhere]]></descr>
		</rule>
	</filter>
`,
  },
  *check({ node }) {
    const { elements, rows } = node.query(readFilterRows);
    const covered = node.query(readRuleCoverage).coverers(rows);
    if (covered.every(each => each === undefined)) return;
    const numbers = numbersOf(node, elements);
    for (const [i, above] of covered.entries()) {
      if (above === undefined) continue;
      const [element, row] = [elements[i], rows[i]];
      const [earlier, other] = [elements[above], rows[above]];
      if (!element || !row || !earlier || !other) continue;
      const isSame = row.action === other.action && textsAlike(node, element, earlier);
      yield {
        at: element.namePlace,
        message: isSame ? 'same' : 'other',
        data: {
          action: node.text(element.child('type')) || row.action,
          interface: interfaceName(node, row.interface),
          above: named(node, earlier, numbers[above] ?? 0),
        },
        related: [{ at: earlier.namePlace, message: 'The rule that takes its connections.' }],
        fixes: () => [...(isSame || isAlike(row, other) ? [] : [move(node, element, earlier)]), remove(node, element)],
      };
    }
  },
});

/** What a rule does with a connection beside passing it. */
function textsAlike(node: Config, one: Element, other: Element): boolean {
  const isAlike = (name: string) => node.text(one.child(name)) === node.text(other.child(name));
  const stateOf = (rule: Element) => node.text(rule.child('statetype')) || 'keep state';
  return ['type', 'gateway', 'dnpipe', 'defaultqueue', 'tag'].every(isAlike) && stateOf(one) === stateOf(other);
}

/** Whether either would cover the other, so that changing places helps nothing. */
function isAlike(one: FilterRow, other: FilterRow): boolean {
  const key = ({ families, protocol, source, destination, sourcePort, destinationPort }: FilterRow) =>
    [families, protocol, source, destination, sourcePort, destinationPort].join('\n');
  return key(one) === key(other);
}

/** `rule 3 (LAN to anywhere)`. */
function named(node: Config, element: Element, number: number): string {
  const descr = asTold(node.text(element.child('descr')));
  return descr === '' ? `rule ${number}` : `rule ${number} (${descr})`;
}

/** The number of each rule among those of its interface, as the GUI shows them: with the disabled ones. */
function numbersOf(node: Config, elements: readonly Element[]): readonly number[] {
  const counts = new Map<string, number>();
  return node.ofElements(readPage, elements).map(page => {
    const number = (counts.get(page) ?? 0) + 1;
    counts.set(page, number);
    return number;
  });
}

/** The page of the GUI on which a rule stands. */
function readPage(element: Element, config: Config): string {
  return hasFlag(element, 'floating') ? 'floating' : config.text(element.child('interface'));
}

function move(node: Config, element: Element, above: Element): Fix {
  return {
    title: 'Move it above the rule that covers it',
    applicability: 'dangerous',
    edits: [{ document: node.document, edits: [insertBefore(above, [dedented(element)]), removeElement(element)] }],
  };
}

function remove(node: Config, element: Element): Fix {
  return {
    title: 'Remove the rule',
    applicability: 'dangerous',
    edits: [{ document: node.document, edits: [removeElement(element)] }],
  };
}
