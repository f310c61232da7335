import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/carp/carp-password-truncated.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';
import { carpVip, vip, virtualip } from './vips.ts';

const locked = (password: string) => virtualip(carpVip({ password: `<![CDATA[${password}]]>` }));
const lengthOf = (password: string) =>
  findingsIn([rule], parseFixture(locked(password))).map(({ message }) => /is (\d+) bytes/.exec(message)?.[1]);

test('carp-password-truncated: the twentieth byte is one too many', () => {
  checkRule(rule, locked('0123456789012345678'));
  assert.deepEqual(lengthOf('01234567890123456789'), ['20']);
  checkNoFix(rule, locked('01234567890123456789'));
});

test('carp-password-truncated: counts the bytes that the kernel is given', () => {
  checkRule(rule, locked('0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8'));
  assert.deepEqual(lengthOf("'012345678901234567"), ['20']);
  assert.deepEqual(lengthOf('&quot;012345678901234567'), ['20']);
  assert.deepEqual(lengthOf('éééééééééé'), ['20']);
  checkRule(rule, locked('&quot;01234567890123456'));
});

test('carp-password-truncated: does not tell the password', () => {
  const [finding] = findingsIn([rule], parseFixture(locked('example-that-is-too-long')));
  assert.doesNotMatch(finding?.message ?? 'example', /example/);
});

test('carp-password-truncated: silent without one, on other modes and on disabled interfaces', () => {
  checkRule(rule, virtualip(carpVip()));
  const password = '01234567890123456789';
  checkRule(rule, virtualip(vip({ mode: 'ipalias', interface: 'lan', password, subnet: '10.0.0.1' })));
  checkRule(rule, `	<interfaces>\n		<lan><if>vmx1</if></lan>\n	</interfaces>\n${locked(password)}`);
});
