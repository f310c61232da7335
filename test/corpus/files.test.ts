import test from 'node:test';
import { corpusFiles, corpusSkip, everyOffset, step } from '../harness/everyOffset.ts';
import { allQuestions } from '../harness/questions.ts';

for (const { name, ask } of allQuestions.filter(({ about }) => about === 'a file')) {
  test(`${name}: every ${step}th cut of the real configs has its answers, and so have they whole`, {
    skip: corpusSkip,
  }, () => {
    for (const file of corpusFiles()) for (const asked of everyOffset(file, 'a file')) ask(asked);
  });
}
