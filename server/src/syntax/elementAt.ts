import { firstBranchFrom, firstRowFrom } from './search.ts';
import { Column, Element } from './tree.ts';
import type { XmlDocument } from './xmlDocument.ts';

/**
 * The innermost element whose span, from `<` of its start tag to behind its end tag, holds the unit at `offset`; of an
 * element that nothing closes, also the place right behind it. Absent outside of all children of the root.
 */
export function elementAt(document: XmlDocument, offset: number): Element | undefined {
  const { branches } = document.tree;
  const branch = branches[firstBranchFrom(branches, offset + 1) - 1];
  if (!branch) return undefined;
  let row = firstRowFrom(branch, offset - branch.start + 1) - 1;
  for (; row >= 0; row = branch.at(Column.parent, row)) {
    const element = new Element(branch, row);
    if (offset < element.end || (offset === element.end && !element.isClosed)) return element;
  }
  return undefined;
}
