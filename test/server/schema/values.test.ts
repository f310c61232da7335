import assert from 'node:assert/strict';
import test from 'node:test';
import { parseAddress } from '../../../server/src/model/address.ts';
import { isAddress } from '../../../server/src/schema/addressText.ts';
import type { LeafSchema, ValueType } from '../../../server/src/schema/elementSchema.ts';
import { checkOf, partsOf, wrongLeaves } from '../../../server/src/schema/values.ts';
import { takenBy } from '../../../server/src/schema/valueWords.ts';
import fc from '../../harness/fastCheck.ts';

const leaf = (value: ValueType, rest: Partial<LeafSchema> = {}): LeafSchema => ({
  kind: 'leaf',
  description: 'A test.',
  value,
  ...rest,
});

/** What each type takes and does not take. */
const table: readonly (readonly [type: ValueType, right: readonly string[], wrong: readonly string[]])[] = [
  [{ type: 'flag' }, ['yes', '1', 'anything'], []],
  [{ type: 'integer', min: 1, max: 255 }, ['1', '255', '007', ' 1'], ['0', '256', '1.0', '-1', '1 1', 'a', '0x1']],
  [{ type: 'integer', min: -5, max: 5 }, ['-5', '0'], ['-6', '--1']],
  [{ type: 'decimal', min: 0, max: 1 }, ['0', '0.25', '1'], ['1.1', '.5', '1e0']],
  [{ type: 'hexadecimal', digits: 8 }, ['0', 'DEADbeef'], ['123456789', 'g', '0x1']],
  [
    { type: 'address' },
    ['192.0.2.1', '2001:db8::1', 'fe80::1%em0'],
    ['192.0.2.1/24', '192.0.2', '01.2.3.4', 'host', '::1%em0'],
  ],
  [{ type: 'address', family: 4 }, ['192.0.2.1'], ['2001:db8::1']],
  [{ type: 'address', family: 6 }, ['2001:db8::1'], ['192.0.2.1']],
  [
    { type: 'address', prefix: 'optional' },
    ['192.0.2.1', '192.0.2.0/24', '2001:db8::/128'],
    ['192.0.2.0/33', '192.0.2.0/', '2001:db8::/129', '192.0.2.0/255.255.255.0'],
  ],
  [{ type: 'address', prefix: 'required' }, ['192.0.2.0/0'], ['192.0.2.1']],
  [
    { type: 'addressRange' },
    ['192.0.2.1-192.0.2.9', '2001:db8::1-2001:db8::9'],
    ['192.0.2.1', '192.0.2.1-2001:db8::9', '192.0.2.1-9'],
  ],
  [
    { type: 'hostname' },
    ['fw', 'fw-1.example.org', '_srv', 'a.b.'],
    ['-fw', 'fw-', 'a b', 'a..b', 'fw.', '192.0.2.300'],
  ],
  [{ type: 'domain' }, ['example.org', 'example.org.', 'local', '.'], ['exa mple', '.org', 'a..b', '192.0.2.300']],
  [{ type: 'host' }, ['192.0.2.1', 'ntp.example.org', '2001:db8::1'], ['http://x', 'a:b', '192.0.2.300']],
  [{ type: 'url' }, ['https://example.org/x', 'ftp://192.0.2.1'], ['example.org', 'https://a b', '//x']],
  [
    { type: 'mac' },
    ['00:00:5e:00:53:01', 'AA:BB:CC:DD:EE:FF', '0:0:5e:0:53:1'],
    ['00:00:5e:00:53', '00-00-5e-00-53-01', '000:00:5e:00:53:01'],
  ],
  [{ type: 'port' }, ['1', '65535'], ['0', '65536', '80-90', 'http']],
  [{ type: 'port', zero: true }, ['0'], ['-1']],
  [{ type: 'port', range: '-' }, ['80', '80-90'], ['80:90', '80-', '1-2-3', '80-70000']],
  [{ type: 'port', range: ':' }, ['80:90'], ['80-90']],
  [{ type: 'base64' }, ['aGFsbG8=', 'aGFs\nbG8='], ['!', 'a=b', '-----BEGIN']],
  [{ type: 'epoch' }, ['1700000000', '1700000000.5'], ['2026-11-22', '-1']],
  [{ type: 'pattern', pattern: 'a|b', is: 'a or b' }, ['a', 'b'], ['ab', 'xa', 'c']],
  [{ type: 'either', of: [{ type: 'mac' }, { type: 'port' }] }, ['80', '00:00:5e:00:53:01'], ['0', 'x']],
];

