import assert from 'node:assert/strict';
import test from 'node:test';
import { elementAround, pathOfElement } from '../../../server/src/model/elementPath.ts';
import { peerElementOf } from '../../../server/src/model/peerElement.ts';
import { parseCursor } from '../../harness/cursor.ts';

/** The path of what the element at the cursor is on the other node; absent where it is nothing. */
function peerPath(source: string): string | undefined {
  const { snapshot, offset } = parseCursor(source);
  const { config, peer } = snapshot;
  const { document } = config;
  const branch = document.tree.branches.find(each => each.start <= offset && offset < each.end);
  const from = offset - (branch?.start ?? 0);
  const element = branch && elementAround({ anchor: branch, from, to: from });
  const there = element && peer && peerElementOf(element, { node: config, peer });
  return there && peer && pathOfElement(peer, there);
}

function pair(primary: string, secondary: string): string {
  return `--- primary.xml\n${primary}\n--- secondary.xml\n${secondary}\n`;
}

test('the same element of the other node is the one of the same name, or of the same identifier in a list', () => {
  const wan = '<interfaces><wan><if>$0vmx0</if></wan></interfaces>';
  assert.equal(
    peerPath(pair(wan, '<interfaces><lan></lan><wan><if>igb0</if></wan></interfaces>')),
    'interfaces/wan/if',
  );
  const vip = (vhid: number, cursor = '') =>
    `<vip><mode>carp</mode><interface>lan</interface><vhid>${vhid}</vhid><advskew>${cursor}0</advskew></vip>`;
  assert.equal(
    peerPath(pair(`<virtualip>${vip(1)}${vip(2, '$0')}</virtualip>`, `<virtualip>${vip(2)}${vip(3)}</virtualip>`)),
    'virtualip/vip[interface=lan,vhid=2]/advskew',
  );
  const alias = (name: string, cursor = '') =>
    `<alias><name>${name}</name><address>${cursor}192.0.2.1</address></alias>`;
  const aliases = (...all: string[]) => `<aliases>${all.join('')}</aliases>`;
  assert.equal(
    peerPath(pair(aliases(alias('A'), alias('B', '$0')), aliases(alias('B')))),
    'aliases/alias[name=B]/address',
  );
});

test('there is none where the other node has nothing, or where it would be a guess', () => {
  const rule = (descr: string, cursor = '') => `<rule><descr>${descr}</descr><type>${cursor}pass</type></rule>`;
  const filter = (...all: string[]) => `<filter>${all.join('')}</filter>`;
  assert.equal(peerPath(pair(filter(rule('web', '$0')), '')), undefined);
  assert.equal(peerPath(pair(filter(rule('web', '$0')), filter(rule('mail')))), undefined);
  assert.equal(peerPath(pair(filter(rule('web', '$0')), filter(rule('web'), rule('web')))), undefined);
  assert.equal(peerPath(pair(filter(rule('web'), rule('web', '$0')), filter(rule('web')))), undefined);
  const twice = '<system><hostname>a</hostname><hostname>$0b</hostname></system>';
  assert.equal(peerPath(pair(twice, '<system><hostname>c</hostname></system>')), undefined);
});

test('an item that nothing tells apart is the same where each node has one', () => {
  const one = '<installedpackages><x><config><on>$0y</on></config></x></installedpackages>';
  const other = '<installedpackages><x><config><on>n</on></config></x></installedpackages>';
  assert.equal(peerPath(pair(one, other)), 'installedpackages/x/config/on');
  const two = '<installedpackages><x><config></config><config></config></x></installedpackages>';
  assert.equal(peerPath(pair(one, two)), undefined);
});
