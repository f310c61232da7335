import { type Branch, Column, Flag } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';
import { isSameList } from '../sameData.ts';

/**
 * Sections of which the table knows every place that names something, and which may be large. All others, those of
 * packages above all, may name things where nobody has looked.
 */
const known: ReadonlySet<string> = new Set([
  'filter',
  'nat',
  'aliases',
  'schedules',
  'interfaces',
  'vlans',
  'gateways',
  'staticroutes',
  'virtualip',
  'dhcpd',
  'dhcpdv6',
  'cert',
  'ca',
]);

/** A branch never changes, so what it holds is read once. */
const words = new WeakMap<Branch, ReadonlySet<string>>();

/** Tells whether a word, which may be an address, stands anywhere in the sections whose references the table does not all know: packages, services, accounts. */
export function wordsElsewhere(config: Config): (word: string) => boolean {
  const { branches } = config.document.tree;
  const names = new Set(branches.map(branch => branch.nameAt(0)).filter(name => !known.has(name)));
  // Through the config, which takes note of what was read.
  const sets = [...names].flatMap(name => config.section(name).map(wordsOf));
  const before = asked.get(config);
  if (before && isSameList(before.sets, sets)) return before.isWord;
  const isWord = (word: string) => sets.some(set => set.has(word));
  asked.set(config, { sets, isWord });
  return isWord;
}

interface Asked {
  readonly sets: readonly ReadonlySet<string>[];
  readonly isWord: (word: string) => boolean;
}

/** The last answer of each config: the same function as long as the words are. */
const asked = new WeakMap<Config, Asked>();

/** The texts of the elements without children, as they are written. */
export function* textsBelow(branch: Branch): Generator<string> {
  const { buffer } = branch.document;
  for (let row = 0; row < branch.rows; row++) {
    if (branch.at(Column.next, row) > row + 1 || (branch.at(Column.flags, row) & Flag.selfClosing) !== 0) continue;
    const from = branch.start + branch.at(Column.contentStart, row);
    yield buffer.slice(from, branch.start + branch.at(Column.contentEnd, row)).trim();
  }
}

function wordsOf(branch: Branch): ReadonlySet<string> {
  const before = words.get(branch);
  if (before) return before;
  const found = new Set<string>();
  for (const text of textsBelow(branch)) {
    for (const [word] of text.matchAll(/[\w.:-]+/g)) {
      // What is longer is a key or base64.
      if (word.length > 64) continue;
      found.add(word);
      // Of `192.0.2.1:443` the address, and of `a-b.c` each part.
      for (const between of [/[:-]/, /[.:-]/]) {
        if (between.test(word)) for (const part of word.split(between)) found.add(part);
      }
    }
  }
  words.set(branch, found);
  return found;
}
