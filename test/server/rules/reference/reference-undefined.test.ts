import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../../server/src/rules/index.ts';
import rule from '../../../../server/src/rules/reference/reference-undefined.ts';
import { referenceKinds, referenceSources } from '../../../../server/src/schema/references.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const interfaces =
  '	<interfaces>\n		<wan><enable></enable><if>vmx0</if><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>\n		<lan><enable></enable><if>vmx1</if><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>\n		<opt1><if>vmx2</if><descr>DMZ</descr></opt1>\n	</interfaces>\n';
const filter = (inner: string, more = '<interface>lan</interface>') =>
  `	<filter><rule><type>pass</type>${more}${inner}<descr>x</descr></rule></filter>\n`;
const aliases = '	<aliases><alias><name>WEB</name><type>host</type><address>10.0.0.80</address></alias></aliases>\n';

/** What is found in a config with these interfaces, without where. */
function found(source: string): readonly string[] {
  return findingsIn([rule], parseFixture(interfaces + source)).map(each => `${each.severity} ${each.message}`);
}

test('reference-undefined: what comes of it decides how grave it is', () => {
  assert.deepEqual(found(filter('<sched>NIGHT</sched><defaultqueue>qVoIP</defaultqueue>')), [
    'error Firewall rule (x) names the schedule NIGHT, which this node does not have: the rule holds at all times.',
    'warning Firewall rule (x) names the queue qVoIP, which this node does not have.',
  ]);
});

test('reference-undefined: an item whose description has several lines is told of on one', () => {
  assert.deepEqual(found(filter('<defaultqueue>qVoIP</defaultqueue>').replace('<descr>x', '<descr>Voice\n\t of all')), [
    'warning Firewall rule (Voice of all) names the queue qVoIP, which this node does not have.',
  ]);
});

test('reference-undefined: of the interfaces of a floating rule one that is there is enough', () => {
  const floating = (keys: string) => filter('<floating>yes</floating>', `<interface>${keys}</interface>`);
  assert.deepEqual(found(floating('wan,opt7')), [
    'warning Firewall rule (x) names the interface opt7, which this node does not have.',
  ]);
  assert.deepEqual(found(floating('opt7,DMZS')), [
    'error Firewall rule (x) names the interface opt7, which this node does not have: pfSense leaves the rule out.',
    'error Firewall rule (x) names the interface or interface group DMZS, which this node does not have: pfSense leaves the rule out.',
  ]);
});

test('reference-undefined: each name of a list is marked alone', () => {
  checkRule(
    rule,
    `${interfaces}	<dnsmasq>
		<enable></enable>
		<interface>lan, opt4,lo0</interface>
		                ^^^^ error: DNS Forwarder names the interface opt4, which this node does not have: the service has no such address.
	</dnsmasq>
	<gateways>
		<gateway_item><interface>wan</interface><name>WANGW</name></gateway_item>
		<gateway_group>
			<name>BOTH</name>
			<item>WANGW|1|address</item>
			<item>WAN2GW|2|address</item>
			      ^^^^^^ error: Gateway group (BOTH) names the gateway WAN2GW, which this node does not have: pfSense passes over that member.
		</gateway_group>
	</gateways>
`,
  );
});

