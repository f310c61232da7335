import { askCompletionAndHover } from './askEditor.ts';
import { askMarks, askMarksOfFile } from './askMarks.ts';
import { askNavigation, askWholeFile } from './askNavigation.ts';
import { askRefactorings } from './askRefactorings.ts';
import type { Asked } from './everyOffset.ts';

/** Questions that an editor asks, so that each feature is asked wherever one is. */
export interface Questions {
  /** What they are about. */
  readonly name: string;
  /** The files of `server/src/features` that answer them, without their ending. */
  readonly features: readonly string[];
  /** Asks them all and sees that the answers are sound. @returns what is said of the config in words of its own */
  readonly ask: (asked: Asked) => string;
  /** At every how many offsets they are asked, of the samples and of the real configs, which are many. */
  readonly steps: { readonly samples: number; readonly corpus: number };
}

export const allQuestions: readonly Questions[] = [
  {
    name: 'completion and hover',
    features: ['completion', 'hover'],
    ask: askCompletionAndHover,
    steps: { samples: 50, corpus: 50 },
  },
  {
    name: 'jumps, references and rename',
    features: ['definitions', 'highlights', 'peerElement', 'references', 'rename'],
    ask: askNavigation,
    steps: { samples: 50, corpus: 50 },
  },
  {
    name: 'refactorings',
    features: ['refactor'],
    ask: askRefactorings,
    steps: { samples: 50, corpus: 200 },
  },
  {
    name: 'selections, tags, hints and colours of a place',
    features: ['closingTag', 'inlayHints', 'lineIndentation', 'linkedTags', 'selectionRanges', 'semanticTokens'],
    ask: askMarks,
    steps: { samples: 50, corpus: 50 },
  },
  {
    name: 'symbols, links and lenses of a file',
    features: ['codeLens', 'documentLinks', 'workspaceSymbols'],
    ask: askWholeFile,
    steps: { samples: 500, corpus: 1000 },
  },
  {
    name: 'outline, folds, colours, hints and formatting of a file',
    features: ['documentSymbols', 'foldingRanges', 'formatting'],
    ask: askMarksOfFile,
    steps: { samples: 500, corpus: 1000 },
  },
];
