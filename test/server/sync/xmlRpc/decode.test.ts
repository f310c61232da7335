import assert from 'node:assert/strict';
import test from 'node:test';
import { listTagsOf } from '../../../../server/src/schema/listTags.ts';
import { decodeCall, decodeResponse, sectionsOf } from '../../../../server/src/sync/xmlRpc/decode.ts';
import { encodeCall } from '../../../../server/src/sync/xmlRpc/encode.ts';
import type { RpcValue, SectionMap, SectionValue } from '../../../../server/src/sync/xmlRpc/value.ts';
import fc from '../../../harness/fastCheck.ts';
import { soundSections } from '../support.ts';

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
const response = (value: string) =>
  `${declaration}<methodResponse><params><param>${value}</param></params></methodResponse>\n`;
const valueIn = (value: string): RpcValue | undefined => {
  const decoded = decodeResponse(response(`<value>${value}</value>`));
  return decoded.kind === 'value' ? decoded.value : undefined;
};

test('decode: every type', () => {
  const values: readonly (readonly [string, RpcValue])[] = [
    ['<string>x</string>', 'x'],
    ['<string></string>', ''],
    ['<string/>', ''],
    ['', ''],
    ['untyped', 'untyped'],
    ['<string> 007 </string>', ' 007 '],
    ['<string>1e3</string>', '1e3'],
    ['<string>true</string>', 'true'],
    ['<int>-5</int>', -5],
    ['<i4>5</i4>', 5],
    ['<double>1.5</double>', 1.5],
    ['<boolean>1</boolean>', true],
    ['<boolean>0</boolean>', false],
    ['<nil/>', null],
    ['<array><data></data></array>', []],
    ['<array>\n<data>\n<value>a</value> <value><int>1</int></value></data>\n</array>', ['a', 1]],
    ['<struct></struct>', new Map()],
    [
      '<struct><member><name>constructor</name><value>a</value></member><member><name>2</name><value>b</value></member></struct>',
      new Map([
        ['constructor', 'a'],
        ['2', 'b'],
      ]),
    ],
    ['<string>&amp;eacute; &lt;&gt;&quot;&apos; &#233; &#x20ac; &amp;amp;lt;</string>', `&eacute; <>"' é € &amp;lt;`],
    ['<string>a<![CDATA[<b> &amp;]]>c</string>', 'a<b> &amp;c'],
    ['<string>line\n\tnext</string>', 'line\n\tnext'],
  ];
  for (const [xml, value] of values) assert.deepEqual(valueIn(xml), value, xml);
});

test('decode: many references are no attack', () => {
  const text = '&amp;&lt;'.repeat(20_000);
  assert.equal(valueIn(`<string>${text}</string>`), '&<'.repeat(20_000));
});

test('decode: order and names of a struct stay', () => {
  const names = ['b', '10', 'a', '2', '__proto__', 'hasOwnProperty'];
  const members = names.map(name => `<member><name>${name}</name><value>x</value></member>`).join('');
  const value = valueIn(`<struct>${members}</struct>`);
  assert.ok(value instanceof Map);
  assert.deepEqual([...value.keys()], names);
});

const malformed: readonly string[] = [
  '<base64>eA==</base64>',
  '<dateTime.iso8601>20260101T00:00:00</dateTime.iso8601>',
  '<int>five</int>',
  '<int></int>',
  '<boolean>true</boolean>',
  '<string>a</string><string>b</string>',
  'text<string>a</string>',
  '<array><value>a</value></array>',
  '<array><data>text</data></array>',
  '<struct><member><name>a</name></member></struct>',
  '<struct><member><value>a</value><name>a</name></member></struct>',
  '<struct><name>a</name></struct>',
  '<string><b>bold</b></string>',
  '<constructor>x</constructor>',
];

for (const xml of malformed) {
  test(`decode: ${xml} is no answer`, () => {
    assert.deepEqual(decodeResponse(response(`<value>${xml}</value>`)), { kind: 'no-answer' });
  });
}

test('decode: what is no answer at all', () => {
  const none = ['', 'x', '<html><body>Login</body></html>', `${declaration}<methodCall></methodCall>`];
  for (const text of [...none, '<b>Warning</b>: x <methodResponse></methodResponse>']) {
    assert.deepEqual(decodeResponse(text), { kind: 'no-answer' }, text);
  }
  const empty = `${declaration}<methodResponse></methodResponse>`;
  assert.deepEqual(decodeResponse(empty), { kind: 'no-answer' });
  const deep = `${'<array><data><value>'.repeat(2000)}x${'</value></data></array>'.repeat(2000)}`;
  assert.deepEqual(decodeResponse(response(`<value>${deep}</value>`)), { kind: 'no-answer' });
});

