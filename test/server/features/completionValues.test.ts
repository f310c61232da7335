import assert from 'node:assert/strict';
import test from 'node:test';
import { offeredWords } from '../../../server/src/features/completion/namedValues.ts';
import { referenceSources } from '../../../server/src/schema/references.ts';
import { chosen, completionAt, labels, offered } from '../../harness/completion.ts';

const interfaces = `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><descr>WAN</descr><ipaddr>192.0.2.2</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><descr>LAN</descr><ipaddr>198.51.100.2</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr>SYNC</descr><ipaddr>203.0.113.2</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
`;

const secondary = `
--- secondary.xml
	<interfaces>
		<wan><enable></enable><if>vmx0</if><descr>WAN</descr><ipaddr>192.0.2.3</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><descr>LAN</descr><ipaddr>198.51.100.3</ipaddr><subnet>24</subnet></lan>
		<opt1><enable></enable><if>vmx2</if><descr>SYNC</descr><ipaddr>203.0.113.3</ipaddr><subnet>24</subnet></opt1>
	</interfaces>
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>7</vhid><advskew>100</advskew><uniqid>62a84e3a5d2f7</uniqid>
			<subnet_bits>24</subnet_bits><subnet>198.51.100.1</subnet></vip>
	</virtualip>
`;

const virtualip = `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>0</advskew><uniqid>62a84e3a5d2f2</uniqid>
			<subnet_bits>24</subnet_bits><subnet>198.51.100.1</subnet></vip>
	</virtualip>
`;

const pair = (primary: string) => `--- primary.xml\n${primary}${secondary}`;

test('words: with the names of the web interface, those that fit what is typed are filtered by the editor', () => {
  assert.deepEqual(offered('<virtualip><vip><mode>$0</mode></vip></virtualip>'), [
    'ipalias: IP Alias',
    'carp',
    'proxyarp: Proxy ARP',
    'other',
  ]);
  assert.equal(
    chosen('<virtualip><vip>\n<mode>ip$0x</mode></vip></virtualip>', 'carp'),
    '<mode>carp</mode></vip></virtualip>',
  );
});

test('the version: those of releases, the newest first', () => {
  const versions = offered('<pfsense>\n\t<version>$0</version>\n</pfsense>');
  assert.deepEqual(versions.slice(0, 3), ['24.0: pfSense 2.8', '23.9: pfSense 2.8', '23.3: pfSense 2.7.1 or 2.7.2']);
  assert.ok(versions.includes('8.0: pfSense 2.0'));
});

test('words: in CDATA where the tag is written so, once', () => {
  const rule = (text: string) => `<filter><rule>\n<statetype>${text}</statetype>\n</rule></filter>`;
  const written = '<statetype><![CDATA[sloppy state]]></statetype>';
  assert.equal(chosen(rule('$0'), 'sloppy state'), written);
  assert.equal(chosen(rule('slo$0'), 'sloppy state'), written);
  assert.equal(chosen(rule('<![CDATA[kee$0p state]]>'), 'sloppy state'), written);
  assert.equal(chosen(rule('<![CDATA[$0'), 'sloppy state'), '<statetype><![CDATA[sloppy state</statetype>');
});

test('interfaces: by key, with description, port and address; a list takes what it has not', () => {
  const rule = (text: string) => `${interfaces}<filter><rule>\n<interface>${text}</interface>\n</rule></filter>`;
  const found = offered(rule('$0'));
  assert.ok(found.includes('wan: vmx0, 192.0.2.2/28'));
  assert.ok(found.includes('opt1: SYNC, vmx2, 203.0.113.2/24'));
  assert.ok(found.includes('enc0: IPsec'));
  const second = labels(rule('wan,$0'));
  assert.ok(!second.includes('wan') && second.includes('lan'));
  assert.equal(chosen(rule('wan,l$0x,opt1'), 'lan'), '<interface>wan,lan,opt1</interface>');
});

test('words beside names: each is known to the table of references, for that place', () => {
  for (const [path, words] of Object.entries(offeredWords)) {
    const known = referenceSources.flatMap(({ items, slots }) =>
      slots.filter(({ at }) => `${items}/${at}` === path).flatMap(slot => slot.words ?? []),
    );
    for (const word of Object.keys(words)) assert.ok(known.includes(word), `${path} ${word}`);
  }
  const vip = (mode: string) =>
    labels(`${interfaces}<virtualip><vip><mode>${mode}</mode><interface>$0</interface></vip></virtualip>`);
  assert.deepEqual(vip('carp'), ['wan', 'lan', 'opt1']);
  assert.deepEqual(vip('ipalias'), ['wan', 'lan', 'opt1', 'lo0']);
});

test('networks and macros: an interface, its address, this firewall', () => {
  const found = offered(`${interfaces}<filter><rule><destination><network>$0</network></destination></rule></filter>`);
  assert.ok(found.includes('lan: LAN network 198.51.100.0/24'));
  assert.ok(found.includes('lanip: LAN address 198.51.100.2/24'));
  assert.ok(found.includes('opt1ip: SYNC (opt1) address 203.0.113.2/24'));
  assert.ok(found.includes('(self): This firewall (self)'));
  assert.ok(found.includes('pppoe: PPPoE clients'));
  assert.ok(!found.some(each => each.startsWith('l2tp')), 'pfSense leaves the rule out');
});

test('the prefix of NPt: an interface that tracks one, from 2.7 on', () => {
  const npt = (version: string, network: string) =>
    labels(`<pfsense><version>${version}</version><interfaces><wan><ipaddrv6>dhcp6</ipaddrv6></wan><opt1><ipaddrv6>track6</ipaddrv6></opt1></interfaces>
<nat><npt><destination><network>${network}</network></destination></npt></nat></pfsense>`);
  assert.deepEqual(npt('23.3', '$0'), ['opt1']);
  assert.deepEqual(npt('23.3', 'o$0/64'), ['opt1']);
  assert.deepEqual(npt('22.2', '$0'), []);
});

