import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-skew-order.ts';
import step from '../../../../server/src/rules/carp/carp-skew-step.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, pair, primaryInterfaces, secondaryInterfaces, vip, virtualip } from './vips.ts';

const skewed = (advskew: string) => virtualip(carpVip({ advskew }));
const skews = (first: string, second: string) => pair(skewed(first), skewed(second));

test('carp-skew-order: lower on the secondary, and empty on both', () => {
  checkRule(
    rule,
    `--- primary.xml
${primaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>100</advskew><subnet>10.0.0.1</subnet></vip>
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew></advskew><subnet>192.168.1.10</subnet></vip>
	</virtualip>
--- secondary.xml
${secondaryInterfaces}	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><advskew>0</advskew><subnet>10.0.0.1</subnet></vip>
		                                                                       ^ error: VHID 2 on LAN: the secondary's advskew 0 is not above the primary's 100.
		<vip><mode>carp</mode><interface>wan</interface><vhid>1</vhid><advskew></advskew><subnet>192.168.1.10</subnet></vip>
		                                                               ^^^^^^^ error: VHID 1 on WAN: the secondary's advskew (empty, which is 0) is not above the primary's empty one (which is 0).
	</virtualip>
`,
  );
});

test('carp-skew-order: without the element it is 0 as well, and stands on the VIP', () => {
  checkRule(
    rule,
    `--- primary.xml
${skewed('0')}--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>2</vhid><subnet>10.0.0.1</subnet></vip>
		 ^^^ error: VHID 2 on lan: the secondary's advskew (empty, which is 0) is not above the primary's 0.
	</virtualip>
`,
  );
});

test('carp-skew-order: a VIP with another VHID has to be in order too, once it has the same', () => {
  checkRule(
    rule,
    `--- primary.xml
${skewed('0')}--- secondary.xml
	<virtualip>
		<vip><mode>carp</mode><interface>lan</interface><vhid>3</vhid><advskew>0</advskew><subnet>10.0.0.1</subnet></vip>
		                                                                       ^ error: CARP VIP 10.0.0.1 on lan: the secondary's advskew 0 is not above the primary's 0.
	</virtualip>
`,
  );
});

test('carp-skew-order: anything above is in order, also above an empty one', () => {
  for (const [first, second] of [
    ['0', '1'],
    ['', '100'],
    ['253', '254'],
    ['100', '200'],
  ] as const)
    checkRule(rule, skews(first, second));
});

test('carp-skew-order: what is no advskew, no VIP on the other node, and a disabled interface are not compared', () => {
  checkRule(rule, skews('x', '0'));
  checkRule(rule, skews('0', '-1'));
  checkRule(rule, skews('0', '255').replace('255', '999'));
  checkRule(rule, pair(skewed('0'), virtualip()));
  const off = (text: string) => text.replaceAll('<enable></enable>', '');
  checkRule(rule, pair(off(primaryInterfaces) + skewed('0'), off(secondaryInterfaces) + skewed('0')));
});

test('carp-skew-order: 100 more on the secondary, at most 254', () => {
  const title = 'Set advskew to 100 on the secondary';
  checkFix(rule, { before: skews('0', '0'), after: skews('0', '100'), title });
  checkFix(rule, { before: skews('0', ''), after: skews('0', '100'), title });
  checkFix(rule, {
    before: skews('200', '10'),
    after: skews('200', '254'),
    title: 'Set advskew to 254 on the secondary',
  });
});

test('carp-skew-order: the element is written where pfSense writes it', () => {
  const bare = virtualip(vip({ mode: 'carp', interface: 'lan', vhid: '2', advbase: '1', subnet: '10.0.0.1' }));
  const whole = virtualip(
    vip({ mode: 'carp', interface: 'lan', vhid: '2', advskew: '100', advbase: '1', subnet: '10.0.0.1' }),
  );
  checkFix(rule, { before: pair(skewed('0'), bare), after: pair(skewed('0'), whole) });
});

test('carp-skew-order: the primary changes too where its advskew is empty, or nothing is above it', () => {
  const title = 'Set advskew to 0 on the primary and 100 on the secondary';
  checkFix(rule, { before: skews('', ''), after: skews('0', '100'), title });
  checkFix(rule, { before: skews('254', '254'), after: skews('0', '100'), title });
});

test('carp-skew-order: never together with carp-skew-step, and one of them for all but the right one', () => {
  for (const first of [0, 1, 2, 53, 54, 55, 99, 100, 101, 153, 154, 155, 156, 200, 252, 253, 254]) {
    for (const second of [0, 1, 50, first - 1, first, first + 1, first + 99, first + 100, first + 101, 253, 254]) {
      if (second < 0 || second > 254) continue;
      const found = findingsIn([rule, step], parseFixture(skews(`${first}`, `${second}`)));
      const right = second > first && second === Math.min(first + 100, 254);
      assert.equal(found.length, right ? 0 : 1, `${first} and ${second}`);
    }
  }
});
