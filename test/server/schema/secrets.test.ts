import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretName } from '../../../server/src/schema/secrets.ts';

test('secrets: tokens and the keys of old captive portals are secrets; a user name is none', () => {
  for (const name of ['api', 'radiuskey4', 'password', 'prv', 'ldap_bindpw', 'my-package-token'])
    assert.ok(isSecretName(name), name);
  for (const name of ['username', 'descr', 'advskew', 'apinger', 'keyid']) assert.ok(!isSecretName(name), name);
});

test('secrets: the users of a PPPoE server stand with their passwords in one element', () => {
  assert.ok(isSecretName('username', 'pppoe'));
  assert.ok(!isSecretName('username', 'ppp'));
});
