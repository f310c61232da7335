import test from 'node:test';
import rule from '../../../../server/src/rules/xml/xml-content-lost.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

test('xml-content-lost: a file is told of once, at its first comment and its first attribute', () => {
  checkRule(
    rule,
    `	<system a="1">
	       ^^^^^^ info: pfSense drops attributes at its next save; 2 tags of this file have some.
		<hostname>fw1<!-- x --></hostname>
		             ^^^^^^^^^^ info: pfSense drops this comment and 2 more in this file at its next save.
		<!-- y -->
		<domain b="2">example.org</domain>
	</system>
	<interfaces>
		<lan>
			<descr><![CDATA[LAN]]><!-- z --></descr>
		</lan>
	</interfaces>
`,
  );
});

test('xml-content-lost: in front of the root, in it, and on it', () => {
  checkRule(
    rule,
    `<?xml version="1.0"?>
<!-- by hand -->
^^^^^^^^^^^^^^^^ info: pfSense drops this comment and 1 more in this file at its next save.
<pfsense version="2.7">
        ^^^^^^^^^^^^^^ info: pfSense drops attributes at its next save.
	<!-- again -->
	<version>23.3</version>
</pfsense>
`,
  );
  checkRule(
    rule,
    `	<version>23.3</version>
	<!-- here -->
	^^^^^^^^^^^^^ info: pfSense drops this comment at its next save.
`,
  );
});

test('xml-content-lost: CDATA that speaks of comments holds none, and nothing can be done', () => {
  checkRule(rule, '	<a>\n		<descr><![CDATA[a <!-- b --> c]]></descr>\n		<detail><![CDATA[a]]></detail>\n	</a>\n');
  checkNoFix(rule, '	<a><!-- b --></a>\n');
});
