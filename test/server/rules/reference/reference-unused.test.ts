import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/reference/reference-unused.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const interfaces = '	<interfaces>\n		<lan><enable></enable><if>vmx1</if></lan>\n	</interfaces>\n';
const rules = (inner = '') => `	<filter><rule><type>pass</type><interface>lan</interface>${inner}</rule></filter>\n`;
const alias = (name: string, address = '10.0.0.80') =>
  `<alias><name>${name}</name><type>host</type><address>${address}</address></alias>`;

const found = (source: string): readonly string[] =>
  findingsIn([rule], parseFixture(interfaces + source)).map(each => each.message);

test('reference-unused: each kind, by the name that people know', () => {
  const source = `${rules()}	<aliases>${alias('OLD')}</aliases>
	<schedules><schedule><name>NIGHT</name></schedule></schedules>
	<cert><refid>5f01</refid><descr><![CDATA[Old GUI]]></descr></cert>
	<ca><refid>5f02</refid><descr><![CDATA[Old LDAP]]></descr></ca>
`;
  assert.deepEqual(found(source), [
    'Nothing in this config names the alias OLD.',
    'Nothing in this config names the schedule NIGHT.',
    'Nothing in this config names the certificate Old GUI.',
    'Nothing in this config names the certificate authority Old LDAP.',
  ]);
  for (const finding of findingsIn([rule], parseFixture(interfaces + source))) assert.ok(finding.isUnnecessary);
});

test('reference-unused: one that only another unused one names is used', () => {
  const source = `${rules()}	<aliases>${alias('ALL', 'PART')}${alias('PART')}</aliases>\n`;
  assert.deepEqual(found(source), ['Nothing in this config names the alias ALL.']);
});

test('reference-unused: silent on what is named, on or off, read by pfSense or not', () => {
  const right: readonly string[] = [
    `${rules('<source><address>WEB</address></source>')}	<aliases>${alias('WEB')}</aliases>\n`,
    `${rules('<disabled></disabled><source><address>WEB</address></source>')}	<aliases>${alias('WEB')}</aliases>\n`,
    `${rules('<protocol>icmp</protocol><source><port>WEB</port></source>')}	<aliases>${alias('WEB')}</aliases>\n`,
    `${rules()}	<nat><outbound><mode>automatic</mode><rule><target>WEB</target></rule></outbound></nat>	<aliases>${alias('WEB')}</aliases>\n`,
    `${rules()}	<openvpn><openvpn-csc><local_network>10.1.0.0/16, WEB</local_network></openvpn-csc></openvpn>	<aliases>${alias('WEB')}</aliases>\n`,
    `${rules('<source><address>ALL</address></source>')}	<aliases><alias><name>FEED</name><type>url</type><aliasurl>https://example.org/</aliasurl></alias><alias><name>ALL</name><type>url</type><aliasurl>FEED</aliasurl></alias></aliases>\n`,
    `${rules('<sched>NIGHT</sched>')}	<schedules><schedule><name>NIGHT</name></schedule></schedules>\n`,
    `${rules()}	<cert><refid>5f01</refid></cert><system><webgui><protocol>http</protocol><ssl-certref>5f01</ssl-certref></webgui></system>\n`,
    `${rules()}	<ca><refid>5f02</refid></ca><crl><refid>5f03</refid><caref>5f02</caref></crl>\n`,
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-unused: silent on what a package or an unknown section speaks of', () => {
  const right: readonly string[] = [
    `${rules()}	<aliases>${alias('WEB')}</aliases>	<installedpackages><snort><passlist>lan-WEB;x</passlist></snort></installedpackages>\n`,
    `${rules()}	<aliases>${alias('WEB')}</aliases>	<something><new>WEB</new></something>\n`,
    `${rules()}	<cert><refid>5f01</refid></cert>	<installedpackages><haproxy><item><ssl>5f01</ssl></item></haproxy></installedpackages>\n`,
    `${rules()}	<aliases>${alias('pfB_Top_v4')}</aliases>\n`,
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-unused: silent on certificates that somebody may hold, and on authorities that issue or are trusted', () => {
  const right: readonly string[] = [
    '	<cert><refid>5f01</refid><caref>5f02</caref></cert><ca><refid>5f02</refid></ca>\n',
    '	<cert><refid>5f01</refid><csr>x</csr></cert>\n',
    '	<ca><refid>5f02</refid><prv>x</prv></ca>\n',
    '	<ca><refid>5f02</refid><trust>enabled</trust></ca>\n',
  ];
  for (const source of right) assert.deepEqual(found(rules() + source), [], source);
});

test('reference-unused: a VIP that is there for NAT alone, and that NAT does not name', () => {
  const vip = (mode: string, more = '<type>single</type>') =>
    `	<virtualip><vip><mode>${mode}</mode><interface>wan</interface>${more}<subnet_bits>32</subnet_bits><subnet>192.0.2.5</subnet></vip></virtualip>\n`;
  const forward = (destination: string) =>
    `	<nat><rule><interface>wan</interface><destination>${destination}</destination><target>10.0.0.80</target></rule></nat>\n`;
  const names = ['Nothing in this config names the VIP 192.0.2.5.'];
  assert.deepEqual(found(rules() + vip('proxyarp')), names);
  assert.deepEqual(found(rules() + vip('other') + forward('<address>192.0.2.6</address>')), names);
  assert.deepEqual(found(rules() + vip('other') + forward('<network>wanip</network>')), names);
  const right: readonly string[] = [
    vip('carp'),
    vip('ipalias'),
    vip('other') + forward('<address>192.0.2.5</address>'),
    vip('other') + forward('<address>192.0.2.0/29</address>'),
    vip('other') + forward('<any></any>'),
    vip('other') + forward('<network>wan</network>'),
    `${vip('other')}${forward('<address>OUT</address>')}	<aliases>${alias('OUT', '192.0.2.5')}</aliases>\n`,
    `${vip('other')}${forward('<address>OUT</address>')}	<aliases>${alias('OUT', 'out.example.com')}</aliases>\n`,
    `${vip('other')}	<nat><onetoone><interface>wan</interface><external>192.0.2.5</external><source><address>10.0.0.1</address></source></onetoone></nat>\n`,
    `${vip('other')}	<nat><onetoone><interface>wan</interface><external>192.0.2.0</external><source><address>10.0.0.0/29</address></source></onetoone></nat>\n`,
    `${vip('other')}	<nat><outbound><rule><target>192.0.2.5</target></rule></outbound></nat>\n`,
    `${vip('other')}	<installedpackages><haproxy><item><extaddr>192.0.2.5:443</extaddr></item></haproxy></installedpackages>\n`,
  ];
  for (const source of right) assert.deepEqual(found(rules() + source), [], source);
});

test('reference-unused: silent in a part of a config', () => {
  assert.deepEqual(found(`	<aliases>${alias('WEB')}</aliases>\n`), []);
  const findings = findingsIn([rule], parseFixture(`${rules()}	<aliases>${alias('WEB')}</aliases>\n`));
  assert.deepEqual(findings, []);
});

test('reference-unused: removes it', () => {
  checkFix(rule, {
    before: `${interfaces}${rules()}	<aliases>\n		${alias('OLD')}\n	</aliases>\n`,
    after: `${interfaces}${rules()}	<aliases>\n	</aliases>\n`,
    title: 'Remove the alias OLD',
  });
});
