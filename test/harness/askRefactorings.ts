import assert from 'node:assert/strict';
import { offersAt } from '../../server/src/features/refactor/index.ts';
import { renumber, renumberableAt } from '../../server/src/features/refactor/renumber.ts';
import type { DocumentEdit } from '../../server/src/rules/finding.ts';
import type { Asked } from './everyOffset.ts';

/**
 * Asks what can be made of a place and does it all, and sees that every edit lies in its text and that no two offers are
 * called the same.
 *
 * @returns everything that is said of the config in words of its own
 */
export function askRefactorings({ snapshot, offset, where }: Asked): string {
  const question = { snapshot, from: offset, to: offset };
  const offers = offersAt(question, () => true).map(({ offer }) => offer);
  assert.equal(new Set(offers.map(({ title }) => title)).size, offers.length, where);
  for (const offer of offers) if ('edits' in offer) fits(offer.edits(), where);
  const said = offers.map(offer => ('refusal' in offer ? `${offer.title} ${offer.refusal}` : offer.title));
  for (const { interfaceKey, interfaceName, subnet, family } of renumberableAt(question)) {
    const result = renumber(snapshot, { interfaceKey, subnet: family === 4 ? '100.64.0.0/10' : '2001:db8:1::/48' });
    if ('refusal' in result) said.push(result.refusal);
    else fits(result.edits, where);
    said.push(interfaceName, subnet);
  }
  return said.join('\n');
}

function fits(changes: readonly DocumentEdit[], where: string): void {
  for (const { document, edits } of changes) {
    let end = -1;
    for (const { from, to } of [...edits].sort((one, other) => one.from - other.from)) {
      assert.ok(end < from && from <= to && to <= document.buffer.length, where);
      end = to;
    }
  }
}
