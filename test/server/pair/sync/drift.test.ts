import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { Config } from '../../../../server/src/model/config.ts';
import { copyEdits } from '../../../../server/src/pair/sync/copy.ts';
import { drift, titleOf } from '../../../../server/src/pair/sync/drift.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';

function config(body: string): Config {
  return new Config(new XmlDocument('file:///config.xml', `<pfsense>\n${body}\n</pfsense>\n`));
}

/** A primary that synchronises these areas, in a version that has them all. */
function primary(areas: string, body: string, version = '23.9'): Config {
  const boxes = areas
    .split(' ')
    .map(area => `<synchronize${area}>on</synchronize${area}>`)
    .join('');
  return config(
    `\t<version>${version}</version>\n\t<hasync><synchronizetoip>172.16.1.3</synchronizetoip>${boxes}</hasync>\n${body}`,
  );
}

function secondary(body: string, version = '23.9'): Config {
  return config(`\t<version>${version}</version>\n${body}`);
}

function told(one: Config, other: Config): string[] {
  return drift(one, other).map(each => {
    const children = each.children.length > 0 ? `: ${each.children.join(', ')}` : '';
    return `${each.kind} ${titleOf(each, { primary: one, secondary: other })}${children}`;
  });
}

/** Applies everything at once and asserts that nothing is left. */
function copyAll(one: Config, other: Config): string {
  const edits = copyEdits(drift(one, other), { primary: one, secondary: other });
  assert.ok(edits.length > 0, 'nothing to be copied');
  for (const edit of [...edits].sort((a, b) => b.from - a.from)) other.document.edit(edit);
  assert.deepEqual(told(one, other), []);
  return other.document.buffer.toString();
}

const rule = (tracker: number, rest = '') =>
  `<rule><tracker>${tracker}</tracker><type>pass</type><interface>lan</interface>${rest}</rule>`;

test('nothing is sent: no target, no box, another version', () => {
  const aliases = '<aliases><alias><name>A</name></alias></aliases>';
  assert.deepEqual(
    told(config(`<hasync><synchronizealiases>on</synchronizealiases></hasync>${aliases}`), config('')),
    [],
  );
  assert.deepEqual(told(primary('rules', aliases), secondary('')), []);
  assert.deepEqual(told(primary('aliases', aliases), secondary('', '23.3')), []);
  assert.deepEqual(told(primary('aliases', aliases), secondary('')), ['added alias A']);
});

test('aliases: by name, in any order; by meaning of what stands there', () => {
  const one = primary(
    'aliases',
    '<aliases><alias><name>A</name><address>192.0.2.1</address><descr><![CDATA[a &amp; b]]></descr></alias><alias><name>B</name><address>192.0.2.2</address></alias></aliases>',
  );
  const same = secondary(
    '<aliases><alias><address>192.0.2.2</address><name>B</name><descr></descr></alias><alias><name>A</name><descr>a &amp; b</descr><address>192.0.2.1\n</address></alias></aliases>',
  );
  assert.deepEqual(told(one, same), []);
  const other = secondary(
    '<aliases><alias><name>A</name><address>192.0.2.9</address><descr>x</descr></alias><alias><name>C</name></alias></aliases>',
  );
  assert.deepEqual(told(one, other), ['changed alias A: address, descr', 'added alias B', 'removed alias C']);
  copyAll(one, other);
});

test('an empty flag says something, any other empty element nothing', () => {
  const one = primary('rules', `<filter>${rule(1, '<disabled></disabled><gateway></gateway>')}</filter>`);
  assert.deepEqual(told(one, secondary(`<filter>${rule(1)}</filter>`)), [
    'changed firewall rule without a description on lan: disabled',
  ]);
  assert.deepEqual(told(one, secondary(`<filter>${rule(1, '<disabled></disabled><sched></sched>')}</filter>`)), []);
});

test('who saved it when does not count, and nosync items are left out; those of the secondary are lost', () => {
  const one = primary(
    'rules',
    `<filter>${rule(1, '<created><time>1</time></created>')}${rule(2, '<nosync></nosync>')}</filter>`,
  );
  const other = secondary(
    `<filter>${rule(1, '<updated><time>2</time></updated>')}${rule(3, '<nosync></nosync>')}</filter>`,
  );
  assert.deepEqual(told(one, other), ['removed firewall rule without a description on lan']);
});

