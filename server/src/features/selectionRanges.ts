import { listPartAt } from '../model/listPart.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { elementAt } from '../syntax/elementAt.ts';
import { outerPieces, pieces, rootPieces } from '../syntax/pieces.ts';
import { type Element, type Place, type Span, spanOf } from '../syntax/tree.ts';
import type { XmlDocument } from '../syntax/xmlDocument.ts';

/**
 * What a selection at an offset grows to, step by step: a value of a list, the text, the content, the element with its
 * tags, what is in the element around it, and so on to the whole document.
 *
 * @returns offsets of the present text, from the inside to the outside; each holds the one before and is larger
 */
export function selectionRanges(document: XmlDocument, offset: number): readonly Span[] {
  const at = Math.max(0, Math.min(offset, document.buffer.length));
  const grown: Span[] = [];
  const grow = (span: Span) => {
    const last = grown.at(-1);
    const holds = last ? span.start <= last.start && last.end <= span.end : span.start <= at && at <= span.end;
    const isLarger = !last || span.end - span.start > last.end - last.start;
    if (holds && isLarger && span.end > span.start) grown.push(span);
  };
  for (let element = elementAt(document, at); element; element = element.parent) {
    for (const span of stepsIn(element, at)) grow(span);
  }
  for (const span of rootSteps(document, at)) grow(span);
  grow({ start: 0, end: document.buffer.length });
  return grown;
}

/** From the inside to the outside. */
function* stepsIn(element: Element, at: number): Generator<Span> {
  const { contentStart, contentEnd, start, end } = element;
  if (at < contentStart || element.isSelfClosing) {
    yield spanOf(element.namePlace);
    yield spanOf(element.startTagPlace);
  } else if (at > contentEnd) {
    if (element.endTagNamePlace) yield spanOf(element.endTagNamePlace);
    if (element.endTagPlace) yield spanOf(element.endTagPlace);
  } else {
    for (const piece of pieces(element)) {
      if (piece.kind === 'element' || !holds(piece.at, at)) continue;
      yield* stepsInPiece(element, 'inner' in piece ? piece.inner : piece.at, at);
      yield spanOf(piece.at);
    }
  }
  yield { start: contentStart, end: contentEnd };
  yield { start, end };
}

/** The value of a list at the offset, and the text without the blanks around it. */
function* stepsInPiece(element: Element, place: Place, at: number): Generator<Span> {
  const { start, end } = spanOf(place);
  const text = element.document.buffer.slice(start, end);
  if (at < start || at > end) return;
  const schema = schemaPlaceOf(element)?.schema;
  if (schema?.kind === 'leaf' && schema.separator !== undefined) {
    const part = listPartAt(text, at - start, schema.separator);
    yield withoutBlanks(text.slice(part.from, part.to), start + part.from);
  }
  yield withoutBlanks(text, start);
}

/** What stands around all sections: a comment between them, the content of the root, the root. */
function* rootSteps(document: XmlDocument, at: number): Generator<Span> {
  const { root } = document.tree;
  const around = !root || at < root.start || at > root.end ? outerPieces(document) : rootPieces(document);
  for (const piece of around) {
    if (piece.kind === 'element' || piece.kind === 'text' || !holds(piece.at, at)) continue;
    if ('inner' in piece && holds(piece.inner, at)) {
      const { start, end } = spanOf(piece.inner);
      yield withoutBlanks(document.buffer.slice(start, end), start);
    }
    yield spanOf(piece.at);
  }
  if (!root) return;
  if (at <= root.contentStart) yield { start: root.start + 1, end: root.nameEnd };
  yield { start: root.contentStart, end: root.contentEnd };
  yield { start: root.start, end: root.end };
}

function holds(place: Place, at: number): boolean {
  const { start, end } = spanOf(place);
  return start <= at && at <= end;
}

function withoutBlanks(text: string, from: number): Span {
  const start = from + text.length - text.trimStart().length;
  return { start, end: Math.max(start, from + text.trimEnd().length) };
}
