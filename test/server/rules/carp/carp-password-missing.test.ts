import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-password-missing.ts';
import { checkNoFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const bare = (mark = '') => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
${mark}	</virtualip>
`;
const mark =
  '		 ^^^ warning: CARP VIP 10.0.0.1 (VHID 2) on lan has no password: any host on that network can take it over.\n';

test('carp-password-missing: without the element too, on both nodes, and a person has to choose one', () => {
  checkRule(rule, bare(mark));
  checkRule(rule, pair(bare(mark), bare(mark)));
  checkNoFix(rule, bare());
});

test('carp-password-missing: nothing but spaces is none', () => {
  checkRule(
    rule,
    `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><password><![CDATA[  ]]></password><subnet>10.0.0.1</subnet></vip>
		                                                                        ^^^^^^^^^^^^^^ warning: CARP VIP 10.0.0.1 (VHID 2) on lan has no password: any host on that network can take it over.
	</virtualip>
`,
  );
});

test('carp-password-missing: a VIP that the peer lacks has no password there either', () => {
  checkRule(rule, pair(bare(mark), virtualip(carpVip({ vhid: '9', password: 'a', subnet: '10.0.0.9' }))));
});

test('carp-password-missing: silent where the peer has one, which is another rule’s', () => {
  checkRule(rule, pair(bare(), virtualip(carpVip({ password: 'a' }))));
  checkRule(rule, pair(virtualip(carpVip({ password: 'a' })), bare()));
});

test('carp-password-missing: silent on a disabled interface and on VIPs of other modes', () => {
  checkRule(rule, `	<interfaces>\n		<lan><if>vmx1</if></lan>\n	</interfaces>\n${bare()}`);
  checkRule(rule, virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet_bits: '8', subnet: '10.0.0.1' })));
});
