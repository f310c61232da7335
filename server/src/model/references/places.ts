import { decodeReferences } from '../../syntax/entities.ts';
import type { Element, Place } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Config } from '../config.ts';
import { valuePlace } from '../read.ts';
import { readVersion } from '../version.ts';
import { setText } from '../write.ts';

/**
 * Where a part of an element's text, as pfSense reads it, stands in the file. The offsets are those of the read text.
 * Where the text is written in several pieces, so that a part of it cannot be told from its offset, it is looked for
 * between the signs that may stand around a name; not found as often as it is read, it is all of the text.
 */
export function placeInText(
  config: Config,
  element: Element,
  part: { readonly from: number; readonly to: number },
): Place {
  const text = config.text(element);
  const { content } = element;
  const whole = valuePlace(element);
  if (text === '') return whole;
  const base = content.indexOf(text);
  if (base >= 0) return within(element, base + part.from, base + part.to);
  const starts = startsOf(config, content, text);
  const [from, to] = [starts?.[part.from], starts?.[part.to]];
  if (from !== undefined && to !== undefined) return within(element, from, to);
  const wanted = text.slice(part.from, part.to);
  const read = occurrences(text, wanted);
  const written = occurrences(content, wanted);
  const at = written[read.indexOf(part.from)];
  return written.length === read.length && at !== undefined ? within(element, at, at + wanted.length) : whole;
}

/** Where an element's text stands in the file, without blanks and CDATA around it; its name where it has none. */
export function textPlace(config: Config, element: Element): Place {
  const text = config.text(element);
  const from = text.length - text.trimStart().length;
  return placeInText(config, element, { from, to: from + text.trim().length });
}

/** The edit that puts another text in the stead of a part of an element's text; both offsets are those of the read text. */
export function replaceInText(
  config: Config,
  element: Element,
  change: { readonly from: number; readonly to: number; readonly text: string },
): TextEdit {
  const text = config.text(element);
  return setText(config, element, text.slice(0, change.from) + change.text + text.slice(change.to));
}

function within(element: Element, from: number, to: number): Place {
  const { anchor, from: start } = element.contentPlace;
  return { anchor, from: start + from, to: start + to };
}

/**
 * Where each character of a text begins in what is written of it with references, and behind the last one where that ends;
 * absent where it is not written in one piece.
 */
function startsOf(config: Config, content: string, text: string): readonly number[] | undefined {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(content)?.[1];
  const written = cdata ?? content;
  if (!written.includes('&') || written.includes('<')) return undefined;
  const { form } = config.query(readVersion);
  const starts: number[] = [];
  let read = '';
  let at = cdata === undefined ? 0 : content.indexOf(cdata, content.indexOf('[CDATA[') + '[CDATA['.length);
  for (const piece of written.split(/(&[^\s&;]+;)/)) {
    const decoded = decodeReferences(piece, form);
    for (let i = 0; i < decoded.length; i++) starts.push(decoded === piece ? at + i : at);
    read += decoded;
    at += piece.length;
  }
  const base = read.indexOf(text);
  return base < 0 ? undefined : [...starts, at].slice(base, base + text.length + 1);
}

/** Where a name stands by itself in a text. */
function occurrences(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (isBoundary(text[at - 1]) && isBoundary(text[at + name.length])) found.push(at);
  }
  return found;
}

/** A comma, a bar, a bracket of CDATA, white space or nothing. */
function isBoundary(sign: string | undefined): boolean {
  return sign === undefined || /[\s,|[\];]/.test(sign);
}
