import { prepareRename, rename } from '../../server/src/features/rename.ts';
import type { Config } from '../../server/src/model/config.ts';
import type { RenamableKind } from '../../server/src/model/names/nameShape.ts';
import { definitionsOf, resolve, usesIn } from '../../server/src/model/references/references.ts';
import { textElementsOf } from '../../server/src/model/references/renameEdits.ts';
import { Element } from '../../server/src/syntax/tree.ts';
import { OpenPair } from './fixProblems.ts';
import type { PairTexts, Side } from './mutate.ts';

/** A name that nothing in a config has, for each kind. */
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
const kinds = Object.keys(newNames) as RenamableKind[];

export interface RenameProblems {
  /** How many things were renamed and got their names back. */
  readonly renamed: number;
  /** How many could not get theirs back, since that is none that pfSense takes. */
  readonly oneWay: number;
  /** What is wrong with which rename: by kind and number, and not by name. */
  readonly problems: readonly string[];
}

/**
 * Renames each thing of one node and back again, and tells what is wrong with it: afterwards the same names the same, no
 * more is found in either file, and back again both are what they were, byte for byte.
 */
export function renameProblems(texts: PairTexts, side: Side): RenameProblems {
  let open = openFor(texts, side);
  const before = { graphs: open.graphs(), findings: findingsIn(open.pair) };
  const problems: string[] = [];
  let [renamed, oneWay] = [0, 0];
  for (const kind of kinds) {
    for (const [number, own] of [...definitionsOf(open.config, kind).keys()].entries()) {
      const what = `${kind} ${number + 1} of the ${side}`;
      const at = open.placeOf(kind, own);
      if (at === undefined) continue;
      const start = prepareRename(open.pair.snapshotOf(side), at);
      if ('problem' in start) continue;
      const result = rename(open.pair.snapshotOf(side), at, newNames[kind]);
      if ('problem' in result) {
        problems.push(`${what}: refused`);
        continue;
      }
      open.pair.apply(result);
      if (isSame(open.pair.texts(), texts)) problems.push(`${what}: nothing has changed`);
      open.graphs().forEach((graph, i) => {
        if (graph !== before.graphs[i])
          problems.push(`${what}: names something else in the ${i === 0 ? side : 'peer'}`);
      });
      for (const [key, count] of findingsIn(open.pair)) {
        if (count > (before.findings.get(key) ?? 0)) problems.push(`${what}: brings ${key}`);
      }
      const named = kind === 'interface' || kind === 'user' ? own : newNames[kind];
      const back = rename(open.pair.snapshotOf(side), open.placeOf(kind, named) ?? 0, start.text);
      if ('problem' in back) {
        oneWay++;
        open = openFor(texts, side);
        continue;
      }
      open.pair.apply(back);
      if (!isSame(open.pair.texts(), texts)) {
        problems.push(`${what}: both files are not what they were`);
        open = openFor(texts, side);
      }
      renamed++;
    }
  }
  return { renamed, oneWay, problems };
}

function openFor(texts: PairTexts, side: Side) {
  const pair = new OpenPair(texts);
  const { config, peer } = pair.snapshotOf(side);
  return {
    pair,
    config,
    graphs: () => [config, ...(peer ? [peer] : [])].map(graphOf),
    placeOf: (kind: RenamableKind, name: string) => textElementsOf(config, { kind, name })[0]?.contentEnd,
  };
}

/** Who names whom, by the numbers of elements instead of names; a name that nothing has stays itself. */
function graphOf(config: Config): string {
  const elements = config.document.tree.branches.flatMap(branch =>
    Array.from({ length: branch.rows }, (_, row) => new Element(branch, row)),
  );
  const numbers = new Map(elements.map((each, i) => [each.start, i]));
  const lines = elements.flatMap((element, i) =>
    usesIn(config, element).map(({ slot, text, isActive }) => {
      const resolution = resolve(config, slot, text);
      const end =
        resolution.is === 'defined'
          ? resolution.definitions.map(each => `${each.kind} ${numbers.get(each.element.start)}`).join()
          : `${resolution.is} ${resolution.is === 'undefined' ? resolution.candidate.name : ''}`;
      return `${i} ${slot.id} ${isActive} ${end}`;
    }),
  );
  return lines.join('\n');
}

/** How much of each rule is found in either file. */
function findingsIn(pair: OpenPair): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { side, rule, severity } of pair.seen()) {
    const key = `${severity} ${rule} in the ${side}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function isSame(one: PairTexts, other: PairTexts): boolean {
  return one.primary === other.primary && one.secondary === other.secondary;
}
