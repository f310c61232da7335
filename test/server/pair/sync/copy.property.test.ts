import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { Config } from '../../../../server/src/model/config.ts';
import { copyEdits } from '../../../../server/src/pair/sync/copy.ts';
import { type Difference, drift, titleOf } from '../../../../server/src/pair/sync/drift.ts';
import type { Element } from '../../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';
import fc from '../../../harness/fastCheck.ts';

const sections = [
  'aliases',
  'filter',
  'nat',
  'dhcpd',
  'virtualip',
  'unbound',
  'gateways',
  'openvpn',
  'ipsec',
  'schedules',
  'cert',
  'kea',
];

/** Takes an element of the secondary away, gives it another text, or lets it change places with the next one. */
const mutation = fc.record({
  section: fc.constantFrom(...sections),
  path: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }),
  what: fc.constantFrom('remove', 'text', 'swap'),
});

function read(file: string): Config {
  return new Config(new XmlDocument(`file:///${file}`, readFileSync(`samples/kea/${file}`, 'utf8')));
}

function pick(config: Config, section: string, path: readonly number[]): Element | undefined {
  let at = config.top(section);
  for (const step of path) {
    const children = at?.children() ?? [];
    if (children.length === 0) break;
    at = children[step % children.length];
  }
  return at;
}

function mutate(
  config: Config,
  { section, path, what }: { section: string; path: readonly number[]; what: string },
): void {
  const element = pick(config, section, path);
  if (!element) return;
  if (what === 'remove') config.document.edit({ from: element.start, to: element.end, text: '' });
  if (what === 'text' && !element.hasChildren) {
    config.document.edit({ from: element.contentStart, to: element.contentEnd, text: 'changed' });
  }
  const siblings = element.parent?.childrenNamed(element.name) ?? [];
  const next = siblings[siblings.findIndex(each => each.is(element)) + 1];
  if (what === 'swap' && next) {
    const [one, other] = [element.source, next.source];
    const between = config.document.buffer.slice(element.end, next.start);
    config.document.edit({ from: element.start, to: next.end, text: other + between + one });
  }
}

function apply(config: Config, edits: ReturnType<typeof copyEdits>): void {
  for (const edit of [...edits].sort((a, b) => b.from - a.from)) config.document.edit(edit);
}

test('what was changed on the secondary is told of, and copying it back, all at once or one by one, leaves nothing', () => {
  let copied = 0;
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), fc.boolean(), (mutations, isAtOnce) => {
      const [primary, secondary] = [read('fw-a.xml'), read('fw-b.xml')];
      for (const each of mutations) mutate(secondary, each);
      const shown = (list: readonly Difference[]) =>
        list.map(each => `${each.kind} ${titleOf(each, { primary, secondary })}: ${each.children.join(', ')}`);
      const nodes = { primary, secondary };
      if (isAtOnce) {
        const differences = drift(primary, secondary);
        const edits = copyEdits(differences, nodes);
        // Edits in each other's way are refused together; one by one they are not.
        if (differences.length > 0 && edits.length === 0) return;
        apply(secondary, edits);
      }
      for (let round = 0; !isAtOnce && round < 60; round++) {
        const [first] = drift(primary, secondary);
        if (!first) break;
        const edits = copyEdits([first], nodes);
        assert.ok(edits.length > 0, `no edits for ${shown([first])}`);
        apply(secondary, edits);
        copied++;
      }
      assert.deepEqual(shown(drift(primary, secondary)), []);
      assert.equal(XMLValidator.validate(secondary.document.buffer.toString()), true);
      // What is remembered of the many edits is what the same text says anew.
      const anew = new Config(new XmlDocument('file:///anew.xml', secondary.document.buffer.toString()));
      assert.deepEqual(drift(primary, anew), []);
    }),
    { numRuns: 25 },
  );
  assert.ok(copied > 10, `${copied} copies`);
});
