import assert from 'node:assert/strict';
import test from 'node:test';
import { AddressMapping, isHarmlessAddress } from '../../../../server/src/features/redact/addressMapping.ts';
import { keyedHash } from '../../../../server/src/features/redact/keyedHash.ts';
import { MacMapping } from '../../../../server/src/features/redact/macMapping.ts';
import {
  type Address,
  addressLength,
  contains,
  formatAddress,
  parseAddress,
  type Subnet,
  subnetOf,
} from '../../../../server/src/model/address.ts';
import fc from '../../../harness/fastCheck.ts';
import { testKey } from '../../../harness/redacted.ts';

const hash = keyedHash(testKey);

function mapping(linked: readonly Subnet[] = []): AddressMapping {
  return new AddressMapping(hash, { linked, vast: [] }, new MacMapping(hash));
}

function address(text: string): Address {
  const parsed = parseAddress(text);
  assert.ok(parsed, text);
  return parsed;
}

const ipv4 = fc.integer({ min: 0, max: 0xffffffff }).map((bits): Address => ({ family: 4, bits: BigInt(bits) }));
const ipv6 = fc
  .tuple(fc.integer({ min: 0x2000, max: 0x3ffe }), fc.bigInt({ min: 0n, max: (1n << 112n) - 1n }))
  .map(([lead, rest]): Address => ({ family: 6, bits: (BigInt(lead) << 112n) | rest }))
  // Of what holds the address of a network card that is mapped, too.
  .filter(({ bits }) => ((bits >> 24n) & 0xffffn) !== 0xfffen);

/** An address, and another one that begins with as many of the same bits as the number tells. */
const neighbours = fc
  .oneof(ipv4, ipv6)
  .chain(one => {
    const length = addressLength(one.family);
    const low = one.family === 4 ? 8 : 16;
    return fc.tuple(
      fc.constant(one),
      fc.integer({ min: low, max: length - 1 }),
      fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
    );
  })
  .map(([one, shared, noise]) => {
    const rest = BigInt(addressLength(one.family) - shared);
    const flipped = one.bits ^ (1n << (rest - 1n));
    const bits = ((flipped >> (rest - 1n)) << (rest - 1n)) | (noise & ((1n << (rest - 1n)) - 1n));
    return { one, other: { family: one.family, bits }, shared };
  });

test('two public addresses share as many bits afterwards as before', () => {
  const map = mapping();
  fc.assert(
    fc.property(neighbours, ({ one, other, shared }) => {
      if (isHarmlessAddress(one) || isHarmlessAddress(other)) return;
      const isCard = ({ family, bits }: Address) => family === 6 && ((bits >> 24n) & 0xffffn) === 0xfffen;
      const [a, b] = [map.map(one), map.map(other)];
      if ([one, other, a, b].some(isCard)) return;
      assert.ok(contains(subnetOf(a, shared), b), `${formatAddress(one)} and ${formatAddress(other)} at /${shared}`);
      assert.ok(!contains(subnetOf(a, shared + 1), b), 'and no more');
    }),
    { numRuns: 400 },
  );
});

test('a public address becomes another public one, and any other stays', () => {
  const map = mapping();
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), one => {
      const mapped = map.map(one);
      assert.equal(isHarmlessAddress(mapped), isHarmlessAddress(one));
      assert.equal(mapped.bits === one.bits, isHarmlessAddress(one), formatAddress(one));
    }),
    { numRuns: 400 },
  );
  for (const text of [
    '10.1.2.3',
    '192.168.1.1',
    '192.0.2.7',
    '203.0.113.9',
    '127.0.0.1',
    '224.0.0.18',
    'fd00::1',
    'fe80::1',
    '2001:db8::1',
    '::1',
  ]) {
    assert.deepEqual(map.map(address(text)), address(text));
  }
});

test('the hosts of a network keep their numbers: the first address stays the first, the last the last', () => {
  const network = subnetOf(address('81.2.69.128'), 26);
  const map = mapping([network]);
  const [first, host, last] = [network.first, network.first + 9n, network.last].map(bits =>
    map.map({ family: 4, bits }),
  );
  const mapped = subnetOf(first!, 26);
  assert.equal(first!.bits, mapped.first);
  assert.equal(host!.bits, mapped.first + 9n);
  assert.equal(last!.bits, mapped.last);
  assert.deepEqual(map.mapSubnet(address('81.2.69.128'), 26), first);
  assert.equal(map.mapSubnet(address('81.2.0.0'), 16).bits & 0xffffn, 0n, 'of a network that holds it, too');
  assert.ok(contains(subnetOf(map.mapSubnet(address('81.2.0.0'), 16), 16), host!));
});

test('no two beginnings are mapped to the same one', () => {
  const map = mapping();
  const leads = Array.from({ length: 200 }, (_, i) => address(`${i + 1}.77.0.1`)).filter(
    each => !isHarmlessAddress(each),
  );
  const mapped = leads.map(each => map.map(each).bits >> 24n);
  assert.equal(new Set(mapped).size, leads.length);
});

test('the address of a network card in an IPv6 address is mapped as it is elsewhere', () => {
  const map = mapping();
  const macs = new MacMapping(hash);
  const mapped = formatAddress(map.map(address('fe80::20c:29ff:feab:cdef')));
  const [a, b, c, d, e, f] = (macs.mapText('00:0c:29:ab:cd:ef') ?? '')
    .split(':')
    .map(part => Number.parseInt(part, 16));
  const hex = (high = 0, low = 0) => ((high << 8) | low).toString(16);
  assert.equal(mapped, `fe80::${hex((a ?? 0) ^ 2, b)}:${hex(c, 0xff)}:${hex(0xfe, d)}:${hex(e, f)}`);
});

test('cards of one maker have one maker afterwards, and those of documentation and of CARP stay', () => {
  const macs = new MacMapping(hash);
  const [one = '', other = '', part = ''] = ['00:0c:29:ab:cd:ef', '00:0c:29:01:02:03', '00:0c:29'].map(text =>
    macs.mapText(text),
  );
  assert.equal(one.slice(0, 8), other.slice(0, 8));
  assert.equal(one.slice(0, 8), part);
  assert.notEqual(one.slice(0, 8), '00:0c:29');
  assert.equal(macs.mapText('00:00:5e:00:53:07'), '00:00:5e:00:53:07');
  assert.equal(macs.mapText('00:00:5e:00:01:02'), '00:00:5e:00:01:02');
});
