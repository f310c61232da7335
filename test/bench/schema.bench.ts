// What it costs to hold a config against the schema: when it is opened, and after an edit in one of its items.
import { Config } from '../../server/src/model/config.ts';
import { schemaFaults } from '../../server/src/model/schemaFaults.ts';
import { compiledSchema } from '../../server/src/schema/compiled.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { benchConfigs, percentile, timed } from './input.ts';

const { source, make } = await benchConfigs();
console.log(`Configs from ${source} against the schema; Node ${process.version}.\n`);
const [load] = timed(1, () => compiledSchema());
console.log(`  reading the schema and making the validators, once     ${cell(load)}\n`);
console.log('  MB  whole, first  whole, best  after an edit in filter/rule p50, p95  in aliases/alias p50, p95');
for (const size of [1, 5, 10]) {
  const text = make(size * 1e6);
  const configs = Array.from({ length: 9 }, () => new Config(new XmlDocument('file:///bench.xml', text)));
  const whole = timed(configs.length, index => look(configs[index]!));
  const config = configs[0]!;
  const edits = [
    ['filter', 'rule'],
    ['aliases', 'alias'],
  ].flatMap(([section, item]) => {
    const samples = Array.from({ length: 200 }, (_, index) => {
      type(config, { section: section!, item: item!, index });
      return timed(1, () => schemaFaults(config, section!))[0]!;
    });
    return [percentile(samples, 0.5), percentile(samples, 0.95)];
  });
  console.log(
    `${(text.length / 1e6).toFixed(1).padStart(4)} ${cell(whole[0])}  ${cell(Math.min(...whole))} ${edits.map(cell).join(' ')}`,
  );
}

/** Looks at each section. */
function look(config: Config): void {
  for (const name of new Set(config.document.tree.branches.map(branch => branch.nameAt(0)))) {
    schemaFaults(config, name);
  }
}

/** Types a letter into the description of one item. */
function type(
  { document }: Config,
  { section, item, index }: { readonly section: string; readonly item: string; readonly index: number },
): void {
  const items = document.find(section)?.childrenNamed(item) ?? [];
  const at = items[(index * 37) % items.length]?.child('descr')?.contentStart;
  if (at !== undefined) document.edit({ from: at, to: at, text: 'x' });
}

function cell(milliseconds: number | undefined): string {
  return `${(milliseconds ?? Number.NaN).toFixed(2).padStart(9)} ms`;
}
