// What each rule costs on a large site: alone and from nothing, on twice the site, and after an edit of one filter rule.
import { Config } from '../../server/src/model/config.ts';
import { Checker } from '../../server/src/rules/check.ts';
import { rules } from '../../server/src/rules/index.ts';
import type { Rule } from '../../server/src/rules/rule.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { largeSite, siteTexts, timesAsLarge } from '../harness/largeSite.ts';

const once = siteTexts(largeSite);
const twice = siteTexts(timesAsLarge(largeSite, 2));
const repeats = 3;

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

function configs([primary, secondary]: readonly [string, string]): readonly [Config, Config] {
  return [
    new Config(new XmlDocument('file:///primary.xml', primary)),
    new Config(new XmlDocument('file:///secondary.xml', secondary)),
  ];
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

/** The least of several runs, each on what `prepare` has made anew, in milliseconds. */
function least<T>(prepare: () => T, run: (prepared: T) => void): number {
  const times = Array.from({ length: repeats }, () => {
    const prepared = prepare();
    const start = performance.now();
    run(prepared);
    return performance.now() - start;
  });
  return Math.min(...times);
}

function costOf(rule: Rule): Cost {
  const settings = { [rule.id]: rule.severity };
  const fresh = (texts: readonly [string, string]) => () => ({
    checker: new Checker([rule], settings),
    pair: configs(texts),
  });
  const alone = least(fresh(once), ({ checker, pair }) => check(checker, pair));
  const doubled = least(fresh(twice), ({ checker, pair }) => check(checker, pair));
  const { checker, pair } = fresh(once)();
  const findings = check(checker, pair);
  const edited = least(
    () => {
      const [{ document }] = pair;
      const descr = document.find('filter')?.children().at(2500)?.child('descr');
      const from = descr!.contentStart + '<![CDATA['.length;
      document.edit({ from, to: from + 1, text: 'r' });
    },
    () => check(checker, pair),
  );
  return { rule, findings, alone, doubled, edited };
}

// Warm: what is compiled for the first rule must not count as its cost.
for (let i = 0; i < 3; i++) check(new Checker(rules), configs(once));
const costs = rules.map(costOf).sort((one, other) => other.alone - one.alone);
const all = least(
  () => configs(once),
  pair => check(new Checker(rules), pair),
);
const allDoubled = least(
  () => configs(twice),
  pair => check(new Checker(rules), pair),
);

const { vlans, vips, rules: filterRules, aliases, staticMaps } = largeSite;
console.log(
  `Each of ${rules.length} rules on a pair with ${vlans + 3} interfaces, ${vips + 2} VIPs, ${filterRules} rules, ${aliases} aliases and ${staticMaps} static maps (${once.map(({ length }) => (length / 1e6).toFixed(1)).join(' + ')} MB), in milliseconds; Node ${process.version}.`,
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
  `\n  all together ${all.toFixed(0)} ms, doubled ${allDoubled.toFixed(0)} ms: ${(allDoubled / all).toFixed(2)} times as long.`,
);
