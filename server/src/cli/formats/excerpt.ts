import { secretsWithin } from '../../model/hiddenSecrets.ts';
import { type Place, spanOf } from '../../syntax/tree.ts';
import { XmlDocument } from '../../syntax/xmlDocument.ts';
import { printable } from '../terminal.ts';

/** A line of source as it is shown, and below it the marks under what is meant. */
export interface Excerpt {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Spaces, then carets. */
  readonly marks: string;
}

/** The columns that an excerpt takes at most. */
const width = 100;

/** What stands for a secret. */
export const hiddenSecret = '(hidden)';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The line in which a place begins, without its indentation, cut to what is near the place, with secrets hidden. */
export function excerptOf(place: Place): Excerpt {
  const { document } = place.anchor;
  const { buffer } = document;
  const span = spanOf(place);
  const { line } = buffer.positionAt(span.start);
  const lineStart = buffer.lineStart(line);
  const lineEnd = buffer.offsetAt(line, Number.MAX_SAFE_INTEGER);
  const window = windowAround({ from: span.start, to: Math.min(span.end, lineEnd) }, { from: lineStart, to: lineEnd });
  const indent = /^\s*/.exec(buffer.slice(window.from, Math.min(window.to, span.start)))?.[0].length ?? 0;
  const from = window.from + indent;
  const secrets = document instanceof XmlDocument ? secretsWithin(document, { from, to: window.to }) : [];

  let text = window.from > lineStart ? '…' : '';
  let before = -1;
  let after = -1;
  for (let at = from; at < window.to; ) {
    const secret = secrets.find(each => each.from <= at && at < each.to);
    const next = secret ? Math.min(secret.to, window.to) : nextCharacter(buffer.slice(at, at + 2), at);
    if (before < 0 && span.start < next) before = columnsOf(text);
    if (after < 0 && span.end <= at) after = columnsOf(text);
    text += secret ? hiddenSecret : printable(buffer.slice(at, next));
    at = next;
  }
  if (before < 0) before = columnsOf(text);
  if (after < 0) after = columnsOf(text);
  if (window.to < lineEnd) text += '…';
  return { line: line + 1, text, marks: ' '.repeat(before) + '^'.repeat(Math.max(1, after - before)) };
}

/** Where the line is long (base64), the part around the place. */
function windowAround(place: Range, line: Range): Range {
  if (line.to - line.from <= width) return line;
  const inside = Math.min(place.to - place.from, width);
  const margin = (width - inside) >> 1;
  const from = Math.max(line.from, Math.min(place.from - margin, line.to - width));
  return { from, to: Math.min(line.to, from + width) };
}

function nextCharacter(pair: string, at: number): number {
  return at + ((pair.codePointAt(0) ?? 0) > 0xffff ? 2 : 1);
}

/** How many columns a terminal gives the text: two for the wide characters of East Asia and for pictures, none for what combines. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Me}|\u200d/u.test(character)) continue;
    columns +=
      /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return columns;
}
