import assert from 'node:assert/strict';
import { XMLValidator } from 'fast-xml-parser';
import { offersAt } from '../../server/src/features/refactor/index.ts';
import type { RefactoringKind } from '../../server/src/features/refactor/refactoring.ts';
import type { Config } from '../../server/src/model/config.ts';
import { definitionsOf } from '../../server/src/model/references/definitions.ts';
import { undefinedReferences, usesOf } from '../../server/src/model/references/references.ts';
import type { DocumentEdit } from '../../server/src/rules/finding.ts';
import { newErrors, OpenPair } from './fixProblems.ts';
import { type PairTexts, type Side, splice } from './mutate.ts';

/** Where it is looked for what is offered. */
export interface Looked {
  readonly sides: readonly Side[];
  /** Of so many places one: a tag or the beginning of a value. */
  readonly step: number;
}

/** One thing that is offered somewhere in a file. */
export interface Found {
  readonly side: Side;
  readonly offset: number;
  readonly kind: RefactoringKind;
  readonly title: string;
}

/** What is offered there and can be done, each title once. */
export function allOffers(texts: PairTexts, { sides, step }: Looked): readonly Found[] {
  const pair = new OpenPair(texts);
  return sides.flatMap(side => {
    const snapshot = pair.snapshotOf(side);
    const titles = new Set<string>();
    const places = [...texts[side].matchAll(/<[a-z]|>[^<]/g)].filter((_, i) => i % step === 0);
    return places.flatMap(({ index }) => {
      const at = { snapshot, from: index + 1, to: index + 1 };
      return offersAt(at, () => true).flatMap(({ kind, offer }): Found[] => {
        const isNew = !titles.has(offer.title);
        titles.add(offer.title);
        return 'edits' in offer && isNew ? [{ side, offset: index + 1, kind, title: offer.title }] : [];
      });
    });
  });
}

/** What it would change; nothing where it is not offered. */
export function editsAt(pair: OpenPair, { side, offset, kind, title }: Found): readonly DocumentEdit[] | undefined {
  const question = { snapshot: pair.snapshotOf(side), from: offset, to: offset };
  const offers = offersAt(question, each => each === kind).map(({ offer }) => offer);
  assert.equal(new Set(offers.map(offer => offer.title)).size, offers.length, 'two offers have the same title');
  const offer = offers.find(each => each.title === title);
  return offer && 'edits' in offer ? offer.edits() : undefined;
}

export interface RefactoringProblems {
  /** How many were done, each to the texts as they are given. */
  readonly tried: number;
  /** What is wrong with which: by kind and place, not by the names in its title. */
  readonly problems: readonly string[];
}

/** Does all that is offered, and tells what is wrong with it. */
export function refactoringProblems(texts: PairTexts, looked: Looked): RefactoringProblems {
  const sides = ['primary', 'secondary'] as const;
  const opened = new OpenPair(texts);
  const before = opened.seen();
  const danglingIn = (pair: OpenPair, side: Side) => undefinedReferences(pair.snapshotOf(side).config).length;
  const was = sides.map(side => ({
    dangling: danglingIn(opened, side),
    graph: namedIn(opened.snapshotOf(side).config),
    isValid: isWellFormed(texts[side]),
  }));
  const problems: string[] = [];
  const offers = allOffers(texts, looked);
  for (const found of offers) {
    const pair = new OpenPair(texts);
    const edits = editsAt(pair, found) ?? [];
    const report = (what: string) => problems.push(`${found.kind} at ${found.offset} of the ${found.side} ${what}`);
    if (edits.length === 0) report('does nothing');
    pair.apply({ edits });
    const now = pair.texts();
    sides.forEach((side, i) => {
      const own = edits.filter(each => each.document.uri.includes(side)).flatMap(each => each.edits);
      if (now[side] !== splice(texts[side], own)) report(`changes other bytes of the ${side}`);
      if (was[i]?.isValid && !isWellFormed(now[side])) report(`breaks the ${side}`);
      if (danglingIn(pair, side) > (was[i]?.dangling ?? 0)) report(`leaves a name of the ${side} without its thing`);
      if (found.kind === 'refactor.move' && namedIn(pair.snapshotOf(side).config) !== was[i]?.graph) {
        report(`changes what is named in the ${side}`);
      }
    });
    // What is copied brings along what is wrong with it on the primary.
    const isCopied = (path: string, rule: string) =>
      found.title.startsWith('Copy') && before.some(each => each.path === path && each.rule === rule);
    const errors = newErrors(before, pair.seen()).filter(({ path, rule }) => !isCopied(path, rule));
    for (const error of errors) report(`brings ${error.rule} at ${error.path}`);
  }
  return { tried: offers.length, problems };
}

/** What is named, and how often: in no order. */
function namedIn(config: Config): string {
  const kinds = ['alias', 'interface', 'gateway', 'schedule', 'certificate', 'vip', 'port-forward'] as const;
  const lines = kinds.flatMap(kind =>
    [...definitionsOf(config, kind).keys()].map(name => `${kind} ${name} ${usesOf(config, kind, name).length}`),
  );
  return lines.sort().join('\n');
}

function isWellFormed(text: string): boolean {
  return XMLValidator.validate(text) === true;
}
