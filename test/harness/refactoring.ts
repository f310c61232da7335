import assert from 'node:assert/strict';
import { offersAt } from '../../server/src/features/refactor/index.ts';
import type { Offer } from '../../server/src/features/refactor/refactoring.ts';
import type { DocumentEdit } from '../../server/src/rules/finding.ts';
import { parseCursor } from './cursor.ts';
import { splice } from './mutate.ts';

/** A fixture with a cursor, `$0`, from which `selected` is selected. */
export interface Asked {
  readonly source: string;
  readonly selected?: string;
}

/** The titles of all that is offered there; behind those that are refused, why. */
export function offered(asked: string | Asked): readonly string[] {
  return offersOf(asked).offers.map(offer => ('refusal' in offer ? `${offer.title} – ${offer.refusal}` : offer.title));
}

/** The texts of the files after what bears that title was chosen, by name; those that it does not change are not there. */
export function refactored(asked: string | Asked, title: string): Readonly<Record<string, string>> {
  const { offers, texts } = offersOf(asked);
  const offer = offers.find(each => each.title === title);
  assert.ok(offer, `“${title}” is not offered, but: ${offers.map(each => each.title).join(' | ')}`);
  assert.ok('edits' in offer, `“${title}” is refused`);
  return applied(texts, offer.edits());
}

function offersOf(asked: string | Asked) {
  const { source, selected = '' } = typeof asked === 'string' ? { source: asked } : asked;
  const { fixture, snapshot, offset } = parseCursor(source);
  const question = { snapshot, from: offset, to: offset + selected.length };
  const offers: readonly Offer[] = offersAt(question, () => true).map(({ offer }) => offer);
  const texts = fixture.files.map(({ name, text, config }) => ({ name, text, document: config.document }));
  return { offers, texts };
}

function applied(
  texts: readonly { readonly name: string; readonly text: string; readonly document: DocumentEdit['document'] }[],
  edits: readonly DocumentEdit[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    texts.flatMap(({ name, text, document }) => {
      const own = edits.filter(each => each.document === document).flatMap(each => each.edits);
      return own.length > 0 ? [[name, splice(text, own)] as const] : [];
    }),
  );
}
