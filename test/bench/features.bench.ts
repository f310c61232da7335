// How long each question of an editor takes, at 1 and at 5 MB: asked after an edit of a rule, as questions are. Everything
// that was known before the edit is known; what the edit made unknown is worked out within the time that is measured.
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { Config } from '../../server/src/model/config.ts';
import type { Element } from '../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { randomNumbers } from '../harness/generateConfig.ts';
import { largeSite } from '../harness/largeSite.ts';
import { busyTime, percentile } from './input.ts';
import { largePair, smallSite } from './largePair.ts';
import { mostAtOneMegabyte, type Question, questions } from './questions.ts';

/** How often each question is asked. */
const times = { atPlace: 60, ofFile: 9 } as const;
/**
 * Five times the file may take as much more time as a mere walk over its elements does, which the processor's caches make
 * more than five times, and half of that more: what reads more memory than the walk loses more of it from the caches, and
 * other work on the machine disturbs both.
 */
const moreThanAWalk = 1.5;
/** What is done of every element, and nothing else. */
const walk: Question = {
  name: 'a walk over all elements',
  ofFile: ({ config }) => config.document.tree.branches.reduce((sum, { top }) => sum + contentOf(top), 0),
};
/** Below that many milliseconds a ratio means nothing. */
const worthComparing = 1;

function contentOf(element: Element): number {
  const children = element.children().reduce((sum, child) => sum + contentOf(child), 0);
  return children + element.contentEnd - element.contentStart;
}

interface Site {
  readonly snapshot: Snapshot;
  readonly places: readonly number[];
  readonly edit: () => void;
}

function siteOf(texts: readonly [string, string]): Site {
  const [config, peer] = texts.map((text, i) => new Config(new XmlDocument(`file:///${i}.xml`, text)));
  const random = randomNumbers(17);
  const { document } = config!;
  const leaves = document.tree.branches.flatMap(({ top }) => top.children().flatMap(each => each.children()));
  const places = Array.from({ length: times.atPlace }, () => {
    const leaf = leaves[Math.floor(random() * leaves.length)];
    return leaf ? leaf.contentStart : 0;
  });
  const rules = document.find('filter')?.childrenNamed('rule').length ?? 0;
  const edit = () => {
    const rule = document.find('filter')?.childrenNamed('rule')[Math.floor(random() * rules)];
    const at = rule?.child('descr')?.contentStart;
    if (at === undefined) throw new Error('A rule without a description cannot be edited here.');
    document.edit({ from: at + '<![CDATA['.length, to: at + '<![CDATA['.length + 1, text: 'x' });
  };
  return { snapshot: { config: config!, role: 'primary', peer: peer! }, places, edit };
}

/** The times of one question, in milliseconds. */
async function measure(site: Site, question: Question): Promise<readonly number[]> {
  const { snapshot, places } = site;
  const { atPlace, ofFile } = question;
  const offsets = atPlace ? places : Array.from({ length: times.ofFile }, () => 0);
  const ask = (offset: number) => (atPlace ? atPlace(snapshot, offset) : ofFile?.(snapshot));
  for (const offset of offsets.slice(0, 5)) ask(offset);
  const samples: number[] = [];
  for (const [i, place] of offsets.entries()) {
    const offset = question.typed ? type(snapshot, question.typed, i) : place;
    if (!question.typed) site.edit();
    samples.push(busyTime(() => ask(offset)));
    // What an edit has left behind is let go between turns of the event loop.
    await new Promise(resolve => setImmediate(resolve));
  }
  return samples;
}

/** Types a letter and takes it back in turns. @returns where */
function type(
  { config: { document } }: Snapshot,
  { section, tag }: { readonly section: string; readonly tag: string },
  index: number,
): number {
  const top = document.find(section);
  const at = top ? top.start + top.source.lastIndexOf(tag) + tag.length : 0;
  document.edit(index % 2 === 0 ? { from: at, to: at, text: 'a' } : { from: at, to: at + 1, text: '' });
  return at;
}

const sizes = [smallSite, largeSite].map(size => largePair(size));
const sites = sizes.map(siteOf);
const megabytes = sizes.map(([text]) => (text.length / 1e6).toFixed(1));
console.log(`Questions of an editor on pairs of ${megabytes.join(' and ')} MB a file; Node ${process.version}.`);
console.log(
  'Milliseconds, each after an edit of one filter rule, or of the place itself; the aim is for p50 at 5 MB.\n',
);
console.log(`  ${''.padEnd(34)}    1 MB             5 MB`);
console.log(
  `  ${'question'.padEnd(34)}${['p50', 'p95', 'p50', 'p95', 'growth', 'aim'].map(head => head.padStart(8)).join('')}`,
);
let mostGrowth = Number.POSITIVE_INFINITY;
for (const question of [walk, ...questions]) {
  const cells: number[] = [];
  for (const site of sites) {
    const samples = await measure(site, question);
    cells.push(percentile(samples, 0.5), percentile(samples, 0.95));
  }
  const [small = 0, , large = 0] = cells;
  if (question === walk) mostGrowth = moreThanAWalk * (large / small);
  const isWorth = large >= worthComparing && small > 0;
  const notes = [
    ...(question.aim !== undefined && large > question.aim ? ['above its aim'] : []),
    ...(small > mostAtOneMegabyte ? [`more than ${mostAtOneMegabyte} ms at 1 MB`] : []),
    ...(isWorth && large / small > mostGrowth ? ['grows faster than the file'] : []),
  ];
  const shown = [
    ...cells.map(cell => cell.toFixed(2)),
    isWorth ? (large / small).toFixed(1) : '–',
    `${question.aim ?? ''}`,
  ];
  console.log(`  ${question.name.padEnd(34)}${shown.map(cell => cell.padStart(8)).join('')}  ${notes.join(', ')}`);
}
