import { Branch, Column, type Place } from '../../server/src/syntax/tree.ts';

/**
 * The innermost element around a place, as tags from below the root: `virtualip/vip[2]/advskew`. Where a parent has
 * several children of a name, `[n]` says which, from 1. Empty for a place outside every section.
 */
export function numberedPath(place: Place): string {
  const { anchor } = place;
  if (!(anchor instanceof Branch)) return '';
  let row = 0;
  for (let inner = 1; inner < anchor.rows && anchor.at(Column.start, inner) <= place.from; inner++) {
    if (anchor.at(Column.end, inner) >= place.to && isWithin(anchor, inner, row)) row = inner;
  }
  const parts: string[] = [];
  for (let at = row; at >= 0; at = anchor.at(Column.parent, at)) parts.unshift(step(anchor, at));
  return parts.join('/');
}

function isWithin(branch: Branch, inner: number, outer: number): boolean {
  return inner > outer && inner < branch.at(Column.next, outer);
}

function step(branch: Branch, row: number): string {
  const name = branch.nameAt(row);
  const tag = branch.names.tag(branch.at(Column.name, row));
  const siblings = row === 0 ? branch.document.branches(name) : undefined;
  if (siblings) return siblings.length < 2 ? tag : `${tag}[${siblings.indexOf(branch) + 1}]`;
  const parent = branch.at(Column.parent, row);
  let count = 0;
  let index = 0;
  for (let at = parent + 1; at < branch.at(Column.next, parent); at = branch.at(Column.next, at)) {
    if (branch.nameAt(at) !== name) continue;
    count++;
    if (at === row) index = count;
  }
  return count < 2 ? tag : `${tag}[${index}]`;
}
