import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';

/** The lists of a large config that say nothing about the pair, so that they can be the same in both files. */
const bulkLists: Readonly<Record<string, string>> = { filter: 'rule', aliases: 'alias', unbound: 'hosts' };

/**
 * The tutorial's pair, which is clean, with the bulk of a large config in both files: what rules look at stays in sync,
 * and an edit shows whether it must.
 */
export function largePair(generated: string, sections: readonly string[]): readonly [string, string] {
  const bulk = new XmlDocument('untitled:bulk', generated);
  const [main, second] = ['main-pfSense.xml', 'second-pfSense.xml'].map(file => {
    let text = readFileSync(resolve('samples/tutorial', file), 'utf8');
    for (const [section, item] of Object.entries(bulkLists)) {
      const items = bulk
        .branches(section)
        .flatMap(branch => branch.top.childrenNamed(item).map(each => rehomed(each.source)));
      const end = new XmlDocument('untitled:sample', text).find(section)?.contentEnd;
      if (end !== undefined)
        text = `${text.slice(0, end)}${items.map(each => `\t\t${each}\n`).join('')}\t${text.slice(end)}`;
    }
    const sample = new XmlDocument('untitled:sample', text);
    const added = bulk.tree.branches.filter(({ top }) => sections.includes(top.name));
    const end = sample.tree.root?.contentEnd ?? text.length;
    return `${text.slice(0, end)}${added.map(branch => `\t${branch.top.source}\n`).join('')}${text.slice(end)}`;
  });
  return [main!, second!];
}

/** The bulk's rules are for interfaces that the tutorial lacks, or has for SYNC. */
function rehomed(source: string): string {
  return source.replace('<interface>opt1<', '<interface>lan<').replace('<interface>opt2<', '<interface>wan<');
}
