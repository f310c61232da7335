import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import {
  maySynchronize,
  readUsers,
  syncPrivilege,
  syncUserName,
  type User,
  usesRemoteAccounts,
} from '../../model/users.ts';
import { elementSource, insertChild } from '../../model/write.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-user-privilege',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary:
    'The account of the configuration sync may synchronise: it is admin, or has the privilege "System - HA node sync".',
  why: `The secondary lets only two kinds of account synchronise: \`admin\` (uid 0), and one with the privilege **System - HA node sync**
(\`${syncPrivilege}\`), of its own or from a group. Nothing else will do, not even *WebCfg - All pages* or being in \`admins\`: the secondary answers
"Authentication failed: not enough privileges", and nothing is synchronised.

Where the primary synchronises its users, its own account of that name takes the place of the secondary's with the first synchronisation, so that one
needs the privilege too.

Silent: where the account does not exist or is disabled (\`sync-user-missing\`), and where the secondary asks LDAP or RADIUS who may log in.

Source: Netgate's documentation, "XMLRPC Config Sync"; pfSense \`src/usr/local/www/xmlrpc.php\`, \`src/etc/inc/auth.inc\`
(get_user_privileges).`,
  fix: "Gives the user the privilege, on the secondary and, where users are synchronised, on the primary's user of that name.",
  messages: {
    missing:
      'The configuration sync logs in as {user}, who lacks the privilege "System - HA node sync" on the secondary.',
  },
  examples: {
    wrong: `
--- primary.xml
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<username>hasync</username>
	</hasync>
--- secondary.xml
	<system>
		<user><name>hasync</name><uid>2000</uid><priv>page-all</priv></user>
		            ^^^^^^ error: The configuration sync logs in as hasync, who lacks the privilege "System - HA node sync" on the secondary.
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
		<user><name>hasync</name><uid>2000</uid><priv>system-xmlrpc-ha-sync</priv></user>
	</system>
`,
  },
  *check({ primary, secondary }) {
    const sync = primary.query(readHaSync);
    if (!sync.synchronizeToIp || usesRemoteAccounts(secondary)) return;
    const user = userNamed(secondary, syncUserName(primary));
    // An account without a uid is asked for no privilege (xmlrpc.php).
    if (!user?.uid || user.isDisabled || maySynchronize(secondary, user)) return;
    const named = sync.username;
    yield {
      at: user.name.element.contentPlace,
      message: 'missing',
      data: { user: user.name.value },
      related: named ? [{ at: named.element.contentPlace, message: 'The account of the configuration sync.' }] : [],
      fixes: () => grant({ primary, secondary }, user),
    };
  },
});

function userNamed(config: Config, name: string): User | undefined {
  return config.query(readUsers).find(user => user.name.value === name);
}

function grant(nodes: { readonly primary: Config; readonly secondary: Config }, user: User): Fix[] {
  const { primary, secondary } = nodes;
  const give = (config: Config, { element }: User) => ({
    document: config.document,
    edits: [insertChild(element, { source: elementSource(config, 'priv', syncPrivilege), after: ['priv'] })],
  });
  const sender = primary.query(readHaSync).areas.has('synchronizeusers')
    ? userNamed(primary, user.name.value)
    : undefined;
  const lacksToo = sender?.uid && !sender.isDisabled && !maySynchronize(primary, sender);
  const edits = [give(secondary, user), ...(sender && lacksToo ? [give(primary, sender)] : [])];
  const where = edits.length > 1 ? 'both nodes' : 'the secondary';
  return [
    {
      title: `Give ${user.name.value} the privilege "System - HA node sync" on ${where}`,
      applicability: 'suggestion',
      edits,
    },
  ];
}
