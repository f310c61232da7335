import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/sync/sync-user-privilege.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const held = '<priv>system-xmlrpc-ha-sync</priv>';
const user = (name: string, uid: string, more = '') =>
  `<user><name>${name}</name>${uid === '' ? '' : `<uid>${uid}</uid>`}${more}</user>`;
const group = (name: string, inner: string) => `<group><name>${name}</name>${inner}</group>`;
const system = (...rows: readonly string[]) => `\t<system>\n${rows.map(row => `\t\t${row}\n`).join('')}\t</system>\n`;
const as = (username: string, users = '') =>
  hasync({ synchronizeusers: users, synchronizetoip: '172.16.1.3', username });

function found(primary: string, secondary: string): number {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).length;
}

test('sync-user-privilege: held by the account, by a group it is in, or by everybody', () => {
  assert.equal(found(as('hasync'), system(user('hasync', '2000', held))), 0);
  const member = '<member>2000</member>';
  assert.equal(found(as('hasync'), system(user('hasync', '2000'), group('sync', member + held))), 0);
  assert.equal(found(as('hasync'), system(user('hasync', '2000'), group('sync', `<member>2001</member>${held}`))), 1);
  assert.equal(found(as('hasync'), system(user('hasync', '2000'), group('all', held))), 0);
});

test('sync-user-privilege: admin needs none, all pages and the group admins are not enough', () => {
  assert.equal(found(as(''), system(user('admin', '0'))), 0);
  assert.equal(found(as('root2'), system(user('root2', '0'))), 0);
  const admins = group('admins', '<member>2000</member><priv>page-all</priv>');
  assert.equal(found(as('hasync'), system(user('hasync', '2000', '<priv>page-all</priv>'), admins)), 1);
});

test('sync-user-privilege: silent where another rule tells, or the file does not', () => {
  assert.equal(found(as('hasync'), system(user('admin', '0'))), 0, 'no such user');
  assert.equal(found(as('hasync'), system(user('hasync', '2000', '<disabled></disabled>'))), 0);
  assert.equal(found(as('hasync'), system(user('hasync', ''))), 0, 'no uid');
  assert.equal(found(hasync({ username: 'hasync' }), system(user('hasync', '2000'))), 0, 'no target');
  const remote = '<webgui><authmode>radius1</authmode></webgui>';
  assert.equal(found(as('hasync'), system(user('hasync', '2000'), remote)), 0);
});

test('sync-user-privilege: the fix gives it behind what the account has', () => {
  const before = '<priv>page-all</priv>';
  checkFix(rule, {
    before: pair(as('hasync'), system(user('hasync', '2000', before))),
    after: pair(as('hasync'), system(user('hasync', '2000', before + held))),
    title: 'Give hasync the privilege "System - HA node sync" on the secondary',
  });
});

test('sync-user-privilege: where users are synchronised, the primary’s account is given it too', () => {
  checkFix(rule, {
    before: pair(as('hasync', 'on') + system(user('hasync', '2000')), system(user('hasync', '2000'))),
    after: pair(as('hasync', 'on') + system(user('hasync', '2000', held)), system(user('hasync', '2000', held))),
    title: 'Give hasync the privilege "System - HA node sync" on both nodes',
  });
  checkFix(rule, {
    before: pair(as('hasync', 'on') + system(user('hasync', '2000', held)), system(user('hasync', '2000'))),
    after: pair(as('hasync', 'on') + system(user('hasync', '2000', held)), system(user('hasync', '2000', held))),
    title: 'Give hasync the privilege "System - HA node sync" on the secondary',
  });
});
