import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/system/system-timeservers-missing.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { pair } from '../../../harness/interfaces.ts';
import { checkFix, checkNoFix, findingsIn } from '../../../harness/rule.ts';

const system = (servers: string) => `\t<system>\n\t\t<timeservers>${servers}</timeservers>\n\t</system>\n`;
const pool = '0.pool.example.org 1.pool.example.org';

function found(source: string): string[] {
  return findingsIn([rule], parseFixture(source)).map(each => each.message);
}

test('system-timeservers-missing: in a pair alone, each node by itself', () => {
  assert.deepEqual(found(pair(system(''), system(''))), [
    'This node has no time server; its clock and that of the secondary will drift apart.',
    'This node has no time server; its clock and that of the primary will drift apart.',
  ]);
  assert.deepEqual(found(system('')), [], 'a node in no pair');
  assert.deepEqual(found(pair('\t<system></system>\n', system(pool))), [], 'an excerpt');
});

test('system-timeservers-missing: silent where the node has a clock of its own', () => {
  for (const clock of ['<gps><type>Default</type><port>cuau1</port></gps>', '<pps><port>cuau0</port></pps>']) {
    assert.deepEqual(found(pair(`${system('')}\t<ntpd>${clock}</ntpd>\n`, system(pool))), []);
  }
  assert.equal(found(pair(`${system('')}\t<ntpd><gps></gps></ntpd>\n`, system(pool))).length, 1);
});

test("system-timeservers-missing: the fix takes the other node's", () => {
  checkFix(rule, {
    before: pair(system(pool), system('')),
    after: pair(system(pool), system(pool)),
    title: `Set the time servers ${pool}`,
  });
  checkNoFix(rule, pair(system(''), system('')));
});
