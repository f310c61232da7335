import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-skew-empty.ts';
import { checkFix, checkRule } from '../../../harness/rule.ts';
import { carpVip, pair, vip, virtualip } from './vips.ts';

const skew = (advskew: string) => virtualip(carpVip({ advskew, advbase: '1' }));
const bare = (mark = '') => `	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
${mark}	</virtualip>
`;
const cannot =
  '		 ^^^ warning: CARP VIP 10.0.0.1 (VHID 2) on lan has no advskew: the configuration sync cannot raise it for the secondary.\n';

test('carp-skew-empty: on a primary whose secondary is above it as yet, and without the element', () => {
  checkRule(rule, bare(cannot));
  checkRule(rule, pair(bare(cannot), skew('100')));
  checkRule(rule, pair(bare(cannot), virtualip(carpVip({ vhid: '9', advskew: '100', subnet: '10.0.0.9' }))));
});

test('carp-skew-empty: on a secondary whose primary lacks the VIP', () => {
  const mark =
    '		 ^^^ warning: CARP VIP 10.0.0.1 (VHID 2) on lan has no advskew: the secondary advertises it with 0, as a primary does.\n';
  checkRule(rule, pair(virtualip(), bare(mark)));
});

test('carp-skew-empty: silent where the order of the two is wrong already, which is another rule’s', () => {
  checkRule(rule, pair(bare(), bare()));
  checkRule(rule, pair(bare(), skew('0')));
  checkRule(rule, pair(skew('0'), bare()));
});

test('carp-skew-empty: silent about a number, any other text, other modes and disabled interfaces', () => {
  checkRule(rule, skew('0'));
  checkRule(rule, skew('many'));
  checkRule(rule, virtualip(vip({ mode: 'ipalias', interface: 'lan', subnet: '10.0.0.1' })));
  checkRule(rule, `	<interfaces>\n		<lan><if>vmx1</if></lan>\n	</interfaces>\n${bare()}`);
});

test('carp-skew-empty: 0 on a primary or a node in no pair, 100 on a secondary', () => {
  checkFix(rule, { before: skew(''), after: skew('0'), title: 'Set advskew to 0' });
  checkFix(rule, { before: pair(skew(''), skew('100')), after: pair(skew('0'), skew('100')) });
  checkFix(rule, { before: pair(virtualip(), skew('')), after: pair(virtualip(), skew('100')) });
  const without = virtualip(carpVip({ advbase: '1' }));
  checkFix(rule, { before: without, after: skew('0') });
});
