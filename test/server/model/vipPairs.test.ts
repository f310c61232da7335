import assert from 'node:assert/strict';
import test from 'node:test';
import {
  counterpartOf,
  isVhidTaken,
  nextFreeVhid,
  pairAliasesOnCarp,
  pairCarpVips,
  pairLiveCarpVips,
  pairName,
} from '../../../server/src/model/vipPairs.ts';
import { addressText, readCarpVips, type VirtualIp } from '../../../server/src/model/virtualIps.ts';
import { parseFixture } from '../../harness/fixture.ts';

/** A pair of files with CARP VIPs written `interface vhid address`. */
function nodes(primary: readonly string[], secondary: readonly string[]) {
  const section = (vips: readonly string[]) => `	<virtualip>\n${vips.map(row).join('')}	</virtualip>\n`;
  const row = (vip: string) => {
    const [key, vhid, address] = vip.split(' ');
    return `		<vip><mode>carp</mode><interface>${key}</interface><vhid>${vhid}</vhid><subnet>${address}</subnet></vip>\n`;
  };
  return pairOf(section(primary), section(secondary));
}

function pairOf(primary: string, secondary: string) {
  const { files } = parseFixture(`--- primary.xml\n${primary}--- secondary.xml\n${secondary}`);
  return { primary: files[0]!.config, secondary: files[1]!.config };
}

function shown(both: ReturnType<typeof nodes>) {
  const { pairs, primaryOnly, secondaryOnly } = pairCarpVips(both);
  const name = (vip: VirtualIp) => `${vip.vhid?.value} ${addressText(both.primary, vip)}`;
  return {
    pairs: pairs.map(pair => `${name(pair.primary)} = ${name(pair.secondary)}`),
    primaryOnly: primaryOnly.map(name),
    secondaryOnly: secondaryOnly.map(name),
  };
}

test('VIP pairs: by address and VHID, whatever the order of the files', () => {
  const both = nodes(
    ['wan 1 192.0.2.1', 'lan 1 10.0.0.1', 'lan 2 2001:db8::1'],
    ['lan 2 2001:DB8::0:1', 'lan 1 10.0.0.1', 'wan 1 192.0.2.1'],
  );
  assert.deepEqual(shown(both), {
    pairs: ['1 192.0.2.1 = 1 192.0.2.1', '1 10.0.0.1 = 1 10.0.0.1', '2 2001:db8::1 = 2 2001:DB8::0:1'],
    primaryOnly: [],
    secondaryOnly: [],
  });
});

test('VIP pairs: the same address before the same VHID, and one partner for each', () => {
  const both = nodes(
    ['lan 1 10.0.0.1', 'lan 2 10.0.0.2', 'lan 3 10.0.0.3', 'lan 4 10.0.0.4'],
    ['lan 2 10.0.0.1', 'lan 1 10.0.0.2', 'lan 3 10.0.0.33', 'lan 3 10.0.0.34', 'lan 5 2001:db8::4'],
  );
  assert.deepEqual(shown(both), {
    pairs: ['1 10.0.0.1 = 2 10.0.0.1', '2 10.0.0.2 = 1 10.0.0.2', '3 10.0.0.3 = 3 10.0.0.33'],
    primaryOnly: ['4 10.0.0.4'],
    secondaryOnly: ['3 10.0.0.34', '5 2001:db8::4'],
  });
});

test('VIP pairs: neither across interfaces nor across families', () => {
  const both = nodes(['lan 1 10.0.0.1', 'wan 2 192.0.2.1'], ['opt1 1 10.0.0.1', 'wan 2 2001:db8::1']);
  assert.deepEqual(shown(both).pairs, []);
});

test('VIP pairs: those whose interface is disabled on both nodes are not live', () => {
  const section = (enable: string) =>
    `	<interfaces><lan>${enable}</lan></interfaces>
	<virtualip><vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><subnet>10.0.0.1</subnet></vip></virtualip>\n`;
  const [on, off] = [section('<enable></enable>'), section('')];
  assert.equal(pairLiveCarpVips(pairOf(off, off)).length, 0);
  assert.equal(pairLiveCarpVips(pairOf(on, off)).length, 1);
});

test('VIP pairs: named by the VHID where that is the same', () => {
  const both = nodes(['lan 1 10.0.0.1', 'lan 2 10.0.0.2'], ['lan 1 10.0.0.1', 'lan 3 10.0.0.2']);
  const names = pairLiveCarpVips(both).map(pair => pairName(both.secondary, pair));
  assert.deepEqual(names, ['VHID 1', 'CARP VIP 10.0.0.2']);
});

test('VIP pairs: aliases on CARP VIPs alone', () => {
  const section = (uniqid: string, alias: string) => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>1</vhid><uniqid>${uniqid}</uniqid><subnet>10.0.0.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip${uniqid}</interface><subnet>${alias}</subnet></vip>
		<vip><mode>ipalias</mode><interface>lan</interface><subnet>10.0.0.99</subnet></vip>
	</virtualip>\n`;
  const same = pairAliasesOnCarp(pairOf(section('a', '10.0.0.8'), section('b', '10.0.0.8')));
  assert.deepEqual([same.pairs.length, same.primaryOnly.length, same.secondaryOnly.length], [1, 0, 0]);
  const different = pairAliasesOnCarp(pairOf(section('a', '10.0.0.8'), section('b', '10.0.0.9')));
  assert.deepEqual([different.pairs.length, different.primaryOnly.length, different.secondaryOnly.length], [0, 1, 1]);
});

test('VIP pairs: the counterpart is found from either side', () => {
  const { primary, secondary } = nodes(['lan 1 10.0.0.1', 'lan 2 10.0.0.2'], ['lan 2 10.0.0.2']);
  const [first, second] = primary.query(readCarpVips);
  const [theirs] = secondary.query(readCarpVips);
  assert.equal(counterpartOf(second!, { node: primary, peer: secondary }), theirs);
  assert.equal(counterpartOf(theirs!, { node: secondary, peer: primary }), second);
  assert.equal(counterpartOf(first!, { node: primary, peer: secondary }), undefined);
});

test('VHIDs: the next behind the highest of both nodes, then the lowest that is free', () => {
  const { primary, secondary } = nodes(['lan 3 10.0.0.1', 'lan 300 10.0.0.3'], ['wan 9 192.0.2.1']);
  assert.equal(nextFreeVhid([primary]), 4);
  assert.equal(nextFreeVhid([primary, secondary]), 10);
  assert.equal(nextFreeVhid([nodes([], []).primary]), 1);
  assert.equal(nextFreeVhid([nodes(['lan 255 10.0.0.1', 'lan 1 10.0.0.2'], []).primary]), 2);
});

test('VHIDs: taken on the same interface only', () => {
  const { primary, secondary } = nodes(['lan 3 10.0.0.1'], ['lan 3 10.0.0.9', 'wan 3 192.0.2.1']);
  const [onLan, onWan] = secondary.query(readCarpVips);
  assert.equal(isVhidTaken(primary, onLan!), true);
  assert.equal(isVhidTaken(primary, onWan!), false);
});
