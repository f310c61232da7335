// What each rule costs on a large site: alone and from nothing, on twice the site, and after an edit of one filter rule.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Config } from '../../server/src/model/config.ts';
import { Checker } from '../../server/src/rules/check.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import type { RuleSettings } from '../../server/src/rules/ruleSettings.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { largeSite, siteTexts, timesAsLarge } from '../harness/largeSite.ts';
import { busyTime } from './input.ts';

/** A site's texts, and what they are parsed to. */
interface Size {
  readonly texts: Texts;
  readonly documents: Documents;
}

/** Of each size; the first runs are for the compiler. */
const repeats = 12;
const edits = 20;

/** Rules that take less than this many milliseconds are too quick for a ratio to mean anything. */
const worthComparing = 1;
/** Twice the input may take twice the time, and a fifth more. */
const mostGrowth = 2.4;

interface Cost {
  readonly rule: Rule;
  readonly findings: number;
  readonly alone: number;
  readonly doubled: number;
  readonly edited: number;
}

type Texts = readonly [primary: string, secondary: string];
type Documents = readonly [XmlDocument, XmlDocument];

function parsed([primary, secondary]: Texts): Documents {
  return [new XmlDocument('file:///primary.xml', primary), new XmlDocument('file:///secondary.xml', secondary)];
}

/** Configs of which nothing is known yet. */
function configs([primary, secondary]: Documents): readonly [Config, Config] {
  const one: Config = new Config(primary, () => other);
  const other: Config = new Config(secondary, () => one);
  return [one, other];
}

function check(checker: Checker, [primary, secondary]: readonly [Config, Config]): number {
  const found = [
    checker.checkText(primary),
    checker.checkText(secondary),
    checker.checkNode({ config: primary, role: 'primary', peer: secondary }),
    checker.checkNode({ config: secondary, role: 'secondary', peer: primary }),
    checker.checkPair(primary, secondary),
  ];
  return found.reduce((sum, { length }) => sum + length, 0);
}

/** What a check of a pair costs from its parsed texts, once as large and twice, by turns. */
function measured(chosen: readonly Rule[], settings: RuleSettings): { readonly once: number; readonly twice: number } {
  const [single, double]: [number[], number[]] = [[], []];
  const run = (size: Size) => {
    // What rules on the text find is kept with the document.
    const documents = chosen.some(({ scope }) => scope === 'syntax') ? parsed(size.texts) : size.documents;
    const [checker, pair] = [new Checker(chosen, settings), configs(documents)];
    // What the run before has left behind is not this one's cost.
    globalThis.gc?.();
    return busyTime(() => check(checker, pair));
  };
  for (let i = 0; i < repeats; i++) {
    single.push(run(once));
    double.push(run(twice));
  }
  return { once: Math.min(...single), twice: Math.min(...double) };
}

/** What a check costs after an edit of one filter rule's description. */
async function afterEdit(checker: Checker, pair: readonly [Config, Config]): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < edits; i++) {
    const [{ document }] = pair;
    const descr = document.find('filter')?.childrenNamed('rule').at(2500)?.child('descr');
    const from = descr!.contentStart + '<![CDATA['.length;
    document.edit({ from, to: from + 1, text: String(i % 10) });
    times.push(busyTime(() => check(checker, pair)));
    await nextTurn();
  }
  return Math.min(...times);
}

async function costOf(rule: Rule): Promise<Cost> {
  const settings = { [rule.id]: rule.severity };
  const { once: alone, twice: doubled } = measured([rule], settings);
  const [checker, pair] = [new Checker([rule], settings), configs(parsed(once.texts))];
  const findings = check(checker, pair);
  return { rule, findings, alone, doubled, edited: await afterEdit(checker, pair) };
}

const [once, twice] = [largeSite, timesAsLarge(largeSite, 2)].map((size): Size => {
  const texts = siteTexts(size);
  return { texts, documents: parsed(texts) };
}) as [Size, Size];
// Warm: what is compiled for the first rule must not count as its cost.
for (let i = 0; i < 3; i++) for (const { documents } of [once, twice]) check(new Checker(rules), configs(documents));
const costs: Cost[] = [];
for (const rule of rules) costs.push(await costOf(rule));
costs.sort((one, other) => other.alone - one.alone);
const all = measured(rules, {});
const [allRules, edited] = [new Checker(rules), configs(parsed(once.texts))];
check(allRules, edited);
const allEdited = await afterEdit(allRules, edited);

const { vlans, vips, rules: filterRules, aliases, staticMaps } = largeSite;
console.log(
  `Each of ${rules.length} rules on a pair with ${vlans + 3} interfaces, ${vips + 2} VIPs, ${filterRules} rules, ${aliases} aliases and ${staticMaps} static maps (${once.texts.map(({ length }) => (length / 1e6).toFixed(1)).join(' + ')} MB), in milliseconds, the least of several runs; Node ${process.version}.`,
);
console.log(
  '  alone: from parsed texts, with all that it has to work out; after an edit: of one filter rule’s description.\n',
);
console.log(
  `  ${'rule'.padEnd(34)}${'alone'.padStart(8)}${'doubled'.padStart(9)}${'ratio'.padStart(7)}${'edit'.padStart(8)}  findings`,
);
for (const { rule, alone, doubled, edited, findings } of costs) {
  const ratio = alone >= worthComparing ? (doubled / alone).toFixed(1) : '–';
  const mark = alone >= worthComparing && doubled / alone > mostGrowth ? '  grows faster than its input' : '';
  console.log(
    `  ${rule.id.padEnd(34)}${alone.toFixed(2).padStart(8)}${doubled.toFixed(2).padStart(9)}${ratio.padStart(7)}${edited.toFixed(2).padStart(8)}  ${findings || ''}${mark}`,
  );
}
console.log(
  `\n  all together ${all.once.toFixed(0)} ms, doubled ${all.twice.toFixed(0)} ms: ${(all.twice / all.once).toFixed(2)} times as long; after an edit ${allEdited.toFixed(1)} ms.`,
);
