import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-parent-mismatch.ts';
import { iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';

const opt1 = (nic: string, isEnabled = true) => interfaces(iface('opt1', nic, { isEnabled }));
const vlans = (...rows: readonly string[]) => `	<vlans>\n${rows.map(row => `		${row}\n`).join('')}	</vlans>\n`;
const vlan = (parent: string, tag: number) =>
  `<vlan><if>${parent}</if><tag>${tag}</tag><vlanif>${parent}.${tag}</vlanif></vlan>`;
const laggs = (members: string, proto = 'lacp') =>
  `	<laggs>\n		<lagg><members>${members}</members><laggif>lagg0</laggif><proto>${proto}</proto></lagg>\n	</laggs>\n`;
const bridges = (members: string, name = 'bridge0') =>
  `	<bridges>\n		<bridged><members>${members}</members><bridgeif>${name}</bridgeif></bridged>\n	</bridges>\n`;

test('interface-parent-mismatch: another tag, where no row tells it on the NIC', () => {
  checkRule(
    rule,
    pair(
      opt1('igb1.20') + vlans(vlan('igb1', 20)),
      `	<interfaces>
		<opt1><enable></enable><if>igb1.30</if></opt1>
		                           ^^^^^^^ error: OPT1 is VLAN 30 on the secondary, but VLAN 20 on the primary.
	</interfaces>
`,
    ),
  );
  checkNoFix(rule, pair(opt1('igb1.20'), opt1('igb1.30')));
});

test('interface-parent-mismatch: a VLAN and the LAGG below it that only one node has, each once and either way', () => {
  const both = interfaces(iface('opt1', 'lagg0.20'), iface('opt2', 'lagg0'));
  const bare = `	<interfaces>
		<opt1><enable></enable><if>lagg0.20</if></opt1>
		                           ^^^^^^^^ error: OPT1 is on lagg0.20, a VLAN that the THERE has, but the HERE does not.
		                           ^^^^^^^^ error: OPT1 is on lagg0, a LAGG that the THERE has, but the HERE does not.
		<opt2><enable></enable><if>lagg0</if></opt2>
	</interfaces>
`;
  const sides = (there: string, here: string) => bare.replaceAll('THERE', there).replaceAll('HERE', here);
  const full = both + laggs('igb1,igb2') + vlans(vlan('lagg0', 20));
  checkRule(rule, pair(full, sides('primary', 'secondary')));
  checkRule(rule, pair(sides('secondary', 'primary'), full));
});

test('interface-parent-mismatch: copies the VLAN or the LAGG, with its section where that is missing', () => {
  const full = opt1('igb1.20') + vlans(vlan('igb1', 20));
  checkFix(rule, {
    before: pair(full, opt1('igb1.20')),
    after: pair(full, full),
    title: 'Copy the VLAN igb1.20 to the secondary',
  });
  checkFix(rule, {
    before: pair(opt1('igb1.20') + vlans(vlan('igb0', 7)), full),
    after: pair(opt1('igb1.20') + vlans(vlan('igb0', 7), vlan('igb1', 20)), full),
    title: 'Copy the VLAN igb1.20 to the primary',
  });
  const lagg = opt1('lagg0') + laggs('igb1,igb2');
  checkFix(rule, { before: pair(lagg, opt1('lagg0')), after: pair(lagg, lagg) });
});

test('interface-parent-mismatch: no copy between files that encode text in two ways', () => {
  const version = (text: string) => `	<version>${text}</version>\n`;
  const full = opt1('igb1.20') + vlans(vlan('igb1', 20));
  checkNoFix(rule, pair(version('22.2') + full, version('24.5') + opt1('igb1.20')));
});

test('interface-parent-mismatch: a bridge that joins other interfaces', () => {
  const three = interfaces(iface('lan', 'vmx1'), iface('opt1', 'vmx2'), iface('opt2', 'vmx3'));
  const wrong = (mark: string) => `${three}	<bridges>
		<bridged><members>lan,opt2</members><bridgeif>bridge0</bridgeif></bridged>
${mark}	</bridges>
`;
  const mark =
    '		                  ^^^^^^^^ error: bridge0 joins lan and opt2 on the secondary, but lan and opt1 on the primary.\n';
  checkRule(rule, pair(three + bridges('lan,opt1'), wrong(mark)));
  checkFix(rule, {
    before: pair(three + bridges('lan,opt1'), wrong('')),
    after: pair(three + bridges('lan,opt1'), three + bridges('lan,opt1')),
    title: 'Set the members of bridge0 to lan and opt1 on the secondary',
  });
  checkNoFix(rule, pair(three + bridges('lan,opt9'), wrong('')));
});

test('interface-parent-mismatch: a bridge on one node has no copy', () => {
  checkNoFix(rule, pair(opt1('bridge0') + bridges('lan,opt2'), opt1('bridge0')));
});

test('interface-parent-mismatch: silent about other hardware below, other members of a LAGG, and what is not used', () => {
  checkRule(rule, pair(opt1('igb1.20') + vlans(vlan('igb1', 20)), opt1('vmx1.20') + vlans(vlan('vmx1', 20))));
  checkRule(rule, pair(opt1('igb1.20') + vlans(vlan('igb1', 20)), opt1('vmx5')));
  checkRule(rule, pair(opt1('lagg0') + laggs('igb1,igb2'), opt1('lagg0') + laggs('em1', 'failover')));
  checkRule(rule, pair(opt1('vmx1') + vlans(vlan('vmx2', 9)), opt1('vmx1')));
  checkRule(rule, pair(opt1('igb1.20', false) + vlans(vlan('igb1', 20)), opt1('igb1.30')));
  checkRule(rule, pair(opt1('igb1.20'), opt1('igb1.20')));
  checkRule(rule, pair(bridges('lan,opt1'), bridges('opt1, lan')));
  checkRule(rule, pair(bridges('lan,opt1'), bridges('lan,opt2', 'bridge1')));
});

test('interface-parent-mismatch: VLANs in another order are another rule’s', () => {
  const two = (first: number, second: number) =>
    interfaces(iface('opt1', `igb1.${first}`), iface('opt2', `igb1.${second}`)) +
    vlans(vlan('igb1', 20), vlan('igb1', 30));
  checkRule(rule, pair(two(20, 30), two(30, 20)));
});

test('interface-parent-mismatch: no copy of a VLAN whose parent and tag another device has', () => {
  const renamed = vlan('igb1', 20).replace('igb1.20', 'igb1_vlan20');
  checkNoFix(rule, pair(opt1('igb1.20') + vlans(vlan('igb1', 20)), opt1('igb1.20') + vlans(renamed)));
});
