import assert from 'node:assert/strict';
import test from 'node:test';
import { highlights } from '../../../server/src/features/highlights.ts';
import { references } from '../../../server/src/features/references.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { shownPlace } from '../../harness/places.ts';

function found(source: string, includeDeclaration = true): readonly string[] {
  const { fixture, snapshot, offset } = parseCursor(source);
  return references(snapshot, offset, { includeDeclaration }).map(place => shownPlace(fixture, place));
}

function marked(source: string): readonly string[] {
  const { fixture, snapshot, offset } = parseCursor(source);
  return highlights(snapshot, offset).map(({ kind, place }) => `${kind} ${shownPlace(fixture, place)}`);
}

const node = `
	<aliases>
		<alias><name>WEB</name><type>host</type><address>192.0.2.10</address></alias>
		<alias><name>ALL</name><type>host</type><address>MAIL WEB</address></alias>
	</aliases>
	<filter>
		<rule><tracker>1</tracker><source><address>WEB</address></source></rule>
		<rule><tracker>2</tracker><disabled></disabled><destination><address>WEB</address></destination></rule>
	</filter>
`;

const inOneFile = (file: string) => [
  `${file}:aliases/alias[1]/name WEB`,
  `${file}:aliases/alias[2]/address WEB`,
  `${file}:filter/rule[1]/source/address WEB`,
  `${file}:filter/rule[2]/destination/address WEB`,
];

test('references: from a use and from the definition, those of rules that are off too', () => {
  assert.deepEqual(found(node.replace('<name>WEB', '<name>W$0EB')), inOneFile('config.xml'));
  assert.deepEqual(found(node.replace('MAIL WEB', 'MAIL WEB$0')), inOneFile('config.xml'));
  assert.deepEqual(found(node.replace('MAIL WEB', 'MAIL WEB$0'), false), inOneFile('config.xml').slice(1));
});

test('references: those of the other node follow, where it has the same thing', () => {
  const pair = `--- primary.xml\n${node.replace('<name>WEB', '<name>W$0EB')}\n--- secondary.xml\n${node}`;
  assert.deepEqual(found(pair), [...inOneFile('primary.xml'), ...inOneFile('secondary.xml')]);
  const other = node.replace('<name>WEB', '<name>WWW');
  assert.deepEqual(
    found(`--- primary.xml\n${node.replace('<name>WEB', '<name>W$0EB')}\n--- secondary.xml\n${other}`),
    inOneFile('primary.xml'),
  );
});

test('references: a VIP with another uniqid on the other node is the same VIP all the same', () => {
  const vip = (uniqid: string) =>
    `<virtualip><vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><uniqid>${uniqid}</uniqid><subnet>192.0.2.1</subnet></vip></virtualip><openvpn><openvpn-server><interface>_vip${uniqid.replace('$0', '')}</interface></openvpn-server></openvpn>`;
  assert.deepEqual(found(`--- primary.xml\n${vip('5f$001')}\n--- secondary.xml\n${vip('7a02')}`), [
    'primary.xml:virtualip/vip/uniqid 5f01',
    'primary.xml:openvpn/openvpn-server/interface 5f01',
    'secondary.xml:virtualip/vip/uniqid 7a02',
    'secondary.xml:openvpn/openvpn-server/interface 7a02',
  ]);
});

test('references: by what people call a thing whose name is a number', () => {
  const text =
    '<cert><refid>5f0a</refid><descr><![CDATA[G$0UI]]></descr></cert><system><webgui><ssl-certref>5f0a</ssl-certref></webgui></system>';
  assert.deepEqual(found(text), ['config.xml:cert/refid 5f0a', 'config.xml:system/webgui/ssl-certref 5f0a']);
  const users =
    '<system><user><name>a$0nn</name><uid>2001</uid></user><group><name>x</name><member>2001</member></group></system>';
  assert.deepEqual(found(users), ['config.xml:system/user/uid 2001', 'config.xml:system/group/member 2001']);
});

test('references: a port forward and its rule name each other in one place', () => {
  const text =
    '<nat><rule><associated-rule-id>nat_$01</associated-rule-id></rule></nat><filter><rule><associated-rule-id>nat_1</associated-rule-id></rule></filter>';
  assert.deepEqual(found(text).toSorted(), [
    'config.xml:filter/rule/associated-rule-id nat_1',
    'config.xml:nat/rule/associated-rule-id nat_1',
  ]);
});

test('references: a name that nothing has is found wherever it stands', () => {
  const text =
    '<filter><rule><source><address>GO$0NE</address></source></rule><rule><source><address>GONE</address></source></rule></filter>';
  assert.deepEqual(found(text), [
    'config.xml:filter/rule[1]/source/address GONE',
    'config.xml:filter/rule[2]/source/address GONE',
  ]);
});

test('references: none where there is no name, in a broken document, and in an empty one', () => {
  assert.deepEqual(found('<filter><rule><descr>W$0EB</descr></rule></filter>'), []);
  assert.deepEqual(found('<pfsense>$0'), []);
  assert.deepEqual(found('$0'), []);
  assert.deepEqual(
    found('<aliases><alias><name>A</name><address>192.0.2.1</address><filter><rule><source><address>$0A'),
    [],
  );
});

test('highlight: every place of the name in this file alone', () => {
  const pair = `--- primary.xml\n${node.replace('<address>MAIL WEB', '<address>MAIL $0WEB')}\n--- secondary.xml\n${node}`;
  assert.deepEqual(marked(pair), [
    'definition primary.xml:aliases/alias[1]/name WEB',
    'use primary.xml:aliases/alias[2]/address WEB',
    'use primary.xml:filter/rule[1]/source/address WEB',
    'use primary.xml:filter/rule[2]/destination/address WEB',
  ]);
});

test('highlight: both tags of an element, and nothing in a text', () => {
  assert.deepEqual(marked('<filter><ru$0le><descr>x</descr></rule></filter>').length, 2);
  assert.deepEqual(marked('<filter><rule><descr>x</descr></ru$0le></filter>').length, 2);
  assert.deepEqual(marked('<filter><rule><descr>x$0y</descr></rule></filter>'), []);
  assert.deepEqual(marked('<filter><ru$0le>').length, 1);
  assert.deepEqual(marked('$0'), []);
});