test('pfsync may be on the loopback, and a RADIUS server be told the address of a VIP', () => {
  assert.deepEqual(labels(`${interfaces}<hasync><pfsyncinterface>$0</pfsyncinterface></hasync>`), [
    'wan',
    'lan',
    'opt1',
    'lo0',
  ]);
  const server = '<system><authserver><radius_nasip_attribute>$0</radius_nasip_attribute></authserver></system>';
  assert.deepEqual(labels(interfaces + virtualip + server), ['wan', 'lan', 'opt1', '198.51.100.1']);
});

const aliases = `
	<aliases>
		<alias><name>WEB</name><type>host</type><address>198.51.100.10 198.51.100.11</address><descr>Web</descr></alias>
		<alias><name>MAIL</name><type>port</type><address>25 587</address></alias>
		<alias><name>FEED</name><type>urltable</type><address>https://user:TOPSECRET@example.org/</address><url>https://user:TOPSECRET@example.org/</url></alias>
	</aliases>
`;

test('aliases: with their contents, those of ports where a port is meant, and no password of a URL', () => {
  const end = (body: string) =>
    `${aliases}<filter><rule><protocol>tcp</protocol><source>${body}</source></rule></filter>`;
  const addresses = offered(end('<address>$0</address>'));
  assert.ok(addresses.includes('WEB: 198.51.100.10, 198.51.100.11') && addresses.includes('FEED'));
  assert.ok(!addresses.some(each => each.startsWith('MAIL')));
  assert.deepEqual(offered(end('<port>$0</port>')), ['MAIL: 25, 587']);
  assert.ok(!JSON.stringify(completionAt(end('<address>$0</address>'))).includes('TOPSECRET'));
});

test('aliases: in an alias the others, one after the other', () => {
  const source = `<aliases>${aliases.replace(/<\/?aliases>/g, '')}<alias><name>NETS</name><type>network</type><address>192.0.2.0/24</address></alias><alias><name>OVER</name><type>network</type><address>NETS ALL</address></alias><alias><name>ALL</name><type>host</type>\n<address>WEB $0</address></alias></aliases>`;
  assert.deepEqual(labels(source), ['NETS'], 'not what is there, what holds it, or what is of another type');
});

test('gateways, groups and schedules by name', () => {
  const base = `
	<gateways>
		<gateway_item><name>WANGW</name><interface>wan</interface><gateway>192.0.2.1</gateway></gateway_item>
		<gateway_group><name>BOTH</name><item>WANGW|1|address</item></gateway_group>
	</gateways>
	<schedules><schedule><name>OfficeHours</name><descr>Mon–Fri</descr></schedule></schedules>`;
  const rule = (body: string) => `${interfaces}${base}<filter><rule>${body}</rule></filter>`;
  assert.deepEqual(offered(rule('<gateway>$0</gateway>')), ['WANGW: 192.0.2.1, on WAN', 'BOTH: WANGW']);
  const off = base.replace('</gateway>', '</gateway><disabled></disabled>');
  assert.deepEqual(offered(`${interfaces}${off}<filter><rule><gateway>$0</gateway></rule></filter>`), ['BOTH: WANGW']);
  assert.deepEqual(offered(`${interfaces}${off}<staticroutes><route><gateway>$0</gateway></route></staticroutes>`), [
    'WANGW: 192.0.2.1, on WAN, disabled',
  ]);
  assert.deepEqual(offered(rule('<sched>$0</sched>')), ['OfficeHours: Mon–Fri']);
  const group = (text: string) => `${interfaces}<gateways>
		<gateway_item><name>WANGW</name><gateway>192.0.2.1</gateway></gateway_item>
		<gateway_group>\n<item>${text}</item>\n</gateway_group></gateways>${virtualip}`;
  assert.equal(chosen(group('W$0|1|address'), 'WANGW'), '<item>WANGW|1|address</item>');
  assert.equal(chosen(group('WANGW|1|$0'), '198.51.100.1'), '<item>WANGW|1|_vip62a84e3a5d2f2</item>');
});

test('certificates by name, inserting the refid', () => {
  const source = `
	<cert><refid>62a84e3a5d2f0</refid><descr><![CDATA[GUI &amp; VPN]]></descr><prv>TOPSECRET</prv></cert>
	<openvpn><openvpn-server>\n<certref>$0</certref>\n</openvpn-server></openvpn>`;
  assert.deepEqual(offered(source), ['GUI & VPN: 62a84e3a5d2f0']);
  assert.equal(chosen(source, 'GUI & VPN'), '<certref>62a84e3a5d2f0</certref>');
});

test('certificates of the sort that is meant before others, and behind all those without a key', () => {
  const certs = `
	<cert><refid>1</refid><descr>imported</descr><type>server</type></cert>
	<cert><refid>2</refid><descr>person</descr><type>user</type><prv>TOPSECRET</prv></cert>
	<cert><refid>3</refid><descr>service</descr><type>server</type><prv>TOPSECRET</prv></cert>`;
  const at = (body: string) => labels(certs + body);
  const services = ['service', 'person', 'imported'];
  assert.deepEqual(at('<openvpn><openvpn-server><certref>$0</certref></openvpn-server></openvpn>'), services);
  assert.deepEqual(at('<system><webgui><ssl-certref>$0</ssl-certref></webgui></system>'), services);
  const clients = ['person', 'service', 'imported'];
  assert.deepEqual(at('<openvpn><openvpn-client><certref>$0</certref></openvpn-client></openvpn>'), clients);
  assert.deepEqual(at('<system><user><name>a</name><cert>$0</cert></user></system>')[0], 'person');
});

