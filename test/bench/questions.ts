import { closingTag } from '../../server/src/features/closingTag.ts';
import { codeLenses, countedContent } from '../../server/src/features/codeLens.ts';
import { complete, describeCompletion } from '../../server/src/features/completion.ts';
import { definitions, typeDefinitions } from '../../server/src/features/definitions.ts';
import { documentLinks } from '../../server/src/features/documentLinks.ts';
import { documentSymbols } from '../../server/src/features/documentSymbols.ts';
import { foldingRanges } from '../../server/src/features/foldingRanges.ts';
import { formattingEdits } from '../../server/src/features/formatting.ts';
import { highlights } from '../../server/src/features/highlights.ts';
import { hover } from '../../server/src/features/hover.ts';
import { type HintKind, inlayHints } from '../../server/src/features/inlayHints.ts';
import { lineIndentationEdit } from '../../server/src/features/lineIndentation.ts';
import { linkedTags } from '../../server/src/features/linkedTags.ts';
import { peerPlace } from '../../server/src/features/peerElement.ts';
import { redact } from '../../server/src/features/redact/redact.ts';
import { offersAt } from '../../server/src/features/refactor/index.ts';
import { references } from '../../server/src/features/references.ts';
import { prepareRename, rename } from '../../server/src/features/rename.ts';
import { selectionRanges } from '../../server/src/features/selectionRanges.ts';
import { semanticTokens } from '../../server/src/features/semanticTokens.ts';
import type { Snapshot } from '../../server/src/features/snapshot.ts';
import { workspaceSymbols } from '../../server/src/features/workspaceSymbols.ts';
import { toSymbols, toTokenData } from '../../server/src/lsp/toProtocol.ts';

/** No answer at 1 MB may take longer than this, in milliseconds; a person who asks for redacted copies waits longer. */
export const mostAtOneMegabyte = 20;

/** A question of an editor whose answers are timed. */
export interface Question {
  readonly name: string;
  /** What half of the answers at 5 MB must not take longer than, in milliseconds; absent where nothing was set. */
  readonly aim?: number;
  /** What is asked at every place of a sample of places; absent for what is asked of a file. */
  readonly atPlace?: (snapshot: Snapshot, offset: number) => unknown;
  readonly ofFile?: (snapshot: Snapshot) => unknown;
  /** Where somebody types and asks at once, instead of places all over the file: behind the last of these tags in a section. */
  readonly typed?: { readonly section: string; readonly tag: string };
}

const completion = (snapshot: Snapshot, offset: number) =>
  complete(snapshot, { offset, trigger: undefined, endTags: 'offered' });
const explanation = (snapshot: Snapshot, offset: number) => hover(snapshot, { offset, findings: [] });

/** Where the answers are many, or have to be looked for. */
const typedIn: readonly Question[] = [
  { name: 'completion: an interface', typed: { section: 'filter', tag: '<interface>' }, atPlace: completion },
  { name: 'completion: an alias', typed: { section: 'filter', tag: '<address>' }, atPlace: completion },
  { name: 'completion: an alias in an alias', typed: { section: 'aliases', tag: '<address>' }, atPlace: completion },
  { name: 'completion: an element', typed: { section: 'filter', tag: '<rule>' }, atPlace: completion },
  { name: 'completion: a free address', typed: { section: 'virtualip', tag: '<subnet>' }, atPlace: completion },
  { name: 'completion: a certificate', typed: { section: 'system', tag: '<ssl-certref>' }, atPlace: completion },
  { name: 'hover: an interface', typed: { section: 'filter', tag: '<interface>' }, atPlace: explanation },
  { name: 'hover: an alias', typed: { section: 'aliases', tag: '<name>' }, atPlace: explanation },
  { name: 'hover: a VIP', typed: { section: 'virtualip', tag: '<uniqid>' }, atPlace: explanation },
  { name: 'definition: an interface', typed: { section: 'filter', tag: '<interface>' }, atPlace: definitions },
].map(question => ({ ...question, aim: 5 }));

