import type { Config } from '../../model/config.ts';
import { readHaSync } from '../../model/hasync.ts';
import { valuePlace } from '../../model/read.ts';
import { copyDefinition } from '../../model/references/copyDefinition.ts';
import { labelOf, nameElementOf, userOf } from '../../model/references/references.ts';
import { setChildText } from '../../model/write.ts';
import { type LeftBehind, type LeftBehindReason, leftBehind } from '../../pair/referencesAfterSync.ts';
import type { SyncArea } from '../../pair/sync/areas.ts';
import { driftOfArea } from '../../pair/sync/drift.ts';
import { type ReferenceKind, referenceKinds } from '../../schema/references.ts';
import type { Fix } from '../finding.ts';
import { definePairRule, type PairInput } from '../rule.ts';

export default definePairRule({
  id: 'reference-mismatch-on-peer',
  topic: 'reference',
  severity: 'error',
  since: '0.1.0',
  summary: 'What the synchronisation sends names nothing that the secondary lacks.',
  why: `The configuration sync copies sections as they are, box by box. It does not look whether the secondary has what they name:
firewall rules arrive there without the aliases that they name where the box for aliases is not ticked, a tunnel without its
certificate, a rule without its gateway. On the secondary the rule is then left out, the tunnel does not start, and that shows
at the first fail-over.

A box brings along what belongs to it: firewall rules their schedules, OpenVPN the certificates, static routes the gateways.
Interface groups are never synchronised. An alias that is marked to be left out is not sent, while the rules that name it
are.

Nothing is said about interfaces that only one node has (interface-set-mismatch) and VIPs (vip-reference-dangling), about what
is switched off or marked to be left out itself, about places where an unknown name does no harm, and where nothing is sent:
without a target, or between nodes of different config versions.

Source: pfSense \`src/etc/rc.filter_synchronize\`, \`src/usr/local/www/xmlrpc.php\`.`,
  fix: `Ticks the box that sends it, or copies it to the secondary.`,
  messages: {
    missing: 'The secondary lacks the {kind} {name}, but is sent what names it, {users}: {reason}.',
  },
  examples: {
    wrong: `
--- primary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<aliases>
		<alias><name>WEB</name><type>host</type><address>10.0.0.80</address></alias>
		             ^^^ error: The secondary lacks the alias WEB, but is sent what names it, Firewall rule (Web): the synchronisation of aliases is off.
	</aliases>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB</address></destination>
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizerules>on</synchronizerules>
	</hasync>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>8</subnet></lan>
	</interfaces>
	<filter>
		<rule>
			<type>pass</type>
			<interface>lan</interface>
			<source><network>lan</network></source>
			<destination><address>WEB</address></destination>
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
`,
    right: `
--- primary.xml
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
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		<synchronizerules>on</synchronizerules>
		<synchronizealiases>on</synchronizealiases>
	</hasync>
--- secondary.xml
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.3</ipaddr><subnet>8</subnet></lan>
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
			<descr><![CDATA[Web]]></descr>
		</rule>
	</filter>
`,
  },
  *check({ primary, secondary }) {
    for (const left of leftBehind(primary, secondary)) {
      const { definition, uses, reason } = left;
      const [first] = uses;
      if (!first) continue;
      const more = uses.length > 1 ? ` and ${uses.length - 1} more` : '';
      yield {
        at: valuePlace(nameElementOf(definition)),
        message: 'missing',
        data: {
          kind: referenceKinds[definition.kind].title,
          name: nameOf(primary, left),
          users: `${userOf(primary, first)}${more}`,
          reason: wordsOf(reason, definition.kind),
        },
        related: uses.slice(0, 5).map(use => ({ at: use.place, message: `${userOf(primary, use)}.` })),
        fixes: () => fixesOf({ primary, secondary }, left),
      };
    }
  },
});

/** Certificates and the like bear numbers; people know them by their description. */
const numbered: ReadonlySet<ReferenceKind> = new Set(['certificate', 'ca', 'crl', 'user', 'openvpn-server', 'phase1']);

function nameOf(primary: Config, { definition }: LeftBehind): string {
  return (numbered.has(definition.kind) ? labelOf(primary, definition) : undefined) ?? definition.name;
}

function wordsOf(reason: LeftBehindReason, kind: ReferenceKind): string {
  switch (reason.is) {
    case 'nosync':
      return 'it is marked to be left out of the synchronisation';
    case 'off':
      return `the synchronisation of ${reason.area.title} is off`;
    case 'never':
      return `an ${referenceKinds[kind].title} is never synchronised`;
  }
}

function fixesOf({ primary, secondary }: PairInput, left: LeftBehind): Fix[] {
  const fixes = left.reason.is === 'off' ? turnOn({ primary, secondary }, left.reason.area) : [];
  const copy = copyDefinition({ from: primary, to: secondary }, left.definition);
  if (!copy) return fixes;
  const title = `Copy the ${referenceKinds[left.definition.kind].title} ${nameOf(primary, left)} to the secondary`;
  return [...fixes, { title, applicability: 'suggestion', edits: [{ document: secondary.document, edits: [copy] }] }];
}

function turnOn({ primary, secondary }: PairInput, area: SyncArea): Fix[] {
  const { element } = primary.query(readHaSync);
  if (!element) return [];
  const isLossy = driftOfArea({ primary, secondary }, area).some(({ kind }) => kind !== 'added');
  const edits = [setChildText(primary, element, { name: area.key, text: 'on' })];
  return [
    {
      title: `Synchronise ${area.title}`,
      applicability: isLossy ? 'dangerous' : 'suggestion',
      edits: [{ document: primary.document, edits }],
    },
  ];
}
