import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { prepareRename, rename } from '../../../server/src/features/rename.ts';
import type { Snapshot } from '../../../server/src/features/snapshot.ts';
import type { Config } from '../../../server/src/model/config.ts';
import type { RenamableKind } from '../../../server/src/model/names/nameShape.ts';
import { definitionsOf, resolve, usesIn } from '../../../server/src/model/references/references.ts';
import { textElementsOf } from '../../../server/src/model/references/renameEdits.ts';
import { Element } from '../../../server/src/syntax/tree.ts';
import { OpenPair } from '../../harness/fixProblems.ts';
import type { PairTexts, Side } from '../../harness/mutate.ts';

const samples = {
  tutorial: ['main-pfSense.xml', 'second-pfSense.xml'],
  broken: ['main-pfSense.xml', 'second-pfSense.xml'],
  kea: ['fw-a.xml', 'fw-b.xml'],
} as const;

/** A name that nothing in the samples has, for each kind. */
const newNames: Readonly<Record<RenamableKind, string>> = {
  alias: 'RENAMED_ALIAS',
  interface: 'RENAMED_IF',
  'interface-group': 'RENAMED_GROUP',
  gateway: 'RENAMED_GW',
  'gateway-group': 'RENAMED_GWS',
  schedule: 'renamed_schedule',
  user: 'renamed-user',
  group: 'renamed-group',
  vip: '0123456789abc',
};

/** Every element with its number in the file, which a rename does not change. */
function elementsOf(config: Config): readonly Element[] {
  return config.document.tree.branches.flatMap(branch =>
    Array.from({ length: branch.rows }, (_, row) => new Element(branch, row)),
  );
}

/** Who names whom, by the numbers of elements instead of names; a name that nothing has stays itself. */
function graphOf(config: Config): readonly string[] {
  const elements = elementsOf(config);
  const numbers = new Map(elements.map((each, i) => [`${each.start}`, i]));
  return elements.flatMap((element, i) =>
    usesIn(config, element).map(({ slot, text, isActive }) => {
      const resolution = resolve(config, slot, text);
      const end =
        resolution.is === 'defined'
          ? resolution.definitions.map(each => `${each.kind} ${numbers.get(`${each.element.start}`)}`).join()
          : `${resolution.is} ${resolution.is === 'undefined' ? resolution.candidate.name : ''}`;
      return `${i} ${slot.id} ${isActive} ${end}`;
    }),
  );
}

/** How much of each rule is found in either file. */
function findingsIn(pair: OpenPair): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { side, rule, severity } of pair.seen()) {
    const key = `${side} ${severity} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function snapshotOf(pair: OpenPair, side: Side): Snapshot {
  const config = pair.workspace.configOf(`file:///pair/${side}.xml`);
  assert.ok(config);
  const peer = pair.workspace.peerOf(`file:///pair/${side}.xml`)?.config;
  return { config, role: side, peer };
}

for (const [name, [primary, secondary]] of Object.entries(samples)) {
  const texts: PairTexts = {
    primary: readFileSync(`samples/${name}/${primary}`, 'utf8'),
    secondary: readFileSync(`samples/${name}/${secondary}`, 'utf8'),
  };
  for (const side of ['primary', 'secondary'] as const) {
    test(`rename: each thing of the ${side} of ${name} and back: the same references, no more findings, the very bytes`, () => {
      const pair = new OpenPair(texts);
      const { config, peer } = snapshotOf(pair, side);
      assert.ok(peer);
      const before = { graphs: [graphOf(config), graphOf(peer)], findings: findingsIn(pair) };
      let renamed = 0;
      for (const kind of Object.keys(newNames) as RenamableKind[]) {
        for (const own of [...definitionsOf(config, kind).keys()]) {
          const offset = () => {
            const [element] = textElementsOf(config, { kind, name: current });
            return element?.contentEnd;
          };
          let current = own;
          const at = offset();
          if (at === undefined) continue;
          const start = prepareRename(snapshotOf(pair, side), at);
          if ('problem' in start) continue;
          const result = rename(snapshotOf(pair, side), at, newNames[kind]);
          assert.ok('edits' in result, `${kind} ${own}: ${'problem' in result ? result.problem : ''}`);
          pair.apply(result);
          assert.notDeepEqual(pair.texts(), texts);
          assert.deepEqual([graphOf(config), graphOf(peer)], before.graphs, `${kind} ${own}`);
          for (const [key, count] of findingsIn(pair)) {
            assert.ok(count <= (before.findings.get(key) ?? 0), `${kind} ${own}: ${key}: ${count}`);
          }
          current = kind === 'interface' || kind === 'user' ? own : newNames[kind];
          const back = rename(snapshotOf(pair, side), offset() ?? 0, start.text);
          assert.ok('edits' in back, `${kind} ${own} back: ${'problem' in back ? back.problem : ''}`);
          pair.apply(back);
          assert.deepEqual(pair.texts(), texts, `${kind} ${own}`);
          renamed++;
        }
      }
      assert.ok(renamed >= 4, `${renamed} renamed`);
    });
  }
}
