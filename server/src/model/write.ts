import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { encode } from './textForm.ts';
import { readVersion } from './version.ts';

/** Edits in the form that pfSense itself writes (facts.md §3); every byte outside of them stays. */

export { encode };

/** Gives an element a text, in CDATA and with entities as the file's version writes that tag. */
export function setText(config: Config, element: Element, text: string): TextEdit {
  const content = encode(element.name, text, config.query(readVersion));
  if (!element.isSelfClosing) return { from: element.contentStart, to: element.contentEnd, text: content };
  return openUp(element, content);
}

/**
 * Gives the parent's child of that name a text. A missing child is inserted behind `after` (the first of those names
 * that is there), else where the GUI would write it, at the end of its siblings.
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
 * Inserts the source of an element as a child on a line of its own: behind the first of `after` that is there, before
 * all siblings where `after` is given and none of it is there, at the end otherwise. The source has LF line ends and no
 * indentation of its own first line; the file's line ends and indentation are put in.
 */
export function insertChild(
  parent: Element,
  child: { readonly source: string; readonly after?: readonly string[] },
): TextEdit {
  const children = parent.children();
  const [first] = children;
  const lineEnd = lineEndOf(parent);
  const parentIndent = indentOf(parent);
  const indent = first && startsLine(first) ? indentOf(first) : `${parentIndent}\t`;
  const source = child.source.replaceAll('\n', `${lineEnd}${indent}`);
  const before = child.after?.map(name => children.findLast(each => each.name === name)).find(Boolean);
  if (first && child.after && !before)
    return { from: first.start, to: first.start, text: `${source}${lineEnd}${indent}` };
  const last = before ?? children.at(-1);
  if (last) return { from: last.end, to: last.end, text: `${lineEnd}${indent}${source}` };
  const inside = `${lineEnd}${indent}${source}${lineEnd}${parentIndent}`;
  if (parent.isSelfClosing) return openUp(parent, inside);
  return { ...blankContent(parent), text: inside };
}

/** Inserts the source of a section as the last child of the root; absent where the file has no root to hold one. */
export function insertSection(config: Config, source: string): TextEdit | undefined {
  const { tree, buffer } = config.document;
  const { root, branches } = tree;
  if (!root || root.isSelfClosing) return undefined;
  const lineEnd = buffer.slice(0, 4096).includes('\r\n') ? '\r\n' : '\n';
  const last = branches.at(-1);
  const indent = last && startsLine(last.top) ? indentOf(last.top) : '\t';
  const text = `${lineEnd}${indent}${source.replaceAll('\n', `${lineEnd}${indent}`)}`;
  if (last) return { from: last.end, to: last.end, text };
  return { from: root.contentStart, to: root.contentEnd, text: `${text}${lineEnd}` };
}

/** Removes an element, with the line or lines that it stands on alone. */
export function removeElement(element: Element): TextEdit {
  const { buffer } = element.document;
  const lineStart = buffer.lineStart(buffer.positionAt(element.start).line);
  const lineEnd = buffer.lineStart(buffer.positionAt(element.end).line + 1);
  const isAlone =
    buffer.slice(lineStart, element.start).trim() === '' && buffer.slice(element.end, lineEnd).trim() === '';
  if (isAlone) return { from: lineStart, to: lineEnd, text: '' };
  return { from: element.start, to: element.end, text: '' };
}

/** An element's source as {@link insertChild} and {@link insertSection} take it: LF line ends, without the indentation of its own first line. */
export function dedented(element: Element): string {
  return element.source.replaceAll('\r\n', '\n').replaceAll(`\n${indentOf(element)}`, '\n');
}

/** Writes a self-closing element with two tags around a content; its attributes stay. */
function openUp(element: Element, content: string): TextEdit {
  const tag = element.source.replace(/\s*\/>$/, '>');
  return { from: element.start, to: element.end, text: `${tag}${content}</${element.tag}>` };
}

/** What an insertion into an element without children replaces: blanks alone, so that neither text nor a comment is lost. */
function blankContent(parent: Element): { readonly from: number; readonly to: number } {
  const isBlank = parent.content.trim() === '';
  const end = isBlank ? parent.contentEnd : parent.contentStart + parent.content.trimEnd().length;
  return { from: isBlank ? parent.contentStart : end, to: parent.contentEnd };
}

/** Whether nothing but blanks stands before the element on its line. */
function startsLine(element: Element): boolean {
  const { buffer } = element.document;
  return buffer.slice(buffer.lineStart(buffer.positionAt(element.start).line), element.start).trim() === '';
}

/** How the line on which an element begins ends; LF on a last line. */
function lineEndOf(element: Element): string {
  const { buffer } = element.document;
  const next = buffer.lineStart(buffer.positionAt(element.start).line + 1);
  return buffer.slice(next - 2, next) === '\r\n' ? '\r\n' : '\n';
}

/** The blanks at the beginning of the line on which an element begins. */
function indentOf(element: Element): string {
  const { buffer } = element.document;
  const lineStart = buffer.lineStart(buffer.positionAt(element.start).line);
  return /^[\t ]*/.exec(buffer.slice(lineStart, element.start))?.[0] ?? '';
}
