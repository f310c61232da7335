import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateConfig } from '../../harness/generateConfig.ts';
import { parse, shape } from './support.ts';

test("the benchmarks' own config is sound, of the size asked for, and the same each time", () => {
  const text = generateConfig(300_000);
  assert.ok(Math.abs(text.length - 300_000) < 100_000, `${text.length}`);
  assert.equal(generateConfig(300_000), text);
  const document = parse(text);
  assert.deepEqual([...document.faults()], []);
  assert.match(shape(document), /^pfsense\(version system\(hostname domain\) dhcpd\(lan\(staticmap\(/);
});
