import assert from 'node:assert/strict';
import test from 'node:test';
import {
  choice,
  type ElementSchema,
  flag,
  type GroupSchema,
  group,
  text,
} from '../../../server/src/schema/elementSchema.ts';
import { configSchema } from '../../../server/src/schema/index.ts';
import { packSchema, unpackSchema } from '../../../server/src/schema/packedSchema.ts';

/** As nested data, to a depth at which every shape has shown; one that holds itself goes on for ever. */
function laidOut(schema: ElementSchema, depth = 7): unknown {
  if (schema.kind === 'leaf') return schema;
  const { children, keyed, ...rest } = schema;
  return {
    ...rest,
    ...(depth > 0 && {
      children: Object.entries(children()).map(([name, child]) => [name, laidOut(child, depth - 1)]),
      ...(keyed && { keyed: { pattern: keyed.pattern, of: laidOut(keyed.of, depth - 1) } }),
    }),
  };
}

const through = (schema: GroupSchema) => unpackSchema(JSON.parse(JSON.stringify(packSchema(schema))));

test('packed schema: the whole schema comes out as it went in', () => {
  assert.deepEqual(laidOut(through(configSchema)), laidOut(configSchema));
});

test('packed schema: what is alike is one', () => {
  const range = () => group('A range.', { from: text('The first.'), to: text('The last.') });
  const root = through(group('All.', { one: range(), other: range() }));
  const { one, other } = root.children();
  assert.equal(one, other);
  assert.equal(root.children(), root.children());
});

test('packed schema: a group that holds itself, at any depth', () => {
  const queue: GroupSchema = group('A queue.', () => ({ name: text('Its name.'), queue }));
  const root = through(group('All.', { shaper: group('Queues.', { queue }) }));
  let at: ElementSchema = root.children().shaper!;
  for (let depth = 0; depth < 50; depth++) {
    assert.ok(at.kind === 'group');
    at = at.children().queue!;
  }
  assert.equal(at.description, 'A queue.');
});

test('packed schema: a schema without an end is told', () => {
  const endless = (): GroupSchema => group('Endless.', () => ({ endless: endless() }));
  assert.throws(() => packSchema(endless()), /made anew each time/);
});

test('packed schema: names, words and keys keep their order', () => {
  const root = group(
    'All.',
    { b: flag('B.'), a: choice('A.', { z: 'Z', y: 'Y' }) },
    { keyed: { pattern: 'x\\d+', of: text('X.') }, isOpen: true },
  );
  assert.deepEqual(JSON.stringify(laidOut(through(root))), JSON.stringify(laidOut(root)));
});
