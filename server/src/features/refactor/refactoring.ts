import type { Config } from '../../model/config.ts';
import type { DocumentEdit } from '../../rules/finding.ts';
import { elementAt } from '../../syntax/elementAt.ts';
import type { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import type { Snapshot } from '../snapshot.ts';

/** Where somebody asks what can be made of a config: a stretch of its text, or a place where both ends are the same. */
export interface Question {
  readonly snapshot: Snapshot;
  /** Offsets in the file in view. */
  readonly from: number;
  readonly to: number;
}

/** One thing that can be done there. */
export type Offer =
  | {
      /** A verb phrase with the values in it; no two offers at one place have the same. */
      readonly title: string;
      /** Worked out when it is chosen; edits of both files belong together. */
      readonly edits: () => readonly DocumentEdit[];
    }
  | {
      readonly title: string;
      /** Why it cannot be done, in one sentence. */
      readonly refusal: string;
    };

/** The kinds of LSP that refactorings have; editors have a menu and a key for each. */
export type RefactoringKind = 'refactor.extract' | 'refactor.inline' | 'refactor.move' | 'refactor.rewrite';

export interface Refactoring {
  readonly kind: RefactoringKind;
  /** What it can do at a place; nothing where it makes no sense. */
  readonly offers: (question: Question) => readonly Offer[];
}

/** The innermost element at the place; of a stretch, the one that it begins in. Absent outside of all sections. */
export function elementAsked({ snapshot: { config }, from }: Question): Element | undefined {
  return elementAt(config.document, from);
}

/** The element along the path that holds the place, or is it: `filter/rule`; `*` is any name. */
export function itemAsked(question: Question, path: string): Element | undefined {
  const steps = path.split('/');
  const chain: Element[] = [];
  for (let at = elementAsked(question); at; at = at.parent) chain.unshift(at);
  return steps.every((step, i) => chain[i] !== undefined && (step === '*' || chain[i]?.name === step))
    ? chain[steps.length - 1]
    : undefined;
}

/** The edits of one node, as a list to go with those of the other. */
export function editsOf(config: Config, edits: readonly TextEdit[]): DocumentEdit[] {
  return edits.length > 0 ? [{ document: config.document, edits }] : [];
}
