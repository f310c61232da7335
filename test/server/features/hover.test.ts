import assert from 'node:assert/strict';
import test from 'node:test';
import { firstSentence } from '../../../server/src/features/hover/why.ts';
import { type HoverFinding, hover } from '../../../server/src/features/hover.ts';
import { toMarkup } from '../../../server/src/lsp/markup.ts';
import { plainLine } from '../../../server/src/model/prose.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { makeCertificate } from '../../harness/selfSigned.ts';

/** What is said at the cursor (`$0`), as plain text; empty where nothing is. */
function said(source: string, findings: readonly HoverFinding[] = []): string {
  const { snapshot, offset } = parseCursor(source);
  const found = hover(snapshot, { offset, findings });
  return found ? toMarkup(found.prose, 'plaintext').value : '';
}

/** The text that the mouse rests on. */
function marked(source: string): string | undefined {
  const { snapshot, offset, file } = parseCursor(source);
  const found = hover(snapshot, { offset, findings: [] });
  return found && file.text.slice(found.from, found.to);
}

const interfaces = (octet: number) => `
	<interfaces>
		<wan><enable></enable><if>vmx0</if><descr>WAN</descr><ipaddr>192.0.2.${octet}</ipaddr><subnet>28</subnet></wan>
		<lan><enable></enable><if>vmx1</if><descr>LAN</descr><ipaddr>198.51.100.${octet}</ipaddr><subnet>24</subnet></lan>
	</interfaces>`;
const vips = (skew: number) => `
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>${skew}</advskew><password>TOPSECRET</password>
			<uniqid>62a84e3a5d2f2</uniqid><descr>Users</descr><subnet_bits>24</subnet_bits><subnet>198.51.100.1</subnet></vip>
	</virtualip>`;
const pair = (primary: string) => `
--- primary.xml
${interfaces(2)}${vips(0)}
${primary}
--- secondary.xml
${interfaces(3)}${vips(100)}
<system><hostname>fw2</hostname></system>
<openvpn><openvpn-server><vpnid>1</vpnid></openvpn-server></openvpn>`;

