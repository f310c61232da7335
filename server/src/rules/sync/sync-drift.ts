import { groupBy } from '../../model/grouping.ts';
import { childPlace, valuePlace } from '../../model/read.ts';
import { copyEdits } from '../../pair/sync/copy.ts';
import { bringsSharedPool, haveSameKeys, isHazardous } from '../../pair/sync/copyHazards.ts';
import { type Difference, drift, titleOf } from '../../pair/sync/drift.ts';
import { untold } from '../../pair/sync/toldElsewhere.ts';
import type { Element, Place } from '../../syntax/tree.ts';
import type { Fix, Related } from '../finding.ts';
import { definePairRule, type PairInput } from '../rule.ts';

/** Of more differences than that in one area it says how many there are. */
const mostItems = 10;

export default definePairRule({
  id: 'sync-drift',
  topic: 'sync',
  severity: 'warning',
  since: '0.1.0',
  summary: 'What the primary synchronises is the same on the secondary.',
  why: `What is ticked on the primary's *System > High Availability* page is copied to the secondary whenever something is saved. Where the
secondary has it otherwise, somebody has changed it there and the next synchronisation **overwrites that without asking**; or the
synchronisation does not get through, and after a fail-over the secondary runs with what it last got.

What is compared is what pfSense would make of it, area by area as ticked:

- with the changes that the primary makes on sending: advskew and advbase of VIPs, ISC's fail-over peer, Kea's roles and ends;
- without what it leaves out: items marked *No XMLRPC Sync*, IP aliases and proxy ARP on an interface; and without what the
  secondary keeps for itself: accounts of the system (unless *Synchronize admin* is on), and in sections that are merged
  (gateways, static routes, DHCPv6) whatever the primary has nothing of;
- by what it means: order counts for rules on one interface and nowhere else, an empty element says as much as none, and who
  saved an item when is left out.

Silent: without a target, between different config versions (nothing is sent then), for packages, for the addresses of aliases that
each node downloads for itself, and where another rule tells of the difference: VIPs of CARP and their numbers and passwords, DHCP pools
and fail-over, Kea's high availability, the account that synchronises, and what uses a node's own address instead of a VIP.

More than ${mostItems} differences in one area are one finding.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/usr/local/www/xmlrpc.php\` (restore_config_section); Netgate's documentation,
"XMLRPC Config Sync".`,
  fix: `Copies the primary's item to the secondary as it would be sent, or removes what the secondary alone has. None as long as one node lacks an
interface of the other, and none by which, copied alone, a name or number would stand twice, something would be named that is gone, or
both nodes would give away the same addresses without a fail-over.`,
  messages: {
    changed: "{item} {differs} from the primary's: {children}.",
    lacking: '{item} {is} missing on the secondary, which should have been sent {them}: {children}.',
    missing: '{item} {is} on the primary only; the secondary should have been sent {them}.',
    extra: '{item} {is} on the secondary only; the next synchronisation removes {them}.',
    moved: '{item} stands at another place than on the primary, where the order counts.',
    many: 'Of what the primary synchronises as {area}, {count} items are not the same on the secondary: {kinds}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>10.0.0.80 10.0.0.81</address>
		</alias>
	</aliases>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizealiases>on</synchronizealiases>
	</hasync>
--- secondary.xml
	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>10.0.0.80</address>
			         ^^^^^^^^^ warning: Alias WEB differs from the primary's: address.
		</alias>
	</aliases>
`,
    right: `
--- primary.xml
	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>10.0.0.80 10.0.0.81</address>
		</alias>
		<alias>
			<name>HERE</name>
			<type>host</type>
			<address>10.0.0.2</address>
			<nosync></nosync>
		</alias>
	</aliases>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizealiases>on</synchronizealiases>
	</hasync>
--- secondary.xml
	<aliases>
		<alias>
			<type>host</type>
			<name>WEB</name>
			<address>10.0.0.80 10.0.0.81</address>
			<descr></descr>
		</alias>
	</aliases>
`,
  },
  *check(nodes) {
    const found = drift(nodes.primary, nodes.secondary).flatMap(whole => {
      const told = untold(whole, nodes);
      return told ? [{ told, whole }] : [];
    });
    for (const drifted of groupBy(found, ({ told }) => told.area.key).values()) {
      if (drifted.length > mostItems) yield summary(drifted, nodes);
      else for (const each of drifted) yield report(each, nodes);
    }
  },
});

/**
 * A difference as far as no other rule tells of it, and all of it: who copies an item copies the whole, because half of
 * it beside what the secondary had may be right on neither node.
 */
interface Drifted {
  readonly told: Difference;
  readonly whole: Difference;
}

function report({ told: difference, whole }: Drifted, nodes: PairInput) {
  const item = capitalised(titleOf(difference, nodes));
  return {
    at: placeOf(difference),
    message: messages[difference.kind === 'changed' && !difference.secondary ? 'lacking' : difference.kind],
    data: {
      item,
      children: difference.children.join(', '),
      ...(difference.itemKind.isPlural
        ? { differs: 'differ', is: 'are', them: 'them' }
        : { differs: 'differs', is: 'is', them: 'it' }),
    },
    related: relatedOf(difference),
    fixes: () => fixes([whole], nodes, titles[difference.kind](titleOf(difference, nodes))),
  };
}

const messages = {
  added: 'missing',
  changed: 'changed',
  lacking: 'lacking',
  removed: 'extra',
  moved: 'moved',
} as const;

const titles: Readonly<Record<Difference['kind'], (item: string) => string>> = {
  added: item => `Copy ${item} to the secondary`,
  changed: item => `Copy the primary's ${item} to the secondary`,
  removed: item => `Remove ${item} from the secondary`,
  moved: item => `Move ${item} on the secondary to where it stands on the primary`,
};

function summary(drifted: readonly Drifted[], nodes: PairInput) {
  const differences = drifted.map(({ told }) => told);
  const [{ told: first }] = drifted as readonly [Drifted, ...Drifted[]];
  const section = nodes.secondary.top(first.path.split('/')[0] ?? '');
  const counts = (['added', 'changed', 'removed', 'moved'] as const).flatMap(kind => {
    const count = differences.filter(each => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${words[kind]}`];
  });
  return {
    at: section?.namePlace ?? placeOf(first),
    message: 'many' as const,
    data: { area: first.area.title, count: differences.length, kinds: counts.join(', ') },
    related: relatedOf(first),
    fixes: () =>
      fixes(
        drifted.map(({ whole }) => whole),
        nodes,
        `Copy ${first.area.title} from the primary to the secondary`,
      ),
  };
}

const words = { added: 'missing', changed: 'different', removed: 'on the secondary only', moved: 'at another place' };

/** On the value where it is one, else on the item; on the primary's where the secondary has none. */
function placeOf({ primary, secondary, children }: Difference): Place {
  const element = secondary ?? (primary as Element);
  if (!secondary || children.length !== 1) return element.namePlace;
  const [name = ''] = children;
  const child = element.child(name);
  if (!child) return element.namePlace;
  return child.hasChildren ? child.namePlace : valuePlace(child);
}

function relatedOf({ kind, primary, secondary, parent, children }: Difference): Related[] {
  if (kind === 'added')
    return parent ? [{ at: parent.namePlace, message: 'Where it is missing on the secondary.' }] : [];
  if (!primary || !secondary) return [];
  const [name = ''] = children;
  const child = primary.child(name);
  const at = children.length === 1 && !child?.hasChildren ? childPlace(primary, name) : primary.namePlace;
  return [{ at, message: 'What the primary has.' }];
}

function fixes(differences: readonly Difference[], nodes: PairInput, title: string): Fix[] {
  if (!haveSameKeys(nodes) || isHazardous(differences, nodes) || bringsSharedPool(differences, nodes)) return [];
  const edits = copyEdits(differences, nodes);
  if (edits.length === 0) return [];
  const losesSomething = differences.some(each => each.kind === 'removed');
  return [
    {
      title,
      // The next synchronisation does the same; but what was changed on the secondary may be what somebody wants.
      applicability: losesSomething ? 'dangerous' : 'suggestion',
      edits: [{ document: nodes.secondary.document, edits }],
    },
  ];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