test('rules: the order on one interface counts, that between interfaces does not', () => {
  const wan = (tracker: number) => rule(tracker).replace('lan', 'wan');
  const one = primary('rules', `<filter>\n${rule(1)}\n${wan(2)}\n${rule(3)}\n${rule(4)}\n${rule(5)}\n</filter>`);
  assert.deepEqual(told(one, secondary(`<filter>${wan(2)}${rule(1)}${rule(3)}${rule(4)}${rule(5)}</filter>`)), []);
  const other = secondary(`<filter>\n${rule(5)}\n${wan(2)}\n${rule(1)}\n${rule(3)}\n${rule(4)}\n</filter>`);
  assert.equal(told(one, other).length, 1);
  assert.equal(drift(one, other)[0]?.kind, 'moved');
  const text = copyAll(one, other);
  assert.ok(text.indexOf('>4<') < text.indexOf('>5<'));
});

test('rules: a missing one goes where the primary has it', () => {
  const one = primary('rules', `<filter>\n${rule(1)}\n${rule(2)}\n${rule(3)}\n</filter>`);
  for (const present of [[1, 3], [3], [1], [1, 2], []]) {
    const other = secondary(`<filter>\n${present.map(each => rule(each)).join('\n')}\n</filter>`);
    copyAll(one, other);
  }
  copyAll(one, secondary(''));
});

test('VIPs: raised, capped, and those of an interface left alone', () => {
  const vip = (rest: string) => `<vip><mode>carp</mode><interface>lan</interface>${rest}</vip>`;
  const one = primary(
    'virtualip',
    `<virtualip>${vip('<vhid>1</vhid><advskew>0</advskew><advbase>1</advbase><subnet>10.0.0.1</subnet>')}${vip('<vhid>2</vhid><advskew>200</advskew><subnet>10.0.0.2</subnet>')}${vip('<vhid>3</vhid><advskew></advskew><subnet>10.0.0.3</subnet>')}<vip><mode>ipalias</mode><interface>lan</interface><subnet>10.0.0.9</subnet></vip></virtualip>`,
  );
  const other = secondary(
    `<virtualip><vip><mode>proxyarp</mode><interface>wan</interface><subnet>10.0.0.8</subnet></vip>${vip('<vhid>2</vhid><advskew>254</advskew><subnet>10.0.0.2</subnet>')}${vip('<vhid>1</vhid><advskew>100</advskew><advbase>1</advbase><subnet>10.0.0.1</subnet>')}${vip('<vhid>3</vhid><subnet>10.0.0.3</subnet>')}</virtualip>`,
  );
  assert.deepEqual(told(one, other), []);
  // The very same text on both is not in sync.
  const copy = one.document.buffer.toString().replace(/<hasync>.*<\/hasync>/, '');
  const twin = new Config(new XmlDocument('file:///twin.xml', copy));
  assert.deepEqual(told(one, twin), ['changed CARP VIP 10.0.0.1: advskew', 'changed CARP VIP 10.0.0.2: advskew']);
  copyAll(one, twin);
  const empty = secondary('');
  assert.match(copyAll(one, empty), /<advskew>100<.*<advskew>254</s);
});

test('DHCP: the fail-over peer becomes the primary’s own address; where that is not written down nothing is said of it', () => {
  const scope = (peer: string) =>
    `<dhcpd><lan><enable></enable><failover_peerip>${peer}</failover_peerip></lan></dhcpd>`;
  const lan = (address: string) =>
    `<interfaces><lan><enable></enable><ipaddr>${address}</ipaddr><subnet>24</subnet></lan></interfaces>`;
  const one = primary('dhcpd', `${lan('10.0.0.2')}${scope('10.0.0.3')}`);
  assert.deepEqual(told(one, secondary(scope('10.0.0.2'))), []);
  assert.deepEqual(told(one, secondary(scope('10.0.0.3'))), ['changed DHCP server on lan: failover_peerip']);
  assert.deepEqual(told(primary('dhcpd', `${lan('dhcp')}${scope('10.0.0.3')}`), secondary(scope('10.0.0.7'))), []);
});

