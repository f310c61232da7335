import assert from 'node:assert/strict';
import test from 'node:test';
import { semanticTokens } from '../../../server/src/features/semanticTokens.ts';
import { deltaOf } from '../../../server/src/lsp/tokenDelta.ts';
import { toTokenData } from '../../../server/src/lsp/toProtocol.ts';
import { fixtureSnapshot } from '../../harness/cursor.ts';
import { randomNumbers } from '../../harness/generateConfig.ts';

/** Each token as its text, its type and its modifier. */
function tokens(source: string, file = 0): readonly string[] {
  const { snapshot, text } = fixtureSnapshot(source, file);
  return semanticTokens(snapshot).map(
    ({ start, end, type, modifier }) => `${text.slice(start, end).trim()}: ${type}${modifier ? `.${modifier}` : ''}`,
  );
}

test('names have a colour where they are given and where they are used', () => {
  assert.deepEqual(
    tokens(`
<interfaces><wan><enable></enable></wan></interfaces>
<aliases><alias><name>WEB</name><type>host</type><address>192.0.2.1 2001:db8::/32 WEB2</address></alias>
<alias><name><![CDATA[WEB2]]></name><type>host</type></alias></aliases>
<gateways><gateway_item><name>GW</name><interface>wan</interface></gateway_item></gateways>
<virtualip><vip><mode>carp</mode><uniqid>5f01</uniqid><subnet>192.0.2.9</subnet></vip></virtualip>
<filter><rule><interface>wan</interface><source><address>WEB</address></source><gateway>GW</gateway></rule></filter>
<openvpn><openvpn-server><interface>_vip5f01</interface></openvpn-server></openvpn>`),
    [
      'wan: interfaceKey.declaration',
      'WEB: alias.declaration',
      '192.0.2.1: address',
      '2001:db8::/32: address',
      'WEB2: alias',
      '<![CDATA[WEB2]]>: alias.declaration',
      'GW: gateway.declaration',
      'wan: interfaceKey',
      '5f01: vip.declaration',
      '192.0.2.9: address',
      'wan: interfaceKey',
      'WEB: alias',
      'GW: gateway',
      '_vip5f01: vip',
    ],
  );
});

test('secrets have one, and no address is seen in them, in descriptions, or in what looks a little like one', () => {
  assert.deepEqual(
    tokens(`
<system><user><name>a</name><bcrypt-hash>x.y:z</bcrypt-hash></user></system>
<hasync><password><![CDATA[192.0.2.1]]></password></hasync>
<filter><rule><descr><![CDATA[192.0.2.1]]></descr><range>192.0.2.1-192.0.2.9</range><a>1.2.3</a><b>00:00:5e:00:53:01</b></rule></filter>`),
    ['x.y:z: secret', '192.0.2.1: secret', '192.0.2.1: address', '192.0.2.9: address'],
  );
});

test('what is switched off is one token, whatever is in it', () => {
  assert.deepEqual(
    tokens(`
<interfaces><wan><enable></enable></wan><opt1><ipaddr>192.0.2.1</ipaddr></opt1></interfaces>
<filter><rule><disabled></disabled><interface>wan</interface></rule><rule><interface>wan</interface></rule></filter>`),
    [
      'wan: interfaceKey.declaration',
      '<opt1><ipaddr>192.0.2.1</ipaddr></opt1>: item.disabled',
      '<rule><disabled></disabled><interface>wan</interface></rule>: item.disabled',
      'wan: interfaceKey',
    ],
  );
});

test('what works without what is switched off is not dimmed with it', () => {
  const dimmed = (source: string) => tokens(source).filter(each => each.endsWith(': item.disabled'));
  const vip = '<rainterface>_vip1</rainterface>';
  assert.deepEqual(
    dimmed(`
<dhcpd><lan><staticarp></staticarp></lan><opt1><staticmap></staticmap></opt1></dhcpd>
<dhcpdv6><lan><ramode>unmanaged</ramode>${vip}</lan><opt1>${vip}</opt1><opt2><ramode>disabled</ramode>${vip}</opt2></dhcpdv6>
<syslog><filterdescriptions>1</filterdescriptions></syslog>
<snmpd><pollport>161</pollport></snmpd>`),
    [
      '<opt1><staticmap></staticmap></opt1>: item.disabled',
      `<opt2><ramode>disabled</ramode>${vip}</opt2>: item.disabled`,
      '<snmpd><pollport>161</pollport></snmpd>: item.disabled',
    ],
  );
});

