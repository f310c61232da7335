import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/reference/reference-duplicate.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const found = (source: string): readonly string[] =>
  findingsIn([rule], parseFixture(source)).map(each => `${each.severity} ${each.message.replace(/:.*/, '')}`);

test('reference-duplicate: each later one is marked, and leads to the first', () => {
  const findings = checkRule(
    rule,
    `	<gateways>
		<gateway_item><name>WANGW</name></gateway_item>
		<gateway_item><name>WANGW</name></gateway_item>
		                    ^^^^^ error: The gateway WANGW is taken already: pfSense uses the last of the two.
		<gateway_item><name>WANGW</name></gateway_item>
		                    ^^^^^ error: The gateway WANGW is taken already: pfSense uses the last of the two.
	</gateways>
`,
  );
  assert.deepEqual(
    findings.map(finding => finding.related.length),
    [1, 1],
  );
});

test('reference-duplicate: each name and number that must be unique', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['	<cert><refid>5f01</refid></cert><cert><refid>5f01</refid></cert>\n', 'certificate refid 5f01'],
    ['	<ca><refid>5f01</refid></ca><ca><refid>5f01</refid></ca>\n', 'certificate authority refid 5f01'],
    ['	<crl><refid>5f01</refid></crl><crl><refid>5f01</refid></crl>\n', 'revocation list refid 5f01'],
    ['	<virtualip><vip><uniqid>a</uniqid></vip><vip><uniqid>a</uniqid></vip></virtualip>\n', 'VIP uniqid a'],
    [
      '	<system><user><name>a</name><uid>1</uid></user><user><name>a</name><uid>2</uid></user></system>\n',
      'user name a',
    ],
    ['	<system><user><name>a</name><uid>1</uid></user><user><name>b</name><uid>1</uid></user></system>\n', 'uid 1'],
    ['	<system><group><gid>1</gid></group><group><gid>1</gid></group></system>\n', 'gid 1'],
    [
      '	<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>\n',
      'VPN id 1 of an OpenVPN server',
    ],
    ['	<ipsec><phase1><ikeid>1</ikeid></phase1><phase1><ikeid>1</ikeid></phase1></ipsec>\n', 'IKE id 1'],
    [
      '	<vlans><vlan><if>igb1</if><tag>20</tag></vlan><vlan><if>igb1</if><tag>20</tag></vlan></vlans>\n',
      'VLAN 20 on igb1',
    ],
    [
      '	<interfaces><opt1><enable></enable><descr>DMZ</descr></opt1><opt2><enable></enable><descr>Dmz</descr></opt2></interfaces>\n',
      'interface description Dmz',
    ],
    ['	<schedules><schedule><name>N</name></schedule><schedule><name>N</name></schedule></schedules>\n', 'schedule N'],
  ];
  for (const [source, key] of wrong) assert.deepEqual(found(source), [`error The ${key} is taken already`], source);
});

test('reference-duplicate: a tracker id is a hint, and told of once', () => {
  const rules = (more = '') =>
    `	<filter><rule><tracker>1</tracker></rule><rule><tracker>1</tracker>${more}</rule><rule><tracker>1</tracker>${more}</rule></filter>\n`;
  assert.deepEqual(found(rules()), ['hint The tracker id 1 is taken already']);
  assert.deepEqual(found(rules('<disabled></disabled>')), []);
});

test('reference-duplicate: silent where the two do not meet', () => {
  const right: readonly string[] = [
    '	<aliases><alias><name>web</name></alias><alias><name>WEB</name></alias></aliases>\n',
    '	<aliases><alias><name></name></alias><alias><name></name></alias></aliases>\n',
    '	<interfaces><opt1><enable></enable><descr>DMZ</descr></opt1><opt2><descr>DMZ</descr></opt2></interfaces>\n',
    '	<vlans><vlan><if>igb1</if><tag>20</tag></vlan><vlan><if>igb2</if><tag>20</tag></vlan></vlans>\n',
    '	<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server><openvpn-client><vpnid>1</vpnid></openvpn-client></openvpn>\n',
    '	<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server><openvpn-server><vpnid>1</vpnid><disable></disable></openvpn-server></openvpn>\n',
    '	<cert><refid>5f01</refid></cert><ca><refid>5f01</refid></ca>\n',
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-duplicate: a person must decide which of the two is meant', () => {
  checkNoFix(rule, '	<aliases><alias><name>A</name></alias><alias><name>A</name></alias></aliases>\n');
});
