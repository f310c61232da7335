import test from 'node:test';
import rule from '../../../../server/src/rules/xml/xml-entity-undefined.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';

const node = (rest: string, version = '23.3') => `	<version>${version}</version>\n	<snmpd>\n${rest}	</snmpd>\n`;
const html = (reference: string) =>
  `error: ${reference} is a name of HTML, not of XML: pfSense refuses the whole file.`;

test('xml-entity-undefined: each name at its place, between elements too', () => {
  checkRule(
    rule,
    node(`		<a>&eacute;x&nbsp;</a>
		   ^^^^^^^^ ${html('&eacute;')}
		            ^^^^^^ ${html('&nbsp;')}
		&euro;
		^^^^^^ ${html('&euro;')}
		<b>&nonsense;</b>
		   ^^^^^^^^^^ error: &nonsense; is no name that XML knows: pfSense refuses the whole file.
`),
  );
});

test('xml-entity-undefined: what XML knows, numbers, CDATA, comments and a bare &', () => {
  checkRule(rule, node('		<a>&amp;&lt;&gt;&quot;&apos;&#233;&#xe9;</a>\n'));
  checkRule(rule, node('		<descr><![CDATA[&eacute; & &x]]></descr><!-- &eacute; -->\n'));
  checkRule(rule, node('		<a>R & D; &</a>\n'));
});

test('xml-entity-undefined: the character itself where pfSense writes no CDATA', () => {
  checkFix(rule, { before: node('		<a>1 &eacute; &amp; 2</a>\n'), after: node('		<a>1 é &amp; 2</a>\n') });
});

test('xml-entity-undefined: CDATA where pfSense writes it, in the form of the version', () => {
  checkFix(rule, {
    before: node('		<descr>&eacute; &amp; &ouml;</descr>\n'),
    after: node('		<descr><![CDATA[&eacute; &amp; &ouml;]]></descr>\n'),
  });
  checkFix(rule, {
    before: node('		<descr>&eacute; &amp; 2</descr>\n', '24.5'),
    after: node('		<descr><![CDATA[é &amp; 2]]></descr>\n', '24.5'),
  });
});

test('xml-entity-undefined: a name that nobody knows is text', () => {
  checkFix(rule, { before: node('		<a>&nonsense;</a>\n'), after: node('		<a>&amp;nonsense;</a>\n') });
});
