import test from 'node:test';
import rule from '../../../../server/src/rules/schema/element-misspelt.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

test('element-misspelt: a letter too many, too few, another, or two exchanged', () => {
  checkRule(
    rule,
    `
	<system>
		<hostnname>fw</hostnname>
		 ^^^^^^^^^ warning: pfSense reads no <hostnname> in <system>; <hostname> is what it reads there.
		<domin>example.org</domin>
		 ^^^^^ warning: pfSense reads no <domin> in <system>; <domain> is what it reads there.
		<timezome>Etc/UTC</timezome>
		 ^^^^^^^^ warning: pfSense reads no <timezome> in <system>; <timezone> is what it reads there.
		<timesevrers>192.0.2.123</timesevrers>
		 ^^^^^^^^^^^ warning: pfSense reads no <timesevrers> in <system>; <timeservers> is what it reads there.
	</system>
`,
  );
});

test('element-misspelt: a section, a flag that holds nothing, and an item of a list beside others', () => {
  checkRule(
    rule,
    `
	<interfces>
	 ^^^^^^^^^ warning: pfSense reads no <interfces> in <pfsense>; <interfaces> is what it reads there.
		<lan><if>vmx1</if></lan>
	</interfces>
	<filter>
		<rule><type>pass</type><dissabled></dissabled></rule>
		                        ^^^^^^^^^ warning: pfSense reads no <dissabled> in <rule>; <disabled> is what it reads there.
	</filter>
	<aliases>
		<alias><name>A</name></alias>
		<aliias><name>B</name></aliias>
		 ^^^^^^ warning: pfSense reads no <aliias> in <aliases>; <alias> is what it reads there.
	</aliases>
`,
  );
});

test('element-misspelt: silent where the known one is there, the name is short, known elsewhere, empty, or differs in a digit', () => {
  checkRule(
    rule,
    `
	<system>
		<hostname>fw</hostname>
		<hostnames>fw2</hostnames>
		<ssg>x</ssg>
		<vhid>1</vhid>
		<domainn></domainn>
		<dns9gw>x</dns9gw>
	</system>
	<installedpackages><pakage><name>x</name></pakage></installedpackages>
	<unknown><hostnam>x</hostnam></unknown>
`,
  );
});

test('element-misspelt: of two that are as near it is the one that is not there, and neither where both are missing', () => {
  checkRule(
    rule,
    `
	<filter>
		<rule><protocol>tcp</protocol><iprotocol>inet</iprotocol></rule>
		                               ^^^^^^^^^ warning: pfSense reads no <iprotocol> in <rule>; <ipprotocol> is what it reads there.
		<rule><iprotocol>inet</iprotocol></rule>
	</filter>
`,
  );
});

test('element-misspelt: the fix renames both tags', () => {
  checkFix(rule, {
    before: '\t<system>\n\t\t<hostnme>fw</hostnme>\n\t</system>\n',
    after: '\t<system>\n\t\t<hostname>fw</hostname>\n\t</system>\n',
    title: 'Rename <hostnme> to <hostname>',
  });
});
