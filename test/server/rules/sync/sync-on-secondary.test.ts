import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-on-secondary.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, iface, interfaces, pair } from '../../../harness/interfaces.ts';
import { checkFix, checkRule, findingsIn } from '../../../harness/rule.ts';

const primary = interfaces(iface('opt1', 'vmx2', { address: '172.16.1.2/24' }));

test('sync-on-secondary: a target that is no address of the primary is a warning', () => {
  checkRule(
    rule,
    `--- primary.xml
${primary}--- secondary.xml
	<hasync>
		<synchronizetoip>192.0.2.9</synchronizetoip>
		                 ^^^^^^^^^ warning: The secondary synchronises to 192.0.2.9; only the primary may synchronise its configuration.
	</hasync>
`,
  );
});

test('sync-on-secondary: user and password alone do nothing', () => {
  const secondary = hasync({ synchronizetoip: '', username: 'admin', password: 'example' });
  assert.deepEqual(findingsIn([rule], parseFixture(pair(primary, secondary))), []);
});

test('sync-on-secondary: the fix empties what is set, and names no secret', () => {
  const before = hasync({ synchronizetoip: '172.16.1.2', username: 'hasync', password: 'example' });
  checkFix(rule, {
    before: pair(primary, before),
    after: pair(primary, hasync({ synchronizetoip: '', username: '', password: '' })),
    title: 'Clear the sync target, user, password on the secondary',
  });
  checkFix(rule, {
    before: pair(primary, hasync({ synchronizetoip: '172.16.1.2' })),
    after: pair(primary, hasync({ synchronizetoip: '' })),
    title: 'Clear the sync target on the secondary',
  });
  const [finding] = findingsIn([rule], parseFixture(pair(primary, before)));
  assert.doesNotMatch(JSON.stringify([finding?.message, finding?.related.map(each => each.message)]), /example/);
});
