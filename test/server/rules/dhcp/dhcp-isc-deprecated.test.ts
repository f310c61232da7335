import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/dhcp/dhcp-isc-deprecated.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (version: string, rest = '', mark = '') => `	<version>${version}</version>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<dhcpd>
${mark}		<lan><enable></enable></lan>
	</dhcpd>
${rest}`;
const says = "info: The DHCP server is ISC's, which is deprecated; Kea takes its place.";

test('dhcp-isc-deprecated: chosen, or never chosen', () => {
  checkRule(rule, node('23.3', `	<dhcpbackend>isc</dhcpbackend>\n	             ^^^ ${says}\n`));
  checkRule(rule, node('24.0', '', `	 ^^^^^ ${says}\n`));
  checkNoFix(rule, node('24.0'));
});

test('dhcp-isc-deprecated: silent with Kea, before it was there, and where nothing is served', () => {
  checkRule(rule, node('24.0', '	<dhcpbackend>kea</dhcpbackend>\n'));
  checkRule(rule, node('22.9'));
  checkRule(rule, node('24.0').replace('		<lan><enable></enable></lan>', '		<lan></lan>'));
});

test('dhcp-isc-deprecated: nobody is told who has not asked', () => {
  assert.equal(rule.isOffByDefault, true);
});
