import assert from 'node:assert/strict';
import test from 'node:test';
import rule from '../../../../server/src/rules/system/system-hostname-same.ts';
import { parseFixture } from '../../../harness/fixture.ts';
import { pair } from '../../../harness/interfaces.ts';
import { checkNoFix, findingsIn } from '../../../harness/rule.ts';

const named = (hostname: string, domain = 'example.org') =>
  `\t<system>\n\t\t<hostname>${hostname}</hostname>\n\t\t<domain>${domain}</domain>\n\t</system>\n`;

function found(primary: string, secondary: string): string[] {
  return findingsIn([rule], parseFixture(pair(primary, secondary))).map(each => each.message);
}

test('system-hostname-same: without regard to case and domain; the name is for a person to choose', () => {
  assert.deepEqual(found(named('fw'), named('FW', 'example.net')), ['Both nodes have the host name FW.']);
  assert.deepEqual(found(named('fw-a'), named('fw-b')), []);
  checkNoFix(rule, pair(named('fw'), named('fw')));
});

test('system-hostname-same: a file without a name tells nothing', () => {
  assert.deepEqual(found(named(''), named('')), []);
  assert.deepEqual(found('\t<system></system>\n', named('fw')), []);
  assert.deepEqual(found('\t<hasync></hasync>\n', '\t<hasync></hasync>\n'), []);
});