test('reference-undefined: each place of the table is looked at', () => {
  const wrong: readonly string[] = [
    filter('<source><address>MISSING</address></source>'),
    filter('<source><network>opt8ip</network></source>'),
    filter('<destination><network>GROUP</network></destination>'),
    filter('<protocol>tcp</protocol><destination><port>PORTS</port></destination>'),
    filter('<gateway>GW</gateway>'),
    filter('<gateway>OPT7_DHCP</gateway>'),
    filter('<dnpipe>UP</dnpipe>'),
    filter('<associated-rule-id>nat_1</associated-rule-id>'),
    '	<aliases><alias><name>P</name><type>port</type><address>80 MISSING</address></alias></aliases>\n',
    '	<nat><rule><interface>opt8</interface></rule></nat>\n',
    '	<nat><rule><target>MISSING</target></rule></nat>\n',
    '	<nat><rule><protocol>tcp</protocol><local-port>MISSING</local-port></rule></nat>\n',
    '	<nat><rule><associated-rule-id>nat_1</associated-rule-id></rule></nat>\n',
    '	<nat><outbound><mode>hybrid</mode><rule><source><network>MISSING</network></source></rule></outbound></nat>\n',
    '	<nat><outbound><mode>advanced</mode><rule><target>opt8ip</target></rule></outbound></nat>\n',
    '	<nat><onetoone><destination><address>MISSING</address></destination></onetoone></nat>\n',
    '	<nat><npt><interface>opt8</interface></npt></nat>\n',
    '	<nat><npt><interface>wan</interface><destination><network>opt8/64</network></destination></npt></nat>\n',
    '	<staticroutes><route><network>MISSING</network></route></staticroutes>\n',
    '	<staticroutes><route><gateway>GW</gateway></route></staticroutes>\n',
    '	<gateways><defaultgw4>GW</defaultgw4></gateways>\n',
    '	<gateways><gateway_item><interface>opt8</interface><name>GW</name></gateway_item></gateways>\n',
    '	<ifgroups><ifgroupentry><members>lan opt8</members></ifgroupentry></ifgroups>\n',
    '	<bridges><bridged><members>lan,opt8</members></bridged></bridges>\n',
    '	<gifs><gif><if>opt8</if></gif></gifs>\n',
    '	<virtualip><vip><mode>ipalias</mode><interface>opt8</interface></vip></virtualip>\n',
    '	<openvpn><openvpn-server><interface>FAILOVER</interface></openvpn-server></openvpn>\n',
    '	<openvpn><openvpn-server><mode>server_tls</mode><certref>5f0000000000a</certref></openvpn-server></openvpn>\n',
    '	<openvpn><openvpn-server><mode>server_tls_user</mode><authmode>Local Database,LDAP</authmode></openvpn-server></openvpn>\n',
    '	<openvpn><openvpn-server><local_network>10.1.0.0/24, MISSING</local_network></openvpn-server></openvpn>\n',
    '	<openvpn><openvpn-csc><server_list>3</server_list></openvpn-csc></openvpn>\n',
    '	<ipsec><phase1><authentication_method>cert</authentication_method><caref>5f0000000000a</caref></phase1></ipsec>\n',
    '	<ipsec><phase2><ikeid>4</ikeid></phase2></ipsec>\n',
    '	<ipsec><phase2><localid><type>opt8</type></localid></phase2></ipsec>\n',
    '	<cert><refid>1</refid><caref>5f0000000000a</caref></cert>\n',
    '	<dhcpd><opt8><enable></enable></opt8></dhcpd>\n',
    '	<dhcrelay><enable></enable><interface>lan,opt8</interface></dhcrelay>\n',
    '	<unbound><enable></enable><active_interface>_llocopt8</active_interface></unbound>\n',
    '	<unbound><enable></enable><enablessl></enablessl><sslcertref>5f0000000000a</sslcertref></unbound>\n',
    '	<dyndnses><dyndns><enable></enable><interface>opt8</interface></dyndns></dyndnses>\n',
    '	<igmpproxy><igmpentry><ifname>opt8</ifname></igmpentry></igmpproxy>\n',
    '	<captiveportal><guests><enable></enable><interface>opt8</interface></guests></captiveportal>\n',
    '	<system><webgui><protocol>https</protocol><ssl-certref>5f0000000000a</ssl-certref></webgui></system>\n',
    '	<system><dns1gw>GW</dns1gw></system>\n',
    '	<system><user><name>a</name><uid>2000</uid><cert>5f0000000000a</cert></user></system>\n',
    '	<system><group><name>a</name><member>2000</member></group></system>\n',
    '	<system><authserver><name>a</name><ldap_urltype>SSL Encrypted</ldap_urltype><ldap_caref>5f0000000000a</ldap_caref></authserver></system>\n',
    '	<kea><ha><enable></enable><tls></tls><scertref>5f0000000000a</scertref></ha></kea>\n',
  ];
  for (const source of wrong) assert.equal(found(source).length, 1, source);
});

test('reference-undefined: silent on what is there, in any of its forms', () => {
  const right: readonly string[] = [
    filter('<source><address>WEB</address></source><destination><network>lanip</network></destination>') + aliases,
    `${filter('<gateway>BOTH</gateway>')}	<gateways><gateway_group><name>BOTH</name></gateway_group></gateways>\n`,
    `${filter('<dnpipe>UP</dnpipe><pdnpipe>UP_CHILD</pdnpipe>')}	<dnshaper><queue><name>UP</name><queue><name>UP_CHILD</name></queue></queue></dnshaper>\n`,
    `${filter('', '<interface>DMZS</interface>')}	<ifgroups><ifgroupentry><ifname>DMZS</ifname><members>opt1</members></ifgroupentry></ifgroups>\n`,
    `${filter('<associated-rule-id>nat_1</associated-rule-id>')}	<nat><rule><associated-rule-id>nat_1</associated-rule-id></rule></nat>\n`,
    '	<nat><rule><associated-rule-id>pass</associated-rule-id></rule></nat>\n',
    '	<system><user><name>a</name><uid>2000</uid></user><group><name>a</name><member>2000</member></group></system>\n',
    '	<cert><refid>1</refid><caref>2</caref></cert><ca><refid>2</refid></ca>\n',
    '	<dhcpd><lan><enable></enable></lan></dhcpd>\n',
    '	<dyndnses><dyndns><enable></enable><interface>wan_stf</interface><requestif>wan_stf</requestif></dyndns></dyndnses>\n',
    '	<schedules><schedule><name>night</name></schedule></schedules><dnshaper><queue><name>UP</name><bandwidth><item><bwsched>night</bwsched></item><item><bwsched>none</bwsched></item></bandwidth></queue></dnshaper>\n',
  ];
  for (const source of right) assert.deepEqual(found(source), [], source);
});

