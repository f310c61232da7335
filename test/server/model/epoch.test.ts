import assert from 'node:assert/strict';
import test from 'node:test';
import { formatEpoch } from '../../../server/src/model/epoch.ts';

test('seconds since 1970 are a date in UTC', () => {
  assert.equal(formatEpoch('0'), '1970-01-01 00:00:00 UTC');
  assert.equal(formatEpoch('1700000000'), '2023-11-14 22:13:20 UTC');
  assert.equal(formatEpoch('1700000000.25'), '2023-11-14 22:13:20 UTC');
  assert.equal(formatEpoch('253402300799'), '9999-12-31 23:59:59 UTC');
});

test('any other text is no date', () => {
  for (const text of ['', '-1', 'now', '1e9', '253402300800', '999999999999', '9999999999999']) {
    assert.equal(formatEpoch(text), undefined, text);
  }
});
