import test from 'node:test';
import { corpusFiles, corpusSkip, everyOffset, step } from '../harness/everyOffset.ts';
import { allQuestions } from '../harness/questions.ts';

for (const { name, ask } of allQuestions.filter(({ about }) => about === 'a place')) {
  test(`${name}: every ${step}th offset of the real configs has its answers, whole and cut off there`, {
    skip: corpusSkip,
  }, () => {
    for (const file of corpusFiles()) for (const asked of everyOffset(file, 'a place')) ask(asked);
  });
}
