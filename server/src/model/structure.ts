import type { Fault, FaultKind } from '../syntax/faults.ts';
import { type Branch, Column, type Element, Flag } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * Whether the tags tell beyond doubt where each element begins and ends. Where one is missing, cut off or in excess,
 * the tree is a guess, and so is the place at which anything would be put into it.
 */
export function hasKnownStructure(document: XmlDocument): boolean {
  if (document.hiddenFaults > 0) return false;
  for (const fault of document.faults()) if (blursStructure(fault)) return false;
  return true;
}

/**
 * Whether every section stands where it belongs: the root and each of its children end with an end tag of their own.
 * Otherwise one of them has swallowed what follows, and what seems missing from the file may be in it.
 */
export function hasWholeSections({ tree: { root, branches } }: XmlDocument): boolean {
  return root?.isClosed === true && branches.every(branch => (branch.at(Column.flags, 0) & Flag.closed) !== 0);
}

/** The same of one section: whether its own tags leave no doubt. */
export function hasKnownElements(branch: Branch): boolean {
  return branch.hiddenFaults === 0 && !branch.faults.some(blursStructure);
}

/** Whether the text between an element's tags is broken as XML somewhere, so that what it says is a guess. */
export function hasBrokenText({ branch, contentPlace: { from, to } }: Element): boolean {
  return branch.faults.some(({ at }) => at.from >= from && at.from < to);
}

function blursStructure({ kind, name, expected }: Fault): boolean {
  // `<Domain>…</domain>` is not well-formed, but leaves no doubt.
  if (kind === 'mismatched-end-tag') return name?.toLowerCase() !== expected?.toLowerCase();
  return !harmless.has(kind);
}

/** Faults within a text or a tag that change nothing about which element stands where. */
const harmless: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'text-outside-root',
  'stray-ampersand',
  'bad-character',
  'bad-character-reference',
  'double-hyphen-in-comment',
  'cdata-end-in-text',
  'misplaced-declaration',
  'duplicate-attribute',
]);
