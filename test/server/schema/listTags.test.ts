import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { isListTag, listTagsOf } from '../../../server/src/schema/listTags.ts';

/** The lists that pfSense's own code gave, by branch, with the branch's config version. */
const recorded: readonly (readonly [branch: string, version: number])[] = [
  ['RELENG_2_5_2', 21.7],
  ['RELENG_2_6_0', 22.2],
  ['RELENG_2_7_2', 23.3],
  ['pre29', 23.9],
  ['master', 24.5],
];

const folder = join('..', 'shared', 'pfsense', 'listtags');

for (const [branch, version] of recorded) {
  test(`list tags: those of ${branch} are pfSense's own`, { skip: !existsSync(folder) }, () => {
    const own = JSON.parse(readFileSync(join(folder, `listtags.${branch}.json`), 'utf8')) as string[];
    assert.deepEqual(listTagsOf(version), own.sort());
  });
}

test('list tags: names were only ever added', () => {
  const sizes = [8, 10.1, 12, 15.8, 18, 21.4, 22.2, 23.3, 23.9].map(version => listTagsOf(version).length);
  assert.deepEqual(sizes, [90, 92, 93, 94, 97, 101, 102, 102, 104]);
  assert.equal(listTagsOf(undefined).length, 104);
  assert.equal(new Set(listTagsOf(undefined)).size, 104);
});

test('list tags: any version will do for a name', () => {
  for (const name of ['rule', 'vip', 'openvpn-server', 'sshkeyfile', 'laggroup']) assert.ok(isListTag(name), name);
  for (const name of ['interfaces', 'separator', 'range', 'constructor', '']) assert.ok(!isListTag(name), name);
});
