import assert from 'node:assert/strict';
import test from 'node:test';
import { type HintKind, inlayHints } from '../../../server/src/features/inlayHints.ts';
import { parseFixture } from '../../harness/fixture.ts';

const all: readonly HintKind[] = ['interfaces', 'aliases', 'names', 'vips', 'dates', 'release'];

/** The line of each hint with the hint in it as `«…»`; of two `|` in the text what stands between is asked about. */
function hinted(source: string, kinds: readonly HintKind[] = all): readonly string[] {
  const marked = parseFixture(source).files[0]!.text;
  const { text, config } = parseFixture(source.replaceAll('|', '')).files[0]!;
  const start = Math.max(0, marked.indexOf('|'));
  const end = marked.includes('|') ? marked.lastIndexOf('|') - 1 : text.length;
  return inlayHints(config, { start, end }, new Set(kinds)).map(({ at, text: words }) => {
    const from = text.lastIndexOf('\n', at - 1) + 1;
    const to = text.indexOf('\n', at);
    return `${text.slice(from, at)}«${words}»${text.slice(at, to < 0 ? text.length : to)}`.trim();
  });
}

const site = `
<version>22.2</version>
<interfaces>
<opt3><enable></enable><if>vmx3</if><descr><![CDATA[Voice &amp; video]]></descr><ipaddr>192.0.2.2</ipaddr><subnet>24</subnet></opt3>
<lan><if>vmx1</if><descr>LAN</descr></lan>
</interfaces>
<aliases>
<alias><name>WEB</name><type>host</type><address>192.0.2.10 192.0.2.11</address></alias>
<alias><name>LONG</name><type>host</type><address>${Array.from({ length: 30 }, (_, i) => `192.0.2.${i + 20}`).join(' ')}</address></alias>
</aliases>
<virtualip>
<vip><mode>carp</mode><interface>lan</interface><uniqid>5f01</uniqid><subnet>192.0.2.1</subnet></vip>
</virtualip>
<cert><refid>62b0</refid><descr>Web interface</descr></cert>`;

test('the description stands behind opt3, but nothing behind lan where that says the same', () => {
  assert.deepEqual(
    hinted(`${site}
|<filter><rule>
<interface>opt3</interface>
</rule><rule>
<interface>lan</interface>
<source><network>opt3ip</network></source>
</rule></filter>
<dhcpd>
<opt3>
</opt3></dhcpd>|`),
    [
      '<interface>opt3«Voice & video»</interface>',
      '<source><network>opt3ip«Voice & video»</network></source>',
      '<opt3>«Voice & video»',
    ],
  );
});

test('members stand behind an alias, in lists too, and long ones are cut', () => {
  const hints = hinted(`${site}
|<filter><rule>
<source><address>WEB</address></source>
<destination><address>LONG</address></destination>
</rule></filter>|`);
  assert.equal(hints[0], '<source><address>WEB«192.0.2.10, 192.0.2.11»</address></source>');
  assert.match(hints[1] ?? '', /^<destination><address>LONG«192\.0\.2\.20, .{40,60}…»/);
  assert.deepEqual(
    hinted(`<aliases>
<alias><name>A</name><type>host</type><address>192.0.2.1</address></alias>
<alias><name>B</name><type>host</type>
<address>A A</address></alias>
</aliases>`),
    ['<address>A«192.0.2.1» A</address></alias>', '<address>A A«192.0.2.1»</address></alias>'],
  );
});

test('names stand behind a refid, the address behind _vip', () => {
  assert.deepEqual(
    hinted(`${site}
|<openvpn><openvpn-server>
<certref>62b0</certref>
<interface>_vip5f01</interface>
</openvpn-server></openvpn>|`),
    ['<certref>62b0«Web interface»</certref>', '<interface>_vip5f01«192.0.2.1»</interface>'],
  );
});

test('a date stands behind a number of seconds, the release behind the version', () => {
  assert.deepEqual(
    hinted(`
<version>22.2</version>
<revision><time>1700000000</time></revision>
<filter><rule><tracker>1700000000</tracker><updated><time>1700000001</time></updated></rule></filter>`),
    [
      '<version>22.2«pfSense 2.6.0»</version>',
      '<revision><time>1700000000«2023-11-14 22:13:20 UTC»</time></revision>',
      '<filter><rule><tracker>1700000000</tracker><updated><time>1700000001«2023-11-14 22:13:21 UTC»</time></updated></rule></filter>',
    ],
  );
});

test('each kind can be left out, and only what is asked about is told', () => {
  const rule = '<filter><rule><interface>opt3</interface><source><address>WEB</address></source></rule></filter>';
  const kinds = (left: HintKind) => all.filter(kind => kind !== left);
  for (const [left, count] of [
    ['interfaces', 2],
    ['aliases', 2],
    ['release', 2],
    ['dates', 3],
  ] as const) {
    assert.equal(hinted(`${site}\n${rule}`, kinds(left)).length, count, left);
  }
  assert.deepEqual(hinted(`${site}\n${rule}`, []), []);
  assert.deepEqual(hinted(`${site}\n||${rule}`), []);
});

test('words are cut in front of a character of two halves, never within', () => {
  const [hint = ''] = hinted(
    `<interfaces><opt1><if>vmx1</if><descr>${'x'.repeat(58)}😀 more</descr></opt1></interfaces>
|<filter><rule><interface>opt1</interface></rule></filter>|`,
  );
  assert.match(hint, /«x{58}…»/);
});

test('nothing is told of a name that nothing has, of an URL, or of what is no config', () => {
  assert.deepEqual(hinted('<filter><rule><interface>opt9</interface></rule></filter>'), []);
  for (const type of ['<type>urltable</type>', '<type></type>', '']) {
    assert.deepEqual(
      hinted(`<aliases><alias><name>U</name>${type}<address>https://a:b@192.0.2.1/</address></alias></aliases>
<filter><rule><source><address>U</address></source></rule></filter>`),
      [],
    );
  }
  assert.deepEqual(hinted('<filter><rule><interface>opt'), []);
  assert.deepEqual(hinted('hello'), []);
});