test('decode: an answer that ends anywhere before its end is cut off', () => {
  const whole = response(
    '<value><struct><member><name>a</name><value><string>b</string></value></member></struct></value>',
  ).trimEnd();
  const start = whole.indexOf('<methodResponse>') + '<methodResponse>'.length;
  for (let end = start; end < whole.length; end++) {
    assert.deepEqual(decodeResponse(whole.slice(0, end)), { kind: 'cut-off' }, whole.slice(0, end));
  }
  assert.equal(decodeResponse(whole).kind, 'value');
});

test('decode: faults', () => {
  const fault = (code: string, text: string) =>
    `${declaration}<methodResponse><fault><value><struct><member><name>faultCode</name><value>${code}</value></member><member><name>faultString</name><value><string>${text}</string></value></member></struct></value></fault></methodResponse>`;
  assert.deepEqual(decodeResponse(fault('<int>-1</int>', 'a &amp; b')), { kind: 'fault', code: -1, text: 'a & b' });
  assert.deepEqual(decodeResponse(fault('<int>0</int>', '')), { kind: 'fault', code: 0, text: '' });
  assert.deepEqual(decodeResponse(fault('<string>x</string>', '')), { kind: 'no-answer' });
});

test('decode: calls', () => {
  assert.deepEqual(decodeCall('<methodCall><methodName>pfsense.reboot</methodName><params></params></methodCall>'), {
    method: 'pfsense.reboot',
    parameters: [],
  });
  assert.deepEqual(decodeCall('<methodCall><methodName>a</methodName></methodCall>'), { method: 'a', parameters: [] });
  for (const text of ['', '<methodCall><methodName>x', '<methodCall><params></params></methodCall>']) {
    assert.equal(decodeCall(text), undefined, text);
  }
});

test('decode: sections are read as pfSense would hold them after a restart', () => {
  const member = (name: string, value: string) => `<member><name>${name}</name><value>${value}</value></member>`;
  const xml = `<struct>${member(
    'system',
    `<struct>${[
      member('n', '<int>7</int>'),
      member('yes', '<boolean>1</boolean>'),
      member('no', '<boolean>0</boolean>'),
      member('nothing', '<nil/>'),
      member('empty', '<array><data></data></array>'),
      member('user', '<array><data></data></array>'),
      member('group', `<struct>${member('0', '<string>a</string>')}${member('2', '<string>b</string>')}</struct>`),
      member('webgui', '<struct></struct>'),
    ].join('')}</struct>`,
  )}</struct>`;
  const value = valueIn(xml);
  assert.ok(value !== undefined);
  const expected = new Map<string, SectionValue>([
    ['n', '7'],
    ['yes', ''],
    ['nothing', ''],
    ['empty', ''],
    ['user', []],
    ['group', ['a', 'b']],
    ['webgui', ''],
  ]);
  assert.deepEqual(sectionsOf(value), new Map([['system', expected]]));
  assert.equal(sectionsOf(true), undefined);
  assert.equal(sectionsOf('x'), undefined);
  assert.equal(sectionsOf(['x']), undefined);
});

test('property: sections that are encoded and decoded are the same', () => {
  fc.assert(
    fc.property(anySections, sections => {
      const body = encodeCall({ method: 'restore_config_section', argument: soundSections(sections), timeout: 900 });
      const parameter = decodeCall(body)?.parameters[0];
      assert.ok(parameter !== undefined);
      const read = sectionsOf(parameter);
      assert.deepEqual(read, sections);
      assert.deepEqual(orderOf(read), orderOf(sections));
    }),
    { numRuns: 150 },
  );
});

const lists = new Set(listTagsOf(24.5));
const text = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('100', '007', '&amp;', ']]>', '\r\n', ' '),
  )
  .map(each => each.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ''));
const listName = fc.constantFrom(...lists);
const plainName = fc
  .oneof(
    fc.stringMatching(/^[a-z_][a-z0-9_.-]{0,8}$/),
    fc.constantFrom('advskew', 'advbase', 'constructor', 'virtualip', '__proto__'),
  )
  .filter(name => !lists.has(name));
const { map: anyMap } = fc.letrec<{ map: SectionMap; single: SectionValue }>(tie => ({
  single: fc.oneof({ maxDepth: 3, withCrossShrink: true }, text, tie('map')),
  map: fc
    .array(
      fc.oneof(fc.tuple(plainName, tie('single')), fc.tuple(listName, fc.array(tie('single'), { maxLength: 3 }))),
      { minLength: 1, maxLength: 4 },
    )
    .map(entries => new Map<string, SectionValue>(entries)),
}));
/** An empty virtualip is the one thing that is sent as something else. */
const anySections = anyMap.filter(sections => sections.get('virtualip') !== '');

/** Names in their order, which comparing maps does not look at. */
function orderOf(value: SectionValue | undefined): unknown {
  if (value === undefined || typeof value === 'string') return '';
  return Array.isArray(value)
    ? value.map(orderOf)
    : [...(value as SectionMap)].map(([name, each]) => [name, orderOf(each)]);
}
