// How long an editor waits for an answer about a pair of large configs, right after somebody has typed where it asks.
import { complete } from '../../server/src/features/completion.ts';
import { definitions } from '../../server/src/features/definitions.ts';
import { documentSymbols } from '../../server/src/features/documentSymbols.ts';
import { foldingRanges } from '../../server/src/features/foldingRanges.ts';
import { hover } from '../../server/src/features/hover.ts';
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { Config } from '../../server/src/model/config.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { largeSite } from '../harness/largeSite.ts';
import { percentile, timed } from './input.ts';
import { largePair } from './largePair.ts';

interface Question {
  readonly name: string;
  /** A start tag, behind the last of which in the section somebody types. */
  readonly section: string;
  readonly tag: string;
  readonly ask: (snapshot: Snapshot, offset: number) => unknown;
}

const completion = (snapshot: Snapshot, offset: number) =>
  complete(snapshot, { offset, trigger: undefined, snippets: 'left to the editor', endTags: 'offered' });
const explanation = (snapshot: Snapshot, offset: number) => hover(snapshot, { offset, findings: [] });

/** One line a question. The aim of the first ones is 5 ms, that of the whole document's 50. */
const questions: readonly Question[] = [
  { name: 'completion: an interface', section: 'filter', tag: '<interface>', ask: completion },
  { name: 'completion: an alias', section: 'filter', tag: '<address>', ask: completion },
  { name: 'completion: an alias in an alias', section: 'aliases', tag: '<address>', ask: completion },
  { name: 'completion: an element', section: 'filter', tag: '<rule>', ask: completion },
  { name: 'completion: a free address', section: 'virtualip', tag: '<subnet>', ask: completion },
  { name: 'completion: a certificate', section: 'system', tag: '<ssl-certref>', ask: completion },
  { name: 'hover: an interface', section: 'filter', tag: '<interface>', ask: explanation },
  { name: 'hover: an alias', section: 'aliases', tag: '<name>', ask: explanation },
  { name: 'hover: a VIP', section: 'virtualip', tag: '<uniqid>', ask: explanation },
  { name: 'definition: an interface', section: 'filter', tag: '<interface>', ask: definitions },
  { name: 'outline', section: 'filter', tag: '<type>', ask: ({ config }) => documentSymbols(config) },
  { name: 'folding', section: 'filter', tag: '<type>', ask: ({ config }) => foldingRanges(config.document, 5000) },
];

console.log(`Answers in a pair, in ms after a keystroke; Node ${process.version}.\n`);
for (const size of [{ vlans: 24, vips: 12, rules: 1250, aliases: 750, staticMaps: 1000 }, largeSite]) {
  const [text, other] = largePair(size);
  console.log(`${(text.length / 1e6).toFixed(1).padStart(5)} MB each${' '.repeat(29)}first     p50     p95`);
  const config = new Config(new XmlDocument('file:///main.xml', text));
  const peer = new Config(new XmlDocument('file:///second.xml', other));
  const snapshot: Snapshot = { config, role: 'primary', peer };
  for (const question of questions) {
    const [first, ...samples] = Array.from({ length: 101 }, (_, i) => askAfterTyping(snapshot, question, i));
    const cells = [first ?? Number.NaN, percentile(samples, 0.5), percentile(samples, 0.95)];
    console.log(`  ${question.name.padEnd(36)}${cells.map(cell => cell.toFixed(2).padStart(8)).join('')}`);
  }
}

/** Types a letter and takes it back in turns, and asks behind it. */
function askAfterTyping(snapshot: Snapshot, { section, tag, ask }: Question, index: number): number {
  const { document } = snapshot.config;
  const top = document.find(section);
  const at = top ? top.start + top.source.lastIndexOf(tag) + tag.length : 0;
  document.edit(index % 2 === 0 ? { from: at, to: at, text: 'a' } : { from: at, to: at + 1, text: '' });
  return timed(1, () => ask(snapshot, at))[0] ?? Number.NaN;
}