test('sections that no synchronisation touches stand out in both files of a pair, and nowhere else', () => {
  const node = '<filter><rule></rule></filter>\n<ntpd></ntpd>\n<version>22.2</version>';
  const source = `
--- primary.xml
<hasync><synchronizetoip>192.0.2.3</synchronizetoip><synchronizerules>on</synchronizerules></hasync>
${node}
--- secondary.xml
<hasync></hasync>
${node}`;
  for (const file of [0, 1]) {
    assert.deepEqual(
      tokens(source, file).filter(token => token.endsWith('unsynchronised')),
      ['hasync', 'hasync', 'ntpd', 'ntpd'].map(name => `${name}: section.unsynchronised`),
    );
  }
  assert.deepEqual(tokens(node), []);
});

test('broken and empty texts have the tokens that can be told', () => {
  assert.deepEqual(tokens('<filter><rule><source><address>192.0.2.1</address>'), ['192.0.2.1: address']);
  assert.deepEqual(tokens('<system><password>abc'), ['abc: secret']);
  assert.deepEqual(tokens('hello'), []);
});

test('a range gives what the whole file has there', () => {
  const { snapshot, text } = fixtureSnapshot('samples', 0);
  const whole = semanticTokens(snapshot);
  assert.ok(whole.length > 100);
  const random = randomNumbers(3);
  for (let i = 0; i < 50; i++) {
    const [start, end] = [random(), random()].map(share => Math.floor(share * text.length)).sort((a, b) => a - b);
    const range = { start: start ?? 0, end: end ?? 0 };
    assert.deepEqual(
      semanticTokens(snapshot, range),
      whole.filter(token => token.start < range.end && token.end > range.start),
    );
  }
});

test('what is remembered from edit to edit gives what a fresh look gives', () => {
  const { snapshot } = fixtureSnapshot('samples', 0);
  const { document } = snapshot.config;
  const random = randomNumbers(11);
  const scraps = [
    '<',
    '>',
    '192.0.2.77',
    '</rule>',
    'wan',
    '\n',
    '<disabled></disabled>',
    '<password>p</password>',
    '',
  ];
  for (let i = 0; i < 40; i++) {
    semanticTokens(snapshot);
    const from = Math.floor(random() * document.buffer.length);
    document.edit({
      from,
      to: from + Math.floor(random() * 12),
      text: scraps[Math.floor(random() * scraps.length)] ?? '',
    });
    const fresh = fixtureSnapshot(document.buffer.toString(), 0);
    assert.deepEqual(
      semanticTokens({ ...snapshot, peer: undefined }),
      semanticTokens({ ...fresh.snapshot, peer: undefined }),
    );
  }
});

test('a token ends in front of the line end that it reaches over', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const { snapshot } = fixtureSnapshot(`<pfsense><a><password>secret${end}</password></a></pfsense>`, 0);
    const alone = { ...snapshot, peer: undefined };
    assert.deepEqual(toTokenData(snapshot.config.document.buffer, semanticTokens(alone)), [0, 22, 6, 5, 0]);
  }
});

test('tokens go out line by line, each counted from the one before, and a delta gives the same', () => {
  const { snapshot } = fixtureSnapshot(
    '<pfsense>\n<filter><rule>\n  <disabled></disabled>  \n</rule></filter>\n<a>192.0.2.1 192.0.2.2</a></pfsense>',
    0,
  );
  const { buffer } = snapshot.config.document;
  const data = toTokenData(buffer, semanticTokens(snapshot));
  assert.deepEqual(data, [1, 8, 6, 6, 2, 1, 2, 21, 6, 2, 1, 0, 7, 6, 2, 1, 3, 9, 2, 0, 0, 10, 9, 2, 0]);
  const random = randomNumbers(5);
  const list = () => Array.from({ length: Math.floor(random() * 8) }, () => Math.floor(random() * 3));
  for (let i = 0; i < 300; i++) {
    const [before, now] = [list(), list()];
    const made = [...before];
    for (const { start, deleteCount, data: put = [] } of deltaOf(before, now)) made.splice(start, deleteCount, ...put);
    assert.deepEqual(made, now);
  }
});
