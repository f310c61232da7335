import assert from 'node:assert/strict';
import test from 'node:test';
import { definitions, type Jump, typeDefinitions } from '../../../server/src/features/definitions.ts';
import type { Snapshot } from '../../../server/src/features/snapshot.ts';
import { type Place, spanOf } from '../../../server/src/syntax/tree.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { shownPlace } from '../../harness/places.ts';

type Find = (snapshot: Snapshot, offset: number) => readonly Jump[];

/** Asserts where the jumps from the cursor lead. */
function leads(find: Find, source: string, targets: readonly string[]): void {
  const { fixture, snapshot, offset } = parseCursor(source);
  assert.deepEqual(
    find(snapshot, offset).map(({ name }) => shownPlace(fixture, name)),
    targets,
  );
}

const routing = `
	<interfaces>
		<wan><if>igb0</if><descr><![CDATA[WAN]]></descr></wan>
		<opt1><if>igb1.20</if><descr><![CDATA[DMZ]]></descr></opt1>
	</interfaces>
	<vlans><vlan><if>igb1</if><tag>20</tag><vlanif>igb1.20</vlanif></vlan></vlans>
	<gateways>
		<gateway_item><interface>wan</interface><name>WANGW</name></gateway_item>
		<gateway_item><interface>opt1</interface><name>DMZGW</name></gateway_item>
		<gateway_group><name>BOTH</name><item>WANGW|1|_vip5f01</item><item>DMZGW|2|address</item></gateway_group>
	</gateways>
	<virtualip><vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>5f01</uniqid><subnet>192.0.2.1</subnet></vip></virtualip>
	<cert><refid>c1</refid><caref>a1</caref></cert>
	<ca><refid>a1</refid></ca>
`;

test('definition: a name leads to the thing that bears it, wherever in it the cursor stands', () => {
  for (const name of ['$0WEB', 'WE$0B', 'WEB$0']) {
    leads(
      definitions,
      `<aliases><alias><name>WEB</name></alias></aliases><filter><rule><source><address>${name}</address></source></rule></filter>`,
      ['config.xml:aliases/alias/name WEB'],
    );
  }
});

test('definition: of a list the name under the cursor counts, of a compound text its part', () => {
  const aliases =
    '<aliases><alias><name>A</name></alias><alias><name>B</name></alias><alias><name>ALL</name><type>host</type><address>A $0B</address></alias></aliases>';
  leads(definitions, aliases, ['config.xml:aliases/alias[2]/name B']);
  leads(definitions, routing.replace('WANGW|1', 'WAN$0GW|1'), ['config.xml:gateways/gateway_item[1]/name WANGW']);
  leads(definitions, routing.replace('|_vip5f01', '|_v$0ip5f01'), ['config.xml:virtualip/vip/uniqid 5f01']);
  leads(definitions, routing.replace('<interface>opt1', '<interface>opt$01'), ['config.xml:interfaces/opt1 opt1']);
});

test('definition: of a list with a sign that is written as a reference the name under the cursor counts all the same', () => {
  const server = (name: string) => `<authserver><type>ldap</type><name>${name}</name></authserver>`;
  const source = (text: string) =>
    `<system>${server('R&amp;D')}${server('O&#039;Hara')}${server('LD')}</system><openvpn><openvpn-server><mode>server_user</mode><authmode>${text}</authmode></openvpn-server></openvpn>`;
  const third = ['config.xml:system/authserver[3]/name LD'];
  leads(definitions, source('R&amp;D,L$0D'), third);
  leads(definitions, source('<![CDATA[O&#039;Hara,R&amp;D,L$0D]]>'), third);
  leads(definitions, source('LD,R&a$0mp;D'), ['config.xml:system/authserver[1]/name R&amp;D']);
  const { snapshot, offset, file } = parseCursor(source('LD, O$0&#039;Hara ,R&amp;D'));
  const [jump] = definitions(snapshot, offset);
  const { start, end } = spanOf(jump?.from as Place);
  assert.equal(file.text.slice(start, end), 'O&#039;Hara');
});

test('definition: the tag of a DHCP scope is the name of an interface, its end tag too', () => {
  const interfaces = '<interfaces><lan></lan></interfaces>';
  for (const tags of ['<l$0an></lan>', '<lan></la$0n>']) {
    leads(definitions, `${interfaces}<dhcpd>${tags}</dhcpd>`, ['config.xml:interfaces/lan lan']);
  }
  leads(definitions, `${interfaces}<dhcpd><lan> $0 </lan></dhcpd>`, []);
});

test('definition: what only the other node has is found there', () => {
  const rule = '<filter><rule><source><address>W$0EB</address></source></rule></filter>';
  const alias = '<aliases><alias><name>WEB</name></alias></aliases>';
  leads(definitions, `--- primary.xml\n${rule}\n--- secondary.xml\n${alias}`, ['secondary.xml:aliases/alias/name WEB']);
  leads(definitions, `--- primary.xml\n${rule}${alias}\n--- secondary.xml\n${alias}`, [
    'primary.xml:aliases/alias/name WEB',
  ]);
  leads(definitions, `--- primary.xml\n${rule}\n--- secondary.xml\n`, []);
});

test('definition: an address, a word of pfSense and a text without a name lead nowhere', () => {
  for (const text of ['192.0.2.$01', 'a$0ny', '$0']) {
    leads(definitions, `<filter><rule><source><network>${text}</network></source></rule></filter>`, []);
  }
  leads(definitions, '<system><hostname>f$0w</hostname></system>', []);
});

test('definition: in a broken document and an empty one', () => {
  leads(definitions, '<aliases><alias><name>WEB</name></alias></aliases><filter><rule><source><address>W$0EB', [
    'config.xml:aliases/alias/name WEB',
  ]);
  leads(definitions, '<?xml version="1.0"?>$0', []);
  leads(definitions, '<pfsense>$0', []);
});

test('type definition: what a thing stands on', () => {
  leads(typeDefinitions, routing.replace('|_vip5f01', '|_vip$05f01'), ['config.xml:interfaces/wan wan']);
  leads(typeDefinitions, routing.replace('DMZGW|2', 'DMZ$0GW|2'), ['config.xml:interfaces/opt1 opt1']);
  leads(typeDefinitions, routing.replace('<name>BOTH', '<name>BO$0TH'), [
    'config.xml:gateways/gateway_item[1]/name WANGW',
    'config.xml:gateways/gateway_item[2]/name DMZGW',
  ]);
  leads(typeDefinitions, routing.replace('<interface>opt1', '<interface>o$0pt1'), [
    'config.xml:vlans/vlan/vlanif igb1.20',
  ]);
  leads(typeDefinitions, routing.replace('<refid>c1', '<refid>$0c1'), ['config.xml:ca/refid a1']);
  const tunnel = '<openvpn><openvpn-server><vpnid>2</vpnid></openvpn-server></openvpn>';
  leads(typeDefinitions, `<interfaces><op$0t1><if>ovpns2</if></opt1></interfaces>${tunnel}`, [
    'config.xml:openvpn/openvpn-server/vpnid 2',
  ]);
});

test('type definition: an interface on a card of its own, and an alias, stand on nothing', () => {
  leads(typeDefinitions, routing.replace('<interface>wan', '<interface>w$0an'), []);
  leads(typeDefinitions, '<aliases><alias><name>W$0EB</name></alias></aliases>', []);
});
