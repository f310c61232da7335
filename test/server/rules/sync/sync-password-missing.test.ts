import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-password-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const nobody = hasync({ synchronizetoip: '' });
const without = hasync({ synchronizetoip: '172.16.1.3', password: '' });

function found(source: string): number {
  return findingsIn([rule], parseFixture(source)).length;
}

test('sync-password-missing: where there is no element, the section is told; nobody but a person knows the password', () => {
  checkRule(
    rule,
    `	<hasync>
	 ^^^^^^ error: The configuration is synchronised to 172.16.1.3, but there is no password for it.
		<synchronizetoip>172.16.1.3</synchronizetoip>
	</hasync>
`,
  );
  checkNoFix(rule, without);
});

test('sync-password-missing: silent without a target, on the secondary, and with a password in the wrong element', () => {
  assert.equal(found(nobody), 0);
  assert.equal(found('\t<system></system>\n'), 0);
  assert.equal(found(pair(nobody, without)), 0);
  assert.equal(found(pair(without, nobody)), 1);
  assert.equal(found(hasync({ synchronizetoip: '172.16.1.3', password: '', passwordfld: 'example' })), 0);
  assert.equal(found(hasync({ synchronizetoip: '172.16.1.3', passwordfld: '' })), 1);
});
