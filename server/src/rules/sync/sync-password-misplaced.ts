import { readHaSync } from '../../model/hasync.ts';
import { readText } from '../../model/read.ts';
import { removeElement, renameElement } from '../../model/write.ts';
import { defineNodeRule } from '../rule.ts';

export default defineNodeRule({
  id: 'sync-password-misplaced',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'The password of the configuration sync stands in the element that pfSense reads.',
  why: `pfSense reads the password of the configuration sync from \`hasync/password\`. The field of its form is called \`passwordfld\`, and
scripts and API packages that go by the form write that name into the file: nothing reads it there, an empty password is sent, and every
synchronisation is refused.

Silent where \`password\` is set too, and on a node that synchronises to nobody.

Source: pfSense \`src/usr/local/www/system_hasync.php\`, \`src/etc/inc/xmlrpc_client.inc\`.`,
  fix: 'Renames the element to password.',
  messages: {
    misplaced: 'pfSense does not read passwordfld: the password of the configuration sync belongs into password.',
  },
  examples: {
    wrong: `
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
		<passwordfld><![CDATA[example]]></passwordfld>
		 ^^^^^^^^^^^ error: pfSense does not read passwordfld: the password of the configuration sync belongs into password.
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
    if (!sync.element || !sync.synchronizeToIp || sync.password || role === 'secondary') return;
    const field = readText(node, sync.element, 'passwordfld')?.element;
    const empty = sync.element.childrenNamed('password');
    if (!field) return;
    yield {
      at: field.namePlace,
      message: 'misplaced',
      fixes: () => [
        {
          title: 'Rename passwordfld to password',
          applicability: 'suggestion',
          edits: [
            {
              document: node.document,
              edits: [...renameElement(field, 'password'), ...empty.map(removeElement)],
            },
          ],
        },
      ],
    };
  },
});
