import test from 'node:test';
import rule from '../../../../server/src/rules/xml/xml-tag-case.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

test('xml-tag-case: every element of a name with capitals is told, the root too', () => {
  checkRule(
    rule,
    `<?xml version="1.0"?>
<pfSense>
 ^^^^^^^ warning: The tag <pfSense> has capitals; pfSense reads and writes it as <pfsense>.
	<filter>
		<Rule></Rule>
		 ^^^^ warning: The tag <Rule> has capitals; pfSense reads and writes it as <rule>.
		<rule></rule>
		<Rule/>
		 ^^^^ warning: The tag <Rule> has capitals; pfSense reads and writes it as <rule>.
	</filter>
</pfSense>
`,
  );
});

test('xml-tag-case: the fix writes both tags in lower case and keeps the content', () => {
  checkFix(rule, {
    before: '\t<system>\n\t\t<HostName a="B">FW</HostName>\n\t</system>\n',
    after: '\t<system>\n\t\t<hostname a="B">FW</hostname>\n\t</system>\n',
  });
});

test('xml-tag-case: an end tag in lower case already is left as it is', () => {
  checkFix(rule, {
    before: '\t<system>\n\t\t<Domain>a</domain>\n\t</system>\n',
    after: '\t<system>\n\t\t<domain>a</domain>\n\t</system>\n',
  });
});

test('xml-tag-case: an element that closes itself has one tag', () => {
  checkFix(rule, {
    before: '\t<system>\n\t\t<Domain/>\n\t</system>\n',
    after: '\t<system>\n\t\t<domain/>\n\t</system>\n',
  });
});

test("xml-tag-case: the root's fix", () => {
  const head = '<?xml version="1.0"?>\n';
  checkFix(rule, {
    before: `${head}<PfSense>\n\t<a></a>\n</PfSense>\n`,
    after: `${head}<pfsense>\n\t<a></a>\n</pfsense>\n`,
  });
});

test('xml-tag-case: an element that is never closed has one tag to mend', () => {
  checkFix(rule, { before: '\t<a>\n\t\t<B>x\n\t</a>\n', after: '\t<a>\n\t\t<b>x\n\t</a>\n' });
});
