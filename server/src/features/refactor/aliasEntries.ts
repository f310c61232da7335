import type { Config } from '../../model/config.ts';
import { aliasInsertion } from '../../model/references/aliasEdits.ts';
import { itemAround } from '../../model/references/items.ts';
import { placeInText } from '../../model/references/places.ts';
import { setText } from '../../model/write.ts';
import { mergedEdits } from '../../syntax/edits.ts';
import { type Element, spanOf } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { freeAliasName } from './aliasNames.ts';
import { editsOf, elementAsked, type Offer, type Question } from './refactoring.ts';

/** One entry of an alias, with what its detail says. */
interface Entry {
  readonly text: string;
  readonly detail: string;
  readonly isChosen: boolean;
}

/** Types whose entries are written down, and of which one may be an entry of another. */
const written: ReadonlySet<string> = new Set(['host', 'network', 'port']);

/** Moves the entries of an alias that are selected, several but not all, to an alias of their own, which takes their place. */
export function extractEntries(question: Question): readonly Offer[] {
  const { config } = question.snapshot;
  const address = elementAsked(question);
  const alias = address && itemAround(address, { items: 'aliases/alias' });
  if (!alias || !written.has(config.text(alias.child('type')))) return [];
  const entries = entriesOf(config, alias, address, question);
  const chosen = entries.filter(({ isChosen }) => isChosen);
  const name = config.text(alias.child('name'));
  if (chosen.length < 2 || chosen.length === entries.length || name === '') return [];
  return [
    {
      title: `Extract ${chosen.length} entries of ${name} to an alias`,
      edits: () => editsOf(config, editsFor(config, alias, entries)),
    },
  ];
}

function editsFor(config: Config, alias: Element, entries: readonly Entry[]): readonly TextEdit[] {
  const name = freeAliasName([config], [config.text(alias.child('name')), '_part']);
  const chosen = entries.filter(({ isChosen }) => isChosen);
  const first = entries.findIndex(({ isChosen }) => isChosen);
  const left = entries.flatMap((entry, i): Entry[] => {
    if (!entry.isChosen) return [entry];
    return i === first ? [{ text: name, detail: '', isChosen: false }] : [];
  });
  const insertion = aliasInsertion(config, {
    name,
    type: config.text(alias.child('type')),
    address: addressesOf(chosen),
    descr: '',
    detail: detailsOf(chosen),
  });
  const [address, detail] = [alias.child('address'), alias.child('detail')];
  if (!insertion || !address) return [];
  return mergedEdits([
    setText(config, address, addressesOf(left)),
    ...(detail && config.text(detail) !== '' ? [setText(config, detail, detailsOf(left))] : []),
    insertion,
  ]);
}

function entriesOf(config: Config, alias: Element, address: Element, { from, to }: Question): readonly Entry[] {
  const details = config.text(alias.child('detail')).split('||');
  return [...config.text(address).matchAll(/\S+/g)].map((match, i): Entry => {
    const span = { from: match.index, to: match.index + match[0].length };
    const { start, end } = spanOf(placeInText(config, address, span));
    return { text: match[0], detail: details[i] ?? '', isChosen: start < to && from < end };
  });
}

function addressesOf(entries: readonly Entry[]): string {
  return entries.map(({ text }) => text).join(' ');
}

function detailsOf(entries: readonly Entry[]): string {
  return entries.map(({ detail }) => detail).join('||');
}
