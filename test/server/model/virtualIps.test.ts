import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress, formatSubnet } from '../../../server/src/model/address.ts';
import {
  advbaseOf,
  carpKey,
  findVip,
  interfaceAddressOf,
  isSynchronised,
  prefixLengthFor,
  readCarpVips,
  readVirtualIps,
  secondarySkew,
  skewOf,
  vhidOf,
  vipInterfaceName,
  vipName,
} from '../../../server/src/model/virtualIps.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { applyFix } from '../../harness/rule.ts';

const source = `
	<interfaces>
		<lan><enable></enable><descr><![CDATA[OFFICE]]></descr><ipaddr>10.0.0.2</ipaddr><subnet>8</subnet></lan>
		<opt1><enable></enable><ipaddr>dhcp</ipaddr><ipaddrv6>2001:db8::2</ipaddrv6><subnetv6>64</subnetv6></opt1>
	</interfaces>
	<virtualip>
		<vip></vip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>100</advskew><advbase>1</advbase><password><![CDATA[a b]]></password><uniqid>62a856d41c9a3</uniqid><descr><![CDATA[Gateway]]></descr><type>single</type><subnet_bits>8</subnet_bits><subnet>10.0.0.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>_vip62a856d41c9a3</interface><uniqid>62a856f9b07d1</uniqid><subnet_bits>8</subnet_bits><subnet>10.0.0.8</subnet></vip>
		<vip><mode>ipalias</mode><interface>lan</interface><subnet_bits>24</subnet_bits><subnet>192.0.2.1</subnet></vip>
		<vip><mode>ipalias</mode><interface>lo0</interface><subnet_bits>32</subnet_bits><subnet>192.0.2.2</subnet></vip>
		<vip><mode>proxyarp</mode><interface>wan</interface><noexpand></noexpand><type>network</type><subnet_bits>29</subnet_bits><subnet>203.0.113.9</subnet></vip>
		<vip><mode>other</mode><interface>wan</interface><subnet_bits>99</subnet_bits><subnet>203.0.113.20</subnet></vip>
		<vip><mode>teapot</mode><interface>wan</interface><subnet>203.0.113.30</subnet></vip>
		<vip><mode>carp</mode><interface>opt1</interface><vhid>300</vhid><advskew></advskew><subnet_bits>64</subnet_bits><subnet>2001:DB8:0::1</subnet></vip>
		<vip><mode>carp</mode><interface>_vipnone</interface><advskew>255</advskew><advbase>x</advbase><subnet>no address</subnet></vip>
	</virtualip>
`;

function read() {
  const config = parseFixture(source).files[0]!.config;
  return { config, vips: config.query(readVirtualIps) };
}

test('VIPs: all of a mode that pfSense knows, in the order of the file', () => {
  const { config, vips } = read();
  assert.deepEqual(
    vips.map(vip => vip.mode),
    ['carp', 'ipalias', 'ipalias', 'ipalias', 'proxyarp', 'other', 'carp', 'carp'],
  );
  assert.equal(config.query(readCarpVips).length, 3);
});

test('VIPs: every value with its element', () => {
  const [vip] = read().vips;
  assert.ok(vip?.address && vip.subnet);
  assert.equal(formatAddress(vip.address.value), '10.0.0.1');
  assert.equal(formatSubnet(vip.subnet), '10.0.0.0/8');
  for (const [name, value, read] of [
    ['vhid', '2', vip.vhid],
    ['advskew', 100, vip.advskew],
    ['advbase', 1, vip.advbase],
    ['password', 'a b', vip.password],
    ['uniqid', '62a856d41c9a3', vip.uniqid],
    ['descr', 'Gateway', vip.descr],
    ['type', 'single', vip.type],
    ['subnet_bits', 8, vip.prefixLength],
  ] as const) {
    assert.equal(read?.value, value, name);
    assert.equal(read?.element.name, name);
  }
});

