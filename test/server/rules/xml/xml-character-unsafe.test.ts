import test from 'node:test';
import rule from '../../../../server/src/rules/xml/xml-character-unsafe.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const node = (rest: string, version = '23.3') => `	<version>${version}</version>\n	<system>\n${rest}	</system>\n`;
const says = (character: string, tag: string, name: string) =>
  `warning: pfSense writes ${character} in <${tag}> as &${name}; at its next save, which is no XML, and the save is lost.`;

test('xml-character-unsafe: in plain text, deep inside, and in a section that is one text', () => {
  checkRule(rule, node(`		<domain>straße.example</domain>\n		            ^ ${says('ß', 'domain', 'szlig')}\n`));
  const deep = `		<user>
			<item><name>André €</name></item>
			                ^ ${says('é', 'name', 'eacute')}
		</user>
`;
  checkRule(rule, node(deep));
  checkRule(rule, `	<version>22.2</version>\n	<theme>Größe</theme>\n	         ^ ${says('ö', 'theme', 'ouml')}\n`);
  checkNoFix(rule, node('		<domain>straße.example</domain>\n'));
});

test('xml-character-unsafe: CDATA in the file helps nothing where pfSense writes none', () => {
  checkRule(
    rule,
    node(`		<domain><![CDATA[é]]></domain>\n		                 ^ ${says('é', 'domain', 'eacute')}\n`),
  );
});

test('xml-character-unsafe: a character by its number', () => {
  checkRule(rule, node(`		<domain>&#233;</domain>\n		        ^^^^^^ ${says('é', 'domain', 'eacute')}\n`));
});

test('xml-character-unsafe: tags that pfSense puts in CDATA, also where the file has none', () => {
  checkRule(rule, node('		<descr><![CDATA[K&ouml;ln]]></descr>\n		<descr>Köln</descr>\n		<city>Köln</city>\n'));
});

test('xml-character-unsafe: a tag that older versions put in none', () => {
  checkRule(rule, node(`		<city>Köln</city>\n		       ^ ${says('ö', 'city', 'ouml')}\n`, '15.8'));
});

test('xml-character-unsafe: characters without a name, the five of XML, and other versions', () => {
  checkRule(rule, node('		<domain>Łódź 😀 &amp; &lt; &quot; x</domain>\n'.replace('ó', 'o')));
  checkRule(rule, node('		<domain>Köln</domain>\n', '24.5'));
  checkRule(rule, node('		<domain>Köln</domain>\n', 'unknown'));
});

test('xml-character-unsafe: of a secret not even the character is told', () => {
  const says =
    'warning: pfSense writes a character in <pre-shared-key> by its HTML name at its next save, which is no XML, and the save is lost.';
  checkRule(rule, node(`		<pre-shared-key>not é one</pre-shared-key>\n		                    ^ ${says}\n`));
});

test('xml-character-unsafe: of what stands there by that name already xml-entity-undefined tells', () => {
  checkRule(rule, node('		<domain>stra&szlig;e.example</domain>\n'));
  checkNoFix(rule, node('		<domain>stra&#223;e.example</domain>\n'));
});