test('VIPs by address, inserting _vip and the uniqid; on a CARP VIP alone another VIP stands', () => {
  const source = `${interfaces}${virtualip}<openvpn><openvpn-server>\n<interface>$0</interface>\n</openvpn-server></openvpn>`;
  assert.ok(offered(source).includes('198.51.100.1: CARP 198.51.100.1 VHID 2 on LAN'));
  assert.equal(chosen(source, '198.51.100.1'), '<interface>_vip62a84e3a5d2f2</interface>');
  const alias = (mode: string) =>
    `${interfaces}${virtualip.replace('carp', mode).replace('</virtualip>', '<vip><mode>ipalias</mode><interface>$0</interface></vip></virtualip>')}`;
  assert.ok(labels(alias('carp')).includes('198.51.100.1'));
  assert.ok(!labels(alias('ipalias')).includes('198.51.100.1'));
});

test('VHID and skew: free on both nodes, and right for the role', () => {
  const vip = (body: string) =>
    pair(
      `${interfaces}${virtualip.replace('</virtualip>', `<vip><mode>carp</mode><interface>lan</interface>${body}</vip></virtualip>`)}`,
    );
  assert.deepEqual(offered(vip('<vhid>$0</vhid>')), ['8: Free on both nodes']);
  assert.deepEqual(offered(vip('<advskew>$0</advskew>')), ['0: Usual on the primary']);
  const there = `--- primary.xml\n${interfaces}${virtualip.replace('<advskew>0', '<advskew>20')}
--- secondary.xml\n${interfaces}${virtualip.replace('<advskew>0', '<advskew>$0')}`;
  assert.deepEqual(offered(there), ["120: 100 more than the primary's 20"]);
});

test('addresses: the next free one of the subnet on both nodes where one is given out', () => {
  const vip = pair(
    `${interfaces}${virtualip.replace('</virtualip>', '<vip><mode>carp</mode><interface>lan</interface><subnet>$0</subnet></vip></virtualip>')}`,
  );
  assert.deepEqual(offered(vip), ['198.51.100.4: Free on LAN, on both nodes']);
  const pool = '<range><from>198.51.100.3</from><to>198.51.100.99</to></range>';
  const mapping = `${interfaces}<dhcpd><lan>${pool}<staticmap><ipaddr>$0</ipaddr></staticmap></lan></dhcpd>`;
  assert.deepEqual(offered(mapping), ['198.51.100.1: Free on LAN']);
  const own = pair(interfaces.replace('<ipaddr>198.51.100.2</ipaddr>', '<ipaddr>$0</ipaddr>'));
  assert.equal(
    offered(own).find(each => each.includes('Free')),
    '198.51.100.2: Free on LAN, on both nodes',
  );
});

test('addresses: VIPs first, then the own ones, then those of the other node', () => {
  const end = pair(
    `${interfaces}${virtualip}<filter><rule><destination><address>$0</address></destination></rule></filter>`,
  );
  assert.deepEqual(offered(end), [
    '198.51.100.1: CARP 198.51.100.1 VHID 2 on LAN',
    '192.0.2.2: WAN address',
    '198.51.100.2: LAN address',
    '203.0.113.2: SYNC (opt1) address',
    '192.0.2.3: WAN address of the secondary',
    '198.51.100.3: LAN address of the secondary',
    '203.0.113.3: SYNC (opt1) address of the secondary',
  ]);
});

test('addresses: those of the other node alone, where they are meant, on the interface that is meant first', () => {
  const peer = pair(
    `${interfaces}<hasync><pfsyncinterface>opt1</pfsyncinterface><synchronizetoip>$0</synchronizetoip></hasync>`,
  );
  assert.deepEqual(offered(peer), [
    '203.0.113.3: SYNC (opt1) address of the secondary',
    '192.0.2.3: WAN address of the secondary',
    '198.51.100.3: LAN address of the secondary',
  ]);
  const failover = pair(`${interfaces}<dhcpd><lan><failover_peerip>$0</failover_peerip></lan></dhcpd>`);
  assert.equal(offered(failover)[0], '198.51.100.3: LAN address of the secondary');
  const scope = pair(`${interfaces}${virtualip}<dhcpd><lan><dnsserver>$0</dnsserver></lan></dhcpd>`);
  assert.deepEqual(labels(scope).slice(0, 2), ['198.51.100.1', '198.51.100.2']);
  assert.ok(!offered(scope).some(each => each.includes('secondary')));
});

test('addresses: none where it would be a guess', () => {
  for (const place of [
    '<dhcpd><lan><range><from>$0</from></range></lan></dhcpd>',
    '<system><timeservers>$0</timeservers></system>',
  ]) {
    assert.deepEqual(labels(`${interfaces}${virtualip}${place}`), [], place);
  }
});

test('the target of outbound NAT: what the version of the file takes', () => {
  const target = (version: string) =>
    labels(
      `<pfsense><version>${version}</version>${interfaces}${virtualip}${aliases}<nat><outbound><rule><interface>lan</interface><target>$0</target></rule></outbound></nat></pfsense>`,
    );
  assert.deepEqual(target('22.2').slice(0, 3), ['198.51.100.1', '198.51.100.2', '192.0.2.2']);
  assert.ok(target('22.2').includes('other-subnet') && !target('23.3').includes('other-subnet'));
  assert.deepEqual(target('23.3').slice(0, 2), ['198.51.100.1', '198.51.100.2']);
  assert.ok(target('23.3').includes('wanip') && !target('22.2').includes('wanip'));
});

