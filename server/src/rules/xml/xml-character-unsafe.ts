import { unsafeTexts } from '../../model/unsafeCharacters.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'xml-character-unsafe',
  topic: 'xml',
  severity: 'warning',
  since: '0.1.0',
  summary: 'Before config version 24.5 no character with an HTML name stands where pfSense writes no CDATA.',
  why: `Up to config version 24.4 pfSense writes every character for which HTML has a name by that name: \`é\` as \`&eacute;\`, \`ß\` as
\`&szlig;\`, \`€\` as \`&euro;\`. In a tag that it puts in CDATA (\`descr\`, \`detail\`, \`password\` …) that is fine. **In any other it is no
XML**: at the next save of anything pfSense cannot read what it has just written, and goes back to the last backup. Whoever pressed Save loses
the change and may be told that all went well.

The fault is in what would be written, so that CDATA around the text in the file helps nothing: choose another spelling. Characters without
a name in HTML, such as \`ł\` or an emoji, are written as they are. Silent from 24.5 on, and where the version is not known.

Source: pfSense \`src/etc/inc/xmlparse.inc\` (dump_xml_config_sub).`,
  messages: {
    named: 'pfSense writes {character} in <{tag}> as &{name}; at its next save, which is no XML, and the save is lost.',
    secret:
      'pfSense writes a character in <{tag}> by its HTML name at its next save, which is no XML, and the save is lost.',
  },
  examples: {
    wrong: `
	<version>23.3</version>
	<snmpd>
		<syslocation>Köln</syslocation>
		              ^ warning: pfSense writes ö in <syslocation> as &ouml; at its next save, which is no XML, and the save is lost.
	</snmpd>
`,
    right: `
	<version>23.3</version>
	<snmpd>
		<syslocation>Koeln</syslocation>
	</snmpd>
	<staticroutes>
		<route><descr><![CDATA[K&ouml;ln]]></descr></route>
	</staticroutes>
`,
  },
  *check({ node }) {
    for (const { element, character, name, place } of unsafeTexts(node)) {
      const tag = element.name;
      if (isSecretName(tag)) yield { at: place, message: 'secret', data: { tag } };
      else yield { at: place, message: 'named', data: { character, tag, name } };
    }
  },
});
