// How long each question of an editor takes, at 1 and at 5 MB: asked after an edit of a rule, as questions are. Everything
// that was known before the edit is known; what the edit made unknown is worked out within the time that is measured.
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
import { Config } from '../../server/src/model/config.ts';
import { XmlDocument } from '../../server/src/syntax/xmlDocument.ts';
import { randomNumbers } from '../harness/generateConfig.ts';
import { largeSite, type SiteSize } from '../harness/largeSite.ts';
import { busyTime, percentile } from './input.ts';
import { largePair } from './largePair.ts';

interface Question {
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
  complete(snapshot, { offset, trigger: undefined, snippets: 'offered', endTags: 'offered' });
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

const questions: readonly Question[] = [
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

/** How often each question is asked. */
const times = { atPlace: 60, ofFile: 9 } as const;
/** Five times the file may take five times the time, and half of that more: other work on the machine disturbs both. */
const mostGrowth = 7.5;
/** Half of the answers at 1 MB must not take longer than this, in milliseconds; a person who waits for copies waits longer. */
const mostAtOneMegabyte = 20;
/** Below that many milliseconds a ratio means nothing. */
const worthComparing = 1;

interface Site {
  readonly snapshot: Snapshot;
  readonly places: readonly number[];
  readonly edit: () => void;
}

function siteOf(texts: readonly [string, string]): Site {
  const [config, peer] = texts.map((text, i) => new Config(new XmlDocument(`file:///${i}.xml`, text)));
  const random = randomNumbers(17);
  const { document } = config!;
  const leaves = document.tree.branches.flatMap(({ top }) => top.children().flatMap(each => each.children()));
  const places = Array.from({ length: times.atPlace }, () => {
    const leaf = leaves[Math.floor(random() * leaves.length)];
    return leaf ? leaf.contentStart : 0;
  });
  const rules = document.find('filter')?.childrenNamed('rule').length ?? 0;
  const edit = () => {
    const rule = document.find('filter')?.childrenNamed('rule')[Math.floor(random() * rules)];
    const at = rule?.child('descr')?.contentStart;
    if (at === undefined) throw new Error('A rule without a description cannot be edited here.');
    document.edit({ from: at + '<![CDATA['.length, to: at + '<![CDATA['.length + 1, text: 'x' });
  };
  return { snapshot: { config: config!, role: 'primary', peer: peer! }, places, edit };
}

/** The times of one question, in milliseconds. */
async function measure(site: Site, question: Question): Promise<readonly number[]> {
  const { snapshot, places } = site;
  const { atPlace, ofFile } = question;
  const offsets = atPlace ? places : Array.from({ length: times.ofFile }, () => 0);
  const ask = (offset: number) => (atPlace ? atPlace(snapshot, offset) : ofFile?.(snapshot));
  for (const offset of offsets.slice(0, 5)) ask(offset);
  const samples: number[] = [];
  for (const [i, place] of offsets.entries()) {
    const offset = question.typed ? type(snapshot, question.typed, i) : place;
    if (!question.typed) site.edit();
    samples.push(busyTime(() => ask(offset)));
    // What an edit has left behind is let go between turns of the event loop.
    await new Promise(resolve => setImmediate(resolve));
  }
  return samples;
}

/** Types a letter and takes it back in turns. @returns where */
function type(
  { config: { document } }: Snapshot,
  { section, tag }: { readonly section: string; readonly tag: string },
  index: number,
): number {
  const top = document.find(section);
  const at = top ? top.start + top.source.lastIndexOf(tag) + tag.length : 0;
  document.edit(index % 2 === 0 ? { from: at, to: at, text: 'a' } : { from: at, to: at + 1, text: '' });
  return at;
}

/** A fifth of {@link largeSite}. */
const smallSite: SiteSize = { vlans: 19, vips: 10, rules: 1000, aliases: 600, staticMaps: 800 };

const sizes = [smallSite, largeSite].map(size => largePair(size));
const sites = sizes.map(siteOf);
const megabytes = sizes.map(([text]) => (text.length / 1e6).toFixed(1));
console.log(`Questions of an editor on pairs of ${megabytes.join(' and ')} MB a file; Node ${process.version}.`);
console.log(
  'Milliseconds, each after an edit of one filter rule, or of the place itself; the aim is for p50 at 5 MB.\n',
);
console.log(`  ${''.padEnd(34)}    1 MB             5 MB`);
console.log(
  `  ${'question'.padEnd(34)}${['p50', 'p95', 'p50', 'p95', 'growth', 'aim'].map(head => head.padStart(8)).join('')}`,
);
for (const question of questions) {
  const cells: number[] = [];
  for (const site of sites) {
    const samples = await measure(site, question);
    cells.push(percentile(samples, 0.5), percentile(samples, 0.95));
  }
  const [small = 0, , large = 0] = cells;
  const isWorth = large >= worthComparing && small > 0;
  const notes = [
    ...(question.aim !== undefined && large > question.aim ? ['above its aim'] : []),
    ...(small > mostAtOneMegabyte ? [`more than ${mostAtOneMegabyte} ms at 1 MB`] : []),
    ...(isWorth && large / small > mostGrowth ? ['grows faster than the file'] : []),
  ];
  const shown = [
    ...cells.map(cell => cell.toFixed(2)),
    isWorth ? (large / small).toFixed(1) : '–',
    `${question.aim ?? ''}`,
  ];
  console.log(`  ${question.name.padEnd(34)}${shown.map(cell => cell.padStart(8)).join('')}  ${notes.join(', ')}`);
}