const ports = (body: string, secondaryBody = '') => `--- primary.xml
<pfsense><version>23.3</version>
<interfaces>
	<wan><enable></enable><if>igb0</if><descr>WAN</descr></wan>
	<lan><enable></enable><if>igb1.10</if><descr>LAN</descr></lan>
	${body}
</interfaces>
<vlans>
	<vlan><if>igb1</if><tag>10</tag><vlanif>igb1.10</vlanif></vlan>
	<vlan><if>igb1</if><tag>20</tag><descr>Servers</descr><vlanif>igb1.20</vlanif></vlan>
</vlans>
<laggs><lagg><members>igb2,igb3</members><laggif>lagg0</laggif></lagg></laggs>
<bridges><bridged><members>lan,opt1</members><bridgeif>bridge0</bridgeif></bridged></bridges>
<gifs><gif><if>wan</if><remote-addr>203.0.113.9</remote-addr><gifif>gif0</gifif></gif></gifs>
<gres><gre><if>wan</if><remote-addr>203.0.113.8</remote-addr><greif>gre0</greif></gre></gres>
<qinqs><qinqentry><if>igb4</if><tag>100</tag><members>7 8</members><vlanif>igb4.100</vlanif></qinqentry></qinqs>
<ppps><ppp><type>pppoe</type><if>pppoe0</if><ports>igb5</ports></ppp></ppps>
<wireless><clone><if>ath0</if><cloneif>ath0_wlan1</cloneif></clone></wireless>
<openvpn>
	<openvpn-server><vpnid>1</vpnid><description>Staff</description></openvpn-server>
	<openvpn-client><vpnid>2</vpnid></openvpn-client>
</openvpn>
<ipsec>
	<phase1><ikeid>1</ikeid><iketype>ikev2</iketype><remote-gateway>203.0.113.7</remote-gateway></phase1>
	<phase1><ikeid>2</ikeid><iketype>ikev1</iketype><remote-gateway>203.0.113.6</remote-gateway></phase1>
	<phase1><ikeid>3</ikeid><iketype>ikev2</iketype><remote-gateway>203.0.113.5</remote-gateway><disabled></disabled></phase1>
	<phase2><ikeid>1</ikeid><mode>vti</mode><reqid>3</reqid></phase2>
	<phase2><ikeid>1</ikeid><mode>vti</mode><reqid>4</reqid></phase2>
	<phase2><ikeid>2</ikeid><mode>vti</mode><reqid>5</reqid></phase2>
	<phase2><ikeid>2</ikeid><mode>vti</mode><reqid>6</reqid></phase2>
	<phase2><ikeid>3</ikeid><mode>vti</mode><reqid>7</reqid></phase2>
</ipsec>
<installedpackages><wireguard><tunnels>
	<item><name>tun_wg0</name><enabled>yes</enabled><descr>Branch</descr></item>
	<item><name>tun_wg1</name><enabled>no</enabled></item>
</tunnels></wireguard></installedpackages>
</pfsense>
--- secondary.xml
<interfaces>${secondaryBody}</interfaces>
<laggs><lagg><members>igb2,igb3,igb6</members><laggif>lagg0</laggif></lagg></laggs>`;

test('ports: of an interface those that the config makes or names, and nothing else has', () => {
  assert.deepEqual(offered(ports('<opt2><if>$0</if></opt2>')), [
    'igb1.20: VLAN 20 on igb1 (Servers)',
    'lagg0: LAGG of igb2, igb3',
    'igb4.100: VLAN 100 on igb4',
    'igb4.100.7: QinQ 7 on VLAN 100 on igb4',
    'igb4.100.8: QinQ 8 on VLAN 100 on igb4',
    'ovpns1: OpenVPN server (Staff)',
    'ovpnc2: OpenVPN client',
    'tun_wg0: WireGuard (Branch)',
    'ipsec3: IPsec VTI to 203.0.113.7',
    'ipsec5: IPsec VTI to 203.0.113.6',
    'ipsec6: IPsec VTI to 203.0.113.6',
    'gif0: GIF to 203.0.113.9',
    'gre0: GRE to 203.0.113.8',
    'pppoe0: PPPoE on igb5',
    'bridge0: Bridge of LAN, opt1',
    'ath0_wlan1: Wireless on ath0',
    'igb1: Carries VLAN 10, 20',
    'igb4',
    'igb5',
  ]);
  assert.ok(!labels(ports('<opt1><if>$0</if></opt1>')).includes('bridge0'), 'opt1 is in the bridge');
  assert.ok(labels(ports('<opt2><if>igb$0</if></opt2>').replace('23.3', '21.7')).every(each => !/^ipsec/.test(each)));
});

test("ports: the other node's at the same key first, but for one that something has here", () => {
  const there = (port: string) =>
    offered(ports('<opt2><if>$0</if></opt2>', `<opt2><enable></enable><if>${port}</if></opt2>`));
  assert.equal(there('lagg0')[0], 'lagg0: LAGG of igb2, igb3, as on the secondary');
  assert.equal(there('igb7')[0], 'igb7: The value on the secondary');
  for (const taken of ['igb0', 'igb1.10', 'igb3']) assert.equal(there(taken)[0], 'igb1.20: VLAN 20 on igb1 (Servers)');
});

test('ports: of a VLAN those that carry some first, and no card in a LAGG; of a LAGG free cards alone', () => {
  const edited = (part: string, text: string) => ports('').replace(part, text);
  const [vlan, lagg] = ['<vlan><if>igb1</if><tag>20</tag>', '<members>igb2,igb3</members>'];
  assert.deepEqual(offered(edited(vlan, '<vlan><if>$0</if><tag>20</tag>')), [
    'igb1: Carries VLAN 10',
    'lagg0: LAGG of igb2, igb3',
    'igb0: WAN',
    'igb4',
    'igb5',
  ]);
  assert.deepEqual(labels(edited(lagg, '<members>igb2,$0</members>')), ['igb3', 'igb6', 'igb1', 'igb4', 'igb5']);
  assert.deepEqual(offered(edited(lagg, `${lagg}<failovermaster>$0</failovermaster>`)), [
    'auto: The first member',
    'igb2',
    'igb3',
  ]);
});

