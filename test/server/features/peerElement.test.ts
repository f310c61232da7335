import assert from 'node:assert/strict';
import test from 'node:test';
import { peerPlace } from '../../../server/src/features/peerElement.ts';
import { parseCursor } from '../../harness/cursor.ts';
import { shownPlace } from '../../harness/places.ts';

const vip = (skew: string, rest = '') =>
  `<virtualip><vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid>${skew}<descr>a</descr>${rest}</vip></virtualip>`;

function there(source: string): readonly (string | undefined)[] {
  const { fixture, snapshot, offset } = parseCursor(source);
  const found = peerPlace(snapshot, offset);
  if (!found) return [];
  const { at, instead } = found;
  return [shownPlace(fixture, at), ...(instead ? [instead.missing, instead.shown] : [])];
}

test('peer element: the same value on the other node, both ways', () => {
  const [first, second] = ['<advskew>0</advskew>', '<advskew>100</advskew>'];
  const at = (text: string) => text.replace('<advskew>', '<advskew>$0');
  assert.deepEqual(there(`--- primary.xml\n${vip(at(first))}\n--- secondary.xml\n${vip(second)}`), [
    'secondary.xml:virtualip/vip/advskew 100',
  ]);
  assert.deepEqual(there(`--- primary.xml\n${vip(first)}\n--- secondary.xml\n${vip(at(second))}`), [
    'primary.xml:virtualip/vip/advskew 0',
  ]);
});

test('peer element: of an element with others in it the name, of an empty one too', () => {
  const text = '<hasync><pfsyncenabled></pfsyncenabled></hasync>';
  assert.deepEqual(there(`--- primary.xml\n<h$0async></hasync>\n--- secondary.xml\n${text}`), [
    'secondary.xml:hasync hasync',
  ]);
  assert.deepEqual(there(`--- primary.xml\n${text.replace('<pfs', '<p$0fs')}\n--- secondary.xml\n${text}`), [
    'secondary.xml:hasync/pfsyncenabled pfsyncenabled',
  ]);
});

test('peer element: where it is missing, the nearest around it, and what that is', () => {
  assert.deepEqual(there(`--- primary.xml\n${vip('<advskew>$00</advskew>')}\n--- secondary.xml\n${vip('')}`), [
    'secondary.xml:virtualip/vip vip',
    'virtualip/vip[interface=lan,vhid=2]/advskew',
    'virtualip/vip[interface=lan,vhid=2]',
  ]);
  assert.deepEqual(
    there(`--- primary.xml\n${vip('<advskew>$00</advskew>')}\n--- secondary.xml\n<virtualip></virtualip>`),
    ['secondary.xml:virtualip virtualip', 'virtualip/vip[interface=lan,vhid=2]/advskew', 'virtualip'],
  );
  assert.deepEqual(there(`--- primary.xml\n${vip('<advskew>$00</advskew>')}\n--- secondary.xml\n`), [
    'secondary.xml: pfsense',
    'virtualip/vip[interface=lan,vhid=2]/advskew',
    '',
  ]);
});

test('peer element: from outside of all sections the root; none without a peer, or where that is empty', () => {
  assert.deepEqual(there('--- primary.xml\n<pfsense>$0</pfsense>\n--- secondary.xml\n'), ['secondary.xml: pfsense']);
  assert.deepEqual(there(vip('<advskew>$00</advskew>')), []);
  assert.deepEqual(
    there(`--- primary.xml\n${vip('<advskew>$00</advskew>')}\n--- secondary.xml\n<?xml version="1.0"?>`),
    [],
  );
});

test('peer element: in a broken document', () => {
  assert.deepEqual(
    there(`--- primary.xml\n<hasync><pfsyncpeerip>$0\n--- secondary.xml\n<hasync><pfsyncpeerip>192.0.2.2`),
    ['secondary.xml:hasync/pfsyncpeerip 192.0.2.2\n'],
  );
});