test('DHCP: mappings and pools are items of their own, an interface’s server one with all that is in it', () => {
  const map = (mac: string, name: string) => `<staticmap><mac>${mac}</mac><hostname>${name}</hostname></staticmap>`;
  const one = primary(
    'dhcpd',
    `<dhcpd><lan><enable></enable>${map('00:00:5e:00:53:01', 'a')}${map('00:00:5e:00:53:02', 'b')}</lan><opt1><enable></enable>${map('00:00:5e:00:53:03', 'c')}</opt1></dhcpd>`,
  );
  const other = secondary(`<dhcpd><lan><enable></enable>${map('00:00:5e:00:53:02', 'x')}</lan></dhcpd>`);
  assert.deepEqual(told(one, other), [
    'changed static mapping 00:00:5e:00:53:02 (x) on lan: hostname',
    'added static mapping 00:00:5e:00:53:01 (a) on lan',
    'added DHCP server on opt1',
  ]);
  copyAll(one, other);
  // An empty section is not sent, so that the secondary keeps what it has.
  assert.deepEqual(told(primary('dhcpd', '<dhcpd></dhcpd>'), other), []);
});

test('Kea: ends and roles are exchanged, names and certificates stay each node’s own; before 2.8 nothing is sent', () => {
  const ha = (texts: string) =>
    `<dhcpd><lan><enable></enable></lan></dhcpd><kea><ha><enable></enable>${texts}</ha></kea>`;
  const here = ha(
    '<role>primary</role><localname>a</localname><localip>192.0.2.2</localip><remotename>b</remotename><remoteip>192.0.2.3</remoteip><localport>8765</localport><tls></tls><heartbeatdelay>10</heartbeatdelay>',
  );
  const there = ha(
    '<role>standby</role><localname>z</localname><localip>192.0.2.3</localip><remotename>a</remotename><remoteip>192.0.2.2</remoteip><localport>8765</localport><remoteport>8765</remoteport><heartbeatdelay>10</heartbeatdelay>',
  );
  assert.deepEqual(told(primary('dhcpd', here), secondary(there)), []);
  assert.deepEqual(told(primary('dhcpd', here), secondary(here)), [
    'changed Kea DHCP high availability: localip, remoteip, remotename, remoteport, role',
  ]);
  assert.deepEqual(told(primary('dhcpd', here, '23.3'), secondary(here, '23.3')), []);
  const unnamed = `<system><hostname>fw1</hostname></system>${ha('<localip>192.0.2.2</localip>')}`;
  assert.deepEqual(
    told(
      primary('dhcpd', unnamed),
      secondary(
        ha(
          '<role>standby</role><localip>192.0.2.2</localip><remoteip>192.0.2.2</remoteip><remotename>fw1</remotename>',
        ),
      ),
    ),
    [],
  );
});

test('merged sections: what the primary has nothing of stays', () => {
  const gateways = '<gateways><gateway_item><name>WANGW</name></gateway_item></gateways>';
  const more =
    '<gateways><gateway_item><name>WANGW</name></gateway_item><gateway_group><name>BOTH</name></gateway_group><defaultgw4>BOTH</defaultgw4></gateways>';
  assert.deepEqual(told(primary('staticroutes', gateways), secondary(more)), []);
  assert.deepEqual(told(primary('staticroutes', more), secondary(gateways)), [
    'changed gateway settings: defaultgw4',
    'added gateway group BOTH',
  ]);
  const route = '<staticroutes><route><network>10.9.0.0/16</network></route></staticroutes>';
  assert.deepEqual(told(primary('staticroutes', ''), secondary(route)), ['removed static route 10.9.0.0/16']);
});

test('accounts: those of the system are each node’s own, unless the administrators are synchronised', () => {
  const accounts = (admin: string, extra = '') =>
    `<system><user><name>admin</name><uid>0</uid><descr>${admin}</descr></user>${extra}<group><name>all</name><gid>1998</gid><descr>${admin}</descr></group><group><name>admins</name><gid>1999</gid><member>0</member></group></system>`;
  const user = '<user><name>eve</name><uid>2001</uid></user>';
  const own = '<user><name>tool</name><uid>1500</uid></user>';
  assert.deepEqual(told(primary('users', accounts('a')), secondary(accounts('b', own))), []);
  assert.deepEqual(told(primary('users', accounts('a', user)), secondary(accounts('a'))), ['added user eve']);
  assert.deepEqual(told(primary('users', accounts('a')), secondary(accounts('a', user))), ['removed user eve']);
  const both = primary('users', `${accounts('a')}`);
  const hasync = both.find('hasync');
  assert.ok(hasync);
  both.document.edit({ from: hasync.contentEnd, to: hasync.contentEnd, text: '<adminsync>on</adminsync>' });
  assert.deepEqual(told(both, secondary(accounts('b'))), ['changed user admin: descr']);
});

