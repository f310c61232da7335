import assert from 'node:assert/strict';
import test from 'node:test';
import { prepareRename, rename } from '../../../server/src/features/rename.ts';
import { spanOf } from '../../../server/src/syntax/tree.ts';
import type { TextEdit } from '../../../server/src/syntax/xmlDocument.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { splice } from '../../harness/mutate.ts';

/** Asserts what renaming at the cursor makes of the files; those that are not given stay as they are. */
function becomes(source: string, newName: string, after: string): void {
  const { fixture, snapshot, offset } = parseCursor(source);
  const result = rename(snapshot, offset, newName);
  assert.ok('edits' in result, 'problem' in result ? result.problem : '');
  const wanted = parseFixture(after);
  for (const { name, text, config } of fixture.files) {
    const edits: readonly TextEdit[] = result.edits.find(({ document }) => document === config.document)?.edits ?? [];
    assert.equal(splice(text, edits), wanted.files.find(file => file.name === name)?.text ?? text, name);
  }
}

function refuses(source: string, newName: string, problem: string | RegExp): void {
  const { snapshot, offset } = parseCursor(source);
  const result = rename(snapshot, offset, newName);
  const said = 'problem' in result ? result.problem : `${result.edits.length} files change`;
  if (typeof problem === 'string') assert.equal(said, problem);
  else assert.match(said, problem);
}

/** What an editor proposes to change: the text as it is marked, and the name to begin with. */
function prepared(source: string): readonly string[] {
  const { snapshot, offset } = parseCursor(source);
  const start = prepareRename(snapshot, offset);
  if ('problem' in start) return [start.problem];
  const { start: from, end } = spanOf(start.place);
  return [snapshot.config.document.buffer.slice(from, end), start.text];
}

const aliases = `
	<aliases>
		<alias><name>WEB</name><type>host</type><address>192.0.2.10</address><descr><![CDATA[WEB]]></descr></alias>
		<alias><name>ALL</name><type>host</type><address>MAIL WEB 192.0.2.12</address></alias>
	</aliases>
	<nat><rule><target>WEB</target></rule></nat>
	<filter><rule><source><address>WEB</address></source><descr><![CDATA[WEB]]></descr></rule></filter>
`;
const renamed = aliases
  .replace('<name>WEB', '<name>WWW')
  .replace('MAIL WEB', 'MAIL WWW')
  .replace('<target>WEB', '<target>WWW')
  .replace('<source><address>WEB', '<source><address>WWW');

test('rename: an alias, from its name and from any use, in lists too; descriptions stay', () => {
  becomes(aliases.replace('<name>WEB', '<name>W$0EB'), 'WWW', renamed);
  becomes(aliases.replace('MAIL WEB', 'MAIL $0WEB'), 'WWW', renamed);
  becomes(aliases.replace('<target>WEB', '<target>WEB$0'), ' WWW ', renamed);
  becomes(aliases.replace('<name>WEB', '<name>W$0EB'), 'WEB', aliases);
});

test('rename: an alias that is fetched, in the one that holds it', () => {
  const fetched = (name: string) => `<aliases>
	<alias><name>${name}</name><type>url</type><aliasurl>https://example.org/list</aliasurl></alias>
	<alias><name>ALL</name><type>url</type><aliasurl>https://example.com/FEED</aliasurl><aliasurl>${name}</aliasurl></alias>
</aliases>`;
  becomes(fetched('FEED').replace('<name>FEED', '<name>FE$0ED'), 'LIST', fetched('LIST'));
  becomes(fetched('FEED').replace('l>FEED', 'l>FE$0ED'), 'LIST', fetched('LIST'));
});

test('rename: the other node too where it has the same alias, and only there', () => {
  const at = aliases.replace('<name>WEB', '<name>W$0EB');
  becomes(
    `--- primary.xml\n${at}\n--- secondary.xml\n${aliases}`,
    'WWW',
    `--- primary.xml\n${renamed}\n--- secondary.xml\n${renamed}`,
  );
  const without = '<filter><rule><source><address>WEB</address></source></rule></filter>';
  becomes(
    `--- primary.xml\n${at}\n--- secondary.xml\n${without}`,
    'WWW',
    `--- primary.xml\n${renamed}\n--- secondary.xml\n${without}`,
  );
});

