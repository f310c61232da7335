import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { Config } from '../../../server/src/model/config.ts';
import { schemaFaults } from '../../../server/src/model/schemaFaults.ts';
import { group, text } from '../../../server/src/schema/elementSchema.ts';
import { configSchema } from '../../../server/src/schema/index.ts';
import { annotations, configJsonSchema, type JsonSchema } from '../../../server/src/schema/jsonSchema.ts';
import { isListTag } from '../../../server/src/schema/listTags.ts';
import { isSecretName } from '../../../server/src/schema/secrets.ts';
import { checkOf, type LeafRule } from '../../../server/src/schema/values.ts';
import type { Element } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

const document = configJsonSchema(configSchema);
const validate = compiled();

test('JSON Schema: the document is a valid one of draft 2020-12, in strict mode', () => {
  assert.equal(document.$schema, 'https://json-schema.org/draft/2020-12/schema');
  assert.ok(validate);
});

test('JSON Schema: list tags are arrays, secrets are named, and everything is described', () => {
  let seen = 0;
  const look = (name: string, schema: JsonSchema, parent = '') => {
    seen++;
    assert.equal(schema.type === 'array', isListTag(name), name);
    const one = schema.type === 'array' ? schema.items! : schema;
    if (one.type === 'string') assert.equal(one.secret ?? false, isSecretName(name, parent), name);
    if (!('$ref' in one)) assert.equal(typeof one.description, 'string', name);
    for (const [child, of] of Object.entries(one.properties ?? {})) look(child, of, name);
    for (const of of Object.values(one.patternProperties ?? {})) look('*', of);
  };
  for (const [name, schema] of Object.entries(document.properties ?? {})) look(name, schema);
  for (const each of Object.values(document.$defs as Record<string, JsonSchema>)) {
    for (const [name, schema] of Object.entries(each.properties ?? {})) look(name, schema);
  }
  assert.ok(seen > 2000, `${seen} elements`);
});

test('JSON Schema: what an element names is said', () => {
  const rule = resolved(resolved(document.properties?.filter).properties?.rule?.items);
  const kinds = rule.properties?.gateway?.references as readonly string[] | undefined;
  assert.ok(kinds?.includes('gateway'));
});

test('JSON Schema: a group that holds itself, and one that stands twice, are references', () => {
  const queue: ReturnType<typeof group> = group('A queue.', () => ({ queue }));
  const range = () => group('A range.', { from: text('The first.') });
  const schema = configJsonSchema(group('All.', { shaper: group('S.', { queue }), a: range(), b: range() }));
  assert.deepEqual(schema.properties?.a, { $ref: '#/$defs/a' });
  assert.deepEqual(schema.properties?.b, { $ref: '#/$defs/a' });
  assert.deepEqual(schema.properties?.shaper?.properties?.queue?.items, { $ref: '#/$defs/shaper-queue' });
});

for (const file of samples()) {
  test(`JSON Schema: what it says of ${file} is what the compiled validators say`, () => {
    const config = new Config(new XmlDocument('file:///config.xml', readFileSync(file, 'utf8')));
    assert.deepEqual(violations(config), faults(config));
  });
}

test('JSON Schema: the same of a config full of mistakes', () => {
  const source = readFileSync('samples/tutorial/main-pfSense.xml', 'utf8');
  const config = new Config(new XmlDocument('file:///config.xml', source.replace(/>([\w.:/-]+)<\//g, '>?$1!</')));
  const found = violations(config);
  assert.ok(found.length > 100, `${found.length} violations`);
  assert.deepEqual(found, faults(config));
});

function compiled() {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowMatchingProperties: true });
  ajv.addVocabulary([...annotations]);
  ajv.addKeyword({
    keyword: 'takes',
    type: 'string',
    schemaType: 'object',
    compile: (rule: { readonly words?: readonly string[] } & Omit<LeafRule, 'words'>) => {
      const { words, ...rest } = rule;
      return checkOf({ ...rest, ...(words && { words: Object.fromEntries(words.map(word => [word, ''])) }) });
    },
  });
  return ajv.compile(document);
}

/** What the document finds, as paths with the numbers of items. */
function violations(config: Config): readonly string[] {
  const value = Object.fromEntries(
    [...new Set(config.document.tree.branches.map(branch => branch.nameAt(0)))].map(name => {
      const of = config.section(name).map(branch => plain(config, branch.top, document.properties?.[name]));
      return [name, isListTag(name) ? of : of[0]];
    }),
  );
  if (validate(value)) return [];
  return [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath))].sort();
}

/** The same of what runs. */
function faults(config: Config): readonly string[] {
  const names = new Set(config.document.tree.branches.map(branch => branch.nameAt(0)));
  const wrong = [...names]
    .flatMap(name => schemaFaults(config, name))
    .filter(({ kind }) => kind === 'value' || kind === 'not-text' || kind === 'not-elements');
  return wrong.map(({ element }) => pathOf(config, element)).sort();
}

function pathOf(config: Config, element: Element): string {
  const siblings = element.parent
    ? element.parent.childrenNamed(element.name)
    : config.section(element.name).map(({ top }) => top);
  const number = siblings.findIndex(sibling => sibling.is(element));
  const own = isListTag(element.name) ? `/${element.name}/${number}` : `/${element.name}`;
  return `${element.parent ? pathOf(config, element.parent) : ''}${own}`;
}

/** The config as the document speaks of it; only the schema tells whether an empty element is a text or a group. */
function plain(config: Config, element: Element, schema: JsonSchema | undefined): unknown {
  const own = resolved(schema?.type === 'array' ? schema.items : schema);
  if (!element.hasChildren) return own.type === 'object' && config.text(element) === '' ? {} : config.text(element);
  const value: Record<string, unknown> = {};
  for (const child of element.children()) {
    const made = plain(config, child, childOf(own, child.name));
    if (!isListTag(child.name)) value[child.name] ??= made;
    else value[child.name] = [...((value[child.name] as unknown[] | undefined) ?? []), made];
  }
  return value;
}

function childOf({ properties = {}, patternProperties = {} }: JsonSchema, name: string): JsonSchema | undefined {
  if (Object.hasOwn(properties, name)) return properties[name];
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(name))?.[1];
}

function resolved(schema: JsonSchema | undefined): JsonSchema {
  const reference = schema?.$ref as string | undefined;
  if (reference === undefined) return schema ?? {};
  return (document.$defs as Record<string, JsonSchema>)[reference.slice('#/$defs/'.length)]!;
}

function samples(folder = 'samples'): readonly string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? samples(path) : path.endsWith('.xml') ? [path] : [];
  });
}