test('captive portal: the keys of the backward synchronisation and the use of vouchers stay local', () => {
  const zone = (texts: string, roll: string) =>
    `<captiveportal><guests><zone>guests</zone>${texts}</guests></captiveportal><voucher><guests><enable></enable><roll><number>1</number><count>10</count>${roll}</roll></guests></voucher>`;
  const one = primary('captiveportal', zone('<timeout>10</timeout>', '<used>AAA=</used>'));
  assert.deepEqual(
    told(
      one,
      secondary(
        zone(
          '<timeout>10</timeout><backwardsyncip>192.0.2.2</backwardsyncip>',
          '<used>BBB=</used><lastsync>5</lastsync>',
        ),
      ),
    ),
    [],
  );
  assert.deepEqual(told(one, secondary(zone('<timeout>20</timeout>', ''))), [
    'changed captive portal zone guests: timeout',
  ]);
});

test('captive portal: vouchers are sent from 2.4.3 on', () => {
  const zone = (count: number) =>
    `<captiveportal><guests><zone>guests</zone></guests></captiveportal><voucher><guests><roll><number>1</number><count>${count}</count></roll></guests></voucher>`;
  const toldIn = (version: string) =>
    told(primary('captiveportal', zone(10), version), secondary(zone(20), version)).length;
  assert.deepEqual(
    ['17.3', '17.9', '19.1', '21.7', '24.0'].map(version => toldIn(version)),
    [0, 1, 1, 1, 1],
  );
});

test('certificates go with their own box and with OpenVPN, schedules with rules', () => {
  const cert = '<cert><refid>5f1e4e0000001</refid><descr>GUI</descr></cert>';
  const schedule = '<schedules><schedule><name>work</name></schedule></schedules>';
  const areasOf = (areas: string) => drift(primary(areas, cert + schedule), secondary('')).map(each => each.area.key);
  assert.deepEqual(areasOf('openvpn'), ['synchronizeopenvpn']);
  assert.deepEqual(areasOf('openvpn certs'), ['synchronizecerts']);
  assert.deepEqual(areasOf('rules'), ['synchronizerules']);
  assert.deepEqual(areasOf('rules schedules'), ['synchronizeschedules']);
  const other = secondary('');
  copyAll(primary('certs rules', cert + schedule), other);
});

test('2.4 cleans descriptions on sending, 2.5 does not', () => {
  const alias = (descr: string) => `<aliases><alias><name>A</name><descr>${descr}</descr></alias></aliases>`;
  assert.deepEqual(told(primary('aliases', alias('web, (old)'), '19.1'), secondary(alias('web old'), '19.1')), []);
  assert.deepEqual(told(primary('aliases', alias('web, (old)')), secondary(alias('web old'))), [
    'changed alias A: descr',
  ]);
});

for (const [folder, one, other] of [
  ['tutorial', 'main-pfSense.xml', 'second-pfSense.xml'],
  ['kea', 'fw-a.xml', 'fw-b.xml'],
] as const) {
  test(`samples/${folder} is in sync, and every item taken from the secondary is missed`, () => {
    const text = (file: string) => readFileSync(`samples/${folder}/${file}`, 'utf8');
    const node = new Config(new XmlDocument('file:///primary.xml', text(one)));
    const peer = new Config(new XmlDocument('file:///secondary.xml', text(other)));
    assert.deepEqual(told(node, peer), []);
    let missed = 0;
    for (const path of [
      'aliases/alias',
      'filter/rule',
      'nat/outbound/rule',
      'dhcpd/lan',
      'dhcpd/lan/staticmap',
      'virtualip/vip',
      'unbound/acls',
      'gateways/gateway_item',
      'cert',
      'openvpn/openvpn-server',
      'ipsec/phase1',
      'kea/ha',
    ]) {
      const element = peer.find(path);
      if (!element) continue;
      const source = element.source;
      const at = element.start;
      peer.document.edit({ from: at, to: element.end, text: '' });
      assert.equal(told(node, peer).length, 1, path);
      assert.ok(copyEdits(drift(node, peer), { primary: node, secondary: peer }).length > 0, path);
      peer.document.edit({ from: at, to: at, text: source });
      missed++;
    }
    assert.ok(missed >= 5, `${missed} kinds`);
    assert.deepEqual(told(node, peer), []);
  });
}
