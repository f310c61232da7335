import test from 'node:test';
import { askCompletionAndHover } from '../harness/askEditor.ts';
import { corpusFiles, corpusSkip, everyOffset } from '../harness/everyOffset.ts';

test('completion and hover answer at every fiftieth offset of the real configs, whole and cut off there', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) for (const asked of everyOffset(file, 50)) askCompletionAndHover(asked);
});
