// Asks every feature at every 50th offset of a config of 1 MB, whole and cut off there, and tells how long the slowest
// answers took. What is asked of a file is asked at each 40th of these, as it does not depend on where the cursor stands.
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { Config } from '../../server/src/model/config.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { step } from '../harness/everyOffset.ts';
import { busyTime, percentile } from './input.ts';
import { largePair, smallSite } from './largePair.ts';
import { mostAtOneMegabyte, type Question, questions } from './questions.ts';

/** How many times as far apart the offsets are at which something is asked of the file. */
const sparser = 40;

/** How long the answers took, in milliseconds. */
interface Times {
  readonly all: number[];
  /** Of those that took too long, how long the same took when it was asked again: what is left is no pause of the engine. */
  readonly again: number[];
}

const [text, peerText] = largePair(smallSite);

async function measure(question: Question, isCut: boolean): Promise<Times> {
  const [config, peer] = [text, peerText].map((each, i) => new Config(new XmlDocument(`file:///${i}.xml`, each)));
  const snapshot: Snapshot = { config: config!, role: 'primary', peer: peer! };
  const { atPlace, ofFile } = question;
  const distance = atPlace ? step : step * sparser;
  const times: Times = { all: [], again: [] };
  const ask = (offset: number) => (atPlace ? atPlace(snapshot, offset) : ofFile?.(snapshot));
  for (let at = 0; at <= text.length; at += distance) {
    const offset = isCut ? text.length - at : at;
    if (isCut) config!.document.edit({ from: offset, to: config!.document.buffer.length, text: '' });
    const time = busyTime(() => ask(offset));
    times.all.push(time);
    if (time > mostAtOneMegabyte) times.again.push(busyTime(() => ask(offset)));
    // What is not needed any more is let go between turns of the event loop.
    if (times.all.length % 20 === 0) await new Promise(resolve => setImmediate(resolve));
  }
  return times;
}

console.log(
  `Every question at every ${step}th of ${text.length} offsets, whole and cut off there; Node ${process.version}.`,
);
console.log(
  `Milliseconds; "over" counts the answers of more than ${mostAtOneMegabyte}, "again" is the worst of those, asked a second time.\n`,
);
const heads = ['asked', 'p50', 'p99', 'worst', 'over', 'again'];
console.log(`  ${''.padEnd(34)}${heads.map(head => head.padStart(8)).join('')}`);
for (const question of questions.filter(({ typed }) => !typed)) {
  for (const isCut of [false, true]) {
    const { all, again } = await measure(question, isCut);
    const worst = (times: readonly number[]) => (times.length > 0 ? Math.max(...times).toFixed(2) : '–');
    const cells = [
      all.length,
      percentile(all, 0.5).toFixed(2),
      percentile(all, 0.99).toFixed(2),
      worst(all),
      again.length,
      worst(again),
    ];
    const name = `${question.name}${isCut ? ', cut' : ''}`;
    console.log(`  ${name.padEnd(34)}${cells.map(cell => `${cell}`.padStart(8)).join('')}`);
  }
}
