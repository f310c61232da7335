import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-order-mismatch.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

/** The keys that are told as misplaced. */
function misplaced(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(finding => finding.message.split(' ')[0]!);
}

/** `lan=em0 opt1=em1` as a section. */
function assigned(text: string): string {
  return interfaces(...text.split(' ').map(each => iface(...(each.split('=') as [string, string]))));
}

const same: readonly (readonly [name: string, primary: string, secondary: string])[] = [
  ['another driver', 'wan=em0 lan=em1 opt1=em2', 'wan=vmx0 lan=vmx1 opt1=vmx2'],
  ['another first number', 'wan=em0 lan=em1', 'wan=em4 lan=em7'],
  ['ten behind nine', 'wan=em9 lan=em10', 'wan=em1 lan=em2'],
  ['another order of the file', 'wan=em0 lan=em1', 'lan=em1 wan=em0'],
  ['mixed drivers that the other node has not', 'wan=ix0 lan=igb0', 'wan=em0 lan=em1'],
  ['tunnels', 'lan=ovpns1 opt1=ovpns2', 'lan=ovpns2 opt1=ovpns1'],
  ['WireGuard', 'lan=tun_wg0 opt1=tun_wg1', 'lan=tun_wg1 opt1=tun_wg0'],
  ['PPPoE', 'wan=pppoe0 opt1=pppoe1', 'wan=pppoe1 opt1=pppoe0'],
  ['bridges', 'lan=bridge0 opt1=bridge1', 'lan=bridge1 opt1=bridge0'],
  ['a LAGG against cards', 'lan=lagg0 opt1=igb1', 'lan=igb5 opt1=lagg0'],
  ['a VLAN against a card', 'lan=igb0.10 opt1=igb1', 'lan=igb1 opt1=igb0.10'],
  ['names of no known form', 'lan=WAN opt1=LAN', 'lan=LAN opt1=WAN'],
  ['keys of one node only', 'lan=em1 opt1=em0', 'lan=em0 opt2=em1'],
  ['trunks by other NICs', 'lan=igb1.10 opt1=igb2.20', 'lan=igb2.10 opt1=igb1.20'],
  ['VLANs with other tags', 'lan=em0.10 opt1=em0.20', 'lan=vmx1.30 opt1=vmx1.40'],
];

for (const [name, primary, secondary] of same) {
  test(`interface-order-mismatch: ${name} is no mismatch`, () => {
    assert.deepEqual(misplaced(assigned(primary), assigned(secondary)), []);
  });
}

const differing: readonly (readonly [name: string, primary: string, secondary: string, keys: string[]])[] = [
  ['two cards swapped', 'wan=em0 lan=em1 opt1=em2', 'wan=vmx0 lan=vmx2 opt1=vmx1', ['lan', 'opt1']],
  ['three cards turned', 'wan=em0 lan=em1 opt1=em2', 'wan=em1 lan=em2 opt1=em0', ['wan', 'lan', 'opt1']],
  ['the same drivers on both', 'lan=igb0 opt1=ix0', 'lan=ix0 opt1=igb0', ['lan', 'opt1']],
  ['a driver in common', 'wan=ix0 lan=igb0 opt1=igb1', 'wan=em0 lan=igb1 opt1=igb0', ['lan', 'opt1']],
  ['LAGGs', 'lan=lagg0 opt1=lagg1', 'lan=lagg1 opt1=lagg0', ['lan', 'opt1']],
  ['VLANs by tag', 'lan=igb1.10 opt1=igb1.20', 'lan=ix0.20 opt1=ix0.10', ['lan', 'opt1']],
  ['VLANs by parent', 'lan=igb0.20 opt1=igb1.10', 'lan=igb1.10 opt1=igb0.20', ['lan', 'opt1']],
  ['one tag on two trunks', 'wan=ix0.10 lan=ix1.10', 'wan=ix1.10 lan=ix0.10', ['wan', 'lan']],
  ['VLANs in the old form', 'lan=em1_vlan10 opt1=em1_vlan20', 'lan=em1_vlan20 opt1=em1_vlan10', ['lan', 'opt1']],
];

