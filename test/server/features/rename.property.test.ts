import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import type { PairTexts } from '../../harness/mutate.ts';
import { renameProblems } from '../../harness/renameProblems.ts';

const samples = {
  tutorial: ['main-pfSense.xml', 'second-pfSense.xml'],
  broken: ['main-pfSense.xml', 'second-pfSense.xml'],
  kea: ['fw-a.xml', 'fw-b.xml'],
} as const;

for (const [name, [primary, secondary]] of Object.entries(samples)) {
  const texts: PairTexts = {
    primary: readFileSync(`samples/${name}/${primary}`, 'utf8'),
    secondary: readFileSync(`samples/${name}/${secondary}`, 'utf8'),
  };
  for (const side of ['primary', 'secondary'] as const) {
    test(`rename: each thing of the ${side} of ${name} and back: the same references, no more findings, the very bytes`, () => {
      const { renamed, oneWay, problems } = renameProblems(texts, side);
      assert.deepEqual(problems, []);
      assert.equal(oneWay, 0);
      assert.ok(renamed >= 4, `${renamed} renamed`);
    });
  }
}
