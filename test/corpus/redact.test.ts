import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import test from 'node:test';
import { decodeBytes } from '../../server/src/cli/encoding.ts';
import { documentKindOf } from '../../server/src/model/documentKind.ts';
import { leakedKinds } from '../harness/leaks.ts';
import { foundIn, redactTexts } from '../harness/redacted.ts';

/** Configs of others, which are read only where this checkout has them beside it. No text of them is printed. */
const folder = resolve('../shared/corpus');
const skip = existsSync(folder) ? false : 'no corpus of real configs lies beside this checkout (../shared/corpus)';

test('the copies of the real configs check as these do, and tell neither secrets nor addresses', { skip }, () => {
  let looked = 0;
  for (const name of readdirSync(folder).filter(each => each.endsWith('.xml'))) {
    const decoded = decodeBytes(readFileSync(join(folder, name)));
    if (!decoded.isText || documentKindOf(decoded.text) !== 'pfsense') continue;
    looked++;
    const [copy = ''] = redactTexts([decoded.text]);
    assert.deepEqual(foundIn([copy]), foundIn([decoded.text]), name);
    // Names of people's networks may well be words of the copy, such as those of interfaces.
    const kinds = leakedKinds(decoded.text, copy).filter(({ kind }) => kind !== 'name');
    assert.equal(kinds.length, 0, `${name}: ${kinds.map(({ kind }) => kind).join(', ')}`);
  }
  assert.ok(looked > 100, `only ${looked} configs`);
});
