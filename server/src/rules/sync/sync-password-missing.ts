import { haSyncPlace, readHaSync } from '../../model/hasync.ts';
import { readText } from '../../model/read.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'sync-password-missing',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'A node that synchronises its configuration has the password for the other one.',
  why: `The configuration sync logs in with a name and a password of the **other** node. The name may be left empty, which means \`admin\`; the
password may not: pfSense sends an empty one, the other node refuses it, and after a few attempts it blocks this node's address.

A password taken out of the file before it was shared looks the same; then the finding means nothing.

Silent: on a node that synchronises to nobody; on the secondary of a pair, which should not (\`sync-on-secondary\`); and where the password is
in the wrong element (\`sync-password-misplaced\`).

Source: pfSense \`src/etc/inc/xmlrpc_client.inc\`, \`src/usr/local/www/xmlrpc.php\`.`,
  messages: {
    missing: 'The configuration is synchronised to {target}, but there is no password for it.',
  },
  examples: {
    wrong: `
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
		<password></password>
		 ^^^^^^^^ error: The configuration is synchronised to 172.16.1.3, but there is no password for it.
	</hasync>
`,
    right: `
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
		<password><![CDATA[example]]></password>
	</hasync>
`,
  },
  *check({ node, role }) {
    const sync = node.query(readHaSync);
    const at = haSyncPlace(sync, 'password');
    if (!sync.element || !sync.synchronizeToIp || !at || role === 'secondary') return;
    if (sync.password || readText(node, sync.element, 'passwordfld')) return;
    yield { at, message: 'missing', data: { target: sync.synchronizeToIp.value } };
  },
});
