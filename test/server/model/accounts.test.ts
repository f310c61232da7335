import assert from 'node:assert/strict';
import test from 'node:test';
import { effectivePrivileges, maySynchronize, readGroups, readUsers } from '../../../server/src/model/users.ts';
import { readWebGui } from '../../../server/src/model/webgui.ts';
import { configOf } from './readers.ts';

const system = configOf(`<system>
  <group><name>admins</name><gid>1999</gid><member>0</member><member>2001</member><priv>page-all</priv></group>
  <group><name>sync</name><gid>2000</gid><member>2002</member><priv>system-xmlrpc-ha-sync</priv></group>
  <group><name>empty</name><member></member></group>
  <user><name>admin</name><uid>0</uid></user>
  <user><name>page</name><uid>2001</uid></user>
  <user><name>group</name><uid>2002</uid><priv>page-dashboard-all</priv></user>
  <user><name>own</name><uid>2003</uid><priv>system-xmlrpc-ha-sync</priv><expires>12/31/2030</expires></user>
  <user><name>off</name><uid>2004</uid><priv>system-xmlrpc-ha-sync</priv><disabled></disabled></user>
  <user></user>
</system>`);

test('users: own privileges and those of groups', () => {
  const users = system.query(readUsers);
  assert.deepEqual(
    users.map(user => [user.name.value, user.uid?.value, user.isDisabled, user.expires?.value]),
    [
      ['admin', '0', false, undefined],
      ['page', '2001', false, undefined],
      ['group', '2002', false, undefined],
      ['own', '2003', false, '12/31/2030'],
      ['off', '2004', true, undefined],
    ],
  );
  const [, , group] = users;
  assert.deepEqual([...effectivePrivileges(system, group!)], ['page-dashboard-all', 'system-xmlrpc-ha-sync']);
});

test('users: who may synchronise is uid 0 or who holds the privilege; all pages are not enough', () => {
  const may = system
    .query(readUsers)
    .filter(user => maySynchronize(system, user))
    .map(user => user.name.value);
  assert.deepEqual(may, ['admin', 'group', 'own']);
});

test('groups: members that are empty are none', () => {
  assert.deepEqual(
    system.query(readGroups).map(group => [group.name.value, group.members.length]),
    [
      ['admins', 2],
      ['sync', 1],
      ['empty', 0],
    ],
  );
});

test('webgui: an empty port is the protocol’s own', () => {
  const port = (text: string) => configOf(`<system><webgui>${text}</webgui></system>`).query(readWebGui).effectivePort;
  assert.equal(port('<protocol>https</protocol><port></port>'), 443);
  assert.equal(port('<protocol>http</protocol>'), 80);
  assert.equal(port('<protocol>https</protocol><port>8443</port>'), 8443);
  assert.equal(port('<port>70000</port>'), 443);
  assert.equal(configOf('').query(readWebGui).effectivePort, 443);
});
