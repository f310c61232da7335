import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import test from 'node:test';
import { type DocumentSymbol, documentSymbols } from '../../../server/src/features/documentSymbols.ts';
import { Config } from '../../../server/src/model/config.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import fc from '../../harness/fastCheck.ts';

function outline(content: string): readonly DocumentSymbol[] {
  const text = `<?xml version="1.0"?>\n<pfsense>\n\t<version>22.2</version>\n${content}</pfsense>\n`;
  return documentSymbols(new Config(new XmlDocument('file:///config.xml', text)));
}

/** The outline as lines, indented by depth. */
function lines(symbols: readonly DocumentSymbol[], indent = ''): string[] {
  return symbols.flatMap(({ name, children }) => [`${indent}${name}`, ...lines(children, `${indent}  `)]);
}

function checkOutline(content: string, expected: string): void {
  assert.equal(lines(outline(content)).slice(1).join('\n'), expected.replace(/^\n|\n\s*$/g, ''));
}

test('interfaces bear their description, NIC and address', () => {
  checkOutline(
    `<interfaces>
      <wan><if>vmx0</if><descr><![CDATA[WAN]]></descr><ipaddr>192.168.1.11</ipaddr><subnet>24</subnet></wan>
      <opt1><if>vmx2</if><ipaddr>dhcp</ipaddr></opt1>
    </interfaces>`,
    `
interfaces
  WAN (vmx0) 192.168.1.11/24
  OPT1 (vmx2) dhcp`,
  );
});

test('VIPs bear their mode, address, and for CARP their VHID and skew', () => {
  checkOutline(
    `<virtualip>
      <vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>0</advskew><subnet>10.0.0.1</subnet></vip>
      <vip><mode>ipalias</mode><interface>wan</interface><subnet>192.0.2.9</subnet><descr>mail &amp; web</descr></vip>
    </virtualip>`,
    `
virtualip
  CARP 10.0.0.1 VHID 2 skew 0
  IP alias 192.0.2.9 on wan: mail & web`,
  );
});

test('rules bear what they do and to whom', () => {
  checkOutline(
    `<filter>
      <rule><type>block</type><source><any></any></source><destination><any></any></destination><descr>Last</descr></rule>
      <rule><type>pass</type><source><network>lan</network></source><destination><not></not><address>192.0.2.1</address><port>443</port></destination></rule>
    </filter>
    <nat>
      <outbound><rule><interface>wan</interface><source><network>10.0.0.0/8</network></source><target>192.0.2.1</target></rule>
      <rule><interface>wan</interface><source><network>10.0.0.0/8</network></source><target></target></rule></outbound>
      <rule><interface>wan</interface><destination><network>wanip</network><port>443</port></destination><target>10.0.0.5</target><local-port>8443</local-port></rule>
    </nat>`,
    `
filter
  block → any: Last
  pass lan → !192.0.2.1:443
nat
  outbound
    wan 10.0.0.0/8 → 192.0.2.1
    wan 10.0.0.0/8 → interface address
  wan wanip:443 → 10.0.0.5:8443`,
  );
});

