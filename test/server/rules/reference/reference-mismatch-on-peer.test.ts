import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/reference/reference-mismatch-on-peer.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const interfaces = '	<interfaces>\n		<lan><enable></enable><if>vmx1</if></lan>\n	</interfaces>\n';
const alias = (more = '') => `	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>10.0.0.80</address>${more}
		</alias>
	</aliases>
`;
const rules = (inner: string) =>
  `	<filter>\n		<rule><type>pass</type><interface>lan</interface>${inner}<descr>Web</descr></rule>\n	</filter>\n`;
const useAlias = rules('<source><address>WEB</address></source>');
const sync = (...areas: readonly string[]) =>
  `	<hasync>\n		<synchronizetoip>172.16.1.3</synchronizetoip>\n${areas.map(area => `		<synchronize${area}>on</synchronize${area}>\n`).join('')}	</hasync>\n`;
const pair = (primary: string, secondary = '') =>
  `--- primary.xml\n${interfaces}${primary}--- secondary.xml\n${interfaces}${secondary}`;

const found = (source: string): readonly string[] => findingsIn([rule], parseFixture(source)).map(each => each.message);

test('reference-mismatch-on-peer: one finding for a thing, however much names it', () => {
  const many = `	<filter>${'<rule><type>pass</type><interface>lan</interface><source><address>WEB</address></source></rule>'.repeat(3)}</filter>\n`;
  assert.deepEqual(found(pair(alias() + many + sync('rules'))), [
    'The secondary lacks the alias WEB, but is sent what names it, Firewall rule and 2 more: the synchronisation of aliases is off.',
  ]);
});

test('reference-mismatch-on-peer: says why it will not be there', () => {
  assert.deepEqual(found(pair(alias('\n			<nosync></nosync>') + useAlias + sync('rules', 'aliases'))), [
    'The secondary lacks the alias WEB, but is sent what names it, Firewall rule (Web): it is marked to be left out of the synchronisation.',
  ]);
  const group = '	<ifgroups><ifgroupentry><ifname>DMZS</ifname><members>lan</members></ifgroupentry></ifgroups>\n';
  assert.deepEqual(found(pair(group + rules('<source><network>DMZS</network></source>') + sync('rules'))), [
    'The secondary lacks the interface group DMZS, but is sent what names it, Firewall rule (Web): an interface group is never synchronised.',
  ]);
});

test('reference-mismatch-on-peer: whatever a box sends names', () => {
  const gateways = '	<gateways><gateway_item><interface>lan</interface><name>GW</name></gateway_item></gateways>\n';
  const cert = '	<cert><refid>5f01</refid><descr>VPN</descr></cert>\n';
  const phase1 =
    '	<ipsec><phase1><authentication_method>cert</authentication_method><certref>5f01</certref></phase1></ipsec>\n';
  const wrong: readonly string[] = [
    gateways + rules('<gateway>GW</gateway>') + sync('rules'),
    cert + phase1 + sync('ipsec'),
    `	<dnshaper><queue><name>UP</name></queue></dnshaper>\n${rules('<dnpipe>UP</dnpipe>')}${sync('rules')}`,
    `${alias()}	<nat><outbound><mode>hybrid</mode><rule><interface>lan</interface><source><network>WEB</network></source></rule></outbound></nat>\n${sync('nat')}`,
  ];
  for (const source of wrong) assert.equal(found(pair(source)).length, 1, source);
});

test('reference-mismatch-on-peer: silent where the secondary has it, or gets it', () => {
  const server =
    '	<openvpn><openvpn-server><mode>server_tls</mode><certref>5f01</certref></openvpn-server></openvpn>\n';
  const right: readonly string[] = [
    pair(alias() + useAlias + sync('rules'), alias()),
    pair(alias() + useAlias + sync('rules', 'aliases')),
    pair(`	<cert><refid>5f01</refid></cert>\n${server}${sync('openvpn')}`),
    pair(`	<schedules><schedule><name>N</name></schedule></schedules>\n${rules('<sched>N</sched>')}${sync('rules')}`),
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-mismatch-on-peer: silent where nothing is sent, or nothing comes of it', () => {
  const right: readonly string[] = [
    pair(alias() + useAlias + sync('nat')),
    pair(`${alias()}${useAlias}	<hasync><synchronizerules>on</synchronizerules></hasync>\n`),
    pair(alias() + rules('<nosync></nosync><source><address>WEB</address></source>') + sync('rules')),
    pair(alias() + rules('<disabled></disabled><source><address>WEB</address></source>') + sync('rules')),
    pair(`	<version>23.3</version>\n${alias()}${useAlias}${sync('rules')}`, '	<version>22.9</version>\n'),
    pair(
      `	<interfaces><opt1><enable></enable></opt1></interfaces>\n${rules('<source><network>opt1</network></source>')}${sync('rules')}`,
    ),
    `--- primary.xml\n${interfaces}${alias()}${useAlias}${sync('rules')}--- secondary.xml\n	<system></system>\n`,
    pair(
      `	<shaper><queue><name>q</name></queue></shaper>\n${rules('<defaultqueue>q</defaultqueue>')}${sync('rules')}`,
    ),
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-mismatch-on-peer: ticks the box', () => {
  checkFix(rule, {
    before: pair(alias() + useAlias + sync('rules')),
    after: pair(alias() + useAlias + sync('rules', 'aliases')),
    title: 'Synchronise aliases',
  });
});

test('reference-mismatch-on-peer: copies it', () => {
  checkFix(rule, {
    before: pair(alias() + useAlias + sync('rules'), '	<aliases>\n	</aliases>\n'),
    after: pair(alias() + useAlias + sync('rules'), alias()),
    title: 'Copy the alias WEB to the secondary',
  });
});

test('reference-mismatch-on-peer: copies nothing that names what the secondary lacks', () => {
  const group =
    '	<interfaces><opt1></opt1></interfaces>	<gateways><gateway_item><interface>opt1</interface><name>GW</name></gateway_item></gateways>\n';
  const source = `--- primary.xml\n${group}${rules('<gateway>GW</gateway>')}${sync('rules')}--- secondary.xml\n${interfaces}`;
  const titles = findingsIn([rule], parseFixture(source)).flatMap(each => each.fixes().map(fix => fix.title));
  assert.deepEqual(titles, ['Synchronise static routes']);
});
