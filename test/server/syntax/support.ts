import type { Fault } from '../../../server/src/syntax/faults.ts';
import { type Branch, Column, Element, Flag, spanOf } from '../../../server/src/syntax/tree.ts';
import { XmlDocument } from '../../../server/src/syntax/xmlDocument.ts';

export function parse(text: string): XmlDocument {
  return new XmlDocument('file:///test.xml', text);
}

/** All that a scan tells, in absolute offsets, one line a fact: two documents of the same text must give the same. */
export function describeTree(document: XmlDocument): string[] {
  const { tree } = document;
  const lines = [
    `root ${JSON.stringify(tree.root && { ...tree.root, flags: tree.root.flags & ~ofContent & ~Flag.byIndentation })}`,
  ];
  for (const branch of tree.branches) {
    lines.push(`branch ${branch.start}..${branch.end}, ${branch.hiddenFaults} hidden`);
    for (let row = 0; row < branch.rows; row++) lines.push(describeRow(new Element(branch, row)));
    lines.push(...branch.faults.map(fault => describeFault(fault)));
  }
  return [...lines, ...tree.faults.map(fault => describeFault(fault)), `${tree.hiddenFaults} hidden`];
}

/** What is said of an element's own content holds exactly only where it has no children (Flag.hasReferences). */
const ofContent = Flag.hasReferences | Flag.hasMarkup;

/** Where an element's own content holds references, CDATA, comments or instructions and the row does not say so, in the order of the text. */
export function unsaidContent(document: XmlDocument): string[] {
  const full = parse(document.buffer.toString());
  return document.tree.branches.flatMap((branch, index) => {
    const scanned = full.tree.branches[index];
    const said = (of: Branch | undefined, row: number) => (of ? of.at(Column.flags, row) & ofContent : 0);
    return Array.from({ length: branch.rows }, (_, row) => row)
      .filter(row => (said(scanned, row) & ~said(branch, row)) !== 0)
      .map(row => describeRow(new Element(branch, row)));
  });
}

function describeRow(element: Element): string {
  const { branch, row } = element;
  const flags = element.flags & ~(element.hasChildren ? ofContent : 0) & ~Flag.byIndentation;
  const { start, contentStart, contentEnd, end } = element;
  const nameEnd = branch.start + branch.at(Column.nameEnd, row);
  const place = [start, nameEnd, contentStart, contentEnd, end].join(' ');
  return `${element.tag} ${place} in ${branch.at(Column.parent, row)} next ${branch.at(Column.next, row)} flags ${flags}`;
}

export function describeFault(fault: Fault): string {
  const { start, end } = spanOf(fault.at);
  return `${fault.kind} ${start}..${end} ${fault.name ?? ''} ${fault.expected ?? ''}`.trimEnd();
}

/** The element of that name (as it is written) that comes first in the text. */
export function elementNamed(document: XmlDocument, tag: string): Element {
  for (const branch of document.tree.branches) {
    for (let row = 0; row < branch.rows; row++) {
      const element = new Element(branch, row);
      if (element.tag === tag) return element;
    }
  }
  throw new Error(`no element ${tag}`);
}

/** The elements as nested names, such as `a(b c(d))`, to compare shapes by eye. */
export function shape(document: XmlDocument): string {
  const of = (element: Element): string => {
    const children = element.children().map(of);
    return children.length === 0 ? element.tag : `${element.tag}(${children.join(' ')})`;
  };
  const { root, branches } = document.tree;
  return root ? `${root.tag}(${branches.map(branch => of(branch.top)).join(' ')})` : '';
}
