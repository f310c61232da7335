import { valuePlace } from '../../model/read.ts';
import { readUnused } from '../../model/references/unused.ts';
import { removeElement } from '../../model/write.ts';
import { referenceKinds } from '../../schema/references.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'reference-unused',
  topic: 'reference',
  severity: 'hint',
  since: '0.1.0',
  summary: 'Aliases, schedules, certificates, authorities and VIPs for NAT are there for something.',
  why: `What nothing names is dead weight: an alias of names is still resolved every few minutes, an alias of a URL is still
loaded, a certificate runs out and is reported.

Nothing is said about:

- what any rule, service or tunnel names, also one that is switched off
- what stands as a word anywhere in the sections of packages, services and accounts: packages use names, too
- pfBlockerNG's \`pfB_…\` aliases, which it makes and removes itself
- certificates that an authority issued or that are being requested, which may be in somebody's hands; authorities with a
  private key, which may issue more; authorities that the system trusts
- CARP VIPs and IP aliases, which answer by themselves, whether or not a rule names them; proxy ARP and other VIPs on an
  interface whose NAT takes addresses that it does not name
- a file without interfaces or without rules, which is a part of a config.

Source: pfSense \`src/etc/inc/certs.inc\` (cert_in_use, ca_in_use), \`pfsense-utils.inc\` (update_alias_name),
\`src/usr/local/pfSense/include/www/alias-utils.inc\` (deleteAlias).`,
  fix: 'Removes it.',
  messages: {
    unused: 'Nothing in this config names the {kind} {name}.',
  },
  examples: {
    wrong: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>OLD_WEB</name><type>host</type><address>10.0.0.79</address></alias>
		             ^^^^^^^ hint: Nothing in this config names the alias OLD_WEB.
		<alias><name>WEB</name><type>host</type><address>10.0.0.80</address></alias>
	</aliases>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB</address></destination>
		</rule>
	</filter>
`,
    right: `
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>WEB</name><type>host</type><address>10.0.0.80</address></alias>
	</aliases>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB</address></destination>
		</rule>
	</filter>
`,
  },
  *check({ node }) {
    for (const unused of readUnused(node)) {
      const kind = referenceKinds[unused.kind].title;
      yield {
        at: valuePlace(unused.name),
        message: 'unused',
        data: { kind, name: unused.title },
        isUnnecessary: true,
        fixes: () => [
          {
            title: `Remove the ${kind} ${unused.title}`,
            applicability: 'dangerous',
            edits: [{ document: node.document, edits: [removeElement(unused.element)] }],
          },
        ],
      };
    }
  },
});
