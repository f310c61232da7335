import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-with-bridge.ts';
import { iface, interfaces } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

const bridged = (members: string) =>
  `	<bridges>\n		<bridged><members>${members}</members><bridgeif>bridge0</bridgeif></bridged>\n	</bridges>\n`;
const node = (nic = 'vmx2', isEnabled = true) => interfaces(iface('lan', 'vmx1'), iface('opt1', nic, { isEnabled }));
const vips = virtualip(carpVip({ interface: 'wan', vhid: '1', subnet: '192.168.1.10' }));

test('carp-with-bridge: has no fix, and names the members that count', () => {
  checkRule(
    rule,
    `${interfaces(iface('lan', 'vmx1'), iface('opt1', 'vmx2'), iface('opt2', 'ovpns1'))}	<bridges>
		<bridged><members>lan,opt1,opt2</members></bridged>
		                  ^^^^^^^^^^^^^ warning: A bridge joins lan and opt1 on a node with CARP VIPs: with the same bridge on the other node that is a loop.
	</bridges>
${vips}`,
  );
  checkNoFix(rule, node() + bridged('lan,opt1') + vips);
});

test('carp-with-bridge: silent about tunnels, one member, disabled and unknown members', () => {
  checkRule(rule, node('ovpns1') + bridged('lan,opt1') + vips);
  checkRule(rule, node() + bridged('lan') + vips);
  checkRule(rule, node('vmx2', false) + bridged('lan,opt1') + vips);
  checkRule(rule, node() + bridged('lan,opt9') + vips);
});

test('carp-with-bridge: silent without a CARP VIP', () => {
  checkRule(rule, node() + bridged('lan,opt1'));
  checkRule(
    rule,
    node() + bridged('lan,opt1') + virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet: '10.0.0.9' })),
  );
});
