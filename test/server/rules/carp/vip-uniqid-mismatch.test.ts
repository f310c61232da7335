import test from 'node:test';
import rule from '../../../../server/src/rules/carp/vip-uniqid-mismatch.ts';
import { checkFix, checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const carp = (uniqid: string) => carpVip({ uniqid });
const alias = (parent: string, uniqid: string) =>
  vip({ mode: 'ipalias', interface: `_vip${parent}`, uniqid, subnet_bits: '8', subnet: '10.0.0.9' });

test('vip-uniqid-mismatch: a CARP VIP and an IP alias on it', () => {
  checkRule(
    rule,
    pair(
      virtualip(carp('a1'), alias('a1', 'a2')),
      `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><uniqid>b1</uniqid><subnet>10.0.0.1</subnet></vip>
		                                                                      ^^ warning: 10.0.0.1 (VHID 2) on lan has the uniqid b1 on the secondary, but a1 on the primary.
		<vip><mode>ipalias</mode><interface>_vipb1</interface><uniqid>b2</uniqid><subnet>10.0.0.9</subnet></vip>
		                                                              ^^ warning: 10.0.0.9 on lan has the uniqid b2 on the secondary, but a2 on the primary.
	</virtualip>
`,
    ),
  );
});

test('vip-uniqid-mismatch: silent where they agree, one is missing, or nothing is synchronised', () => {
  checkRule(rule, pair(virtualip(carp('a1')), virtualip(carp('a1'))));
  checkRule(rule, pair(virtualip(carp('a1')), virtualip(carpVip())));
  checkRule(rule, pair(virtualip(carpVip()), virtualip(carp('b1'))));
  const own = (uniqid: string) =>
    virtualip(vip({ mode: 'ipalias', interface: 'lan', uniqid, subnet_bits: '8', subnet: '10.0.0.9' }));
  checkRule(rule, pair(own('a1'), own('b1')));
});

test('vip-uniqid-mismatch: the primary’s uniqid, in all that names the VIP on the secondary', () => {
  const services = (uniqid: string) => `	<ipsec><phase1><interface>_vip${uniqid}</interface></phase1></ipsec>
	<unbound><active_interface>lan,_vip${uniqid},_vip${uniqid}0</active_interface></unbound>
`;
  const primary = virtualip(carp('a1'), alias('a1', 'a2'));
  checkFix(rule, {
    before: pair(primary, virtualip(carp('b1'), alias('b1', 'a2')) + services('b1')),
    after: pair(primary, virtualip(carp('a1'), alias('a1', 'a2')) + services('a1').replace('_vipa10', '_vipb10')),
    title: 'Set the uniqid to a1 on the secondary',
  });
});

test('vip-uniqid-mismatch: no fix where the uniqid is another VIP’s there, or two share the present one', () => {
  const other = (uniqid: string) => carpVip({ interface: 'wan', vhid: '1', uniqid, subnet: '192.168.1.10' });
  checkNoFix(rule, pair(virtualip(carp('a1'), other('a2')), virtualip(carp('a2'), other('a1'))));
  checkNoFix(rule, pair(virtualip(carp('a1'), other('a2')), virtualip(carp('b1'), other('b1'))));
});
