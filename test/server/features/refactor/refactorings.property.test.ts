import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { offersAt } from '../../../../server/src/features/refactor/index.ts';
import { Config } from '../../../../server/src/model/config.ts';
import { definitionsOf } from '../../../../server/src/model/references/definitions.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';
import { OpenPair } from '../../../harness/fixProblems.ts';
import { allOffers, editsAt, refactoringProblems } from '../../../harness/refactoringProblems.ts';

const samples = ['tutorial', 'broken', 'kea'].map(folder => {
  const names = readdirSync(`samples/${folder}`).filter(name => name.endsWith('.xml'));
  const [primary = '', secondary = ''] = names.sort().map(name => readFileSync(`samples/${folder}/${name}`, 'utf8'));
  return { folder, texts: { primary, secondary } };
});

const anywhere = { sides: ['primary', 'secondary'], step: 5 } as const;

function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///cut.xml', text));
}

test('nothing fails wherever a file is cut off, and whatever is asked about in it', () => {
  for (const { texts } of samples) {
    const step = Math.ceil(texts.primary.length / 40);
    const peer = configOf(texts.secondary);
    for (let length = 0; length < texts.primary.length; length += step) {
      const config = configOf(texts.primary.slice(0, length));
      const snapshot = { config, role: 'primary' as const, peer };
      for (const at of [0, length >> 1, length]) {
        for (const { offer } of offersAt({ snapshot, from: at, to: length }, () => true)) {
          if ('edits' in offer) offer.edits();
        }
      }
    }
  }
});

for (const { folder, texts } of samples) {
  test(`samples/${folder}: no refactoring breaks markup, touches other bytes, leaves a name without its thing, or brings an error`, () => {
    const { tried, problems } = refactoringProblems(texts, anywhere);
    assert.deepEqual(problems, []);
    assert.ok(tried > 10, `only ${tried} offers`);
  });

  test(`samples/${folder}: a rule that was moved up and down again stands where it stood`, () => {
    for (const found of allOffers(texts, anywhere).filter(({ title }) => title === 'Move the rule up')) {
      const pair = new OpenPair(texts);
      const { config } = pair.snapshotOf(found.side);
      const edits = editsAt(pair, found) ?? [];
      const [first] = edits.flatMap(each => each.edits);
      pair.apply({ edits });
      const back = editsAt(pair, { ...found, offset: (first?.from ?? 0) + 2, title: 'Move the rule down' });
      assert.ok(back, `nothing leads back to ${found.offset}`);
      pair.apply({ edits: back });
      assert.equal(config.document.buffer.toString(), texts[found.side]);
    }
  });

  test(`samples/${folder}: an address that was extracted and put back leaves the file as it was`, () => {
    for (const found of allOffers(texts, anywhere).filter(({ title }) => /^Extract \S+ to an alias$/.test(title))) {
      const pair = new OpenPair(texts);
      const { config } = pair.snapshotOf(found.side);
      const edits = editsAt(pair, found) ?? [];
      const before = new Set(definitionsOf(config, 'alias').keys());
      pair.apply({ edits });
      const name = [...definitionsOf(config, 'alias').keys()].find(each => !before.has(each)) ?? '';
      const offset = config.document.buffer.toString().indexOf(`<name>${name}</name>`) + 8;
      const title = `Inline alias ${name} in the place that names it and remove it`;
      const back = editsAt(pair, { side: found.side, offset, kind: 'refactor.inline', title });
      assert.ok(back, `${name} cannot be put back`);
      pair.apply({ edits: back });
      assert.equal(config.document.buffer.toString(), texts[found.side]);
    }
  });
}
