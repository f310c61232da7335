import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-pool-outside-subnet.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

function node(from: string, to: string, last = 2): string {
  return `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
		<lan>
			<enable></enable>
			<range>
				<from>${from}</from>
				<to>${to}</to>
			</range>
		</lan>
	</dhcpd>
`;
}

function marked(text: string, at: 'from' | 'to', message: string): string {
  return text.replace(new RegExp(`(\\t+)<${at}>([^<]*).*\\n`), (line, tabs: string, value: string) => {
    return `${line}${tabs}${' '.repeat(at.length + 2)}${'^'.repeat(value.length)} error: ${message}\n`;
  });
}

test('dhcp-pool-outside-subnet: an end that sticks out', () => {
  checkRule(
    rule,
    marked(node('10.0.0.100', '10.0.1.50'), 'to', 'The pool of LAN ends at 10.0.1.50, outside of 10.0.0.0/24.'),
  );
  checkFix(rule, {
    before: node('10.0.0.100', '10.0.1.50'),
    after: node('10.0.0.100', '10.0.0.254'),
    title: 'Shrink the pool to 10.0.0.100–10.0.0.254',
  });
});

test("dhcp-pool-outside-subnet: a beginning that sticks out is moved behind the node's own address", () => {
  checkRule(
    rule,
    marked(node('9.255.255.1', '10.0.0.50'), 'from', 'The pool of LAN begins at 9.255.255.1, outside of 10.0.0.0/24.'),
  );
  checkFix(rule, { before: node('9.255.255.1', '10.0.0.50'), after: node('10.0.0.3', '10.0.0.50') });
});

test('dhcp-pool-outside-subnet: the network and the broadcast address are nobody to give away', () => {
  checkRule(
    rule,
    marked(
      node('10.0.0.0', '10.0.0.1'),
      'from',
      'The pool of LAN begins at 10.0.0.0, the network address of 10.0.0.0/24.',
    ),
  );
  checkRule(
    rule,
    marked(
      node('10.0.0.9', '10.0.0.255'),
      'to',
      'The pool of LAN ends at 10.0.0.255, the broadcast address of 10.0.0.0/24.',
    ),
  );
  checkFix(rule, { before: node('10.0.0.9', '10.0.0.255'), after: node('10.0.0.9', '10.0.0.254') });
});

test('dhcp-pool-outside-subnet: swapped ends', () => {
  checkRule(
    rule,
    marked(
      node('10.0.0.199', '10.0.0.100'),
      'from',
      'The pool of LAN begins at 10.0.0.199, behind its end 10.0.0.100.',
    ),
  );
  checkFix(rule, {
    before: node('10.0.0.199', '10.0.0.100'),
    after: node('10.0.0.100', '10.0.0.199'),
    title: 'Set the pool to 10.0.0.100–10.0.0.199',
  });
});

test('dhcp-pool-outside-subnet: a pool of another network keeps its place in the new one, on both nodes', () => {
  const pair = (network: string) =>
    `\n--- primary.xml\n${node(`${network}.100`, `${network}.199`)}--- secondary.xml\n${node(`${network}.100`, `${network}.199`, 3)}`;
  checkFix(rule, {
    before: pair('192.168.1'),
    after: pair('10.0.0'),
    title: 'Move the pool to 10.0.0.100–10.0.0.199 on both nodes',
  });
});

test('dhcp-pool-outside-subnet: a pool larger than the subnet has no place there', () => {
  checkNoFix(rule, node('192.168.0.10', '192.168.7.200'));
});

test('dhcp-pool-outside-subnet: additional pools are looked at too', () => {
  const extra = `			<pool>
				<range>
					<from>10.0.7.1</from>
					      ^^^^^^^^ error: The pool of LAN, 10.0.7.1–10.0.7.9, lies outside of 10.0.0.0/24.
					<to>10.0.7.9</to>
				</range>
			</pool>
		</lan>
	</dhcpd>`;
  checkRule(rule, node('10.0.0.100', '10.0.0.199').replace('\t\t</lan>\n\t</dhcpd>', extra));
});

test('dhcp-pool-outside-subnet: silent where nothing is served', () => {
  const wrong = node('192.168.1.100', '192.168.1.199');
  checkRule(rule, wrong.replace('			<enable></enable>\n', ''));
  checkRule(rule, wrong.replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, wrong.replace('10.0.0.2</ipaddr>', 'pppoe</ipaddr>'));
  checkRule(rule, wrong.replace('<subnet>24<', '<subnet>31<'));
  checkRule(rule, wrong.replace('192.168.1.100', 'first'));
});
