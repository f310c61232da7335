import { planTranslation, translationTitle } from '../../model/outboundPlan.ts';
import { editsOf, itemAsked, type Refactoring } from './refactoring.ts';

/** Outbound NAT in hybrid mode, with rules that translate the internal networks to the CARP VIPs. */
export const outboundToVips: Refactoring = {
  kind: 'refactor.rewrite',
  offers: question => {
    const { config, peer } = question.snapshot;
    if (!itemAsked(question, 'nat/outbound')) return [];
    const here = planTranslation(config, peer);
    if (!here) return [];
    const title = translationTitle(here);
    const own = editsOf(config, here.edits);
    const there = peer && planTranslation(peer, config);
    return [
      { title, edits: () => own },
      ...(there
        ? [{ title: `${title}, on both nodes`, edits: () => [...own, ...editsOf(there.config, there.edits)] }]
        : []),
    ];
  },
};