test('interfaces of a bridge: those that pfSense lets be one, and its own where an option speaks of them', () => {
  const bridge = (body: string) => `<interfaces>
		<wan><if>igb0</if></wan><lan><if>igb1</if></lan><opt1><if>igb2</if></opt1><opt2><if>bridge0</if></opt2>
		<opt3><if>gre0</if></opt3><opt4><if>ath0_wlan0</if><wireless><mode>bss</mode></wireless></opt4>
		<opt5><if>ath0_wlan1</if><wireless><mode>hostap</mode></wireless></opt5>
	</interfaces><bridges>
		<bridged><members>wan</members><bridgeif>bridge0</bridgeif></bridged><bridged>${body}</bridged>
	</bridges>`;
  assert.deepEqual(labels(bridge('<members>lan,$0</members>')), ['opt1', 'opt5']);
  assert.deepEqual(labels(bridge('<members>lan,opt1</members><stp>$0</stp>')), ['lan', 'opt1']);
  assert.ok(!labels(bridge('<members>lan,opt1</members><span>$0</span>')).includes('lan'));
});

const gateways = `
	<system><ipv6allow></ipv6allow></system>
	<interfaces>
		<wan><enable></enable><descr>WAN</descr><ipaddr>dhcp</ipaddr><ipaddrv6>dhcp6</ipaddrv6></wan>
		<opt1><enable></enable><if>ovpnc2</if><descr>Branch</descr></opt1>
		<opt2><enable></enable><descr>DSL</descr><ipaddr>pppoe</ipaddr></opt2>
		<opt3><descr>OFF</descr><ipaddr>dhcp</ipaddr></opt3>
		<opt4><enable></enable><descr>Two words</descr><ipaddr>dhcp</ipaddr></opt4>
	</interfaces>
	<openvpn><openvpn-client><vpnid>2</vpnid><create_gw>v4only</create_gw></openvpn-client></openvpn>
	<gateways>
		<gateway_item><name>GW6</name><interface>wan</interface><gateway>2001:db8::1</gateway><ipprotocol>inet6</ipprotocol></gateway_item>
		<gateway_item><name>DSL_SAVED</name><interface>opt2</interface><gateway>dynamic</gateway><ipprotocol>inet</ipprotocol></gateway_item>
		<gateway_group><name>BOTH</name><item>WAN_DHCP|1|address</item></gateway_group>
		<gateway_group><name>SIX</name><item>GW6|1|address</item></gateway_group>
	</gateways>`;

test('gateways that pfSense makes of interfaces, once; of the family that the rule, the route or the server has', () => {
  const four = ['DSL_SAVED', 'WAN_DHCP', 'BRANCH_VPNV4'];
  const rule = (body: string) => labels(`${gateways}<filter><rule>${body}<gateway>$0</gateway></rule></filter>`);
  assert.deepEqual(rule(''), [...four, 'BOTH']);
  assert.deepEqual(rule('<ipprotocol>inet6</ipprotocol>'), ['GW6', 'WAN_DHCP6', 'SIX']);
  assert.deepEqual(rule('<ipprotocol>inet46</ipprotocol>'), []);
  const route = (network: string) =>
    labels(`${gateways}<staticroutes><route><network>${network}</network><gateway>$0</gateway></route></staticroutes>`);
  assert.deepEqual(route('198.51.100.0/24'), four);
  assert.deepEqual(route('2001:db8:1::/64'), ['GW6', 'WAN_DHCP6']);
  const server = (address: string) =>
    labels(gateways.replace('</system>', `<dnsserver>${address}</dnsserver><dns1gw>$0</dns1gw></system>`));
  assert.deepEqual(server('192.0.2.53'), [...four, 'none']);
  assert.deepEqual(server('2001:db8::53'), ['GW6', 'WAN_DHCP6', 'none']);
  const item = gateways.replace(
    '</gateways>',
    '<gateway_group><item>GW6|1|</item><item>$0</item></gateway_group></gateways>',
  );
  assert.deepEqual(labels(item), ['WAN_DHCP6']);
  assert.ok(
    offered(`${gateways}<filter><rule><gateway>$0</gateway></rule></filter>`).includes('WAN_DHCP: Dynamic, on WAN'),
  );
});

test('VIPs where pfSense takes some of them only', () => {
  const vips = `${interfaces}<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>62a84e3a5d2f2</uniqid><subnet>198.51.100.1</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><uniqid>62a84e3a5d2f3</uniqid><subnet>2001:db8:1::1</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>4</vhid><uniqid>62a84e3a5d2f4</uniqid><subnet>2001:db8::1</subnet></vip>
		<vip><mode>ipalias</mode><interface>lan</interface><uniqid>62a84e3a5d2f5</uniqid><subnet>198.51.100.9</subnet></vip>
	</virtualip>`;
  const relay = (name: string) => labels(`${vips}<${name}><carpstatusvip>$0</carpstatusvip></${name}>`);
  assert.deepEqual(relay('dhcrelay'), ['198.51.100.1', 'none']);
  assert.deepEqual(relay('dhcrelay6'), ['2001:db8:1::1', '2001:db8::1', 'none']);
  assert.deepEqual(offered(`${vips}<dhcpdv6><lan><rainterface>$0</rainterface></lan></dhcpdv6>`), [
    '2001:db8:1::1: CARP 2001:db8:1::1 VHID 3 on LAN',
    'interface: The interface itself',
  ]);
});

