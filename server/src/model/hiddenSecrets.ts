import { isSecretName, urlAccount } from '../schema/secrets.ts';
import { type Branch, Column } from '../syntax/tree.ts';
import { XmlDocument } from '../syntax/xmlDocument.ts';

/** A part of a text, by offsets. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A config's text with its secrets hidden. Each different one has a number, so that a change of one shows without showing it.
 *
 * @param numbers the numbers given so far: texts that are compared share one
 */
export function withoutSecrets(text: string, numbers: Map<string, number>): string {
  const document = new XmlDocument('', text);
  let shown = '';
  let at = 0;
  for (const { from, to } of secretsWithin(document, { from: 0, to: text.length })) {
    const secret = text.slice(from, to);
    const number = numbers.get(secret) ?? numbers.size + 1;
    numbers.set(secret, number);
    shown += `${text.slice(at, from)}(hidden ${number})`;
    at = to;
  }
  return shown + text.slice(at);
}

/** The content of elements that hold secrets, and who logs in by a URL, as far as they touch the range, in the order of the text. */
export function secretsWithin(document: XmlDocument, range: Range): Range[] {
  const contents = document.tree.branches
    .filter(branch => branch.start < range.to && branch.end > range.from)
    .flatMap(branch => secretsOf(branch, range));
  const accounts = accountsIn(document, range).filter(
    ({ from, to }) => !contents.some(content => content.from < to && from < content.to),
  );
  return [...contents, ...accounts].sort((one, other) => one.from - other.from);
}

/** Further in front of a range no URL begins whose account reaches into it. */
const longestAccount = 1000;

/** What stands between `://` and `@` in URLs. */
function accountsIn({ buffer }: XmlDocument, { from, to }: Range): Range[] {
  const start = Math.max(0, from - longestAccount);
  const text = buffer.slice(start, Math.min(buffer.length, to + longestAccount));
  return [...text.matchAll(urlAccount)]
    .map(({ index, 0: { length } }) => ({ from: start + index, to: start + index + length }))
    .filter(account => account.from < to && account.to > from);
}

function secretsOf(branch: Branch, range: Range): Range[] {
  const secrets: Range[] = [];
  const at = (column: number, row: number) => branch.start + branch.at(column, row);
  for (let row = 0; row < branch.rows; ) {
    const isOutside = at(Column.start, row) >= range.to || at(Column.end, row) <= range.from;
    const content = { from: at(Column.contentStart, row), to: at(Column.contentEnd, row) };
    const isSecret = !isOutside && content.from < content.to && isSecretRow(branch, row);
    if (isSecret) secrets.push(content);
    // Nothing within a secret is looked at again, so that the ranges do not overlap.
    row = isOutside || isSecret ? branch.at(Column.next, row) : row + 1;
  }
  return secrets;
}

function isSecretRow(branch: Branch, row: number): boolean {
  const parent = branch.at(Column.parent, row);
  return isSecretName(branch.nameAt(row), parent < 0 ? undefined : branch.nameAt(parent));
}
