import { followers, predecessors } from '../schema/elementOrder.ts';
import {
  insertAfter,
  insertAtEnd,
  insertBefore,
  insertSection as insertInRoot,
  removeElement,
  renameElement,
  replaceContent,
  withGaps,
} from '../syntax/edits.ts';
import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { encode } from './textForm.ts';
import { readVersion } from './version.ts';

/** Edits in the form that pfSense itself writes (facts.md §3); every byte outside of them stays. */

export { encode, removeElement, renameElement };

/** Gives an element a text, in CDATA and with entities as the file's version writes that tag. */
export function setText(config: Config, element: Element, text: string): TextEdit {
  return replaceContent(element, encode(element.name, text, config.query(readVersion)));
}

/**
 * Gives the parent's child of that name a text. A missing child is inserted behind the first of `after` that is there,
 * else where pfSense's form writes it ({@link insertChild}).
 */
export function setChildText(
  config: Config,
  parent: Element,
  child: { readonly name: string; readonly text: string; readonly after?: readonly string[] },
): TextEdit {
  const element = parent.child(child.name);
  if (element) return setText(config, element, child.text);
  const source = elementSource(config, child.name, child.text);
  return insertChild(parent, { source, ...(child.after && { after: child.after }) });
}

/** The source of an element that holds a text: `<descr><![CDATA[LAN]]></descr>`. */
export function elementSource(config: Config, name: string, text: string): string {
  return `<${name}>${encode(name, text, config.query(readVersion))}</${name}>`;
}

/**
 * Inserts the source of an element as a child on a line of its own: behind the last child that bears the first of
 * `after` that is there, else where the order of pfSense's form puts it, else behind all others. The source has LF line
 * ends, one TAB a level and no indentation of its own first line; those of the file are put in.
 */
export function insertChild(
  parent: Element,
  child: { readonly source: string; readonly after?: readonly string[] },
): TextEdit {
  const children = parent.children();
  const name = /^<([^\s/>]+)/.exec(child.source)?.[1] ?? '';
  for (const each of [...(child.after ?? []), ...predecessors(parent.name, name)]) {
    const before = children.findLast(sibling => sibling.name === each);
    if (before) return insertAfter(before, child.source);
  }
  for (const each of followers(parent.name, name)) {
    const behind = children.find(sibling => sibling.name === each);
    if (behind) return insertBefore(behind, child.source);
  }
  return insertAtEnd(parent, child.source);
}

/** Inserts the source of a section as the last child of the root; absent where the file has no root to hold one. */
export function insertSection(config: Config, source: string): TextEdit | undefined {
  return insertInRoot(config.document, source);
}

/**
 * An element's source as {@link insertChild} and {@link insertSection} take it: LF line ends, without the indentation
 * of its own first line.
 *
 * @param source what stands in for its own, as it would stand in its place
 */
export function dedented(element: Element, source = element.source): string {
  const { buffer } = element.document;
  const lineStart = buffer.lineStart(buffer.positionAt(element.start).line);
  const indent = /^[\t ]*/.exec(buffer.slice(lineStart, element.start))?.[0] ?? '';
  return withGaps(source.replaceAll('\r\n', '\n'), gap => gap.replaceAll(`\n${indent}`, '\n'));
}

/** The source of an element of that name around a source of the same form. */
export function wrapped(name: string, source: string): string {
  return `<${name}>\n\t${withGaps(source, gap => gap.replaceAll('\n', '\n\t'))}\n</${name}>`;
}
