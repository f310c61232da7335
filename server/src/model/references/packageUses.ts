import { type Branch, Column, Element } from '../../syntax/tree.ts';
import type { Config } from '../config.ts';

/**
 * Where the settings of a package hold a word as a value of its own, or as one of a list: what that means the table does not
 * tell. Descriptions do not count. The path from below the root; absent where none does.
 */
export function packageUseOf(config: Config, word: string): string | undefined {
  for (const branch of config.section('installedpackages')) {
    const element = elementWith(config, branch, word);
    if (element) return pathOf(element);
  }
  return undefined;
}

function elementWith(config: Config, branch: Branch, word: string): Element | undefined {
  const { buffer } = branch.document;
  for (let row = 0; row < branch.rows; row++) {
    if (branch.at(Column.next, row) > row + 1 || /^descr|note$/.test(branch.nameAt(row))) continue;
    const from = branch.start + branch.at(Column.contentStart, row);
    const length = branch.start + branch.at(Column.contentEnd, row) - from;
    // What is longer is base64 or a script, in which any word may stand.
    if (length < word.length || length > longest || !buffer.slice(from, from + length).includes(word)) continue;
    const element = new Element(branch, row);
    if (
      config
        .text(element)
        .split(/[\s,;|:]+/)
        .includes(word)
    )
      return element;
  }
  return undefined;
}

const longest = 1000;

function pathOf(element: Element): string {
  const names: string[] = [];
  for (let at: Element | undefined = element; at; at = at.parent) names.unshift(at.name);
  return names.join('/');
}
