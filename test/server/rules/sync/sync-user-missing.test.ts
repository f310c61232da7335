import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-user-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const user = (name: string, more = '') => `<user><name>${name}</name><uid>2000</uid>${more}</user>`;
const system = (...rows: readonly string[]) => `\t<system>\n${rows.map(row => `\t\t${row}\n`).join('')}\t</system>\n`;
const as = (username: string) => hasync({ synchronizetoip: '172.16.1.3', username });

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => each.message);
}

test('sync-user-missing: without a name it is admin, told at the target', () => {
  checkRule(
    rule,
    `--- primary.xml
	<hasync>
		<synchronizetoip>172.16.1.3</synchronizetoip>
		                 ^^^^^^^^^^ error: The configuration sync logs in as admin, but the secondary has no such user.
		<username></username>
	</hasync>
--- secondary.xml
${system(user('hasync'))}`,
  );
  assert.deepEqual(found(as(''), system(user('admin'))), []);
});

test('sync-user-missing: silent without a target, without users, and where accounts are elsewhere', () => {
  assert.deepEqual(found(hasync({ synchronizetoip: '', username: 'hasync' }), system(user('admin'))), []);
  assert.deepEqual(found(as('hasync'), system()), []);
  const mode = (text: string) => `<webgui><authmode>${text}</authmode></webgui>`;
  assert.deepEqual(found(as('hasync'), system(user('admin'), mode('LDAP of example.org'))), []);
  assert.equal(found(as('hasync'), system(user('admin'), mode('Local Database'))).length, 1);
});

test('sync-user-missing: one that is disabled can be enabled, one that is missing has to be made', () => {
  assert.deepEqual(found(as('hasync'), system(user('hasync', '<disabled></disabled>'))), [
    'The configuration sync logs in as hasync, but that user is disabled on the secondary.',
  ]);
  checkFix(rule, {
    before: pair(as('hasync'), system(user('hasync', '<disabled></disabled>'))),
    after: pair(as('hasync'), system(user('hasync'))),
    title: 'Enable the user hasync on the secondary',
  });
  checkNoFix(rule, pair(as('hasync'), system(user('admin'))));
});
