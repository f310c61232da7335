import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeBytes, encodeText } from '../../../server/src/cli/encoding.ts';

/** What bytes decode to, and whether they come back as they were. */
function roundTrip(bytes: Uint8Array): { text: string; name: string; isFaithful: boolean; comesBack: boolean } {
  const decoded = decodeBytes(bytes);
  assert.ok(decoded.isText);
  const { text, encoding } = decoded;
  const again = encodeText(text, encoding);
  const comesBack = again !== undefined && Buffer.from(again).equals(bytes);
  return { text, name: encoding.name, isFaithful: encoding.isFaithful, comesBack };
}

test('encoding: UTF-8 with and without a byte order mark', () => {
  const expected = { text: '<a>é😀</a>', name: 'UTF-8', isFaithful: true, comesBack: true };
  assert.deepEqual(roundTrip(Buffer.from('<a>é😀</a>')), expected);
  assert.deepEqual(roundTrip(Buffer.from('\ufeff<a>é😀</a>')), expected);
  assert.equal(roundTrip(Buffer.from('')).comesBack, true);
});

test('encoding: a real U+FFFD in the file is no damage', () => {
  assert.deepEqual(roundTrip(Buffer.from('<a>\ufffd</a>')), {
    text: '<a>\ufffd</a>',
    name: 'UTF-8',
    isFaithful: true,
    comesBack: true,
  });
  assert.equal(roundTrip(Buffer.from([0x3c, 0xe9, 0x3e])).isFaithful, false);
});

test('encoding: what the declaration names, where it is of single bytes', () => {
  const all = Buffer.concat([
    Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>'),
    Uint8Array.from({ length: 128 }, (_, i) => 128 + i),
    Buffer.from('</a>'),
  ]);
  assert.equal(roundTrip(all).comesBack, true, 'every byte comes back');
  const euro = Buffer.from("<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>", 'latin1');
  assert.ok(roundTrip(euro).text.includes('<a>€</a>'));
  assert.equal(roundTrip(euro).comesBack, true);
  for (const name of ['UTF-8', 'iso-8859-99', 'EBCDIC']) {
    assert.equal(roundTrip(Buffer.from(`<?xml version="1.0" encoding="${name}"?><a>é</a>`)).name, 'UTF-8', name);
  }
});

test('encoding: a character that the encoding does not have', () => {
  const encoding = { name: 'iso-8859-1', hasByteOrderMark: false, isFaithful: true };
  assert.equal(encodeText('漢', encoding), undefined);
  assert.deepEqual(encodeText('é', encoding), Uint8Array.of(0xe9));
});

test('encoding: UTF-16 and UTF-32 are refused by name, and known for what they hold', () => {
  const kinds = [
    Buffer.from('\ufeff<pfsense>', 'utf16le'),
    Buffer.from('\ufeff<project>', 'utf16le'),
    Buffer.from('\ufeff<pfsense>', 'utf16le').swap16(),
    Buffer.from('<pfsense>', 'utf16le'),
    Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]),
  ].map(bytes => {
    const decoded = decodeBytes(bytes);
    return decoded.isText ? 'text' : `${/is (\S+),/.exec(decoded.problem)?.[1]} ${decoded.kind}`;
  });
  assert.deepEqual(kinds, ['UTF-16 pfsense', 'UTF-16 other', 'UTF-16 pfsense', 'UTF-16LE pfsense', 'UTF-32 none']);
});
