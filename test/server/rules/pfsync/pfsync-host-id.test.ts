import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/pfsync/pfsync-host-id.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { hasync, pair } from '../../../harness/interfaces.ts';
import { checkFix, findingsIn } from '../../../harness/rule.ts';

const on = (id: string) => hasync({ pfsyncenabled: 'on', pfhostid: id });

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => `${each.severity} ${each.message}`);
}

test('pfsync-host-id: ids are compared as numbers', () => {
  assert.deepEqual(found(on('ff01'), on('00FF01')), [
    'error Both nodes have the pf host id 00FF01: the states of one may be taken for those of the other.',
  ]);
  assert.deepEqual(found(on('1'), on('2')), []);
  assert.deepEqual(found(on('1'), on('')), []);
  assert.deepEqual(found(on(''), on('')), []);
});

test('pfsync-host-id: one that is none is passed over, one of zeros is not', () => {
  for (const id of ['xyz', '0x1', '123456789', '000000000']) {
    assert.deepEqual(found(on(id), on('2')), [
      `warning The pf host id ${id} is no hexadecimal number of at most 8 digits: pfSense passes it over.`,
    ]);
  }
  assert.deepEqual(found(on('xyz'), on('xyz')).length, 2, 'each node has an id of its own then');
  assert.deepEqual(found(on('1'), on('00')), ['error The pf host id 00 is zero, which pf does not take.']);
  assert.deepEqual(found(on('0'), on('0')), [], 'a single 0 is none to pfSense');
});

test('pfsync-host-id: silent where pfsync is off on either node', () => {
  assert.deepEqual(found(on('1'), hasync({ pfhostid: '1' })), []);
  assert.deepEqual(found(hasync({ pfhostid: '1' }), on('1')), []);
});

test('pfsync-host-id: the fix clears the id of the node', () => {
  checkFix(rule, {
    before: pair(on('1'), on('1')),
    after: pair(on('1'), on('')),
    title: 'Clear the pf host id on the secondary',
  });
  checkFix(rule, {
    before: pair(on('00'), on('1')),
    after: pair(on(''), on('1')),
    title: 'Clear the pf host id on the primary',
  });
});