const all: ReadonlySet<HintKind> = new Set<HintKind>(['interfaces', 'aliases', 'names', 'vips', 'dates', 'release']);
/** About a screen. */
const screen = 3000;

export const questions: readonly Question[] = [
  ...typedIn,
  { name: 'completion', aim: 5, atPlace: completion },
  {
    name: 'completion, documentation',
    aim: 5,
    atPlace: (snapshot, offset) => {
      const { items } = completion(snapshot, offset);
      const subject = items.find(each => each.subject)?.subject;
      return subject && describeCompletion(snapshot, subject);
    },
  },
  { name: 'hover', aim: 5, atPlace: explanation },
  { name: 'definition', aim: 5, atPlace: definitions },
  { name: 'type definition', aim: 5, atPlace: typeDefinitions },
  {
    name: 'references',
    atPlace: (snapshot, offset) => references(snapshot, offset, { includeDeclaration: true }),
  },
  { name: 'highlights', atPlace: highlights },
  { name: 'peer element', atPlace: peerPlace },
  { name: 'prepare rename', atPlace: prepareRename },
  { name: 'rename', atPlace: (snapshot, offset) => rename(snapshot, offset, 'RENAMED_THING') },
  {
    name: 'refactorings offered',
    atPlace: (snapshot, offset) => offersAt({ snapshot, from: offset, to: offset }, () => true),
  },
  {
    name: 'refactorings worked out',
    atPlace: (snapshot, offset) =>
      offersAt({ snapshot, from: offset, to: offset }, () => true).map(
        ({ offer }) => 'edits' in offer && offer.edits(),
      ),
  },
  { name: 'selection', atPlace: ({ config }, offset) => selectionRanges(config.document, offset) },
  { name: 'linked tags', atPlace: ({ config }, offset) => linkedTags(config.document, offset) },
  { name: 'closing tag', atPlace: ({ config }, offset) => closingTag(config.document, offset) },
  { name: 'on-type formatting', atPlace: ({ config }, offset) => lineIndentationEdit(config.document, offset) },
  {
    name: 'hints of a screen',
    atPlace: ({ config }, offset) => inlayHints(config, { start: offset, end: offset + screen }, all),
  },
  {
    name: 'tokens of a screen',
    atPlace: (snapshot, offset) => semanticTokens(snapshot, { start: offset, end: offset + screen }),
  },
  {
    name: 'formatting of a screen',
    atPlace: ({ config }, offset) => formattingEdits(config, { from: offset, to: offset + screen }),
  },
  {
    name: 'document symbols, with lines',
    aim: 50,
    ofFile: ({ config }) => toSymbols(config.document.buffer, documentSymbols(config)),
  },
  {
    name: 'semantic tokens, with lines',
    aim: 50,
    ofFile: snapshot => toTokenData(snapshot.config.document.buffer, semanticTokens(snapshot)),
  },
  { name: 'folds', ofFile: ({ config }) => foldingRanges(config.document, 5000) },
  { name: 'lenses', ofFile: codeLenses },
  {
    name: 'lenses of a screen, counted',
    ofFile: snapshot => {
      const counting = codeLenses(snapshot).flatMap(lens => ('counts' in lens ? [lens.counts] : []));
      return counting.slice(0, 20).map(counts => countedContent(snapshot, counts));
    },
  },
  { name: 'links', ofFile: documentLinks },
  {
    name: 'workspace symbols',
    ofFile: ({ config, peer }) => workspaceSymbols(peer ? [config, peer] : [config], 'web'),
  },
  {
    name: 'hints of the file',
    ofFile: ({ config }) => inlayHints(config, { start: 0, end: config.document.buffer.length }, all),
  },
  { name: 'formatting of the file', ofFile: ({ config }) => formattingEdits(config) },
  {
    name: 'redacted copies',
    ofFile: ({ config, peer }) => redact(peer ? [config, peer] : [config], new Uint8Array(32)),
  },
];
