import { insertBefore } from '../syntax/edits.ts';
import type { Element } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';

/** Puts other XML in an element's place, in its indentation: LF line ends, one TAB a level. */
export function replaceElement(element: Element, source: string): TextEdit {
  const { text } = insertBefore(element, source);
  // What is inserted before an element that begins its line ends with the line break and indentation that it brings.
  const isAlone = /\n[\t ]*$/.test(text) && !/\n[\t ]*$/.test(source);
  return { from: element.start, to: element.end, text: isAlone ? text.replace(/\r?\n[\t ]*$/, '') : text };
}