test('rename: refused where the other node has two of that name', () => {
  const node = (more: string, cursor = '') =>
    `	<interfaces><lan><if>vmx1</if><descr>${cursor}LAN</descr></lan>${more}</interfaces>\n`;
  refuses(
    `--- primary.xml\n${node('', '$0')}--- secondary.xml\n${node('<lan><if>vmx2</if><descr>DMZ</descr></lan>')}`,
    'USERS',
    'On the other node: 2 things are called lan, and which of them is meant is not known.',
  );
});

test('rename: the uniqid of a VIP that a dial-up link dials on', () => {
  const text = (uniqid: string, cursor = '') => `
	<ppps><ppp><type>pppoe</type><ports>vmx3,_vip${uniqid}</ports></ppp></ppps>
	<virtualip><vip><mode>carp</mode><uniqid>${cursor}${uniqid}</uniqid></vip></virtualip>
`;
  becomes(text('5f3b0a1c2d3e4', '$0'), '0123456789abc', text('0123456789abc'));
});

test('rename: an alias at the load balancer of old versions, too', () => {
  const text = (name: string) => `
	<aliases><alias><name>${name}</name><type>port</type><address>80 443</address></alias></aliases>
	<load_balancer>
		<lbpool><name>WEB</name><port>${name}</port></lbpool>
		<virtual_server><poolname>WEB</poolname><port>${name}</port><ipaddr>${name}</ipaddr></virtual_server>
	</load_balancer>
`;
  becomes(
    text('WEB').replace('<name>WEB', '<name>W$0EB'),
    'WWW',
    text('WWW').replaceAll(/(<lbpool><name>|<poolname>)WWW/g, '$1WEB'),
  );
});

test('rename: a text with references in it is written anew as a whole', () => {
  becomes(
    '<aliases><alias><name>W$0EB</name></alias><alias><name>ALL</name><type>host</type><address>W&#69;B WEB&#32;X</address></alias></aliases>',
    'WWW',
    '<aliases><alias><name>WWW</name></alias><alias><name>ALL</name><type>host</type><address>WWW WWW X</address></alias></aliases>',
  );
});

test('rename: a gateway with its group, the default and the rules; a gateway group', () => {
  const text = (gateway: string, group: string) => `
	<gateways>
		<gateway_item><name>${gateway}</name></gateway_item>
		<gateway_group><name>${group}</name><item>${gateway}|1|address</item><item>OTHER|2|address</item></gateway_group>
		<defaultgw4>${group}</defaultgw4>
	</gateways>
	<staticroutes><route><network>192.0.2.0/24</network><gateway>${gateway}</gateway></route></staticroutes>
	<filter><rule><gateway>${group}</gateway></rule><rule><gateway>${gateway}</gateway></rule></filter>
	<widgets><gateways-0><gatewaysfilter>OTHER,${gateway}</gatewaysfilter></gateways-0></widgets>
`;
  becomes(
    text('WAN$0GW', 'BOTH').replaceAll(/(?<=(?:<gateway>|<item>|OTHER,)WAN)\$0/g, ''),
    'UPLINK',
    text('UPLINK', 'BOTH'),
  );
  becomes(
    text('WANGW', 'BO$0TH').replaceAll(/(?<=(?:<gateway>|<defaultgw4>)BO)\$0/g, ''),
    'EITHER',
    text('WANGW', 'EITHER'),
  );
});

test('rename: a schedule of a limiter, and a gateway by which a DNS server is asked, whatever its number', () => {
  const text = (schedule: string, gateway: string) => `
	<schedules><schedule><name>${schedule}</name></schedule></schedules>
	<dnshaper><queue><name>down</name><bandwidth>
		<item><bw>10</bw><bwsched>none</bwsched></item>
		<item><bw>20</bw><bwsched>${schedule}</bwsched></item>
	</bandwidth></queue></dnshaper>
	<gateways><gateway_item><name>${gateway}</name></gateway_item></gateways>
	<system><dns1gw>none</dns1gw><dns6gw>${gateway}</dns6gw></system>
`;
  becomes(text('night', 'WANGW').replace('<name>ni', '<name>ni$0'), 'late', text('late', 'WANGW'));
  becomes(text('night', 'WANGW').replace('<name>WAN', '<name>WAN$0'), 'UPLINK', text('night', 'UPLINK'));
});

test('rename: an interface group, and the element in which its separators stand', () => {
  const text = (group: string, separators: string, others = '') =>
    `<ifgroups><ifgroupentry><ifname>${group}</ifname></ifgroupentry></ifgroups><filter><separator><${separators}><sep0><row>fr0</row></sep0></${separators}>${others}</separator></filter>`;
  becomes(text('INS$0IDE', 'inside'), 'WITHIN', text('WITHIN', 'within'));
  becomes(text('INS$0IDE', 'inside'), 'Inside', text('Inside', 'inside'));
  const others = '<within><sep0></sep0></within>';
  becomes(text('INS$0IDE', 'inside', others), 'WITHIN', text('WITHIN', 'inside', others));
});

