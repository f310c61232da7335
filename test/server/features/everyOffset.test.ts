import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { isSecretName } from '../../../server/src/schema/secrets.ts';
import type { Element } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { everyOffset, sampleFiles, step } from '../../harness/everyOffset.ts';
import { allQuestions, featureNames, type Questions } from '../../harness/questions.ts';

/** The texts that must not be told. */
function secretsIn(text: string): ReadonlySet<string> {
  const config = new Config(new XmlDocument('file:///config.xml', text));
  const found = new Set<string>();
  const visit = (element: Element) => {
    if (!element.hasChildren && isSecretName(element.name, element.parent?.name)) found.add(config.text(element));
    for (const child of element.children()) visit(child);
  };
  for (const { top } of config.document.tree.branches) visit(top);
  found.delete('');
  return found;
}

/** Asks at every so many offsets of the samples, whole and cut off there, and sees that no secret is told. */
function askSamples({ ask, about }: Questions): void {
  let secrets = 0;
  for (const file of sampleFiles()) {
    const own = [...secretsIn(file.text), ...secretsIn(file.peer ?? '')].filter(secret => secret.length > 5);
    secrets += own.length;
    for (const asked of everyOffset(file, about)) {
      const said = ask(asked);
      for (const secret of own) assert.ok(!said.includes(secret), asked.where);
    }
  }
  assert.ok(secrets > 10, `${secrets} secrets`);
}

for (const questions of allQuestions) {
  test(`${questions.name}: every ${step}th offset of the samples has its answers, whole and cut off there, and no secret in them`, () => {
    askSamples(questions);
  });
}

test('every feature is asked; the redacted copies have tests of their own', () => {
  const asked = allQuestions.flatMap(({ features }) => features);
  assert.deepEqual([...asked, 'redact'].sort(), featureNames());
});
