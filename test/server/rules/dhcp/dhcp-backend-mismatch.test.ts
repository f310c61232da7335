import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-backend-mismatch.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const served = '	<dhcpd>\n		<lan>\n			<enable></enable>\n		</lan>\n	</dhcpd>\n';
const pair = (primary: string, secondary: string) => `\n--- primary.xml\n${primary}--- secondary.xml\n${secondary}`;
const backend = (name: string) => `	<dhcpbackend>${name}</dhcpbackend>\n`;
const kea = 'error: The secondary runs the DHCP server of ISC, the primary that of Kea; they share no leases.';

test('dhcp-backend-mismatch: a missing element means ISC', () => {
  const mark = `	 ^^^^^ ${kea}\n`;
  checkRule(rule, pair(backend('kea') + served, served.replace('\n', `\n${mark}`)));
  checkRule(rule, pair(backend('isc') + served, served));
});

test('dhcp-backend-mismatch: found where it is written, without a fix', () => {
  const says = 'error: The secondary runs the DHCP server of Kea, the primary that of ISC; they share no leases.';
  checkRule(rule, pair(served, `${backend('kea')}	             ^^^ ${says}\n${served}`));
  checkNoFix(rule, pair(served, backend('kea') + served));
});

test('dhcp-backend-mismatch: DHCPv6 alone is reason enough', () => {
  const v6 = served.replaceAll('dhcpd>', 'dhcpdv6>');
  checkRule(rule, pair(backend('kea') + v6, `${backend('isc')}	             ^^^ ${kea}\n${v6}`));
});

test('dhcp-backend-mismatch: silent where no interface has a DHCP server', () => {
  const off = served.replace('			<enable></enable>\n', '			<range></range>\n');
  checkRule(rule, pair(backend('kea') + off, off));
  checkRule(rule, pair(backend('kea'), backend('isc')));
});