test('what rules and VIPs name by key bears the name that people use, where it has one', () => {
  checkOutline(
    `<interfaces>
      <wan><descr>WAN</descr></wan><lan><descr>USERS</descr></lan><opt1><descr>SERVERS</descr></opt1><opt2></opt2>
    </interfaces>
    <virtualip>
      <vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>62a84e3a5d2f2</uniqid><subnet>192.0.2.1</subnet></vip>
      <vip><mode>ipalias</mode><interface>_vip62a84e3a5d2f2</interface><subnet>192.0.2.9</subnet></vip>
      <vip><mode>ipalias</mode><interface>_vip62a84e3a5d2f9</interface><subnet>192.0.2.8</subnet></vip>
    </virtualip>
    <filter>
      <rule><interface>lan</interface><source><network>lan</network></source><destination><network>opt1</network><not></not></destination></rule>
      <rule><interface>wan</interface><source><any></any></source><destination><network>wanip</network><port>443</port></destination></rule>
      <rule><interface>lan</interface><source><network>lan</network><not></not></source><destination><network>(self)</network></destination></rule>
      <rule><interface>lan</interface><source><network>lanip</network></source></rule>
      <rule><interface>openvpn</interface><source><address>lan</address></source><destination><any></any></destination></rule>
      <rule><floating>yes</floating><interface>wan,lan</interface><source><any></any></source></rule>
      <rule><floating>yes</floating><interface>wan,lan,opt1,opt2</interface><source><any></any></source></rule>
    </filter>
    <nat>
      <outbound><rule><interface>wan</interface><source><network>opt2</network></source><target>wanip</target></rule></outbound>
    </nat>`,
    `
interfaces
  WAN
  USERS
  SERVERS
  OPT2
virtualip
  CARP 192.0.2.1 VHID 1 skew 0
  IP alias 192.0.2.9 on 192.0.2.1
  IP alias 192.0.2.8 on _vip62a84e3a5d2f9
filter
  pass USERS → !SERVERS
  pass on WAN → WAN address:443
  pass on USERS !USERS → (self)
  pass USERS address → any
  pass on OpenVPN lan → any
  pass on WAN, USERS → any
  pass on 4 interfaces → any
nat
  outbound
    WAN OPT2 → WAN address`,
  );
});

test('a cron job bears its time and its program, never what that is given', () => {
  const job = (command: string) =>
    `<item><minute>15</minute><hour>4</hour><mday>*</mday><month>*</month><wday>6</wday><command>${command}</command></item>`;
  checkOutline(
    `<cron>${[
      '/usr/bin/nice -n20 /usr/local/bin/fetch TOPSECRET',
      'PASSWORD=TOPSECRET run',
      'PASSWORD="TOP /SECRET" run',
      '/usr/bin/nice -n20 newsyslog',
      'nice -n 20 curl -u TOPSECRET -o /tmp/file',
      '(cd /root; sh TOPSECRET)',
    ]
      .map(job)
      .join('')}</cron>`,
    `
cron
  15 4 * * 6 /usr/local/bin/fetch
  15 4 * * 6 run
  15 4 * * 6
  15 4 * * 6 newsyslog
  15 4 * * 6 curl
  15 4 * * 6`,
  );
});

test('tunnels, shapers and services bear what tells them apart', () => {
  checkOutline(
    `<interfaces><lan><descr>LAN</descr></lan></interfaces>
    <ipsec>
      <phase2><localid><type>lan</type></localid><remoteid><type>network</type><address>10.20.0.0</address><netbits>16</netbits></remoteid></phase2>
      <phase2><descr>all</descr><localid><type>address</type><address>192.0.2.9</address></localid></phase2>
    </ipsec>
    <openvpn>
      <openvpn-server><vpnid>1</vpnid></openvpn-server>
      <openvpn-client><vpnid>2</vpnid><server_addr>vpn.example.org</server_addr></openvpn-client>
    </openvpn>
    <shaper><queue><name>wan</name><queue><name>qACK</name></queue></queue></shaper>
    <dnshaper><queue><name>Up</name><queue><name>UpQ</name></queue></queue></dnshaper>
    <qinqs><qinqentry><vlanif>igb4.100</vlanif><members>7 8</members></qinqentry></qinqs>
    <dyndnses><dyndns><type>custom</type><host>fw.example.org</host></dyndns></dyndnses>
    <unbound><acls><aclname>Guests</aclname><aclaction>deny</aclaction></acls></unbound>`,
    `
interfaces
  LAN
ipsec
  LAN → 10.20.0.0/16
  192.0.2.9: all
openvpn
  ovpns1
  vpn.example.org
shaper
  wan
    qACK
dnshaper
  Up
    UpQ
qinqs
  igb4.100 (7 8)
dyndnses
  fw.example.org (custom)
unbound
  Guests (deny)`,
  );
});

