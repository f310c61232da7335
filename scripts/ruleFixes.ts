import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '../server/src/model/config.ts';
import type { Applicability, Finding } from '../server/src/rules/finding.ts';
import type { Rule } from '../server/src/rules/rule.ts';
import { elementOf } from '../server/src/rules/silence.ts';
import { XmlDocument } from '../server/src/syntax/xmlDocument.ts';
import { parseFixture } from '../test/harness/fixture.ts';
import { findingsIn } from '../test/harness/rule.ts';

const kinds = ['safe', 'suggestion', 'dangerous'] as const satisfies readonly Applicability[];

/**
 * How far a rule's fixes may be trusted: the kinds that its file names, and those of the fixes for its wrong example,
 * for a rule may take its fixes from the model. The tests hold every fix that they see against it.
 */
export function fixKindsOf(rule: Rule): readonly Applicability[] {
  const source = readFileSync(join('server', 'src', 'rules', rule.topic, `${rule.id}.ts`), 'utf8');
  const offered = exampleFindings(rule).flatMap(finding => finding.fixes().map(({ applicability }) => applicability));
  return kinds.filter(kind => source.includes(`'${kind}'`) || offered.includes(kind));
}

/** Where the rule's wrong example has its first finding: the file, and the element's path (empty outside of every section). */
export function exampleElement(rule: Rule): { readonly file: string; readonly element: string } {
  const [finding] = exampleFindings(rule);
  if (!finding) throw new Error(`The wrong example of ${rule.id} is found to be right.`);
  const { document } = finding.at.anchor;
  const element = document instanceof XmlDocument ? elementOf(new Config(document), finding) : '';
  return { file: document.uri.split('/').at(-1) ?? '', element };
}

function exampleFindings(rule: Rule): readonly Finding[] {
  return findingsIn([rule], parseFixture(rule.examples.wrong));
}
