import type { Config } from '../../model/config.ts';
import { haSyncPlace, readHaSync } from '../../model/hasync.ts';
import { readUsers, syncUserName, type User, usesRemoteAccounts } from '../../model/users.ts';
import { removeElement } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-user-missing',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'The account of the configuration sync exists on the secondary, and is enabled.',
  why: `The primary logs in on the secondary with the user name of its sync settings, or as \`admin\` where it has none. Without such an account
there, or with one that is disabled, every synchronisation fails; what is more, each attempt counts as a failed login, and after a few of them
the secondary blocks the primary's address.

The account must be made on the secondary by hand: the sync cannot bring it before it has got in once.

Silent: where the primary synchronises to nobody; where the secondary asks LDAP or RADIUS who may log in; and for a file without any user.

Source: Netgate's documentation, "XMLRPC Config Sync"; pfSense \`src/etc/inc/xmlrpc_client.inc\`,
\`src/usr/local/www/xmlrpc.php\`.`,
  fix: 'Enables the account on the secondary. One that is missing has to be made there, with its password.',
  messages: {
    missing: 'The configuration sync logs in as {user}, but the secondary has no such user.',
    disabled: 'The configuration sync logs in as {user}, but that user is disabled on the secondary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
		          ^^^^^^ error: The configuration sync logs in as hasync, but the secondary has no such user.
	</hasync>
--- secondary.xml
	<system>
		<user><name>admin</name><uid>0</uid></user>
	</system>
`,
    right: `
--- primary.xml
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
	</hasync>
--- secondary.xml
	<system>
		<user><name>admin</name><uid>0</uid></user>
		<user><name>hasync</name><uid>2000</uid><priv>system-xmlrpc-ha-sync</priv></user>
	</system>
`,
  },
  *check({ primary, secondary }) {
    const sync = primary.query(readHaSync);
    const users = secondary.query(readUsers);
    if (!sync.synchronizeToIp || users.length === 0 || usesRemoteAccounts(secondary)) return;
    const at = haSyncPlace(sync, sync.username ? 'username' : 'synchronizetoip');
    const name = syncUserName(primary);
    const user = users.find(each => each.name.value === name);
    if (!at || (user && !user.isDisabled)) return;
    const system = secondary.top('system');
    const related = user
      ? [{ at: user.element.namePlace, message: `The user ${name} of the secondary, which is disabled.` }]
      : system
        ? [{ at: system.namePlace, message: "The secondary's users." }]
        : [];
    if (user) yield { at, message: 'disabled', data: { user: name }, related, fixes: () => enable(secondary, user) };
    else yield { at, message: 'missing', data: { user: name }, related };
  },
});

function enable(secondary: Config, { element, name }: User): Fix[] {
  const edits = element.childrenNamed('disabled').map(removeElement);
  const title = `Enable the user ${name.value} on the secondary`;
  return [{ title, applicability: 'suggestion', edits: [{ document: secondary.document, edits }] }];
}
