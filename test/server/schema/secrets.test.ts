import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecretName } from '../../../server/src/schema/secrets.ts';

test('secrets: tokens and the keys of old captive portals are secrets; a user name is none', () => {
  for (const name of ['api', 'radiuskey4', 'password', 'prv', 'ldap_bindpw', 'my-package-token'])
    assert.ok(isSecretName(name), name);
  for (const name of ['username', 'descr', 'advskew', 'apinger', 'keyid']) assert.ok(!isSecretName(name), name);
});

test('secrets: what pfSense itself leaves out of its status report is one, and what tells apart the key from its name is none', () => {
  const names =
    'accountkey barnyard_dbpwd cert_key dns_cfcf_key dns_gdgd_pw etpro_code ldapbindpass maxmind_key md5sigkey md5sigpass ' +
    'oinkcode oinkmastercode securiteinfo_id pin simpin tlspskfile varusersmotppin privkey preauthkey';
  for (const name of names.split(' ')) assert.ok(isSecretName(name), name);
  const others =
    'authorizedkeys bypass ddnsdomainkeyname keylen key_type log_authbadpass pin-wait publickey rekey_time';
  for (const name of others.split(' ')) assert.ok(!isSecretName(name), name);
});

test('secrets: the users of a PPPoE server stand with their passwords in one element', () => {
  assert.ok(isSecretName('username', 'pppoe'));
  assert.ok(!isSecretName('username', 'ppp'));
});
