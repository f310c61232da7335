import { readdirSync } from 'node:fs';
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
  /** Of a file the whole text is asked about once, of a place at every offset. */
  readonly about: 'a place' | 'a file';
}

export const allQuestions: readonly Questions[] = [
  {
    name: 'completion and hover',
    features: ['completion', 'hover'],
    ask: askCompletionAndHover,
    about: 'a place',
  },
  {
    name: 'jumps, references and rename',
    features: ['definitions', 'highlights', 'peerElement', 'references', 'rename'],
    ask: askNavigation,
    about: 'a place',
  },
  {
    name: 'refactorings',
    features: ['refactor'],
    ask: askRefactorings,
    about: 'a place',
  },
  {
    name: 'selections, tags, hints and colours of a place',
    features: ['closingTag', 'inlayHints', 'lineIndentation', 'linkedTags', 'selectionRanges', 'semanticTokens'],
    ask: askMarks,
    about: 'a place',
  },
  {
    name: 'symbols, links and lenses of a file',
    features: ['codeLens', 'documentLinks', 'workspaceSymbols'],
    ask: askWholeFile,
    about: 'a file',
  },
  {
    name: 'outline, folds, colours, hints and formatting of a file',
    features: ['documentSymbols', 'foldingRanges', 'formatting'],
    ask: askMarksOfFile,
    about: 'a file',
  },
];

/** The features that there are, by their files and folders in `server/src/features`, in the order of the alphabet. */
export function featureNames(): readonly string[] {
  return readdirSync('server/src/features', { withFileTypes: true })
    .filter(entry => entry.isFile() || entry.name === 'refactor' || entry.name === 'redact')
    .map(entry => entry.name.replace(/\.ts$/, ''))
    .filter(name => name !== 'snapshot')
    .sort();
}
