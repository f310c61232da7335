import test from 'node:test';
import rule from '../../../../server/src/rules/interface/interface-nic-mismatch.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';

const sync = hasync({ pfsyncenabled: 'on' });
const nodes = (primary: string, secondary: string) => pair(primary + sync, secondary + sync);

test('interface-nic-mismatch: one finding for each pair of names, with all interfaces on it', () => {
  const first = interfaces(
    iface('wan', 'igb0'),
    iface('lan', 'igb1'),
    iface('opt1', 'igb1.20'),
    iface('opt2', 'igb1.30'),
  );
  checkRule(
    rule,
    nodes(
      first,
      `	<interfaces>
		<wan><enable></enable><if>em0</if></wan>
		                          ^^^ warning: WAN is on em0 on the secondary, but on igb0 on the primary: states bound to it are lost at a fail-over.
		<lan><enable></enable><if>em1</if></lan>
		                          ^^^ warning: LAN, OPT1 and OPT2 are on em1 on the secondary, but on igb1 on the primary: states bound to them are lost at a fail-over.
		<opt1><enable></enable><if>em1.20</if></opt1>
		<opt2><enable></enable><if>em1.30</if></opt2>
	</interfaces>
`,
    ),
  );
  checkNoFix(rule, nodes(interfaces(iface('wan', 'igb0')), interfaces(iface('wan', 'em0'))));
});

test('interface-nic-mismatch: silent without pfsync on both nodes', () => {
  const [one, other] = [interfaces(iface('wan', 'igb0')), interfaces(iface('wan', 'em0'))];
  checkRule(rule, pair(one, other));
  checkRule(rule, pair(one + sync, other));
});

test('interface-nic-mismatch: silent where both nodes keep floating states', () => {
  const system = '	<system><statepolicy>floating</statepolicy></system>\n';
  const [one, other] = [interfaces(iface('wan', 'igb0')), interfaces(iface('wan', 'em0'))];
  checkRule(rule, nodes(system + one, system + other));
});

test('interface-nic-mismatch: silent where a node has pf turned off', () => {
  const system = '	<system><disablefilter>enabled</disablefilter></system>\n';
  const [one, other] = [interfaces(iface('wan', 'igb0')), interfaces(iface('wan', 'em0'))];
  checkRule(rule, nodes(one, system + other));
});

test('interface-nic-mismatch: silent on LAGGs of one name, tunnels, PPPoE and disabled interfaces', () => {
  checkRule(rule, nodes(interfaces(iface('wan', 'lagg0')), interfaces(iface('wan', 'lagg0'))));
  checkRule(rule, nodes(interfaces(iface('opt1', 'ovpns1')), interfaces(iface('opt1', 'ovpns2'))));
  const pppoe = (nic: string) => interfaces(iface('wan', nic, { address: 'pppoe' }));
  checkRule(rule, nodes(pppoe('pppoe0'), pppoe('pppoe1')));
  const off = (nic: string) => interfaces(iface('opt1', nic, { isEnabled: false }));
  checkRule(rule, nodes(off('igb0'), off('em0')));
});

test('interface-nic-mismatch: another order and another tag are other rules’', () => {
  checkRule(
    rule,
    nodes(
      interfaces(iface('wan', 'vmx0'), iface('lan', 'vmx1')),
      interfaces(iface('wan', 'vmx1'), iface('lan', 'vmx0')),
    ),
  );
  checkRule(rule, nodes(interfaces(iface('lan', 'igb1.20')), interfaces(iface('lan', 'em1.30'))));
});
