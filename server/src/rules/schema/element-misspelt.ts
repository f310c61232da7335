import { schemaFaults } from '../../model/schemaFaults.ts';
import { renameElement } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'element-misspelt',
  topic: 'schema',
  severity: 'warning',
  since: '0.1.0',
  summary: "No element's name is one slip away from one that pfSense reads there.",
  why: `pfSense looks for the names that it knows and passes over all others in silence: a setting in \`<descrption>\` or
\`<gatewy>\` is not there for it, and is dropped by no save.

A name counts as misspelt where one letter put in, taken out, replaced or exchanged with its neighbour makes it one that pfSense
reads at that place and that is **not there yet**.

Silent: about empty elements that are no flags; names of less than four letters; names that pfSense knows somewhere else; names that differ only in a digit; where
packages and plug-ins keep elements of their own; where two known names that are missing are as near.

Source: this project's schema, written from pfSense's forms and from the code that reads the elements.`,
  fix: 'Renames the element.',
  messages: {
    misspelt: 'pfSense reads no <{name}> in <{parent}>; <{meant}> is what it reads there.',
  },
  examples: {
    wrong: `
	<filter>
		<rule>
			<type>block</type>
			<interface>wan</interface>
			<ipprotocl>inet</ipprotocl>
			 ^^^^^^^^^ warning: pfSense reads no <ipprotocl> in <rule>; <ipprotocol> is what it reads there.
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
    right: `
	<filter>
		<rule>
			<type>block</type>
			<interface>wan</interface>
			<ipprotocol>inet</ipprotocol>
			<source><any></any></source>
			<destination><any></any></destination>
		</rule>
	</filter>
`,
  },
  *checkSection({ node, section }) {
    for (const { kind, element, place } of schemaFaults(node, section)) {
      if (kind !== 'misspelt') continue;
      const meant = place.name;
      yield {
        at: element.namePlace,
        message: 'misspelt',
        data: { name: element.name, parent: element.parent?.name ?? 'pfsense', meant },
        fixes: (): Fix[] => [
          {
            title: `Rename <${element.name}> to <${meant}>`,
            applicability: 'suggestion',
            edits: [{ document: element.document, edits: renameElement(element, meant) }],
          },
        ],
      };
    }
  },
});
