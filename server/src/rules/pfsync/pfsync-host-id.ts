import type { Config } from '../../model/config.ts';
import { readHaSync, setHaSync } from '../../model/hasync.ts';
import { valuePlace } from '../../model/read.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type Role } from '../rule.ts';

export default definePairRule({
  id: 'pfsync-host-id',
  topic: 'pfsync',
  severity: 'error',
  since: '0.1.0',
  summary: 'Each node has a pf host id of its own, or none.',
  why: `Each state that pfsync sends bears the id of the host that made it, and is told from others by that and its number. Where both nodes have the same
id, a state of one may be taken for a state of the other. It happens when one node's config is restored on the other.

The id is hexadecimal, at most 8 digits and not zero. Without one pfSense makes it from the device's own unique id, which is right for nearly
everybody. An id that is none is passed over in the same way, which is a warning; but one of several zeros reaches pf, which wants no zero.

Silent where pfsync is off on either node.

Source: Netgate's documentation, "High Availability Settings" (pfsync); pfSense \`src/usr/local/www/system_hasync.php\`,
\`src/etc/inc/filter.inc\` (filter_get_host_id).`,
  fix: 'Clears the host id, so that the node takes its own.',
  messages: {
    same: 'Both nodes have the pf host id {id}: the states of one may be taken for those of the other.',
    invalid: 'The pf host id {id} is no hexadecimal number of at most 8 digits: pfSense passes it over.',
    zero: 'The pf host id {id} is zero, which pf does not take.',
  },
  examples: {
    wrong: `
--- primary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfhostid>1</pfhostid>
	</hasync>
--- secondary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfhostid>1</pfhostid>
		          ^ error: Both nodes have the pf host id 1: the states of one may be taken for those of the other.
	</hasync>
`,
    right: `
--- primary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfhostid>1</pfhostid>
	</hasync>
--- secondary.xml
	<hasync>
		<pfsyncenabled>on</pfsyncenabled>
		<pfhostid>2</pfhostid>
	</hasync>
`,
  },
  *check({ primary, secondary }) {
    const [here, there] = [primary.query(readHaSync), secondary.query(readHaSync)];
    if (!here.isPfsyncEnabled || !there.isPfsyncEnabled) return;
    yield* wrong(primary, 'primary');
    yield* wrong(secondary, 'secondary');
    if (!here.hostId || !there.hostId || !isValid(here.hostId.value) || !isValid(there.hostId.value)) return;
    if (Number.parseInt(here.hostId.value, 16) !== Number.parseInt(there.hostId.value, 16)) return;
    yield {
      at: valuePlace(there.hostId.element),
      message: 'same',
      data: { id: there.hostId.value },
      related: [{ at: valuePlace(here.hostId.element), message: "The primary's pf host id." }],
      fixes: () => clear(secondary, 'secondary'),
    };
  },
});

function* wrong(config: Config, role: Role) {
  const { hostId } = config.query(readHaSync);
  // pfSense takes a single 0 for none at all.
  if (!hostId || isValid(hostId.value) || hostId.value === '0') return;
  const isZero = /^0+$/.test(hostId.value) && hostId.value.length <= 8;
  yield {
    at: valuePlace(hostId.element),
    message: isZero ? ('zero' as const) : ('invalid' as const),
    severity: isZero ? ('error' as const) : ('warning' as const),
    data: { id: hostId.value },
    fixes: () => clear(config, role),
  };
}

function isValid(text: string): boolean {
  return /^[0-9a-f]{1,8}$/i.test(text) && !/^0+$/.test(text);
}

function clear(config: Config, role: Role): Fix[] {
  const edits = setHaSync(config, { pfhostid: '' });
  return [
    {
      title: `Clear the pf host id on the ${role}`,
      applicability: 'suggestion',
      edits: [{ document: config.document, edits }],
    },
  ];
}
