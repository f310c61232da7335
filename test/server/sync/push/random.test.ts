import assert from 'node:assert/strict';
import test from 'node:test';
import type { Role } from '../../../../server/src/pair/manifest.ts';
import type { Outcome } from '../../../../server/src/sync/push/outcome.ts';
import fc, { seed } from '../../../harness/fastCheck.ts';
import type { Fault } from '../../../simulator/node/faults.ts';
import { type ReleaseName, releases } from '../../../simulator/release.ts';
import { hurry, type LivePair, planOf, type Texts, withLivePair } from '../livePair.ts';
import { synced } from '../synced.ts';
import { assertTrue } from './outcomes.ts';

const isThorough = process.env.PFSENSE_HA_THOROUGH === '1';

type Edit = (text: string) => string;

const within =
  (section: string, edit: Edit): Edit =>
  text =>
    text.includes(`\t<${section}>\n`)
      ? text.replace(new RegExp(`\\t<${section}>\\n[\\s\\S]*?\\n\\t</${section}>`), edit)
      : text;
const added =
  (section: string, source: string): Edit =>
  text =>
    text.includes(`\t</${section}>`)
      ? text.replace(`\t</${section}>`, `${source}\t</${section}>`)
      : text.replace('</pfsense>', `\t<${section}>\n${source}\t</${section}>\n</pfsense>`);
const aliasSource = (name: string) =>
  `\t\t<alias>\n\t\t\t<name>${name}</name>\n\t\t\t<type>host</type>\n\t\t\t<address>192.0.2.7</address>\n\t\t</alias>\n`;
const ruleSource = '\t\t<rule>\n\t\t\t<type>pass</type>\n\t\t\t<interface>lan</interface>\n\t\t</rule>\n';
const routeSource = '\t\t<route>\n\t\t\t<network>203.0.113.0/24</network>\n\t\t\t<gateway>GW</gateway>\n\t\t</route>\n';

const vipSource = (mode: string, vhid: string) =>
  `\t\t<vip>\n\t\t\t<mode>${mode}</mode>\n\t\t\t<interface>lan</interface>\n\t\t\t<vhid>${vhid}</vhid>\n\t\t\t<advskew>0</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<uniqid>65f0c0ffee99${vhid}</uniqid>\n\t\t\t<subnet_bits>24</subnet_bits>\n\t\t\t<subnet>192.168.1.${vhid}0</subnet>\n\t\t</vip>\n`;
const userSource =
  '\t\t<user>\n\t\t\t<name>added</name>\n\t\t\t<scope>user</scope>\n\t\t\t<uid>2002</uid>\n\t\t</user>\n';

/** What the primary synchronises, so that an edit of it stands in the primary's file alone. */
const synchronisedEdits: Readonly<Record<string, Edit>> = {
  'alias one': added('aliases', aliasSource('one')),
  'alias two': added('aliases', aliasSource('two')),
  'alias removed': within('aliases', text => text.replace(/\t\t<alias>[\s\S]*?<\/alias>\n/, '')),
  'alias described': within('aliases', text => text.replace('CDATA[Servers', 'CDATA[Sërver &amp; more')),
  rule: added('filter', ruleSource),
  'outbound mode': added('nat', '\t\t<outbound>\n\t\t\t<mode>hybrid</mode>\n\t\t</outbound>\n'),
  'DHCP range': within('dhcpd', text => text.replace('192.168.1.199', '192.168.1.150')),
  VIP: within('virtualip', text => text.replace('VIP 1', 'VIP one').replace('between us', 'between others')),
  resolver: within('unbound', text => text.replace('<active_interface>', '<active_interface>lan')),
  route: added('staticroutes', routeSource),
  'VIP added': added('virtualip', vipSource('carp', '3')),
  'VIP removed': within('virtualip', text => text.replace(/\t\t<vip>[\s\S]*?<\/vip>\n/, '')),
  'user added': within('system', text => text.replace('\t\t<nextuid>', `${userSource}\t\t<nextuid>`)),
  'user changed': within('system', text => text.replace('<name>plain</name>', '$&\n\t\t\t<disabled></disabled>')),
};