test('rename: a schedule, an interface group, a group of users', () => {
  becomes(
    '<schedules><schedule><name>night</name></schedule></schedules><filter><rule><sched>ni$0ght</sched></rule></filter>',
    'late',
    '<schedules><schedule><name>late</name></schedule></schedules><filter><rule><sched>late</sched></rule></filter>',
  );
  becomes(
    '<ifgroups><ifgroupentry><ifname>INSI$0DE</ifname></ifgroupentry></ifgroups><filter><rule><interface>lan,INSIDE</interface></rule></filter>',
    'WITHIN',
    '<ifgroups><ifgroupentry><ifname>WITHIN</ifname></ifgroupentry></ifgroups><filter><rule><interface>lan,WITHIN</interface></rule></filter>',
  );
  becomes(
    '<system><group><name>o$0ps</name><scope>local</scope></group></system><ipsec><client><auth_groups>ops,others</auth_groups></client></ipsec>',
    'noc',
    '<system><group><name>noc</name><scope>local</scope></group></system><ipsec><client><auth_groups>noc,others</auth_groups></client></ipsec>',
  );
});

test('rename: the description of an interface, and the gateways that pfSense makes of it', () => {
  const text = (descr: string, gateway: string) => `
	<interfaces><opt1><descr><![CDATA[${descr}]]></descr><ipaddr>dhcp</ipaddr></opt1></interfaces>
	<gateways><gateway_group><name>BOTH</name><item>${gateway}|1|address</item></gateway_group><defaultgw4>${gateway}</defaultgw4></gateways>
	<filter><rule><interface>opt1</interface><gateway>${gateway}</gateway></rule></filter>
`;
  becomes(text('DS$0L', 'DSL_DHCP'), 'Fibre', text('Fibre', 'FIBRE_DHCP'));
  const saved =
    '<gateways><gateway_item><name>DSL_DHCP</name></gateway_item><defaultgw4>DSL_DHCP</defaultgw4></gateways>';
  const interfaces = (descr: string) => `<interfaces><opt1><descr>${descr}</descr></opt1></interfaces>`;
  becomes(interfaces('DSL$0') + saved, 'FIBRE', interfaces('FIBRE') + saved);
  const other = interfaces('CABLE');
  becomes(
    `--- primary.xml\n${interfaces('$0DSL')}\n--- secondary.xml\n${other}`,
    'FIBRE',
    `--- primary.xml\n${interfaces('FIBRE')}\n--- secondary.xml\n${other}`,
  );
});

test('rename: the description of an interface whose gateway a package names is refused', () => {
  const source = (gateway: string) =>
    `<interfaces><opt1><enable></enable><descr>DS$0L</descr><ipaddr>dhcp</ipaddr></opt1></interfaces><installedpackages><router><config><via>${gateway}</via></config></router></installedpackages>`;
  refuses(source('DSL_DHCP'), 'FIBRE', /^installedpackages\/router\/config\/via holds DSL_DHCP too/);
  refuses(source('DSL'), 'FIBRE', '1 files change');
});

test('rename: a user, and the account of the configuration sync with it', () => {
  const user = (name: string) => `<system><user><name>${name}</name><uid>2000</uid></user></system>`;
  const sync = (name: string) => `<hasync><username>${name}</username></hasync>`;
  becomes(
    `--- primary.xml\n${user('s$0ync')}${sync('sync')}\n--- secondary.xml\n${user('sync')}`,
    'hasync',
    `--- primary.xml\n${user('hasync')}${sync('hasync')}\n--- secondary.xml\n${user('hasync')}`,
  );
  refuses(`${user('s$0ync')}${sync('sync')}`, 'hasync', /logs in as sync on the other node, whose file is not here/);
  const portal = (name: string) =>
    `<captiveportal><guests><backwardsyncuser>${name}</backwardsyncuser></guests></captiveportal>`;
  becomes(
    `--- primary.xml\n${user('p$0ortal')}${sync('sync')}\n--- secondary.xml\n${user('portal')}${portal('portal')}`,
    'guests',
    `--- primary.xml\n${user('guests')}${sync('sync')}\n--- secondary.xml\n${user('guests')}${portal('guests')}`,
  );
  refuses(`${user('p$0ortal')}${portal('portal')}`, 'guests', /^This node logs in as portal on the other node/);
  refuses(
    '<system><user><name>ad$0min</name><uid>0</uid><scope>system</scope></user></system>',
    'root2',
    'admin belongs to the system.',
  );
});

