import test from 'node:test';
import { corpusFiles, corpusSkip, everyOffset } from '../harness/everyOffset.ts';
import { allQuestions } from '../harness/questions.ts';

for (const { name, ask, steps } of allQuestions) {
  test(`${name}: every ${steps.corpus}th offset of the real configs has its answers, whole and cut off there`, {
    skip: corpusSkip,
  }, () => {
    for (const file of corpusFiles()) for (const asked of everyOffset(file, steps.corpus)) ask(asked);
  });
}
