import assert from 'node:assert/strict';
import test from 'node:test';
import { Config } from '../../../server/src/model/config.ts';
import { isSecretName } from '../../../server/src/schema/secrets.ts';
import type { Element } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';
import { askCompletionAndHover } from '../../harness/askEditor.ts';
import { askNavigation, askWholeFile } from '../../harness/askNavigation.ts';
import { askRefactorings } from '../../harness/askRefactorings.ts';
import { type Asked, everyOffset, sampleFiles } from '../../harness/everyOffset.ts';

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
function askSamples(ask: (asked: Asked) => string, step: number): void {
  let secrets = 0;
  for (const file of sampleFiles()) {
    const own = [...secretsIn(file.text), ...secretsIn(file.peer ?? '')].filter(secret => secret.length > 5);
    secrets += own.length;
    for (const asked of everyOffset(file, step)) {
      const said = ask(asked);
      for (const secret of own) assert.ok(!said.includes(secret), asked.where);
    }
  }
  assert.ok(secrets > 10, `${secrets} secrets`);
}

test('completion and hover answer at every fiftieth offset of the samples, whole and cut off there, and tell no secret', () => {
  askSamples(askCompletionAndHover, 50);
});

test('jumps, references and rename answer at every fiftieth offset of the samples, too', () => {
  askSamples(askNavigation, 50);
});

test('refactorings are there at every fiftieth offset of the samples, and are done there', () => {
  askSamples(askRefactorings, 50);
});

test('symbols, links and lenses are there for every sample, whole and cut off anywhere', () => {
  askSamples(askWholeFile, 500);
});
