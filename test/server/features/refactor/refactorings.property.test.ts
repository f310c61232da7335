import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { offersAt } from '../../../../server/src/features/refactor/index.ts';
import type { RefactoringKind } from '../../../../server/src/features/refactor/refactoring.ts';
import type { Snapshot } from '../../../../server/src/features/snapshot.ts';
import { Config } from '../../../../server/src/model/config.ts';
import { definitionsOf } from '../../../../server/src/model/references/definitions.ts';
import { undefinedReferences, usesOf } from '../../../../server/src/model/references/references.ts';
import { XmlDocument } from '../../../../server/src/syntax/xmlDocument.ts';
import { newErrors, OpenPair } from '../../../harness/fixProblems.ts';
import { type PairTexts, type Side, splice } from '../../../harness/mutate.ts';

const sides: readonly Side[] = ['primary', 'secondary'];

const samples = ['tutorial', 'broken', 'kea'].map(folder => {
  const names = readdirSync(`samples/${folder}`).filter(name => name.endsWith('.xml'));
  const [primary = '', secondary = ''] = names.sort().map(name => readFileSync(`samples/${folder}/${name}`, 'utf8'));
  return { folder, texts: { primary, secondary } };
});

/** One thing that is offered somewhere in a file. */
interface Found {
  readonly side: Side;
  readonly offset: number;
  readonly kind: RefactoringKind;
  readonly title: string;
}

/** What is offered at each element of a file, each title a few times. */
function allOffers(texts: PairTexts): readonly Found[] {
  const pair = new OpenPair(texts);
  return sides.flatMap(side => {
    const snapshot = snapshotOf(pair, side);
    const counts = new Map<string, number>();
    const places = [...texts[side].matchAll(/<[a-z]|>[^<]/g)].filter((_, i) => i % 5 === 0);
    return places.flatMap(({ index }) => {
      const at = { snapshot, from: index + 1, to: index + 1 };
      return offersAt(at, () => true).flatMap(({ kind, offer }): Found[] => {
        const count = counts.get(offer.title) ?? 0;
        counts.set(offer.title, count + 1);
        return 'edits' in offer && count < 1 ? [{ side, offset: index + 1, kind, title: offer.title }] : [];
      });
    });
  });
}

function configOf(text: string): Config {
  return new Config(new XmlDocument('file:///cut.xml', text));
}

function snapshotOf(pair: OpenPair, side: Side): Snapshot {
  const member = pair.workspace.membershipOf(`file:///pair/${side}.xml`);
  const config = pair.workspace.configOf(`file:///pair/${side}.xml`);
  assert.ok(config && member);
  return { config, role: member.role, peer: member.peer?.config };
}

function editsAt(pair: OpenPair, { side, offset, kind, title }: Found) {
  const question = { snapshot: snapshotOf(pair, side), from: offset, to: offset };
  const offers = offersAt(question, each => each === kind).map(({ offer }) => offer);
  assert.equal(new Set(offers.map(offer => offer.title)).size, offers.length, 'two offers have the same title');
  const offer = offers.find(each => each.title === title);
  return offer && 'edits' in offer ? offer.edits() : undefined;
}

/** Everything that names something, with what it names, and what nothing has: in no order. */
function graphOf(config: Config): readonly string[] {
  const kinds = ['alias', 'interface', 'gateway', 'schedule', 'certificate', 'vip', 'port-forward'] as const;
  return kinds.flatMap(kind =>
    [...definitionsOf(config, kind).keys()].map(name => `${kind} ${name} ${usesOf(config, kind, name).length}`),
  );
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
    const before = new OpenPair(texts).seen();
    const problems: string[] = [];
    const offers = allOffers(texts);
    for (const found of offers) {
      const pair = new OpenPair(texts);
      const dangling = sides.map(side => undefinedReferences(snapshotOf(pair, side).config).length);
      const edits = editsAt(pair, found) ?? [];
      const report = (what: string) =>
        problems.push(`“${found.title}” at ${found.offset} of the ${found.side} ${what}`);
      if (edits.length === 0) report('does nothing');
      const graphs = sides.map(side => graphOf(snapshotOf(pair, side).config));
      pair.apply({ edits });
      const now = pair.texts();
      sides.forEach((side, i) => {
        const own = edits.filter(each => each.document.uri.includes(side)).flatMap(each => each.edits);
        if (now[side] !== splice(texts[side], own)) report(`changes other bytes of the ${side}`);
        const wasValid = XMLValidator.validate(texts[side]) === true;
        if (wasValid && XMLValidator.validate(now[side]) !== true) report(`breaks the ${side}`);
        const { config } = snapshotOf(pair, side);
        if (undefinedReferences(config).length > (dangling[i] ?? 0))
          report(`leaves a name of the ${side} without its thing`);
        if (found.kind === 'refactor.move' && graphOf(config).join() !== graphs[i]?.join()) {
          report(`changes what is named in the ${side}`);
        }
      });
      // What is copied brings along what is wrong with it on the primary.
      const isCopied = (path: string, rule: string) =>
        found.title.startsWith('Copy') && before.some(each => each.path === path && each.rule === rule);
      const errors = newErrors(before, pair.seen()).filter(({ path, rule }) => !isCopied(path, rule));
      for (const error of errors) report(`brings ${error.rule}: ${error.message}`);
    }
    assert.deepEqual(problems, []);
    assert.ok(offers.length > 10, `only ${offers.length} offers`);
  });

  test(`samples/${folder}: a rule that was moved up and down again stands where it stood`, () => {
    for (const found of allOffers(texts).filter(({ title }) => title === 'Move the rule up')) {
      const pair = new OpenPair(texts);
      const { config } = snapshotOf(pair, found.side);
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
    for (const found of allOffers(texts).filter(({ title }) => /^Extract \S+ to an alias$/.test(title))) {
      const pair = new OpenPair(texts);
      const { config } = snapshotOf(pair, found.side);
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