for (const [type, right, wrong] of table) {
  test(`values: ${JSON.stringify(type)}`, () => {
    const isRight = checkOf(leaf(type));
    assert.deepEqual(
      right.filter(text => !isRight(text)),
      [],
      'taken',
    );
    assert.deepEqual(wrong.filter(isRight), [], 'not taken');
    assert.ok(isRight(''), 'the empty text');
    assert.match(takenBy(leaf(type)), /^[a-z]/i);
  });
}

test('values: words alone, beside a value, and known ones among others', () => {
  const words = { pass: 'Pass', block: 'Block it' };
  assert.ok(checkOf({ words })('pass'));
  assert.ok(!checkOf({ words })('Pass'));
  assert.ok(!checkOf({ words })('constructor'));
  assert.ok(checkOf({ words, isOpen: true })('anything'));
  assert.ok(checkOf({ words, value: { type: 'port' } })('80'));
  assert.ok(!checkOf({ words, value: { type: 'port' } })('80000'));
  assert.equal(takenBy(leaf({ type: 'port' }, { words })), 'a port from 1 to 65535, "pass" or "block" (Block it)');
});

test('values: of a list each part is looked at, and blanks around one or empty ones do no harm', () => {
  const isRight = checkOf({ value: { type: 'mac' }, separator: ',' });
  assert.ok(isRight('00:00:5e:00:53:01, 00:00:5e:00:53:02,'));
  assert.ok(!isRight('00:00:5e:00:53:01,x'));
  assert.deepEqual(partsOf(' a ,, b', ','), ['a', 'b']);
  assert.match(
    takenBy(leaf({ type: 'mac' }, { separator: '||' })),
    /^a list, separated by two bars, each a MAC address/,
  );
});

test('values: many words are not all said', () => {
  const words = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`word${i}`, '']));
  assert.equal(takenBy({ kind: 'leaf', description: '', words }), 'one of a list of words');
});

test('values: wrong leaves by name and number, in groups as in lists, whatever they are called', () => {
  const checks = [checkOf({ value: { type: 'port' } })];
  const value = { port: 'x', ports: ['1', 'x', '2', 'y'], other: 'x', group: { port: 'x' }, constructor: 'x' };
  assert.deepEqual(wrongLeaves(value, { port: 0, ports: 0 }, checks), ['port', 'ports/1', 'ports/3']);
  assert.deepEqual(wrongLeaves({ any: 'x', port: '1' }, { '*': 0 }, checks), ['any']);
});

test('values: an address is what the model reads as one', () => {
  const near = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ unit: fc.constantFrom('0', '1', '9', 'a', 'f', ':', '.', '%', ' '), maxLength: 24 }),
    fc.ipV6().map(text => `${text}%em0`),
    fc.tuple(fc.ipV6(), fc.ipV4()).map(([six, four]) => `${six.slice(0, six.lastIndexOf(':') + 1)}${four}`),
  );
  fc.assert(
    fc.property(near, text => {
      const address = parseAddress(text);
      assert.equal(isAddress(text), address !== undefined, text);
      assert.equal(isAddress(text, 4), address?.family === 4, text);
      assert.equal(isAddress(text, 6), address?.family === 6, text);
    }),
    { numRuns: 3000 },
  );
});

test('values: any text is an answer to any type, and a quick one', () => {
  fc.assert(
    fc.property(fc.constantFrom(...table), fc.string({ unit: 'binary', maxLength: 200 }), ([type], text) => {
      assert.equal(typeof checkOf(leaf(type))(text), 'boolean');
    }),
    { numRuns: 2000 },
  );
  const start = performance.now();
  for (const [type] of table)
    for (const unit of ['a', '1', ':', '.', '-', 'a-']) checkOf(leaf(type))(unit.repeat(20_000));
  assert.ok(performance.now() - start < 2000, `${performance.now() - start} ms`);
});