test('the prefix length of a VIP: that of the interface where the address lies in its network, and one address elsewhere', () => {
  const vip = (mode: string, type: string) =>
    labels(
      `${interfaces}<virtualip><vip><mode>${mode}</mode><interface>lan</interface><type>${type}</type><subnet_bits>$0</subnet_bits><subnet>198.51.100.9</subnet></vip></virtualip>`,
    );
  assert.deepEqual(
    [vip('carp', 'single'), vip('proxyarp', 'single'), vip('proxyarp', 'network')],
    [['24'], ['32'], []],
  );
});

test('queues and limiters of a rule: the two are different, limiters of one sort, and all switched on', () => {
  const queue = (name: string, enabled = 'on', below = '') =>
    `<queue><name>${name}</name><enabled>${enabled}</enabled>${below}</queue>`;
  const shapers = `<shaper>${queue('wan', 'on', queue('qDefault') + queue('qACK') + queue('qOff', ''))}</shaper>
	<dnshaper>${queue('Up', 'on', queue('UpQ'))}${queue('Down')}${queue('Off', '', queue('OffQ'))}</dnshaper>`;
  const rule = (body: string) => labels(`${shapers}<filter><rule>${body}</rule></filter>`);
  assert.deepEqual(rule('<defaultqueue>qDefault</defaultqueue><ackqueue>$0</ackqueue>'), ['qACK']);
  assert.deepEqual(rule('<dnpipe>$0</dnpipe>'), ['Up', 'UpQ', 'Down']);
  assert.deepEqual(rule('<dnpipe>Up</dnpipe><pdnpipe>$0</pdnpipe>'), ['Down']);
  assert.deepEqual(rule('<dnpipe>UpQ</dnpipe><pdnpipe>$0</pdnpipe>'), []);
  assert.deepEqual(labels('<shaper><queue><default>$0</default></queue></shaper>'), ['default']);
});

test('addresses of a DHCP server: its gateway and its partner are in its own network', () => {
  const scope = (name: string) =>
    labels(pair(`${interfaces}${virtualip}<dhcpd><lan><${name}>$0</${name}></lan></dhcpd>`));
  assert.deepEqual(scope('gateway'), ['198.51.100.1', '198.51.100.2', 'none']);
  assert.deepEqual(scope('failover_peerip'), ['198.51.100.3']);
  assert.ok(scope('dnsserver').includes('192.0.2.2'));
});

test('what another element of the list holds is not offered again', () => {
  const group = (body: string) =>
    `<system><user><name>a</name><uid>0</uid></user><user><name>b</name><uid>2000</uid></user><group><name>g</name>${body}</group></system>`;
  assert.deepEqual(labels(group('<member>0</member><member>$0</member>')), ['b']);
  const privileges = offered(group('<priv>page-all</priv><priv>$0</priv>'));
  assert.equal(privileges[0], 'system-xmlrpc-ha-sync: System - HA node sync');
  assert.ok(!privileges.some(each => each.startsWith('page-all')));
  const items = gateways.replace(
    '</gateways>',
    '<gateway_group><item>GW6|1|x</item><item>$0</item></gateway_group></gateways>',
  );
  assert.deepEqual(labels(items), ['WAN_DHCP6']);
});

test('where the secondary copies its settings to, nothing is offered', () => {
  const at = (node: 'primary' | 'secondary') => {
    const files = { primary: interfaces, secondary: secondary.replace('--- secondary.xml', '') };
    files[node] += '<hasync><pfsyncinterface>opt1</pfsyncinterface><synchronizetoip>$0</synchronizetoip></hasync>';
    return labels(`--- primary.xml\n${files.primary}\n--- secondary.xml\n${files.secondary}`);
  };
  assert.equal(at('primary')[0], '203.0.113.3');
  assert.deepEqual(at('secondary'), []);
});

test('addresses of the family that a rule is for', () => {
  const both = `<interfaces><wan><enable></enable><descr>WAN</descr><ipaddr>192.0.2.2</ipaddr><subnet>24</subnet><ipaddrv6>2001:db8::2</ipaddrv6><subnetv6>64</subnetv6></wan></interfaces>`;
  const rule = (body: string) =>
    labels(`${both}<filter><rule>${body}<source><address>$0</address></source></rule></filter>`);
  assert.deepEqual(rule(''), ['192.0.2.2']);
  assert.deepEqual(rule('<ipprotocol>inet6</ipprotocol>'), ['2001:db8::2']);
  assert.deepEqual(rule('<ipprotocol>inet46</ipprotocol>'), []);
  const outbound = (body: string) =>
    labels(`${both}<nat><outbound><rule>${body}<target>$0</target></rule></outbound></nat>`);
  assert.deepEqual(outbound('').slice(0, 2), ['192.0.2.2', '2001:db8::2']);
  assert.deepEqual(outbound('<ipprotocol>inet</ipprotocol>').slice(0, 2), ['192.0.2.2', 'wanip']);
});

const kinds = `<aliases>
		${['host', 'network', 'port', 'url', 'urltable'].map(type => `<alias><name>A_${type}</name><type>${type}</type></alias>`).join('')}
	</aliases><ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan opt1</members></ifgroupentry></ifgroups>`;

