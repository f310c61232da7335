import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fixKindsOf } from '../../../scripts/ruleFixes.ts';
import { rulePages } from '../../../scripts/rulePages.ts';
import { editorManifestSchema, packageWithRules } from '../../../scripts/ruleSchemas.ts';
import { rules } from '../../../server/src/rules/index.ts';
import type { Rule } from '../../../server/src/rules/rule.ts';

const folder = 'server/src/rules';

/** Each rule's file, as `topic/id`. */
function ruleFiles(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(topic => readdirSync(join(folder, topic.name)).map(file => `${topic.name}/${file.replace(/\.ts$/, '')}`))
    .sort();
}

test('every file of a rule is registered, by topic and then by id, under its own name', () => {
  assert.deepEqual(
    rules.map(rule => `${rule.topic}/${rule.id}`),
    ruleFiles(),
  );
});

test('every rule file holds one rule and imports no other', () => {
  for (const file of ruleFiles()) {
    const source = readFileSync(join(folder, `${file}.ts`), 'utf8');
    assert.equal(source.match(/^export default define(?:Syntax|Node|Pair)Rule\(/gm)?.length, 1, file);
    assert.doesNotMatch(source, /from '\.\.\/(?:\w+\/)[\w-]+\.ts'|from '\.\/[\w-]+\.ts'/, file);
  }
});

for (const rule of rules) {
  test(`${rule.id}: says why, names its source, and has a test file`, () => {
    assert.match(rule.id, /^[a-z0-9]+(?:-[a-z0-9]+)+$/);
    assert.ok(rule.why.length > 100, 'why is too short to explain anything');
    assert.match(rule.why, /^Sources?: /m, 'why names no source');
    assert.match(rule.summary, /\.$/, 'the summary is no sentence');
    for (const message of sentences(rule)) assert.match(message, /[.!?]$/, message);
    const testFile = `test/server/rules/${rule.topic}/${rule.id}.test.ts`;
    assert.ok(existsSync(testFile), `${testFile} is missing`);
  });
}

test('docs/rules holds what `npm run docs` would write', () => {
  const pages = rulePages(rules);
  assert.deepEqual(readdirSync('docs/rules').sort(), [...pages.keys()].sort());
  for (const [name, text] of pages) {
    assert.equal(readFileSync(join('docs/rules', name), 'utf8').replaceAll('\r\n', '\n'), text, `docs/rules/${name}`);
  }
});

test('package.json and the schema of the manifest name the rules, as `npm run docs` would write them', () => {
  const read = (file: string) => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  assert.equal(read('package.json'), packageWithRules(read('package.json'), rules));
  assert.equal(read('schemas/pfsense-ha.schema.json'), editorManifestSchema(rules));
});

test('every rule that says how it repairs has fixes, and no other has', () => {
  for (const rule of rules) {
    assert.equal(rule.fix !== undefined, fixKindsOf(rule).length > 0, rule.id);
  }
});

function sentences(rule: Rule): readonly string[] {
  return Object.values(rule.messages);
}