test('rename: the uniqid of a VIP, wherever one is named', () => {
  const text = (uniqid: string) =>
    `<virtualip><vip><mode>carp</mode><uniqid>${uniqid}</uniqid></vip></virtualip><openvpn><openvpn-server><interface>_vip${uniqid}</interface><serverbridge_interface>_vip${uniqid}|192.0.2.1</serverbridge_interface></openvpn-server></openvpn><gateways><gateway_group><name>B</name><item>A|1|_vip${uniqid}</item></gateway_group></gateways>`;
  const [before, after] = ['62a84e3a5d2f1', '62a84e3a5d2f2'];
  becomes(text(before).replace('_vip62', '_vip$062'), after, text(after));
  refuses(text(before).replace('_vip62', '_vip$062'), 'mine', 'A uniqid is 13 hexadecimal digits, in lower case.');
});

test('rename: what an editor proposes is the name alone', () => {
  assert.deepEqual(prepared('<interfaces><lan><descr><![CDATA[LA$0N]]></descr></lan></interfaces>'), ['LAN', 'LAN']);
  assert.deepEqual(
    prepared(
      '<virtualip><vip><mode>carp</mode><uniqid>5f01</uniqid></vip></virtualip><unbound><active_interface>lan,_v$0ip5f01</active_interface></unbound>',
    ),
    ['5f01', '5f01'],
  );
  assert.deepEqual(prepared(aliases.replace('MAIL WEB', 'MAIL WE$0B')), ['WEB', 'WEB']);
});

test('rename: refused with a reason where there is nothing to rename', () => {
  assert.deepEqual(prepared('<filter><rule><descr>W$0EB</descr></rule></filter>'), [
    'There is no name here that other places refer to.',
  ]);
  assert.deepEqual(prepared('$0'), ['There is no name here that other places refer to.']);
  assert.deepEqual(prepared('<interfaces><opt1></opt1></interfaces><dhcpd><op$0t1></opt1></dhcpd>'), [
    'opt1 is the key of the interface, which pfSense gives; what can be changed is its description.',
  ]);
  assert.deepEqual(prepared('<cert><refid>5f$00a</refid></cert>'), [
    'Other places know the certificate by a number, which pfSense gives.',
  ]);
  assert.deepEqual(prepared('<filter><rule><source><address>GO$0NE</address></source></rule></filter>'), [
    'Nothing here is the alias GONE.',
  ]);
  assert.deepEqual(prepared('<aliases><alias><name>A$01</name></alias><alias><name>A1</name></alias></aliases>'), [
    '2 things are called A1, and which of them is meant is not known.',
  ]);
  assert.deepEqual(prepared('<aliases><alias><name>W$0EB</name></alias><alias></aliases>'), [
    'Mend the broken tags of this file first, or places might be missed.',
  ]);
  refuses(
    `--- primary.xml\n${aliases.replace('<name>WEB', '<name>W$0EB')}\n--- secondary.xml\n${aliases}<nat>`,
    'WWW',
    'On the other node: its file has broken tags, and places might be missed.',
  );
});

test('rename: names that pfSense refuses', () => {
  const alias = aliases.replace('<name>WEB', '<name>W$0EB');
  for (const [name, problem] of [
    ['', 'A name cannot be empty.'],
    ['web server', 'The name may contain only letters, digits and underscores.'],
    ['web-server', 'The name may contain only letters, digits and underscores.'],
    ['a'.repeat(32), 'The name has 32 characters, and pfSense takes 31 at most.'],
    ['12', 'A name cannot consist of digits or of underscores alone.'],
    ['___', 'A name cannot consist of digits or of underscores alone.'],
    ['Block', 'pf gives Block a meaning of its own.'],
    ['allowopts', 'pf gives allowopts a meaning of its own.'],
    ['bogons', 'pf gives bogons a meaning of its own.'],
    ['http', 'http is the name of a protocol or a service.'],
    ['TCP', 'TCP is the name of a protocol or a service.'],
    ['pkg_web', 'pfSense keeps names that begin with pkg_ for packages.'],
    ['cpzoneid_2', 'pfSense keeps names that begin with cpzoneid_ for captive portals.'],
    ['_private4_', 'pfSense or a package makes an alias of the name _private4_ itself.'],
    ['pfB_Top', 'pfSense or a package makes an alias of the name pfB_Top itself.'],
    ['ALL', /meaning of its own/],
    ['MAIL', 'The name MAIL stands at other places already, which would then mean this alias.'],
  ] as const) {
    refuses(alias, name, problem);
  }
  becomes(alias, 'a'.repeat(31), renamed.replaceAll('WWW', 'a'.repeat(31)));
});

