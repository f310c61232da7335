import test from 'node:test';
import { askCompletionAndHover } from '../harness/askEditor.ts';
import { askNavigation, askWholeFile } from '../harness/askNavigation.ts';
import { askRefactorings } from '../harness/askRefactorings.ts';
import { corpusFiles, corpusSkip, everyOffset } from '../harness/everyOffset.ts';

test('completion and hover answer at every fiftieth offset of the real configs, whole and cut off there', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) for (const asked of everyOffset(file, 50)) askCompletionAndHover(asked);
});

test('jumps, references and rename answer at every fiftieth offset of the real configs, too', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) for (const asked of everyOffset(file, 50)) askNavigation(asked);
});

test('refactorings are there at every two-hundredth offset of the real configs, and are done there', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) for (const asked of everyOffset(file, 200)) askRefactorings(asked);
});

test('symbols, links and lenses are there for every real config, whole and cut off anywhere', {
  skip: corpusSkip,
}, () => {
  for (const file of corpusFiles()) for (const asked of everyOffset(file, 1000)) askWholeFile(asked);
});
