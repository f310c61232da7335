import assert from 'node:assert/strict';
import test from 'node:test';
import { rules } from '../../../server/src/rules/index.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { checkRule } from '../../harness/rule.ts';

for (const rule of rules) {
  test(`${rule.id}: its wrong example is found as marked`, () => {
    assert.ok(parseFixture(rule.examples.wrong).marks.length > 0, 'the wrong example marks nothing');
    checkRule(rule, rule.examples.wrong);
  });

  test(`${rule.id}: its right example is clean`, () => {
    assert.equal(parseFixture(rule.examples.right).marks.length, 0, 'the right example marks something');
    checkRule(rule, rule.examples.right);
  });
}
