import assert from 'node:assert/strict';
import test from 'node:test';
import endpoints from '../../../../server/src/rules/kea/kea-ha-endpoints.ts';
import rule from '../../../../server/src/rules/kea/kea-ha-missing.ts';
import nameInvalid from '../../../../server/src/rules/kea/kea-ha-name-invalid.ts';
import role from '../../../../server/src/rules/kea/kea-ha-role.ts';
import ruleMissing from '../../../../server/src/rules/kea/kea-ha-rule-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { applyFix, checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

interface Node {
  readonly address: string;
  readonly sync: string;
  readonly name: string;
  readonly pool?: readonly [from: number, to: number];
  readonly peer?: string;
  readonly backend?: string;
  readonly version?: string;
  readonly carp?: false;
  readonly ha?: string;
  readonly filter?: string;
}

const passSync =
  '\t<filter>\n\t\t<rule><type>pass</type><interface>opt1</interface><source><any></any></source><destination><any></any></destination></rule>\n\t</filter>\n';

function node({
  address,
  sync,
  name,
  pool = [100, 199],
  peer,
  backend = 'kea',
  version = '23.9',
  carp,
  ha = '',
  filter = passSync,
}: Node): string {
  const vip = `\t<virtualip><vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet_bits>24</subnet_bits><subnet>10.0.0.1</subnet></vip></virtualip>\n`;
  return `	<version>${version}</version>
	<system><hostname>${name}</hostname></system>
	<interfaces>
		<lan><enable></enable><if>vmx1</if><ipaddr>${address}</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr>SYNC</descr><ipaddr>${sync}</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<hasync><pfsyncinterface>opt1</pfsyncinterface></hasync>
${filter}${carp === false ? '' : vip}	<dhcpbackend>${backend}</dhcpbackend>
	<dhcpd>
		<lan><enable></enable><range><from>10.0.0.${pool[0]}</from><to>10.0.0.${pool[1]}</to></range>${peer ? `<failover_peerip>${peer}</failover_peerip>` : ''}</lan>
	</dhcpd>
${ha}`;
}

const here: Node = { address: '10.0.0.2', sync: '172.16.1.2', name: 'fw1' };
const there: Node = { address: '10.0.0.3', sync: '172.16.1.3', name: 'fw2' };

function pair(one: Partial<Node> = {}, other: Partial<Node> = {}): string {
  return `--- primary.xml\n${node({ ...here, ...one })}--- secondary.xml\n${node({ ...there, ...other })}`;
}

function messages(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(finding => finding.message);
}

const ha = (ends: string) => `	<kea>\n		<ha>\n			<enable></enable>\n${ends}		</ha>\n	</kea>\n`;
const ends = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts)
    .map(([name, text]) => `			<${name}>${text}</${name}>\n`)
    .join('');
const first = ha(
  ends({
    role: 'primary',
    localname: 'fw1',
    localip: '172.16.1.2',
    localport: '8765',
    remotename: 'fw2',
    remoteip: '172.16.1.3',
    remoteport: '8765',
  }),
);
const second = ha(
  ends({
    role: 'standby',
    localname: 'fw2',
    localip: '172.16.1.3',
    localport: '8765',
    remotename: 'fw1',
    remoteip: '172.16.1.2',
    remoteport: '8765',
  }),
);

test('kea-ha-missing: one pool, no high availability; the fix sets it up on both', () => {
  assert.deepEqual(messages(pair()), [
    'Both nodes serve LAN with Kea from the same pool, but its high availability is on neither: each gives away addresses of which the other knows nothing.',
  ]);
  checkFix(rule, { before: pair(), after: pair({ ha: first }, { ha: second }) });
});

test('kea-ha-missing: what a sync has left of it is replaced', () => {
  const left =
    '	<kea>\n		<ha>\n			<remotename>fw1</remotename>\n			<role>standby</role>\n		</ha>\n	</kea>\n';
  checkFix(rule, { before: pair({}, { ha: left }), after: pair({ ha: first }, { ha: second }) });
});

test('kea-ha-missing: the fix lets the partner in where no rule does, and leaves nothing to other rules', () => {
  const filter = '	<filter>\n		<rule><type>pass</type><interface>lan</interface></rule>\n	</filter>\n';
  const fixture = parseFixture(pair({ filter }, { filter }));
  const [fix] = findingsIn([rule], fixture).flatMap(finding => finding.fixes());
  assert.ok(fix);
  applyFix(fix);
  assert.deepEqual(
    findingsIn([rule, ruleMissing, endpoints, role, nameInvalid], fixture).map(finding => finding.message),
    [],
  );
});

test('kea-ha-missing: no fix without names, addresses or pools that fit', () => {
  checkNoFix(rule, pair({}, { name: 'fw1' }));
  checkNoFix(rule, pair({}, { sync: '172.16.2.3' }));
  checkNoFix(rule, pair({}, { pool: [150, 220] }));
  checkNoFix(rule, pair({}, { ha: '	<kea>\n		<ha>\n			<localip>172.16.9.9</localip>\n		</ha>\n	</kea>\n' }));
  checkNoFix(rule, pair({ filter: '' }, { filter: '	<filter></filter>\n' }).replace(/<hasync>.*<\/hasync>/g, ''));
});

test('kea-ha-missing: a fail-over peer that Kea does not read', () => {
  assert.deepEqual(messages(pair({ peer: '10.0.0.3' }, { pool: [200, 220] })), [
    "Kea does not read the fail-over peer of LAN: without Kea's own high availability both nodes serve there without knowing of each other.",
  ]);
});

test('kea-ha-missing: on one node only, told on the other, and mirrored by the fix', () => {
  const message = (node: string) =>
    `The high availability of Kea's DHCP server is on the ${node} only: it waits for a partner that never answers.`;
  assert.deepEqual(messages(pair({ ha: first })), [message('primary')]);
  assert.deepEqual(messages(pair({}, { ha: second })), [message('secondary')]);
  checkFix(rule, { before: pair({ ha: first }), after: pair({ ha: first }, { ha: second }) });
  checkFix(rule, { before: pair({}, { ha: second }), after: pair({ ha: first }, { ha: second }) });
  checkNoFix(rule, pair({ ha: first.replace('172.16.1.3', '172.16.1.9') }));
  checkNoFix(rule, pair({ ha: first.replace('<enable></enable>', '<enable></enable><tls></tls>') }));
});

test('kea-ha-missing: silent on what works, and on what others tell', () => {
  for (const fine of [
    pair({ ha: first }, { ha: second }),
    pair({ pool: [100, 149] }, { pool: [150, 199] }),
    pair({ carp: false }),
    pair({ version: '23.3' }, { version: '23.3' }),
    pair({ backend: 'isc' }),
    pair({ backend: 'isc', peer: '10.0.0.3' }, { backend: 'isc', peer: '10.0.0.2' }),
  ]) {
    assert.deepEqual(messages(fine), []);
  }
});
