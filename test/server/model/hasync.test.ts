import assert from 'node:assert/strict';
import test from 'node:test';
import { formatAddress } from '../../../server/src/model/address.ts';
import {
  addressOf,
  readHaSync,
  readPfsyncAddress,
  readPfsyncInterface,
  setHaSync,
} from '../../../server/src/model/hasync.ts';
import { configOf } from './readers.ts';

test('hasync: values, areas, and no password', () => {
  const sync = configOf(`<hasync>
    <pfsyncenabled>on</pfsyncenabled>
    <synchronizerules>on</synchronizerules>
    <synchronizenat></synchronizenat>
    <pfsyncinterface>opt1</pfsyncinterface>
    <synchronizetoip>172.16.1.3</synchronizetoip>
    <username><![CDATA[hasync]]></username>
    <password><![CDATA[example]]></password>
  </hasync>`).query(readHaSync);
  assert.equal(sync.isPfsyncEnabled, true);
  assert.equal(sync.pfsyncInterface?.value, 'opt1');
  assert.equal(sync.pfsyncPeer, undefined);
  assert.equal(sync.username?.value, 'hasync');
  assert.equal(sync.password?.name, 'password');
  assert.deepEqual([...sync.areas], ['synchronizerules']);
  const target = addressOf(sync.synchronizeToIp);
  assert.equal(target && formatAddress(target.value), '172.16.1.3');
  assert.equal(addressOf(undefined), undefined);
});

test('hasync: without the section all is absent', () => {
  const sync = configOf('').query(readHaSync);
  assert.deepEqual(
    [sync.element, sync.isPfsyncEnabled, sync.synchronizeToIp, sync.areas.size],
    [undefined, false, undefined, 0],
  );
});

test('hasync: the address on the SYNC interface', () => {
  const addressWith = (text: string) => {
    const config = configOf(
      `<interfaces><opt1>${text}<if>em2</if></opt1></interfaces><hasync><pfsyncinterface>opt1</pfsyncinterface></hasync>`,
    );
    assert.equal(config.query(readPfsyncInterface)?.key, 'opt1');
    const address = config.query(readPfsyncAddress);
    return address && formatAddress(address.value);
  };
  assert.equal(addressWith('<enable></enable><ipaddr>172.16.1.2</ipaddr><subnet>24</subnet>'), '172.16.1.2');
  assert.equal(addressWith('<ipaddr>172.16.1.2</ipaddr><subnet>24</subnet>'), undefined, 'disabled');
  assert.equal(addressWith('<enable></enable><ipaddr>dhcp</ipaddr>'), undefined);
  assert.equal(
    configOf('<hasync><pfsyncinterface>lo0</pfsyncinterface></hasync>').query(readPfsyncInterface),
    undefined,
  );
});

test('hasync: several missing values are one edit, in the order of the form', () => {
  const config = configOf('\t<hasync>\n\t\t<synchronizetoip></synchronizetoip>\n\t</hasync>\n');
  const edits = setHaSync(config, { pfsyncinterface: 'opt1', pfsyncenabled: 'on', password: 'a&b' });
  assert.equal(edits.length, 2);
  for (const edit of [...edits].sort((a, b) => b.from - a.from)) config.document.edit(edit);
  assert.match(
    config.document.buffer.toString(),
    /<hasync>\n\t\t<pfsyncenabled>on<\/pfsyncenabled>\n\t\t<pfsyncinterface>opt1<\/pfsyncinterface>\n\t\t<synchronizetoip><\/synchronizetoip>\n\t\t<password><!\[CDATA\[a&amp;b\]\]><\/password>\n\t<\/hasync>/,
  );
});