for (const [name, primary, secondary, keys] of differing) {
  test(`interface-order-mismatch: ${name} is told`, () => {
    assert.deepEqual(misplaced(assigned(primary), assigned(secondary)).sort(), [...keys].sort());
  });
}

test('interface-order-mismatch: a VLAN is what <vlans> says it is', () => {
  const vlans = '\t<vlans>\n\t\t<vlan><if>em0</if><tag>30</tag><vlanif>em0.5</vlanif></vlan>\n\t</vlans>\n';
  const one = assigned('lan=em0.5 opt1=em0.20');
  assert.deepEqual(misplaced(one, assigned('lan=em0.20 opt1=em0.30')), []);
  assert.deepEqual(misplaced(vlans + one, assigned('lan=em0.20 opt1=em0.30')), ['lan', 'opt1']);
});

test('interface-order-mismatch: what either node has disabled says nothing', () => {
  const off = interfaces(iface('lan', 'em2', { isEnabled: false }), iface('opt1', 'em1'));
  assert.deepEqual(misplaced(assigned('lan=em1 opt1=em2'), off), []);
});

test('interface-order-mismatch: the fix gives all misplaced keys their NICs at once', () => {
  const primary = assigned('wan=em0 lan=em1 opt1=em2');
  const change = {
    before: pair(primary, assigned('wan=vmx1 lan=vmx2 opt1=vmx0')),
    after: pair(primary, assigned('wan=vmx0 lan=vmx1 opt1=vmx2')),
    title: 'Assign vmx0 to wan, vmx1 to lan, vmx2 to opt1 on the secondary',
  };
  checkFix(rule, change);
  const [first] = findingsIn([rule], parseFixture(change.before));
  assert.deepEqual(
    first?.fixes().map(fix => fix.applicability),
    ['dangerous'],
  );
});

test('interface-order-mismatch: a description is the name in the message', () => {
  checkRule(
    rule,
    `${pair(
      interfaces(iface('lan', 'em1'), iface('opt1', 'em2', { descr: 'SYNC' })),
      `	<interfaces>
		<lan><enable></enable><if>em2</if></lan>
		                          ^^^ error: lan (LAN) is on em2 on the secondary, on em1 on the primary: by NIC the secondary's order is opt1, lan, the primary's lan, opt1.
		<opt1><enable></enable><if>em1</if><descr>SYNC</descr></opt1>
		                           ^^^ error: opt1 (SYNC) is on em1 on the secondary, on em2 on the primary: by NIC the secondary's order is opt1, lan, the primary's lan, opt1.
	</interfaces>
`,
    )}`,
  );
});

test('interface-order-mismatch: no fix that puts a key on another VLAN, or on one that the secondary has no row for', () => {
  const vlans = (...tags: readonly number[]) =>
    `	<vlans>\n${tags.map(tag => `		<vlan><if>igb1</if><tag>${tag}</tag><vlanif>igb1.${tag}</vlanif></vlan>\n`).join('')}	</vlans>\n`;
  const primary = assigned('lan=igb1.20 opt1=igb1.30');
  checkNoFix(rule, pair(primary + vlans(20, 30), assigned('lan=igb1.40 opt1=igb1.20') + vlans(20, 40)));
  const crossed = assigned('lan=igb1.30 opt1=igb1.20');
  checkNoFix(rule, pair(primary + vlans(20, 30), crossed + vlans(20)));
  const title = 'Assign igb1.20 to lan, igb1.30 to opt1 on the secondary';
  checkFix(rule, {
    before: pair(primary + vlans(20, 30), crossed + vlans(20, 30)),
    after: pair(primary + vlans(20, 30), primary + vlans(20, 30)),
    title,
  });
});
