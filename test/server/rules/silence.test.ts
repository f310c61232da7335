import assert from 'node:assert/strict';
import test from 'node:test';
import { parseElementPath } from '../../../server/src/model/elementPath.ts';
import { baselineText, readBaseline } from '../../../server/src/pair/baseline.ts';
import type { ManifestSuppression } from '../../../server/src/pair/manifest.ts';
import type { Finding } from '../../../server/src/rules/finding.ts';
import { rules } from '../../../server/src/rules/index.ts';
import { elementOf, entryOf, silence } from '../../../server/src/rules/silence.ts';
import { TextBuffer } from '../../../server/src/syntax/textBuffer.ts';
import type { Place } from '../../../server/src/syntax/tree.ts';
import { parseFixture } from '../../harness/fixture.ts';
import { findingsIn } from '../../harness/rule.ts';

const nowhere: Place = {
  anchor: { document: { uri: 'file:///w/m.json', buffer: new TextBuffer('') }, start: 0 },
  from: 0,
  to: 0,
};

/** Each file of a rule's wrong example with what is found in it. */
function* examples() {
  for (const rule of rules) {
    const fixture = parseFixture(rule.examples.wrong);
    const all = findingsIn([rule], fixture);
    for (const { config } of fixture.files) {
      const found = all.filter(({ at }) => at.anchor.document === config.document);
      if (found.length > 0) yield { rule, uri: config.document.uri, config, found };
    }
  }
}

test('silence: each finding of every example is suppressed by the path that is written for it', () => {
  for (const { rule, uri, config, found } of examples()) {
    for (const finding of found) {
      const text = elementOf(config, finding);
      const path = parseElementPath(text);
      assert.ok(text === '' || path, `${rule.id}: ${text}`);
      const suppression: ManifestSuppression = {
        rule: rule.id,
        rulePlace: nowhere,
        file: undefined,
        element: path && { path, text, place: nowhere },
      };
      const silenced = silence(
        { uri, config, found, before: undefined },
        { suppressions: [suppression], baseline: undefined },
      );
      assert.ok(silenced.suppressed.includes(finding), `${rule.id}: ${text}`);
      assert.ok(silenced.used.has(suppression), rule.id);
      assert.equal(silenced.suppressed.length + silenced.shown.length, found.length, rule.id);
    }
  }
});

test('silence: a baseline of every example hides all of it, and nothing of it twice', () => {
  for (const { rule, uri, config, found } of examples()) {
    const address = 'file:///fixture/pfsense-ha-baseline.json';
    const text = baselineText(
      address,
      found.map(finding => entryOf({ uri, config }, finding)),
    );
    const baseline = readBaseline({ uri: address, buffer: new TextBuffer(text) });
    assert.equal(baseline.problem, undefined);
    const by = { suppressions: [], baseline };
    const all = silence({ uri, config, found, before: undefined }, by);
    assert.deepEqual([all.shown.length, all.known.length, all.gone.length], [0, found.length, 0], rule.id);
    const twice: readonly Finding[] = [...found, ...found.map(finding => ({ ...finding }))];
    const more = silence({ uri, config, found: twice, before: all }, by);
    assert.equal(more.shown.length, found.length, `${rule.id}: the same mistake once more is new`);
    const none = silence({ uri, config, found: [], before: all }, by);
    assert.equal(none.gone.length, found.length, rule.id);
  }
});

test('silence: no secret of an example stands in its baseline', () => {
  for (const { rule, uri, config, found } of examples()) {
    const secrets = [
      ...config.document.buffer.toString().matchAll(/<(?:password|prv|\w*passwd|shared_key)>([^<]{4,})</g),
    ];
    const text = JSON.stringify(found.map(finding => entryOf({ uri, config }, finding)));
    for (const [, secret = ''] of secrets) assert.ok(!text.includes(secret), rule.id);
  }
});
