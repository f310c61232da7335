import { hasKnownStructure } from '../../model/structure.ts';
import { copyToPeer } from './copyToPeer.ts';
import { extractAlias } from './extractAlias.ts';
import { failoverToKea } from './failoverToKea.ts';
import { inlineAlias } from './inlineAlias.ts';
import { moveRule } from './moveRule.ts';
import { outboundToVips } from './outboundToVips.ts';
import type { Offer, Question, Refactoring, RefactoringKind } from './refactoring.ts';
import { ruleToVip } from './ruleToVip.ts';

/** Everything that changes a config without being a repair, in the order of the editor's menu. */
export const refactorings: readonly Refactoring[] = [
  extractAlias,
  inlineAlias,
  ruleToVip,
  outboundToVips,
  failoverToKea,
  copyToPeer,
  moveRule,
];

/**
 * What can be done at a place, by kind. Nothing where tags are missing, for then what is put in could land anywhere; a peer
 * whose tags are missing is as good as none.
 */
export function offersAt(
  question: Question,
  wants: (kind: RefactoringKind) => boolean,
): readonly { readonly kind: RefactoringKind; readonly offer: Offer }[] {
  const { config, peer } = question.snapshot;
  if (!hasKnownStructure(config.document)) return [];
  const isPeerKnown = peer === undefined || hasKnownStructure(peer.document);
  const snapshot = isPeerKnown ? question.snapshot : { ...question.snapshot, peer: undefined };
  return refactorings
    .filter(({ kind }) => wants(kind))
    .flatMap(({ kind, offers }) => offers({ ...question, snapshot }).map(offer => ({ kind, offer })));
}
