import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-password-misplaced.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const to = '172.16.1.3';
const misplaced = hasync({ synchronizetoip: to, passwordfld: 'example' });

function found(source: string): number {
  return findingsIn([rule], parseFixture(source)).length;
}

test('sync-password-misplaced: silent where it is empty, where the right one is set, and where nothing is sent', () => {
  assert.equal(found(misplaced), 1);
  assert.equal(found(hasync({ synchronizetoip: to, passwordfld: '' })), 0);
  assert.equal(found(hasync({ synchronizetoip: to, passwordfld: 'example', password: 'example' })), 0);
  assert.equal(found(hasync({ synchronizetoip: '', passwordfld: 'example' })), 0);
  assert.equal(found('\t<system></system>\n'), 0);
  assert.equal(found(pair('\t<system></system>\n', misplaced)), 0, 'the secondary');
});

test('sync-password-misplaced: the fix gives the element its name, in place of an empty one', () => {
  const after = hasync({ synchronizetoip: to, password: 'example' });
  checkFix(rule, { before: misplaced, after, title: 'Rename passwordfld to password' });
  checkFix(rule, { before: hasync({ synchronizetoip: to, password: '', passwordfld: 'example' }), after });
  checkFix(rule, { before: hasync({ synchronizetoip: to, passwordfld: 'example', password: '' }), after });
});

test('sync-password-misplaced: nothing tells the password', () => {
  const [finding] = findingsIn([rule], parseFixture(misplaced));
  const titles = finding?.fixes().map(fix => fix.title);
  assert.doesNotMatch(
    JSON.stringify([finding?.message, finding?.related.map(each => each.message), titles]),
    /example/,
  );
});
