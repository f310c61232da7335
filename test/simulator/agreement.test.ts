import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from '../harness/fastCheck.ts';
import { OpenPair } from '../harness/fixProblems.ts';
import { fixtureTexts, parsed } from './fixturePair.ts';
import { ConfigStore } from './node/configStore.ts';
import { PhpFatalError } from './php/errors.ts';
import { isArray } from './php/value.ts';
import { restoreSections } from './receiver/restore.ts';
import { type ReleaseName, releaseNamed, releases } from './release.ts';
import { startPair } from './startPair.ts';
import { type Plain, toPhp } from './testClient.ts';

/** What the extension calls drift: the two say the same thing of the sync, and were written without one another. */
function drift(texts: { primary: string; secondary: string }): readonly string[] {
  return new OpenPair(texts)
    .seen()
    .filter(({ rule }) => rule === 'sync-drift')
    .map(({ path, message }) => `${path} ${message}`);
}

const samples: readonly (readonly [ReleaseName, string, string])[] = [
  ['2.6.0', 'tutorial/main-pfSense.xml', 'tutorial/second-pfSense.xml'],
  ['2.8.0', 'kea/fw-a.xml', 'kea/fw-b.xml'],
];

for (const [version, first, second] of samples) {
  test(`samples/${first}: after a sync the extension finds no drift, where it found some before`, async () => {
    const primary = readFileSync(`samples/${first}`, 'utf8');
    const secondary = readFileSync(`samples/${second}`, 'utf8')
      .replace(/\t\t<alias>\n[\s\S]*?<\/alias>\n/, '')
      .replace(/<descr><!\[CDATA\[/g, '$&Another: ');
    assert.ok(drift({ primary, secondary }).length > 3, 'drift before');
    const pair = await startPair({ version, primary, secondary });
    try {
      pair.primary.saveInGui(text => text);
      await pair.settled();
      assert.deepEqual(pair.primary.syncResults, ['done']);
      assert.deepEqual(drift({ primary: pair.primary.text, secondary: pair.secondary.text }), []);
    } finally {
      await pair.dispose();
    }
  });
}

const name = fc.oneof(
  fc.constantFrom('a', 'descr', 'rule', 'alias', 'item', 'Key', 'virtualip', 'vip'),
  fc.string({ maxLength: 4 }),
);
const value: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 6 }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value;

test('whatever is sent, a node ends with a file that it can read: the new one, or the one from before', () => {
  const seen = { written: 0, 'taken back': 0 };
  for (const release of releases) {
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 3 }), sections => {
        const { secondary } = fixtureTexts(release.name);
        const store = new ConfigStore(secondary, { release, now: () => new Date(0) });
        const sent = toPhp(sections);
        assert.ok(isArray(sent));
        const { config } = restoreSections(store.config, sent, release);
        const saved = outcomeOf(() => store.save(config, { user: '(system)@192.0.2.1', description: 'x' }));
        seen[saved]++;
        assert.equal(store.text === secondary, saved === 'taken back');
        assert.ok(parsed(release.name, store.text).size > 0);
      }),
      { numRuns: 60 },
    );
  }
  assert.ok(seen.written > 20 && seen['taken back'] > 20, JSON.stringify(seen));
});

/** 2.7.2 ends with an error of PHP's where the others say that all is well. */
function outcomeOf(save: () => 'written' | 'taken back'): 'written' | 'taken back' {
  try {
    return save();
  } catch (error) {
    assert.ok(error instanceof PhpFatalError && releaseNamed('2.7.2').afterRollback === 'fatal error', String(error));
    return 'taken back';
  }
}
