import { sameAddress } from '../../model/address.ts';
import type { Config } from '../../model/config.ts';
import { addressOf, type HaSyncKey, readHaSync, setHaSync } from '../../model/hasync.ts';
import { readInterfaces } from '../../model/interfaces.ts';
import { readText, valuePlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { definePairRule } from '../rule.ts';

export default definePairRule({
  id: 'sync-on-secondary',
  topic: 'sync',
  severity: 'error',
  since: '0.1.0',
  summary: 'Only the primary synchronises its configuration: the secondary names no target.',
  why: `The configuration goes one way, from the primary to the secondary. Where the secondary's \`synchronizetoip\` is the primary,
the two push to each other: whatever is saved on the secondary overwrites the primary. pfSense sees the loop (*"Disallowing CARP
sync loop"*), answers that all is well and **drops what it was sent**, so the sync seems to work and does not. pfSense's form says
it too: do not use the option on backup members.

A target that is no address of the primary is a warning: it may be a third node, which Netgate does not support.

User and password alone do nothing and are not reported. Where the roles are the wrong way round, name the pair's primary in
the manifest.

Source: Netgate's documentation, "XMLRPC Config Sync"; pfSense \`src/usr/local/www/xmlrpc.php\`, \`system_hasync.php\`.`,
  fix: 'Empties the target, the user and the password on the secondary.',
  messages: {
    loop: 'The secondary synchronises to {address}, which is the primary: a loop, in which pfSense drops what it is sent.',
    other: 'The secondary synchronises to {address}; only the primary may synchronise its configuration.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<interfaces>
		<opt1><enable></enable><if>vmx2</if><ipaddr>172.16.1.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync>
		<synchronizetoip>172.16.1.2</synchronizetoip>
		                 ^^^^^^^^^^ error: The secondary synchronises to 172.16.1.2, which is the primary: a loop, in which pfSense drops what it is sent.
	</hasync>
`,
    right: `
--- primary.xml
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
--- secondary.xml
	<hasync>
		<synchronizetoip></synchronizetoip>
	</hasync>
`,
  },
  *check({ primary, secondary }) {
    const target = secondary.query(readHaSync).synchronizeToIp;
    if (!target) return;
    const address = addressOf(target)?.value;
    const own = [...primary.query(readInterfaces).values()].flatMap(one => [one.ipv4, one.ipv6]);
    const match = address && own.find(each => each && sameAddress(each.address.value, address));
    yield {
      at: valuePlace(target.element),
      message: match ? 'loop' : 'other',
      severity: match ? 'error' : 'warning',
      data: { address: target.value },
      related: match ? [{ at: valuePlace(match.address.element), message: `The primary has ${target.value}.` }] : [],
      fixes: () => clear(secondary),
    };
  },
});

function clear(config: Config): Fix[] {
  const { element } = config.query(readHaSync);
  if (!element) return [];
  const names: readonly HaSyncKey[] = ['synchronizetoip', 'username', 'password'];
  const present = names.filter(name => readText(config, element, name));
  const edits = setHaSync(config, Object.fromEntries(present.map(name => [name, ''])));
  const title = `Clear ${present.map(name => words[name]).join(', ')} on the secondary`;
  return [{ title, applicability: 'suggestion', edits: [{ document: config.document, edits }] }];
}

const words: Readonly<Partial<Record<HaSyncKey, string>>> = {
  synchronizetoip: 'the sync target',
  username: 'user',
  password: 'password',
};
