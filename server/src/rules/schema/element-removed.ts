import type { Config } from '../../model/config.ts';
import { schemaFaults } from '../../model/schemaFaults.ts';
import { conversionOfTarget } from '../../model/targetConversion.ts';
import { readVersion, releaseOf } from '../../model/version.ts';
import type { Element } from '../../syntax/tree.ts';
import type { Fix } from '../finding.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'element-removed',
  topic: 'schema',
  severity: 'warning',
  since: '0.1.0',
  summary: "Every element that says something is one that the file's version still reads.",
  why: `When a release reads a setting from another element, it rewrites older files once, at the upgrade: from the file's \`<version>\`
on. An element of the old form in a file of the **new** version comes from a text editor, a script or a merge of two files; pfSense
passes over it in silence, and what it should do is not done. Before 2.7.1, for example, an outbound NAT rule had the network that
it translates to in \`<targetip>\`; later ones read it from \`<target>\`, and such a rule then translates to the interface's address.

Upgrades leave some elements where they are. So the rule is silent where the element stands from which the setting is read now,
and only informs where nothing took the element's place. It is silent, too, about empty elements, and in a file without a version.

Source: pfSense \`src/etc/inc/upgrade_config.inc\`; what each version reads is in this project's schema.`,
  fix: 'Converts the target of an outbound NAT rule as the upgrade of pfSense does. For all others a person must decide.',
  messages: {
    replaced: 'Config version {version} ({release}) no longer reads <{name}> in <{parent}>; it reads {replacement}.',
    removed: 'Config version {version} ({release}) no longer reads <{name}> in <{parent}>.',
  },
  examples: {
    wrong: `
	<version>23.3</version>
	<nat>
		<outbound>
			<mode>hybrid</mode>
			<rule>
				<interface>wan</interface>
				<source><network>192.168.1.0/24</network></source>
				<destination><any></any></destination>
				<target>other-subnet</target>
				<targetip>198.51.100.16</targetip>
				 ^^^^^^^^ warning: Config version 23.3 (pfSense 2.7.1 or 2.7.2) no longer reads <targetip> in <rule>; it reads target.
				<targetip_subnet>28</targetip_subnet>
			</rule>
		</outbound>
	</nat>
`,
    right: `
	<version>23.3</version>
	<nat>
		<outbound>
			<mode>hybrid</mode>
			<rule>
				<interface>wan</interface>
				<source><network>192.168.1.0/24</network></source>
				<destination><any></any></destination>
				<target>198.51.100.16</target>
				<target_subnet>28</target_subnet>
			</rule>
		</outbound>
	</nat>
`,
  },
  *checkSection({ node, section }) {
    for (const { kind, element, place } of schemaFaults(node, section)) {
      if (kind !== 'removed') continue;
      const replacement = place.schema.replacedBy;
      if (!isMissed(node, element, replacement)) continue;
      const version = node.query(readVersion);
      const parent = element.parent?.name ?? 'pfsense';
      const data = { name: element.name, parent, release: releaseOf(version), version: version.text };
      const found = {
        at: element.namePlace,
        fixes: (): Fix[] => {
          const edits = conversionOfTarget(node, element);
          if (!edits) return [];
          const title = 'Convert the target to the form of this version';
          return [{ title, applicability: 'suggestion', edits: [{ document: element.document, edits }] }];
        },
      };
      if (replacement === undefined) yield { ...found, message: 'removed', severity: 'info', data };
      else yield { ...found, message: 'replaced', data: { ...data, replacement } };
    }
  },
});

/** Whether what the element says is said nowhere else. */
function isMissed(node: Config, element: Element, replacement: string | undefined): boolean {
  // Its network goes with <targetip>, of which the finding is; and that counts only where the target points at it.
  if (element.name === 'targetip_subnet') return false;
  if (element.name === 'targetip') return conversionOfTarget(node, element) !== undefined;
  if (replacement === undefined) return true;
  return !element.parent?.child(replacement) && !node.find(replacement);
}
