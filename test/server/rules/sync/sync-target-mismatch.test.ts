import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-target-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const here = interfaces(
  iface('lan', 'vmx1', { address: '192.0.2.2/24' }),
  iface('opt1', 'vmx2', { address: '172.16.1.2/24' }),
);
const lines = [
  iface('lan', 'vmx1', { address: '192.0.2.3/24' }),
  iface('opt1', 'vmx2', { address: '172.16.1.3/24', address6: '2001:db8::3/64' }),
];
const there = interfaces(...lines) + hasync({ pfsyncinterface: 'opt1' });
const sends = (to: string) => here + hasync({ pfsyncinterface: 'opt1', synchronizetoip: to });

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => `${each.severity} ${each.message}`);
}

test('sync-target-mismatch: the address on the SYNC interface is right, in either family, and none is right too', () => {
  for (const to of ['172.16.1.3', '2001:db8:0::3', '']) assert.deepEqual(found(sends(to), there), [], to);
});

test('sync-target-mismatch: each wrong target is told for what it is', () => {
  const vip =
    '\t<virtualip>\n\t\t<vip><mode>carp</mode><interface>lan</interface><subnet>192.0.2.1</subnet></vip>\n\t</virtualip>\n';
  const told: readonly (readonly [string, string])[] = [
    ['192.0.2.2', "error The sync target 192.0.2.2 is the primary's own address."],
    [
      '192.0.2.1',
      'error The sync target 192.0.2.1 is a VIP, which the master holds; it must be an address of the secondary itself.',
    ],
    ['192.0.2.9', 'error The sync target 192.0.2.9 is no address of the secondary.'],
    ['fw-b', 'error The sync target fw-b is no IP address.'],
    [
      '192.0.2.3',
      "warning The sync target 192.0.2.3 is the secondary's address on LAN; the SYNC interface is OPT1 with 172.16.1.3.",
    ],
  ];
  for (const [to, message] of told) assert.deepEqual(found(vip + sends(to), there), [message]);
});

test('sync-target-mismatch: an IP alias stays with its node, unless it stands on a CARP VIP', () => {
  const alias = (on: string) =>
    `\t<virtualip>\n\t\t<vip><mode>carp</mode><interface>lan</interface><uniqid>62a856d41c9a3</uniqid><subnet>192.0.2.1</subnet></vip>\n\t\t<vip><mode>ipalias</mode><interface>${on}</interface><subnet>172.16.1.33</subnet></vip>\n\t</virtualip>\n`;
  const to = sends('172.16.1.33');
  assert.deepEqual(found(to, alias('opt1') + there), []);
  assert.deepEqual(found(to, alias('lo0') + there), []);
  const vip =
    'error The sync target 172.16.1.33 is a VIP, which the master holds; it must be an address of the secondary itself.';
  assert.deepEqual(found(to, alias('_vip62a856d41c9a3') + there), [vip]);
  assert.deepEqual(found(to, alias('lan') + there), [
    "warning The sync target 172.16.1.33 is the secondary's address on LAN; the SYNC interface is OPT1 with 172.16.1.3.",
  ]);
  assert.deepEqual(found(alias('opt1') + to, alias('opt1') + there), [
    "error The sync target 172.16.1.33 is the primary's own address.",
  ]);
  assert.deepEqual(found(to, alias('opt1').replace('ipalias', 'proxyarp') + there), [
    'error The sync target 172.16.1.33 is no address of the secondary.',
  ]);
});

test('sync-target-mismatch: a name is right up to pfSense 2.4, whose form took one', () => {
  const to = (version: string, target: string) => found(`\t<version>${version}</version>\n${sends(target)}`, there);
  assert.deepEqual(to('19.1', 'fw-b.example.org'), []);
  assert.deepEqual(to('19.1', '[fd00::3]'), ['error The sync target [fd00::3] is no IP address.']);
  assert.deepEqual(to('19.1', '172.16.1.300'), ['error The sync target 172.16.1.300 is no IP address.']);
  assert.deepEqual(to('21.4', 'fw-b.example.org'), ['error The sync target fw-b.example.org is no IP address.']);
});

test('sync-target-mismatch: without a SYNC interface any address of the secondary is right', () => {
  const to = (address: string) => here + hasync({ synchronizetoip: address });
  assert.deepEqual(found(to('192.0.2.3'), interfaces(...lines)), []);
  assert.equal(found(to('192.0.2.9'), interfaces(...lines)).length, 1);
  checkNoFix(rule, pair(to('192.0.2.9'), interfaces(...lines)));
});

test('sync-target-mismatch: a dynamic address of the secondary may be the target', () => {
  const dynamic = interfaces(...lines, iface('wan', 'vmx0', { address: 'dhcp' })) + hasync({ pfsyncinterface: 'opt1' });
  assert.deepEqual(found(sends('198.51.100.7'), dynamic), []);
  assert.equal(found(sends('192.0.2.2'), dynamic).length, 1, "the primary's own address is wrong all the same");
});

test('sync-target-mismatch: a file without interfaces says nothing', () => {
  assert.deepEqual(found(sends('192.0.2.9'), '\t<system></system>\n'), []);
});

test("sync-target-mismatch: the fix sets the secondary's SYNC address, in the target's family", () => {
  checkFix(rule, {
    before: pair(sends('192.0.2.3'), there),
    after: pair(sends('172.16.1.3'), there),
    title: 'Set the sync target 172.16.1.3 on the primary',
  });
  checkFix(rule, { before: pair(sends('2001:db8::9'), there), after: pair(sends('2001:db8::3'), there) });
});

test('sync-target-mismatch: related is where the right address stands', () => {
  const findings = checkRule(
    rule,
    `--- primary.xml
${here}	<hasync>
		<synchronizetoip>192.0.2.3</synchronizetoip>
		                 ^^^^^^^^^ warning: The sync target 192.0.2.3 is the secondary's address on LAN; the SYNC interface is OPT1 with 172.16.1.3.
	</hasync>
--- secondary.xml
${there}`,
  );
  assert.equal(findings[0]?.related.length, 1);
});

test('sync-target-mismatch: no target at all is told where all else says that something is to be sent', () => {
  const ready = { synchronizerules: 'on', password: 'secret' };
  const message =
    'warning Areas are ticked and a password is set, but there is no sync target: the primary sends its configuration to nobody.';
  assert.deepEqual(found(here + hasync({ ...ready, synchronizetoip: '' }), there), [message]);
  assert.deepEqual(found(here + hasync(ready), there), [message]);
  assert.deepEqual(found(here + hasync({ password: 'secret' }), there), []);
  assert.deepEqual(found(here + hasync({ synchronizerules: 'on' }), there), []);
  assert.deepEqual(found(here + hasync({ ...ready, synchronizerules: '' }), there), []);
  checkNoFix(rule, pair(here + hasync(ready), there));
});