test('aliases of the types that the place takes, in the versions that take any', () => {
  const aliasesOf = (body: string, version = '23.3') =>
    labels(`<pfsense><version>${version}</version>${kinds}${body}</pfsense>`).filter(each => each.startsWith('A_'));
  const tunnel = '<openvpn><openvpn-server><tunnel_network>$0</tunnel_network></openvpn-server></openvpn>';
  const local = '<openvpn><openvpn-csc><local_network>$0</local_network></openvpn-csc></openvpn>';
  assert.deepEqual(aliasesOf(tunnel), ['A_network']);
  assert.deepEqual(aliasesOf(local), ['A_host', 'A_network']);
  assert.deepEqual(aliasesOf(local, '21.7'), [], 'OpenVPN knows none before pfSense 2.6');
  const route = '<staticroutes><route><network>$0</network></route></staticroutes>';
  assert.deepEqual(aliasesOf(route), ['A_host', 'A_network', 'A_url']);
  const mapped = (side: string) => `<nat><onetoone><${side}><address>$0</address></${side}></onetoone></nat>`;
  assert.deepEqual(aliasesOf(mapped('source')), []);
  assert.equal(aliasesOf(mapped('destination')).length, 4);
});

test('aliases that are fetched hold others of their type, since pfSense 2.6, and none that holds them', () => {
  const fetched = (name: string, type: string, url: string) =>
    `<alias><name>${name}</name><type>${type}</type><aliasurl>${url}</aliasurl></alias>`;
  const all = `${fetched('A', 'url', 'https://example.org/')}${fetched('B', 'url', 'OWN')}${fetched('C', 'url_ports', '')}`;
  const source = (version: string) =>
    `<pfsense><version>${version}</version><aliases>${all}${fetched('OWN', 'url', '$0')}</aliases></pfsense>`;
  assert.deepEqual(labels(source('23.3')), ['A']);
  assert.deepEqual(labels(source('21.7')), []);
});

test('networks and addresses of interfaces and groups: where, and in the versions in which, pfSense reads them', () => {
  const names = (body: string, version = '23.3') =>
    labels(`<pfsense><version>${version}</version>${interfaces}${kinds}${body}</pfsense>`).filter(each =>
      /^(?:lan.*|INSIDE|\(self\))$/.test(each),
    );
  const rule = (item: string, at: string) => {
    const tags = [...item.split('/'), ...at.split('/')];
    const open = tags.map(tag => `<${tag}>`).join('');
    return `${open}$0${[...tags]
      .reverse()
      .map(tag => `</${tag}>`)
      .join('')}`;
  };
  const outbound = rule('nat/outbound/rule', 'source/network');
  assert.deepEqual(names(outbound), ['lan', 'INSIDE', '(self)']);
  assert.deepEqual(names(outbound, '22.9'), ['(self)'], 'pf would be given the word');
  const filter = rule('filter/rule', 'destination/network');
  assert.deepEqual(names(filter), ['lan', 'lanip', 'INSIDE', '(self)']);
  assert.deepEqual(names(filter, '22.9'), ['lan', 'lanip', '(self)']);
  assert.deepEqual(names(rule('nat/rule', 'source/network')), ['lan', 'lanip']);
  assert.deepEqual(names(rule('nat/rule', 'destination/network')), ['lan', 'lanip', '(self)']);
  assert.deepEqual(names(rule('nat/onetoone', 'source/network')), ['lan', 'lanip']);
  for (const at of ['rule/target', 'onetoone/external']) {
    assert.deepEqual(names(rule('nat', at)), ['lanip'], at);
    assert.deepEqual(names(rule('nat', at), '19.1'), [], `${at} before pfSense 2.5`);
  }
  assert.deepEqual(names(rule('filter/rule', 'nat/source'), '24.1'), ['lanip']);
});

test('words of NAT: no family for both, and of the protocols those of each form', () => {
  const words = (item: string, name: string) => labels(`<nat>${item.replace('</', `<${name}>$0</${name}></`)}</nat>`);
  const outbound = '<outbound><rule></rule></outbound>';
  for (const item of ['<rule></rule>', '<onetoone></onetoone>', outbound]) {
    assert.deepEqual(words(item, 'ipprotocol'), ['inet', 'inet6'], item);
  }
  assert.deepEqual(labels('<filter><rule><ipprotocol>$0</ipprotocol></rule></filter>'), ['inet', 'inet6', 'inet46']);
  const forwarded = words('<rule></rule>', 'protocol');
  assert.ok(forwarded.includes('ospf') && !forwarded.includes('carp'));
  const leaving = words(outbound, 'protocol');
  assert.ok(leaving.includes('carp') && !leaving.includes('ospf'));
});

test('VIPs that the firewall has, in a gateway group those beside its gateway', () => {
  const vips = `<virtualip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a84e3a5d2f1</uniqid><subnet>192.0.2.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip62a84e3a5d2f1</interface><uniqid>62a84e3a5d2f2</uniqid><subnet>192.0.2.5</subnet></vip>
		<vip><mode>proxyarp</mode><interface>wan</interface><uniqid>62a84e3a5d2f3</uniqid><subnet>192.0.2.6</subnet></vip>
		<vip><mode>other</mode><interface>wan</interface><uniqid>62a84e3a5d2f4</uniqid><subnet>192.0.2.7</subnet></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>62a84e3a5d2f5</uniqid><subnet>198.51.100.1</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>3</vhid><uniqid>62a84e3a5d2f6</uniqid><subnet>2001:db8::1</subnet></vip>
	</virtualip>`;
  const vipsAt = (body: string) => labels(`${interfaces}${vips}${body}`).filter(each => /[.:]/.test(each));
  assert.deepEqual(vipsAt('<openvpn><openvpn-server><interface>$0</interface></openvpn-server></openvpn>'), [
    '192.0.2.1',
    '192.0.2.5',
    '198.51.100.1',
    '2001:db8::1',
  ]);
  const bridged =
    '<openvpn><openvpn-server><serverbridge_interface>$0</serverbridge_interface></openvpn-server></openvpn>';
  assert.deepEqual(vipsAt(bridged), []);
  const group = (name: string) => `<gateways>
		<gateway_item><interface>wan</interface><gateway>192.0.2.14</gateway><name>WANGW</name></gateway_item>
		<gateway_group><name>G</name><item>${name}|1|$0</item></gateway_group></gateways>`;
  assert.deepEqual(vipsAt(group('WANGW')), ['192.0.2.1', '192.0.2.5']);
  assert.equal(vipsAt(group('UNKNOWN')).length, 4);
});

