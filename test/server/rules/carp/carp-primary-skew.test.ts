import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-primary-skew.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, pair, virtualip } from './vips.ts';

const skew = (advskew: string) => virtualip(carpVip({ advskew }));
const skews = (first: string, second: string) => pair(skew(first), skew(second));

test('carp-primary-skew: anything above 1 that the secondary is above', () => {
  for (const [first, second] of [
    ['2', '102'],
    ['200', '254'],
    ['50', '51'],
  ] as const) {
    assert.equal(findingsIn([rule], parseFixture(skews(first, second))).length, 1, first);
  }
});

test('carp-primary-skew: silent about 0, 1, an empty one and no number', () => {
  checkRule(rule, skews('0', '100'));
  checkRule(rule, skews('1', '101'));
  checkRule(rule, skews('', '100'));
  checkRule(rule, skews('many', '100'));
  checkRule(rule, skews('50', 'many'));
});

test('carp-primary-skew: silent where the order is wrong, on one node alone, and on disabled interfaces', () => {
  checkRule(rule, skews('100', '0'));
  checkRule(rule, skews('50', '50'));
  checkRule(rule, skew('50'));
  const off = '	<interfaces>\n		<lan><if>vmx1</if></lan>\n	</interfaces>\n';
  checkRule(rule, pair(off + skew('50'), off + skew('150')));
});

test('carp-primary-skew: silent about the middle one of three nodes, which has its advskew from the first', () => {
  const lan = (address: string) =>
    `	<interfaces>\n		<lan><enable></enable><if>vmx1</if><ipaddr>${address}</ipaddr><subnet>24</subnet></lan>\n	</interfaces>\n`;
  const chain = (writer: string, first = '100', second = '200') =>
    pair(
      `${lan('10.0.0.3')}${skew(first)}	<revision><username>${writer}</username></revision>\n`,
      lan('10.0.0.4') + skew(second),
    );
  const told = (source: string) => findingsIn([rule], parseFixture(source)).length;
  assert.equal(told(chain('(system)@10.0.0.2')), 0);
  assert.equal(told(chain('(system)@10.0.0.4')), 1, 'a loop within the pair tells nothing');
  assert.equal(told(chain('admin@10.0.0.9 (Local Database)')), 1);
  assert.equal(told(chain('(system)@10.0.0.2', '50', '150')), 1);
});

test('carp-primary-skew: 0 and 100, and the secondary is left alone where it is right', () => {
  const title = 'Set advskew to 0 on the primary and 100 on the secondary';
  checkFix(rule, { before: skews('50', '150'), after: skews('0', '100'), title });
  checkFix(rule, { before: skews('50', '100'), after: skews('0', '100'), title });
});