test('rename: names that something has already, on either node', () => {
  const more =
    '<interfaces><lan><descr>OFFICE</descr></lan></interfaces><ifgroups><ifgroupentry><ifname>INSIDE</ifname></ifgroupentry></ifgroups>';
  const alias = `<aliases><alias><name>W$0EB</name></alias><alias><name>DNS</name></alias></aliases>${more}`;
  refuses(alias, 'DNS', 'There is an alias DNS already.');
  refuses(alias, 'office', 'There is an interface office already.');
  refuses(alias, 'LAN', 'There is an interface LAN already.');
  refuses(alias, 'INSIDE', 'There is an interface group INSIDE already.');
  const peer = '<aliases><alias><name>WEB</name></alias><alias><name>NTP_SERVERS</name></alias></aliases>';
  refuses(
    `--- primary.xml\n${alias}\n--- secondary.xml\n${peer}`,
    'NTP_SERVERS',
    'On the other node: there is an alias NTP_SERVERS already.',
  );
  const gateways =
    '<gateways><gateway_item><name>A$0GW</name></gateway_item><gateway_group><name>BOTH</name></gateway_group></gateways>';
  refuses(gateways, 'BOTH', 'There is a gateway group BOTH already.');
  refuses(gateways, 'default', 'pfSense gives default a meaning of its own where a gateway may be named.');
  refuses(
    `${gateways}<interfaces><wan></wan></interfaces>`,
    'WAN_DHCP',
    'pfSense or a package makes a gateway of the name WAN_DHCP itself.',
  );
});

test('rename: interfaces, groups and users have rules of their own', () => {
  const tunnel =
    '<interfaces><opt1><if>ovpns1</if><descr>V$0PN</descr></opt1><lan></lan></interfaces><aliases><alias><name>Web</name></alias></aliases>';
  refuses(tunnel, 'a'.repeat(26), 'The name has 26 characters, and pfSense takes 25 at most.');
  refuses(tunnel, '123', 'The description of an interface cannot consist of digits alone.');
  refuses(tunnel, 'WEB', 'There is an alias WEB already.');
  refuses(tunnel, 'lan', 'There is an interface lan already.');
  becomes(tunnel, 'vpn', tunnel.replace('V$0PN', 'vpn'));
  const group = '<ifgroups><ifgroupentry><ifname>IN$0SIDE</ifname></ifgroupentry></ifgroups>';
  refuses(group, 'INSIDE1', 'The name of an interface group neither begins nor ends with a digit.');
  refuses(group, 'ABCDEFGHIJKLMNOP', 'The name has 16 characters, and pfSense takes 15 at most.');
  const accounts =
    '<system><user><name>an$0n</name><uid>2001</uid></user><user><name>bob</name><uid>2002</uid></user></system>';
  refuses(accounts, 'bob', 'There is a user bob already.');
  refuses(accounts, 'root', 'The system itself has a user root.');
  refuses(accounts, 'ann b', 'The name may contain only letters, digits, dots, hyphens and underscores.');
  const remote = '<system><group><name>o$0ps</name><scope>remote</scope></group></system>';
  becomes(remote, 'Domain Operators of the site', remote.replace('o$0ps', 'Domain Operators of the site'));
  refuses(remote.replace('remote', 'local'), 'Domain Operators', /letters, digits, dots/);
});

test('rename: what a package holds keeps its name, for what it means there is not known', () => {
  const packages =
    '<installedpackages><haproxy><config><src>WEB,MAIL</src><descr>x</descr></config></haproxy></installedpackages>';
  refuses(
    aliases.replace('<name>WEB', '<name>W$0EB') + packages,
    'WWW',
    /^installedpackages\/haproxy\/config\/src holds WEB too/,
  );
  becomes(
    aliases.replace('<name>WEB', '<name>W$0EB') + packages.replace('WEB', 'WEBS'),
    'WWW',
    renamed + packages.replace('WEB', 'WEBS'),
  );
  refuses(
    '<aliases><alias><name>pfB_$0Top</name></alias></aliases>',
    'Top',
    'pfSense or a package makes pfB_Top itself.',
  );
});