test('words that the version of the file no longer reads are not offered', () => {
  const method = (version: string) =>
    labels(
      `<pfsense><version>${version}</version><ipsec><phase1><authentication_method>$0</authentication_method></phase1></ipsec></pfsense>`,
    );
  assert.ok(method('19.1').includes('rsasig'));
  assert.ok(!method('23.3').includes('rsasig') && method('23.3').includes('cert'));
});

test('the likeliest first: hosts before the own address, what leaves the pair with a VIP, names before their words', () => {
  const first = (body: string) => labels(`${interfaces}${virtualip}${aliases}${body}`)[0];
  assert.equal(first('<nat><rule><target>$0</target></rule></nat>'), 'WEB');
  const old = '<version>22.2</version><nat><outbound><rule><target>$0</target></rule></outbound></nat>';
  assert.equal(first(old), '198.51.100.1', 'not other-subnet');
  assert.equal(first('<nat><onetoone><external>$0</external></onetoone></nat>'), '198.51.100.1');
  assert.equal(first('<openvpn><openvpn-server><interface>$0</interface></openvpn-server></openvpn>'), '198.51.100.1');
});

test('gateways of the family that is meant', () => {
  const source = `<gateways>
		<gateway_item><name>GW4</name><gateway>192.0.2.1</gateway></gateway_item>
		<gateway_item><name>GW6</name><gateway>2001:db8::1</gateway><ipprotocol>inet6</ipprotocol></gateway_item>
	</gateways><interfaces><wan><ipaddr>192.0.2.2</ipaddr><ipaddrv6>2001:db8::2</ipaddrv6>`;
  assert.deepEqual(labels(`${source}<gateway>$0</gateway></wan></interfaces>`), ['GW4']);
  assert.deepEqual(labels(`${source}<gatewayv6>$0</gatewayv6></wan></interfaces>`), ['GW6']);
});

test("the other node's value of the same element, never of a secret, nor a URL with a password", () => {
  const values = (name: string, value: string) =>
    offered(
      `--- primary.xml\n<system><${name}>$0</${name}></system>\n--- secondary.xml\n<system><${name}>${value}</${name}></system>`,
    );
  assert.deepEqual(values('domain', 'example.org'), ['example.org: The value on the secondary']);
  assert.deepEqual(values('hostname', 'fw2'), [], 'each node has a name of its own');
  assert.deepEqual(values('proxypass', 'TOPSECRET'), []);
  assert.deepEqual(values('proxyurl', 'http://u:TOPSECRET@192.0.2.9/'), []);
});

test('values are escaped as the version of the file writes them', () => {
  const source = (version: string) => `--- primary.xml
<pfsense><version>${version}</version><system>\n<user><name>a</name><descr>$0</descr></user></system></pfsense>
--- secondary.xml
<pfsense><version>${version}</version><system><user><name>a</name><descr><![CDATA[R&amp;D &lt;x&gt; caf&eacute;]]></descr></user></system></pfsense>`;
  assert.match(chosen(source('22.2'), 'R&D <x> café'), /<!\[CDATA\[R&amp;D &lt;x&gt; caf&eacute;\]\]>/);
  const xml = (version: string) => source(version).replace('caf&eacute;', 'café');
  assert.match(chosen(xml('24.5'), 'R&D <x> café'), /<!\[CDATA\[R&amp;D &lt;x&gt; café\]\]>/);
});

test('nothing is offered for a secret', () => {
  for (const name of ['password', 'bcrypt-hash', 'prv']) {
    assert.deepEqual(labels(pair(`<system><user><name>a</name><${name}>$0</${name}></user></system>`)), [], name);
  }
});

test('a broken document: an element that nothing closes, also at the very end', () => {
  const broken = `<pfsense>${interfaces}<filter><rule>\n<interface>la$0\n<source><any></any></source></rule></filter></pfsense>`;
  assert.equal(chosen(broken, 'lan'), '<interface>lan');
  assert.ok(labels(`<pfsense>${interfaces}<filter><rule><interface>$0`).includes('lan'));
  assert.ok(labels('<pfsense><virtualip><vip><mode>$0').includes('carp'));
});

test('a text beside other text is left alone', () => {
  assert.deepEqual(labels('<virtualip><vip><mode>$0<![CDATA[carp]]></mode></vip></virtualip>'), []);
  assert.deepEqual(labels('<virtualip><vip><mode>carp<!-- x -->$0</mode></vip></virtualip>'), []);
});

test('of thousands only those that what is typed can mean, and the editor is told to ask again', () => {
  const all = Array.from({ length: 3000 }, (_, i) => `<alias><name>HOST_${i}</name><type>host</type></alias>`).join('');
  const rule = (text: string) =>
    `<aliases>${all}</aliases><filter><rule><source><address>${text}</address></source></rule></filter>`;
  const cut = completionAt(rule('$0'));
  assert.deepEqual([cut.items.length, cut.isCut], [200, true]);
  const narrow = completionAt(rule('host_299$0'));
  assert.ok(narrow.isCut && narrow.items.some(({ label }) => label === 'HOST_2999'));
  assert.ok(narrow.items.every(({ label }) => /2.*9.*9/.test(label)));
});
