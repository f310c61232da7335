import assert from 'node:assert/strict';
import test from 'node:test';
import { documentKindOf } from '../../server/src/model/documentKind.ts';
import { corpusFiles, corpusSkip } from '../harness/everyOffset.ts';
import { refactoringProblems } from '../harness/refactoringProblems.ts';
import { renameProblems } from '../harness/renameProblems.ts';

/** Of the real configs all where a run is to be thorough, every fourth otherwise. A large one takes some seconds. */
const every = process.env.PFSENSE_HA_THOROUGH === '1' ? 1 : 4;

function files() {
  return corpusFiles().filter(({ text }, i) => i % every === 0 && documentKindOf(text) === 'pfsense');
}

test('rename: each thing of the real configs and back: the same references, no more findings, the very bytes', {
  skip: corpusSkip,
}, () => {
  let total = 0;
  for (const { name, text } of files()) {
    const { renamed, problems } = renameProblems({ primary: text, secondary: text }, 'primary');
    assert.deepEqual(problems, [], name);
    total += renamed;
  }
  assert.ok(total > 50, `only ${total} were renamed`);
});

test('no refactoring of the real configs breaks markup, touches other bytes, leaves a name without its thing, or brings an error', {
  skip: corpusSkip,
}, () => {
  let total = 0;
  for (const { name, text } of files()) {
    const { tried, problems } = refactoringProblems(
      { primary: text, secondary: text },
      { sides: ['primary'], step: 17 },
    );
    assert.deepEqual(problems, [], name);
    total += tried;
  }
  assert.ok(total > 100, `only ${total} were offered`);
});