/** What is each node's own. */
const localEdits: Readonly<Record<string, Edit>> = {
  'interface described': within('interfaces', text => text.replace('CDATA[SYNC', 'CDATA[HA link')),
  'interface added': within('interfaces', text =>
    text.replace('</opt1>\n', '</opt1>\n\t\t<opt2>\n\t\t\t<if>vtnet3</if>\n\t\t</opt2>\n'),
  ),
  NTP: added('ntpd', '\t\t<orphan>12</orphan>\n'),
  'IP alias of its own': added('virtualip', vipSource('ipalias', '4')),
  'time zone': within('system', text => text.replace('<domain>', '<timezone>Europe/Vienna</timezone>\n\t\t<domain>')),
  SNMP: added('snmpd', '\t\t<syscontact>NOC</syscontact>\n'),
};

const drifts: Readonly<Record<string, Edit>> = {
  none: text => text,
  alias: within('aliases', text => text.replace('>servers<', '>drifted<')),
  'DHCP range': within('dhcpd', text => text.replace('192.168.1.100', '192.168.1.110')),
};

const elsewhere: Edit = text => text.replace('<domain>', '<timezone>Europe/Vienna</timezone>\n\t\t<domain>');
const sameSection: Edit = text => text.replace('<name>servers</name>', '<name>renamed</name>');

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<Fault>(
    { kind: 'dropped before' },
    { kind: 'dropped after' },
    { kind: 'gateway timeout' },
    { kind: 'half an answer' },
    { kind: 'cut XML' },
    { kind: 'lie' },
    { kind: 'fatal error' },
    { kind: 'redirect', location: 'https://192.0.2.9/' },
    { kind: 'certificate change' },
    { kind: 'another administrator', when: 'before', edit: elsewhere },
    { kind: 'another administrator', when: 'after', edit: sameSection },
  ),
  fc.integer({ min: 1, max: 30 }).map((milliseconds): Fault => ({ kind: 'latency', milliseconds })),
);

interface Case {
  readonly version: ReleaseName;
  readonly edits: {
    readonly synchronised: readonly string[];
    readonly primary: readonly string[];
    readonly secondary: readonly string[];
  };
  readonly drift: string;
  readonly execPhp: 'allowed' | 'forbidden';
  readonly faults: readonly {
    readonly fault: Fault;
    readonly role: Role;
    readonly caller: 'client' | 'peer';
    readonly after: number;
    readonly times: number;
  }[];
  readonly syncFailures: number;
  readonly cancel: { readonly at: number; readonly answer: 'undo' | 'leave' } | undefined;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  version: fc.constantFrom(...releases.map(({ name }) => name)),
  edits: fc.record({
    synchronised: fc.subarray(Object.keys(synchronisedEdits), { minLength: 0, maxLength: 4 }),
    primary: fc.subarray(Object.keys(localEdits), { maxLength: 2 }),
    secondary: fc.subarray(Object.keys(localEdits), { maxLength: 2 }),
  }),
  execPhp: fc.constantFrom('allowed', 'forbidden'),
  drift: fc.constantFrom('none', ...Object.keys(drifts)),
  faults: fc.array(
    fc.record({
      fault: anyFault,
      role: fc.constantFrom<Role>('primary', 'secondary'),
      caller: fc.constantFrom<'client' | 'peer'>('client', 'client', 'client', 'peer'),
      after: fc.nat(14),
      times: fc.constantFrom(1, 1, 2, 4),
    }),
    { maxLength: 3 },
  ),
  syncFailures: fc.constantFrom(0, 0, 0, 1, 2),
  cancel: fc.option(fc.record({ at: fc.nat(8), answer: fc.constantFrom<'undo' | 'leave'>('undo', 'leave') }), {
    nil: undefined,
    freq: 3,
  }),
});

function wantedOf(before: Texts, { edits, version }: Case): Texts {
  const apply = (text: string, names: readonly string[]) =>
    names.reduce((now, name) => (synchronisedEdits[name] ?? localEdits[name])?.(now) ?? assert.fail(name), text);
  const primary = apply(before.primary, [...edits.synchronised, ...edits.primary]);
  const secondary = apply(before.secondary, edits.secondary);
  return { primary, secondary: synced({ primary, secondary }, version) };
}