test('static mappings are shown in their DHCP scope', () => {
  checkOutline(
    `<dhcpd><lan><enable></enable><range><from>10.0.0.10</from><to>10.0.0.99</to></range>
      <staticmap><mac>00:00:5e:00:53:01</mac><ipaddr>10.0.0.5</ipaddr><hostname>printer</hostname></staticmap></lan></dhcpd>`,
    `
dhcpd
  LAN 10.0.0.10 – 10.0.0.99
    printer 10.0.0.5`,
  );
});

test('a section that is a row itself is named by both; single values by their tag, never by what they hold', () => {
  const certificate = '<cert><refid>62a84e3a5d2f0</refid><descr>GUI</descr><prv>TOPSECRET</prv></cert>';
  checkOutline(
    `${certificate}<hasync><password>TOPSECRET</password><synchronizetoip>192.0.2.2</synchronizetoip></hasync>`,
    `
cert: GUI
  refid
  descr
  prv
hasync
  password
  synchronizetoip`,
  );
});

test('a list of thousands ends in one entry that counts the rest', () => {
  const [, section] = outline(`<filter>${'<rule><type>pass</type></rule>'.repeat(3000)}</filter>`);
  assert.equal(section?.children.length, 1001);
  assert.equal(section?.children.at(-1)?.name, '2000 more');
});

test('long descriptions are cut, line ends become spaces, and a row without anything is called by its tag', () => {
  const [, section] = outline(
    `<aliases><alias><name>${'a'.repeat(500)}</name></alias><alias><x></x></alias></aliases>`,
  );
  assert.equal(section?.children[0]?.name.length, 120);
  assert.equal(section?.children[1]?.name, 'alias');
  const [, filter] = outline('<filter><rule><descr><![CDATA[one\n\ttwo]]></descr></rule></filter>');
  assert.match(filter?.children[0]?.name ?? '', /one two$/);
});

test('every entry lies in its parent and its name in it, whatever is done to the text', () => {
  const sample = readFileSync(resolve(import.meta.dirname, '../../../samples/broken/main-pfSense.xml'), 'utf8');
  const contained = (symbols: readonly DocumentSymbol[], start: number, end: number): void => {
    for (const symbol of symbols) {
      assert.ok(start <= symbol.start && symbol.end <= end && symbol.start <= symbol.end);
      assert.ok(symbol.start <= symbol.selectionStart && symbol.selectionEnd <= symbol.end);
      assert.ok(symbol.selectionStart <= symbol.selectionEnd && symbol.name !== '');
      contained(symbol.children, symbol.start, symbol.end);
    }
  };
  const edits = fc.array(
    fc.tuple(fc.nat(sample.length), fc.nat(40), fc.constantFrom('', '<', '</', '<a>', '<!--', ']]>', '&')),
    {
      maxLength: 6,
    },
  );
  fc.assert(
    fc.property(edits, all => {
      let text = sample;
      for (const [at, length, inserted] of all) text = text.slice(0, at) + inserted + text.slice(at + length);
      contained(documentSymbols(new Config(new XmlDocument('file:///config.xml', text))), 0, text.length);
    }),
    { numRuns: 60 },
  );
});

test('a name is cut in front of a character of two halves, never within', () => {
  for (const length of [117, 118, 119]) {
    const text = `${'x'.repeat(length)}😀${'y'.repeat(20)}`;
    const [, aliases] = outline(`<aliases><alias><name>${text}</name></alias></aliases>`);
    const [name = ''] = aliases?.children.map(each => each.name) ?? [];
    assert.match(name, /…$/);
    assert.doesNotMatch(name, /\p{Surrogate}/u);
  }
});

test('a section is named on one line of no more than 120 characters, as all else is', () => {
  const [, long] = outline(`<${'x'.repeat(500)}></${'x'.repeat(500)}>`);
  assert.equal(long?.name.length, 120);
});

test('sections that bear names of JavaScript are sections like any other', () => {
  const config = new Config(
    new XmlDocument('file:///config.xml', '<pfsense><constructor><a></a></constructor></pfsense>'),
  );
  assert.deepEqual(
    documentSymbols(config).map(({ name }) => name),
    ['constructor'],
  );
});
