import test from 'node:test';
import rule from '../../../../server/src/rules/firewall/firewall-rule-any-any.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (more: string, mark = '', on = 'wan') => `	<interfaces>
		<wan><enable></enable><if>vmx0</if><ipaddr>203.0.113.2</ipaddr><subnet>28</subnet><gateway>WANGW</gateway></wan>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>24</subnet></lan>
	</interfaces>
	<filter>
		<rule>
${mark}			<type>pass</type>
			<interface>${on}</interface>
			<source><any></any></source>
			<destination><any></any></destination>
${more}		</rule>
	</filter>
`;
const mark = '		 ^^^^ hint: This rule passes everything that comes in on WAN, from anywhere to anywhere.\n';

test('firewall-rule-any-any: a pass rule for everything on an interface with a gateway', () => {
  checkRule(rule, node('', mark));
  checkRule(rule, node('			<protocol>any</protocol>\n			<ipprotocol>inet46</ipprotocol>\n', mark));
  checkNoFix(rule, node(''));
});

test('firewall-rule-any-any: silent on everything narrower, and on the LAN', () => {
  for (const more of [
    '<protocol>tcp</protocol>',
    '<disabled></disabled>',
    '<floating>yes</floating>',
    '<sched>Nights</sched>',
    '<gateway>WANGW</gateway>',
    '<tagged>x</tagged>',
  ]) {
    checkRule(rule, node(`${more}\n`));
  }
  checkRule(rule, node('', '', 'lan'));
  checkRule(rule, node('', '', 'openvpn'));
  checkRule(rule, node('').replace('>pass<', '>block<'));
  checkRule(rule, node('').replace('<source><any></any>', '<source><network>wan</network>'));
  checkRule(rule, node('').replace('<destination><any></any>', '<destination><network>(self)</network>'));
});