/** Runs a push as the case says. */
async function pushed(live: LivePair, each: Case, wanted: Texts): Promise<Outcome> {
  const { pair, open } = live;
  const sync = open(wanted, { secondaryTimeout: 1_000, execPhp: each.execPhp, pace: { ...hurry, quiet: 150 } });
  const plan = await planOf(sync);
  for (const { fault, role, caller, after, times } of each.faults) {
    pair[role].orderFault(fault, { caller, after, times });
  }
  pair.primary.orderSyncFailure(each.syncFailures);
  const controller = new AbortController();
  let told = 0;
  return sync.push(plan, {
    liveChanges: 'accepted',
    signal: controller.signal,
    onCancel: async () => each.cancel?.answer ?? 'undo',
    progress: () => {
      if (told++ === each.cancel?.at) controller.abort();
    },
  });
}

function othersWorkOf({ faults }: Case, { notes }: Outcome): readonly string[] {
  const hasAdministrator = faults.some(({ fault }) => fault.kind === 'another administrator');
  const later = notes.flatMap(
    note => /^The primary may still take (.*) on to /.exec(note)?.[1]?.split(/, | and /) ?? [],
  );
  // What another administrator saves on a primary has it synchronise, too, and so takes away what was drifted.
  return [...later, ...(hasAdministrator ? ['system', 'aliases', 'dhcpd'] : [])];
}

test('property: whatever goes wrong, both nodes hold all that was wanted or what they had, or the outcome says what not', async t => {
  const kinds = new Map<string, number>();
  const meet = async (each: Case) => {
    await withLivePair(
      { version: each.version, editSecondary: text => drifts[each.drift]?.(text) ?? assert.fail(each.drift) },
      async live => {
        const { pair, before, open } = live;
        const wanted = wantedOf(before, each);
        const outcome = await pushed(live, each, wanted);
        await pair.settled();
        const files = (): Texts => ({ primary: pair.primary.text, secondary: pair.secondary.text });
        const othersWork = othersWorkOf(each, outcome);
        assertTrue(outcome, { before, wanted, now: files(), othersWork }, each.version);
        kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
        await undoAfter({ live, outcome, othersWork, sync: open(wanted, { execPhp: 'allowed' }) });
      },
    );
  };
  // Three at a time, since they wait for most of it.
  const anyCases = fc.array(anyCase, { minLength: 3, maxLength: 3 });
  const meetAll = fc.asyncProperty(anyCases, async cases => {
    await Promise.all(cases.map(meet));
  });
  await fc.assert(meetAll, { numRuns: isThorough ? 70 : 8, endOnFailure: true });
  t.diagnostic(`seed ${seed}: ${JSON.stringify([...kinds])}`);
  assert.ok(kinds.size >= 3, JSON.stringify([...kinds]));
});

/** When the line is good again, what a run has left can be taken back to the last byte that counts. */
async function undoAfter({
  live: { pair, before },
  outcome,
  othersWork,
  sync,
}: {
  readonly live: LivePair;
  readonly outcome: Outcome;
  readonly othersWork: readonly string[];
  readonly sync: ReturnType<LivePair['open']>;
}): Promise<void> {
  pair.primary.cancelFaults();
  pair.secondary.cancelFaults();
  const journal = await sync.lastRun();
  assert.equal(journal !== undefined, outcome.kind === 'done' || outcome.kind === 'partly');
  if (!journal) return;
  const undone = await sync.undo(journal, { liveChanges: 'accepted', onCancel: async () => 'undo' });
  await pair.settled();
  assert.ok(undone.kind === 'done' || undone.kind === 'unchanged', `${undone.kind} ${undone.cause} ${undone.notes}`);
  const now = { primary: pair.primary.text, secondary: pair.secondary.text };
  const told = { ...undone, kind: 'restored', cause: 'It was undone, as wanted.', run: 'x' } as const;
  assertTrue(told, { before, wanted: before, now, othersWork }, 'undone');
}