test('reference-undefined: silent on what pfSense or a package resolves', () => {
  const words = ['any', '(self)', 'pppoe', 'l2tp', 'wan', 'wanip', 'opt1ip'];
  for (const word of words) assert.deepEqual(found(filter(`<source><network>${word}</network></source>`)), [], word);
  const names = [
    'bogons',
    'bogonsv6',
    '_loopback_',
    '_loopback46_',
    '_private4_',
    'LAN__NETWORK',
    'pfB_Top_v4',
    'sshguard',
  ];
  for (const name of names) assert.deepEqual(found(filter(`<source><address>${name}</address></source>`)), [], name);
  const literals = ['10.0.0.1', '10.0.0.0/8', '::1:2', '2001:db8::1', 'host.example.com'];
  for (const one of literals) assert.deepEqual(found(filter(`<source><address>${one}</address></source>`)), [], one);
  for (const key of ['any', 'l2tp', 'pppoe', 'enc0', 'openvpn', 'WireGuard', 'Tailscale']) {
    assert.deepEqual(found(filter('', `<interface>${key}</interface>`)), [], key);
  }
  for (const gateway of ['WAN_DHCP', 'DMZ_VPNV4', 'OPT1_PPPOE', 'Null4']) {
    assert.deepEqual(found(filter(`<gateway>${gateway}</gateway>`)), [], gateway);
  }
  for (const port of ['80', '80-90', 'https', 'ms-wbt-server']) {
    assert.deepEqual(found(filter(`<protocol>tcp</protocol><source><port>${port}</port></source>`)), [], port);
  }
  const hosts =
    '	<aliases><alias><name>A</name><type>host</type><address>printer 10.0.0.1 WEB</address></alias></aliases>\n';
  assert.deepEqual(found(hosts), []);
  assert.deepEqual(found('	<virtualip><vip><mode>ipalias</mode><interface>lo0</interface></vip></virtualip>\n'), []);
  assert.deepEqual(found('	<openvpn><openvpn-server><interface>any</interface></openvpn-server></openvpn>\n'), []);
});

test('reference-undefined: silent on what is switched off or not looked at', () => {
  const off: readonly string[] = [
    filter('<disabled></disabled><source><address>MISSING</address></source>'),
    filter('<protocol>icmp</protocol><source><port>PORTS</port></source>'),
    '	<filter><rule><type>block</type><interface>lan</interface><gateway>GW</gateway></rule></filter>\n',
    '	<nat><outbound><mode>automatic</mode><rule><source><network>MISSING</network></source></rule></outbound></nat>\n',
    '	<nat><outbound><rule><interface>opt8</interface></rule></outbound></nat>\n',
    '	<openvpn><openvpn-server><disable></disable><interface>opt8</interface></openvpn-server></openvpn>\n',
    '	<openvpn><openvpn-server><mode>p2p_shared_key</mode><certref>1</certref></openvpn-server></openvpn>\n',
    '	<ipsec><phase1><authentication_method>pre_shared_key</authentication_method><certref>1</certref></phase1></ipsec>\n',
    '	<ipsec><phase1><authentication_method>xauth_psk_server</authentication_method><certref>1</certref></phase1></ipsec>\n',
    '	<ipsec><phase2><disabled></disabled><ikeid>4</ikeid></phase2></ipsec>\n',
    '	<dhcpd><opt8></opt8></dhcpd>\n',
    '	<interfaces><opt1><ipaddr>dhcp</ipaddr><gateway>GW</gateway></opt1></interfaces>\n',
    '	<system><webgui><protocol>http</protocol><ssl-certref>1</ssl-certref></webgui></system>\n',
  ];
  for (const source of off) assert.deepEqual(found(source), [], source);
});

