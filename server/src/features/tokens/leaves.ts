import { parseAddress, parseSubnet } from '../../model/address.ts';
import type { Config, ElementQuery } from '../../model/config.ts';
import { MarkedRows } from '../../model/markedRows.ts';
import { isSecretName } from '../../schema/secrets.ts';
import { firstBranchFrom } from '../../syntax/search.ts';
import { type Branch, Column, Element, Flag, type Span } from '../../syntax/tree.ts';
import { Unit } from '../../syntax/units.ts';
import type { Token } from './token.ts';

/** The secrets and the addresses in a stretch of the file. */
export function* markedLeaves(config: Config, { start, end }: Span): Generator<Token> {
  const { branches } = config.document.tree;
  const last = firstBranchFrom(branches, end);
  for (let i = Math.max(0, firstBranchFrom(branches, start) - 1); i < last; i++) {
    const branch = branches[i]!;
    for (const row of marked.of(branch)) {
      const content = branch.start + branch.at(Column.contentStart, row);
      const contentEnd = branch.start + branch.at(Column.contentEnd, row);
      if (content > end) break;
      if (contentEnd < start) continue;
      if (isSecret(branch, row)) yield { ...withoutCdata(branch, content, contentEnd), type: 'secret' };
      else {
        for (const part of config.ofElement(readAddresses, new Element(branch, row))) {
          yield { start: content + part.start, end: content + part.end, type: 'address' };
        }
      }
    }
  }
}

/** The rows whose text is a secret, or may have an address in it. */
const marked = new MarkedRows((branch, row) => {
  const from = branch.at(Column.contentStart, row);
  const to = branch.at(Column.contentEnd, row);
  if (from === to || branch.at(Column.next, row) > row + 1) return false;
  if (isSecret(branch, row)) return true;
  // Descriptions, and what is written in CDATA like them, are no addresses whatever they say.
  return (branch.at(Column.flags, row) & Flag.hasMarkup) === 0 && mayHoldAddress(branch, from, to);
});

/** What stands in a CDATA section, where one is all there is. */
function withoutCdata({ document: { buffer } }: Branch, start: number, end: number): Span {
  const isSection =
    end - start > 12 && buffer.slice(start, start + 9) === '<![CDATA[' && buffer.unitAt(end - 1) === 0x3e;
  return isSection ? { start: start + 9, end: end - 3 } : { start, end };
}

function isSecret(branch: Branch, row: number): boolean {
  const parent = branch.at(Column.parent, row);
  return isSecretName(branch.nameAt(row), parent < 0 ? undefined : branch.nameAt(parent));
}

/** The beginning of a list tells of what kind it is; a certificate has no `.` and no `:`. */
const lookedAt = 256;

function mayHoldAddress({ document: { buffer }, start }: Branch, from: number, to: number): boolean {
  const end = Math.min(to, from + lookedAt);
  if (to - from < shortest) return false;
  let signs = 0;
  for (let at = from; at < end; at++) {
    const unit = buffer.unitAt(start + at);
    if (unit === dot || unit === colon) signs++;
  }
  return signs > 1 && buffer.unitAt(start + from) !== Unit.lessThan;
}

/** `::1`. */
const shortest = 3;
const dot = 0x2e;
const colon = 0x3a;

/** Where addresses, networks and the ends of ranges stand in an element's text, counted from its beginning. */
const readAddresses: ElementQuery<readonly Span[]> = element => {
  const found: Span[] = [];
  for (const match of element.content.matchAll(/[^\s,|;]+/g)) {
    const [text] = match;
    if (isAddress(text)) found.push({ start: match.index, end: match.index + text.length });
    else {
      let at = match.index;
      for (const part of text.split('-')) {
        if (isAddress(part)) found.push({ start: at, end: at + part.length });
        at += part.length + 1;
      }
    }
  }
  return found;
};

function isAddress(text: string): boolean {
  return parseAddress(text) !== undefined || (text.includes('/') && parseSubnet(text) !== undefined);
}
