import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-pool-mismatch.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

function node(last: number, scope: string, more = ''): string {
  return `	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.${last}</ipaddr><subnet>24</subnet></lan>
	</interfaces>
${more}	<dhcpd>
		<lan>
			<enable></enable>
${scope}		</lan>
	</dhcpd>
`;
}

function pair(primary: string, secondary: string): string {
  return `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
}

const range = (from: number, to: number) => `			<range>
				<from>10.0.0.${from}</from>
				<to>10.0.0.${to}</to>
			</range>
`;
const pool = (from: number, to: number) => `			<pool>
				<range>
					<from>10.0.0.${from}</from>
					<to>10.0.0.${to}</to>
				</range>
			</pool>
`;
const peerOf = (last: number) => `			<failover_peerip>10.0.0.${last}</failover_peerip>\n`;

test('dhcp-pool-mismatch: a beginning that differs is marked first', () => {
  const marked = `			<range>
				<from>10.0.0.50</from>
				      ^^^^^^^^^ error: The pool of LAN is 10.0.0.50–10.0.0.150 on the secondary and 10.0.0.100–10.0.0.199 on the primary; with fail-over both must be equal.
				<to>10.0.0.150</to>
			</range>
`;
  checkRule(rule, pair(node(2, range(100, 199) + peerOf(3)), node(3, marked + peerOf(2))));
});

test("dhcp-pool-mismatch: the primary's pool is copied", () => {
  checkFix(rule, {
    before: pair(node(2, range(100, 199) + peerOf(3)), node(3, range(50, 150) + peerOf(2))),
    after: pair(node(2, range(100, 199) + peerOf(3)), node(3, range(100, 199) + peerOf(2))),
    title: 'Set the pool to 10.0.0.100–10.0.0.199 on the secondary',
  });
});

test('dhcp-pool-mismatch: fail-over on one node is enough to want equal pools', () => {
  const scope = `			<range>
				<from>10.0.0.100</from>
				<to>10.0.0.150</to>
				    ^^^^^^^^^^ error: The pool of LAN is 10.0.0.100–10.0.0.150 on the secondary and 10.0.0.100–10.0.0.199 on the primary; with fail-over both must be equal.
			</range>
`;
  checkRule(rule, pair(node(2, range(100, 199) + peerOf(3)), node(3, scope)));
});

test('dhcp-pool-mismatch: without fail-over pools should differ', () => {
  checkRule(rule, pair(node(2, range(100, 149)), node(3, range(150, 199))));
});

test("dhcp-pool-mismatch: Kea's high availability counts, a fail-over peer does not", () => {
  const kea = (ha: string) => `	<dhcpbackend>kea</dhcpbackend>\n	<kea>\n		<ha>${ha}</ha>\n	</kea>\n`;
  const off = kea('<role>primary</role>');
  checkRule(rule, pair(node(2, range(100, 149) + peerOf(3), off), node(3, range(150, 199) + peerOf(2), off)));
  const on = kea('<enable></enable>');
  const scope = `			<range>
				<from>10.0.0.150</from>
				      ^^^^^^^^^^ error: The pool of LAN is 10.0.0.150–10.0.0.199 on the secondary and 10.0.0.100–10.0.0.149 on the primary; with fail-over both must be equal.
				<to>10.0.0.199</to>
			</range>
`;
  checkRule(rule, pair(node(2, range(100, 149), on), node(3, scope, on)));
});

test('dhcp-pool-mismatch: an additional pool that only the primary has is copied', () => {
  const before = pair(
    node(2, range(100, 149) + pool(200, 210) + peerOf(3)),
    node(3, range(100, 149) + peerOf(2)).replace(
      '		<lan>\n',
      '		<lan>\n		 ^^^ error: The secondary has no pool 10.0.0.200–10.0.0.210 on LAN, which the primary has; with fail-over both must be equal.\n',
    ),
  );
  checkRule(rule, before);
  checkFix(rule, {
    before,
    after: pair(
      node(2, range(100, 149) + pool(200, 210) + peerOf(3)),
      node(3, range(100, 149) + pool(200, 210) + peerOf(2)),
    ),
    title: 'Copy the pool 10.0.0.200–10.0.0.210 to the secondary',
  });
});

test('dhcp-pool-mismatch: one that only the secondary has can be removed', () => {
  checkFix(rule, {
    before: pair(node(2, range(100, 149) + peerOf(3)), node(3, range(100, 149) + pool(200, 210) + peerOf(2))),
    after: pair(node(2, range(100, 149) + peerOf(3)), node(3, range(100, 149) + peerOf(2))),
    title: 'Remove the pool 10.0.0.200–10.0.0.210 from the secondary',
  });
});

test('dhcp-pool-mismatch: the order of additional pools means nothing', () => {
  checkRule(
    rule,
    pair(
      node(2, range(100, 149) + pool(200, 210) + pool(220, 230) + peerOf(3)),
      node(3, range(100, 149) + pool(220, 230) + pool(200, 210) + peerOf(2)),
    ),
  );
});

test("dhcp-pool-mismatch: the interface's own pool is nothing to copy as an additional one", () => {
  checkNoFix(
    rule,
    pair(node(2, range(100, 149) + peerOf(3)), node(3, `			<gateway>10.0.0.1</gateway>\n${peerOf(2)}`)),
  );
});

test('dhcp-pool-mismatch: silent where only one node serves, or other networks', () => {
  const two = pair(node(2, range(100, 199) + peerOf(3)), node(3, range(50, 150) + peerOf(2)));
  checkRule(rule, two.replace('			<enable></enable>\n', ''));
  checkRule(rule, two.replace('<lan><enable></enable>', '<lan>'));
  checkRule(rule, two.replace('<ipaddr>10.0.0.3<', '<ipaddr>10.7.0.3<'));
});

test('dhcp-pool-mismatch: a pool that cannot be given away is not copied', () => {
  checkFix(rule, {
    before: pair(node(2, range(2, 199) + peerOf(3)), node(3, range(100, 199) + peerOf(2))),
    after: pair(node(2, range(100, 199) + peerOf(3)), node(3, range(100, 199) + peerOf(2))),
    title: 'Set the pool to 10.0.0.100–10.0.0.199 on the primary',
  });
  checkNoFix(rule, pair(node(2, range(2, 199) + peerOf(3)), node(3, range(1, 199) + peerOf(2))));
});