test('elements: what they are, what they take, default, versions, and the page', () => {
  assert.equal(
    said('<virtualip><vip><adv$0skew></advskew></vip></virtualip>'),
    `advskew: Of CARP: the node with the lower skew becomes master.
  Takes a whole number from 0 to 254.
  Default: 0`,
  );
  const target = said('<nat><outbound><rule><$0targetip></targetip></rule></outbound></nat>');
  assert.match(target, /Not read from config version 23\.0 \(between pfSense 2\.7\.0 and 2\.7\.1\) on\./);
  assert.match(target, /Its place has taken target\./);
  assert.match(said('<nat></n$0at>'), /^nat: .*\n\nNetgate's documentation$/s);
  assert.match(said('<hasync><pfhost$0id></pfhostid></hasync>'), /Since config version 22\.6/);
  assert.match(said('<aliases><alias$0></alias></aliases>'), /It may stand more than once\./);
});

test('elements: nothing is said between them, and of those that nobody knows', () => {
  assert.equal(said('<system>\n$0\n<hostname>a</hostname></system>'), '');
  assert.equal(said('<unknown><x$0>1</x></unknown>'), '');
  assert.equal(said('$0'), '');
});

test('the range: the name in either tag, the value without blanks, of a list the one that is meant', () => {
  assert.equal(marked('<system><host$0name>a</hostname></system>'), 'hostname');
  assert.equal(marked('<system><hostname>a</hostn$0ame></system>'), 'hostname');
  assert.equal(marked('<system><hostname> $0a </hostname></system>'), 'a');
  assert.equal(marked('<filter><rule><interface>wan,l$0an,opt1</interface></rule></filter>'), 'lan');
  assert.equal(marked('<filter><rule><statetype><![CDATA[keep$0 state]]></statetype></rule></filter>'), 'keep state');
});

test('an alias: its type and its members with what they are, cut where they are many', () => {
  const all = Array.from({ length: 12 }, (_, i) => `198.51.100.${i + 10}`);
  const alias = `<aliases><alias><name>WEB</name><type>host</type><address>${all.join(' ')}</address>
    <detail><![CDATA[web1||web &amp; mail]]></detail><descr>Web servers</descr></alias></aliases>`;
  const text = said(`${alias}<filter><rule><source><address>W$0EB</address></source></rule></filter>`);
  assert.match(
    text,
    /^Alias WEB\n {2}Host\(s\): Web servers\n {2}198\.51\.100\.10: web1\n {2}198\.51\.100\.11: web & mail\n/,
  );
  assert.match(text, /\n {2}and 2 more\n/);
  assert.match(said(alias.replace('<name>', '<na$0me>')), /^name: .*\n\nAlias WEB\n/s);
});

test('an alias of a URL shows none', () => {
  const alias =
    '<aliases><alias><name>FEED</name><type>urltable</type><address>https://u:TOPSECRET@example.org/</address></alias></aliases>';
  const text = said(`${alias}<filter><rule><source><address>$0FEED</address></source></rule></filter>`);
  assert.match(text, /^Alias FEED\n {2}URL Table \(IPs\)/);
  assert.ok(!text.includes('TOPSECRET') && !text.includes('example.org'));
});

test('a gateway: its address and interface', () => {
  const gateway =
    '<gateways><gateway_item><name>WANGW</name><interface>wan</interface><gateway>192.0.2.1</gateway><monitor>203.0.113.1</monitor></gateway_item></gateways>';
  assert.match(
    said(pair(`${gateway}<filter><rule><gateway>$0WANGW</gateway></rule></filter>`)),
    /^Gateway WANGW\n {2}Address 192\.0\.2\.1\n {2}On WAN\n {2}Probed at 203\.0\.113\.1\n/,
  );
});

test('of a list the name that is meant, also in an element that the schema does not have', () => {
  const gateways =
    '<gateways><gateway_item><name>GW1</name></gateway_item><gateway_item><name>GW2</name></gateway_item></gateways>';
  const widget = '<widgets><gateways><gatewaysfilter>GW1,G$0W2</gatewaysfilter></gateways></widgets>';
  assert.match(said(gateways + widget), /^Gateway GW2/);
  assert.equal(marked(gateways + widget), 'GW2');
});

test('on the tag of a list what each of its names stands for; of one alone all', () => {
  const listens = (text: string) => said(pair(`<unbound><active_$0interface>${text}</active_interface></unbound>`));
  assert.match(
    listens('wan,_lloclan,_vip62a84e3a5d2f2,lo0'),
    /\n\nWhat it names\n {2}wan: vmx0, 192\.0\.2\.2\/28\n {2}_lloclan: link-local address of LAN\n {2}_vip62a84e3a5d2f2: CARP 198\.51\.100\.1 VHID 2 on LAN$/,
  );
  assert.match(listens('opt9,lan'), /\n\nWhat it names\n {2}lan: vmx1, 198\.51\.100\.2\/24$/);
  assert.match(listens('lo0,_lloclan'), /\n\n_lloclan is the link-local address of LAN\.\n\nInterface lan\n {2}LAN\n/);
});

test('what only the other node has is shown as its own', () => {
  const source = (name: string) => `
--- primary.xml
<filter><rule><source><address>$0${name}</address></source></rule></filter>
--- secondary.xml
<aliases><alias><name>THERE</name><type>host</type><address>192.0.2.7</address></alias></aliases>
`;
  assert.match(said(source('THERE')), /^Alias THERE, on the secondary\n {2}Host\(s\)\n {2}192\.0\.2\.7\n/);
  assert.doesNotMatch(said(source('NOWHERE')), /secondary/);
});

test('what the file does not hold: a gateway that pfSense makes of an interface', () => {
  const rule = '<filter><rule><gateway>$0DSL_DHCP</gateway></rule></filter>';
  assert.match(
    said(`<interfaces><opt1><enable></enable><descr>DSL</descr><ipaddr>dhcp</ipaddr></opt1></interfaces>${rule}`),
    /^Gateway DSL_DHCP\n {2}Dynamic\n {2}On DSL \(opt1\)\n/,
  );
  assert.match(said(rule), /^gateway: /);
});

test('a port: what the file makes it of; of a card nothing', () => {
  const at = (port: string) =>
    said(
      `<interfaces><opt1><if>$0${port}</if></opt1></interfaces><vlans><vlan><if>igb1</if><tag>20</tag><descr>Servers</descr><vlanif>igb1.20</vlanif></vlan></vlans>`,
    );
  assert.match(at('igb1.20'), /^VLAN 20 on igb1 \(Servers\)\n/);
  assert.match(at('igb1'), /^if: /);
});

test('a phase 1 by its number, and what a port may be, in words that can be told apart', () => {
  const ipsec =
    '<ipsec><phase1><ikeid>3</ikeid><descr>Branch</descr></phase1><phase2><ikeid>$03</ikeid></phase2></ipsec>';
  assert.match(said(ipsec), /^IPsec phase 1, IKE id 3\n {2}Branch\n/);
  assert.match(
    said('<filter><rule><destination><port>$080</port></destination></rule></filter>'),
    /Takes a port from 1 to 65535 \(or two with "-" or ":" between them\), the name of an alias or the name of a service\./,
  );
  assert.match(
    said('<staticroutes><route><network>$0192.0.2.0/24</network></route></staticroutes>'),
    /Takes an address \(with or without a prefix length\) or the name of an alias\./,
  );
});

test('an interface: its port and its address on both nodes, also where it is named for its address', () => {
  const expected =
    /(?:^|\n)Interface lan\n {2}LAN\n {2}Network port vmx1\n {2}Address 198\.51\.100\.2\/24\n {2}Address on the secondary 198\.51\.100\.3\/24\n/;
  assert.match(said(pair('<filter><rule><interface>wan,$0lan</interface></rule></filter>')), expected);
  const network = (text: string) =>
    said(pair(`<filter><rule><source><network>$0${text}</network></source></rule></filter>`));
  assert.match(network('lanip'), expected);
  assert.match(network('lanip'), /^lanip is the address of LAN\.\n/);
  assert.match(network('lan'), /^lan is the network of LAN\.\n/);
  assert.match(said(pair('<dhcpd><l$0an></lan></dhcpd>')), /Network port vmx1/);
});

test('a VIP: address, VHID and the skews of both nodes', () => {
  const text = said(
    pair(
      '<openvpn><openvpn-server><vpnid>1</vpnid><interface>_vip62a8$04e3a5d2f2</interface></openvpn-server></openvpn>',
    ),
  );
  assert.match(text, /^VIP\n {2}CARP 198\.51\.100\.1 VHID 2 on LAN\n {2}Skew 0, on the secondary 100\n {2}Users\n/);
  assert.match(text, /Not set on the secondary\.$/);
});

test('a certificate: its name, and when it ends; by its refid, and where it stands', () => {
  const { cert } = makeCertificate({ commonName: 'fw.example.org', validTo: new Date('2031-05-06T07:08:09Z') });
  const crt = Buffer.from(cert).toString('base64');
  const row = `<cert><refid>62a84e3a5d2f0</refid><descr>GUI</descr><crt>${crt}</crt><prv>TOPSECRET</prv></cert>`;
  const expected = /Ends on 2031-05-06 07:08:09 UTC\n {2}For fw\.example\.org\n {2}Signed by fw\.example\.org/;
  const used = said(`${row}<system><webgui><ssl-certref>62a$084e3a5d2f0</ssl-certref></webgui></system>`);
  assert.match(used, /^Certificate GUI\n/);
  assert.match(used, expected);
  assert.match(said(row.replace('<crt>', '<crt>$0')), expected);
  assert.ok(!used.includes('TOPSECRET'));
});

test('words, dates, the version, and whose an address is', () => {
  assert.match(
    said('<virtualip><vip><mode>ip$0alias</mode></vip></virtualip>'),
    /^ipalias is IP Alias in the web interface\./,
  );
  assert.match(said('<revision><time>17000$000000</time></revision>'), /^1700000000 is 2023-11-14 22:13:20 UTC\./);
  assert.match(said('<pfsense><version>22$0.2</version></pfsense>'), /^Release: pfSense 2\.6\.0\n/);
  const nat = (target: string) =>
    said(pair(`<nat><outbound><rule><target>$0${target}</target></rule></outbound></nat>`));
  assert.match(nat('198.51.100.1'), /^198\.51\.100\.1\n {2}VIP: CARP 198\.51\.100\.1 VHID 2 on LAN\n/);
  assert.match(nat('192.0.2.3'), /^192\.0\.2\.3\n {2}Address of WAN, on the secondary\n/);
});

test("the other node's value where it differs", () => {
  assert.match(said(pair('<system><hostname>$0fw1</hostname></system>')), /On the secondary: fw2$/);
  assert.ok(!said(pair('<system><hostname>$0fw2</hostname></system>')).includes('secondary'));
  assert.match(said(pair('<system><domain>$0example.org</domain></system>')), /Not set on the secondary\.$/);
  const servers = (...all: string[]) => all.map(each => `<dnsserver>${each}</dnsserver>`).join('');
  const system = (here: string, there: string) =>
    said(`--- primary.xml\n<system>${here}</system>\n--- secondary.xml\n<system>${there}</system>`);
  assert.match(system(servers('$0192.0.2.53'), servers('192.0.2.54')), /On the secondary: 192\.0\.2\.54$/);
  assert.match(system(servers('$0192.0.2.53'), ''), /Not set on the secondary\.$/);
  assert.doesNotMatch(system(servers('$0192.0.2.53', '192.0.2.55'), servers('192.0.2.54')), /secondary/);
  const options = (text: string) => `<unbound><custom_options>${text}</custom_options></unbound>`;
  const [ours, theirs] = [options('$0c2VydmVyOg=='), options('VE9QU0VDUkVU')];
  assert.match(said(`--- primary.xml\n${ours}\n--- secondary.xml\n${theirs}`), /Different on the secondary\.$/);
  const skew = pair('').replace('<advskew>0', '<advskew>$00');
  assert.match(said(skew), /On the secondary: 100$/);
});

test('a secret is not shown, neither here nor of the other node, nor how long it is', () => {
  const [here, there] = ['<password>$0TOPSECRET1</password>', '<password>TOPSECRET22</password>'];
  const text = said(`--- primary.xml\n<hasync>${here}</hasync>\n--- secondary.xml\n<hasync>${there}</hasync>`);
  assert.equal(text, `password: The password of that user.\n  A secret, which is not shown.`);
  assert.equal(said('<unknown><x><api-token><y>$0TOPSECRET</y></api-token></x></unknown>'), '');
});

test('findings: why they matter, in a sentence, with their page', () => {
  const { snapshot, offset } = parseCursor('<virtualip><vip><advskew>$00</advskew></vip></virtualip>');
  const why = 'Of `two` nodes, **one** is [master](https://example.org/). More follows.';
  const findings = [{ rule: 'carp-skew-order', why, page: 'file:///docs/rules/carp-skew-order.md' }];
  const found = hover(snapshot, { offset, findings });
  assert.match(
    toMarkup(found?.prose ?? [], 'markdown').value,
    /\[carp\\-skew\\-order\]\(file:\/\/\/docs\/rules\/carp-skew-order\.md\): Of `two` nodes, one is master\.$/,
  );
});

test('findings: of each rule the first sentence is one', () => {
  for (const { id, why } of rules) {
    const text = plainLine(firstSentence(why));
    assert.ok(text.length > 20 && text.length < 500, `${id}: ${text}`);
    assert.match(text, /^\S.*\.$/s, id);
  }
});

test('Markdown: nothing that stands in a config means anything in it', () => {
  const evil = '[x](https://example.org) <b> *a* `c` &lt;';
  const markdown = toMarkup([{ text: [evil, { code: 'a``b' }], items: [[{ strong: '*' }]] }], 'markdown').value;
  assert.equal(markdown, '\\[x\\]\\(https://example.org\\) \\<b\\> \\*a\\* \\`c\\` \\&lt;``` a``b ```\n\n- **\\***');
});

test('a broken document: what can be told is told', () => {
  assert.match(said('<pfsense><virtualip><vip><mode>$0carp'), /mode: The kind of address\./);
  assert.match(said('<pfsense><virtualip><vip><mo$0de'), /mode: The kind of address\./);
});