test('reference-undefined: silent in a part of a config', () => {
  checkRule(rule, filter('<source><address>MISSING</address></source>'));
});

test('reference-undefined: silent before pfSense 2.0, whose gateways are other things', () => {
  assert.deepEqual(found(`	<version>3.0</version>\n${filter('<gateway>opt1</gateway>')}`), []);
});

test('reference-undefined: where another rule speaks of it, this one does not', () => {
  const told = referenceSources.flatMap(source => source.slots.flatMap(slot => slot.toldBy ?? []));
  const kinds = Object.values(referenceKinds).flatMap(kind => kind.toldBy ?? []);
  assert.deepEqual(
    [...told, ...kinds],
    ['carp-interface-missing', 'pfsync-interface-invalid', 'vip-reference-dangling'],
  );
  const cases = {
    'carp-interface-missing': '	<virtualip><vip><mode>carp</mode><interface>opt8</interface></vip></virtualip>\n',
    'pfsync-interface-invalid':
      '	<hasync><pfsyncenabled>on</pfsyncenabled><pfsyncinterface>opt8</pfsyncinterface></hasync>\n',
    'vip-reference-dangling': '	<ipsec><phase1><interface>_vipx</interface></phase1></ipsec>\n',
  };
  for (const [id, source] of Object.entries(cases)) {
    const other = rules.find(each => each.id === id);
    assert.ok(other, id);
    const ids = findingsIn([other, rule], parseFixture(interfaces + source)).map(each => each.rule);
    assert.deepEqual(ids, [id]);
  }
});

test('reference-undefined: every place of a VIP is one that vip-reference-dangling looks at', () => {
  const other = rules.find(each => each.id === 'vip-reference-dangling');
  assert.ok(other);
  for (const source of referenceSources) {
    for (const slot of source.slots.filter(each => each.targets.some(target => target.kind === 'vip'))) {
      const steps = source.items.replace('*', 'lan').split('/');
      const text = slot.field === 2 ? 'GW|1|_vipx' : '_vipx';
      const inner = `<enable></enable><mode>ipalias</mode><${slot.at}>${text}</${slot.at}>`;
      const whole = steps.reduceRight((within, step) => `<${step}>${within}</${step}>`, inner);
      const findings = findingsIn([other], parseFixture(`${interfaces}	${whole}\n`));
      assert.equal(findings.length, 1, `${source.items} ${slot.at}`);
    }
  }
});

test('reference-undefined: names the nearest name, and leaves what stands around it', () => {
  const group = (name: string) =>
    `${interfaces}	<gateways><gateway_item><interface>wan</interface><name>WANGW</name></gateway_item><gateway_group><name>BOTH</name><item>${name}|1|address</item></gateway_group></gateways>\n`;
  checkFix(rule, { before: group('WANGV'), after: group('WANGW'), title: 'Name WANGW' });
});

test('reference-undefined: copies an alias of the other node, else makes an empty one', () => {
  const use = filter('<source><address>WEB</address></source>');
  const there = `	<aliases>
		<alias>
			<name>WEB</name>
			<type>host</type>
			<address>10.0.0.80</address>
		</alias>
	</aliases>
`;
  const pair = (here: string) => `--- primary.xml\n${interfaces}${there}--- secondary.xml\n${interfaces}${here}${use}`;
  checkFix(rule, {
    before: pair('	<aliases>\n	</aliases>\n'),
    after: pair(there),
    title: 'Copy the alias WEB from the primary',
  });
  checkFix(rule, {
    before: `${interfaces}	<aliases>\n	</aliases>\n${filter('<protocol>tcp</protocol><source><port>WEB</port></source>')}`,
    after: `${interfaces}	<aliases>
		<alias>
			<name>WEB</name>
			<type>port</type>
			<address></address>
			<descr></descr>
			<detail></detail>
		</alias>
	</aliases>
${filter('<protocol>tcp</protocol><source><port>WEB</port></source>')}`,
    title: 'Make an empty alias WEB',
  });
});

test('reference-undefined: no fix where only a person knows what is meant', () => {
  checkNoFix(rule, interfaces + filter('', '<interface>opt8</interface>'));
  checkNoFix(rule, `${interfaces}	<cert><refid>1</refid><caref>2</caref></cert>\n`);
});

test('reference-undefined: of a text that can be no name value-invalid tells', () => {
  const source = (network: string) => interfaces + filter(`<source><network>${network}</network></source>`);
  checkRule(rule, source('999'));
  checkNoFix(rule, source('opt8'));
});