test('VIPs: what they stand on, and the interface below', () => {
  const { config, vips } = read();
  assert.deepEqual(
    vips.map(vip => [vip.parent?.kind, vip.interfaceKey]),
    [
      ['interface', 'lan'],
      ['vip', 'lan'],
      ['interface', 'lan'],
      ['loopback', undefined],
      ['interface', 'wan'],
      ['interface', 'wan'],
      ['interface', 'opt1'],
      ['vip', undefined],
    ],
  );
  assert.deepEqual(
    vips.map(vip => vipInterfaceName(config, vip)),
    ['OFFICE (lan)', 'OFFICE (lan)', 'OFFICE (lan)', 'lo0', 'wan', 'wan', 'OPT1', '_vipnone'],
  );
  assert.equal(findVip(config, '_vip62a856d41c9a3'), vips[0]);
  assert.equal(findVip(config, '_vip0'), undefined);
  assert.equal(findVip(config, '62a856d41c9a3'), undefined);
});

test('VIPs: which the configuration sync sends', () => {
  assert.deepEqual(read().vips.map(isSynchronised), [true, true, false, true, false, true, true, true]);
});

test('VIPs: the interface’s address of the VIP’s family, and the prefix length that follows', () => {
  const { config, vips } = read();
  const prefixes = vips.map(vip => interfaceAddressOf(config, vip)?.prefixLength.value);
  assert.deepEqual(prefixes, [8, 8, 8, undefined, undefined, undefined, 64, undefined]);
  // 192.0.2.1 is outside of the interface's subnet.
  const wanted = vips.map(vip => prefixLengthFor(config, vip)?.value);
  assert.deepEqual(wanted, [8, 8, undefined, undefined, undefined, undefined, 64, undefined]);
});

test('VIPs: numbers as the kernel takes them', () => {
  const { config, vips } = read();
  const [first, , , , , other, second, third] = vips;
  assert.ok(first && other && second && third);
  assert.deepEqual([first, second, third].map(vhidOf), [2, undefined, undefined]);
  assert.deepEqual(
    [first, second, third].map(vip => skewOf(config, vip)),
    [100, 0, undefined],
  );
  assert.deepEqual(
    [first, second, third].map(vip => advbaseOf(config, vip)),
    [1, 1, undefined],
  );
  assert.equal(other.prefixLength, undefined);
  assert.deepEqual([0, 154, 155, 254].map(secondarySkew), [100, 254, 254, 254]);
});

test('VIPs: the key is empty without a password and does not hold its spaces', () => {
  const { vips } = read();
  assert.equal(carpKey(vips[6]!), '');
  assert.equal(carpKey(vips[0]!), '97 98');
});

test('VIPs: what a message calls them', () => {
  const { config, vips } = read();
  assert.deepEqual(
    [vips[0], vips[1], vips[7]].map(vip => vipName(config, vip!)),
    ['10.0.0.1 (VHID 2)', '10.0.0.8', 'no address'],
  );
});

test('VIPs: read anew after an edit of theirs, kept after another', () => {
  const { config, vips } = read();
  const key = config.top('interfaces')!.find('lan/descr')!;
  const { document } = config;
  const edit = (from: number, to: number, text: string) =>
    applyFix({ title: '', applicability: 'safe', edits: [{ document, edits: [{ from, to, text }] }] });
  edit(key.contentStart, key.contentEnd, 'HOME');
  assert.equal(config.query(readVirtualIps), vips);
  const vhid = vips[0]!.vhid!.element;
  edit(vhid.contentStart, vhid.contentEnd, '3');
  assert.equal(config.query(readVirtualIps)[0]?.vhid?.value, '3');
});

test('VIPs: a file without any', () => {
  assert.deepEqual(parseFixture('\t<virtualip></virtualip>\n').files[0]!.config.query(readVirtualIps), []);
  assert.deepEqual(parseFixture('\t<system></system>\n').files[0]!.config.query(readVirtualIps), []);
});
