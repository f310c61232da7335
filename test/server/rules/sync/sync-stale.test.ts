import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-stale.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { findingsIn } from '../../../harness/rule.ts';

interface Times {
  readonly primary?: number | string;
  readonly secondary?: number | string;
  readonly writer?: string;
  readonly secondaryBody?: string;
}

const sent = 1_752_576_002;

function found({
  primary = sent - 2,
  secondary = sent,
  writer = '(system)@172.16.1.2',
  secondaryBody = '',
}: Times): string[] {
  const source = `--- primary.xml
	<interfaces><opt1><enable></enable><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet></opt1></interfaces>
	<hasync><synchronizetoip>172.16.1.3</synchronizetoip><synchronizealiases>on</synchronizealiases></hasync>
	<aliases><alias><name>WEB</name></alias></aliases>
	<revision><time>${primary}</time><username>admin@10.0.0.50 (Local Database)</username></revision>
--- secondary.xml
	<revision><time>${secondary}</time><username>${writer}</username></revision>
	${secondaryBody}
`;
  const fixture = parseFixture(source);
  return findingsIn([rule], fixture).map(
    ({ at, message }) => `${at.anchor.document.uri.split('/').at(-1)}: ${message}`,
  );
}

test('sync-stale: the primary was changed well after', () => {
  const behind = (age: string) => [
    `secondary.xml: The primary was changed ${age} after it last synchronised to the secondary: the synchronisation does not get through, or this file is older than the primary's.`,
  ];
  assert.deepEqual(found({ primary: sent + 601 }), behind('10 minutes'));
  assert.deepEqual(found({ primary: sent + 7200 }), behind('2 hours'));
  assert.deepEqual(found({ primary: sent + 86_400 * 9 }), behind('9 days'));
});

test('sync-stale: the primary’s file is out of date', () => {
  assert.deepEqual(found({ primary: sent - 86_400 }), [
    'primary.xml: The secondary was last sent something 24 hours after this file of the primary was written: the primary has been changed since.',
  ]);
});

test('sync-stale: silent within ten minutes, without a time, after another writer, and where nothing differs', () => {
  const late = sent + 86_400;
  assert.deepEqual(found({ primary: sent + 600 }), []);
  assert.deepEqual(found({ primary: late, secondary: '' }), []);
  assert.deepEqual(found({ primary: 'yesterday' }), []);
  assert.deepEqual(found({ primary: late, writer: 'admin@10.0.0.50 (Local Database)' }), []);
  assert.deepEqual(found({ primary: late, writer: '(system)' }), []);
  assert.deepEqual(found({ primary: late, writer: '(system)@192.0.2.9' }), []);
  assert.deepEqual(found({ primary: late, secondaryBody: '<aliases><alias><name>WEB</name></alias></aliases>' }), []);
});
