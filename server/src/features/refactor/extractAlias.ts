import { parseAddress, parseSubnet } from '../../model/address.ts';
import type { Config, ElementQuery } from '../../model/config.ts';
import { aliasInsertion } from '../../model/references/aliasEdits.ts';
import { itemAround } from '../../model/references/items.ts';
import { slotsAt } from '../../model/references/references.ts';
import { setText } from '../../model/write.ts';
import type { DocumentEdit } from '../../rules/finding.ts';
import { Element } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { extractEntries } from './aliasEntries.ts';
import { freeAliasName } from './aliasNames.ts';
import { editsOf, elementAsked, type Offer, type Question, type Refactoring } from './refactoring.ts';

/** Where rules name addresses: the paths of the rules from below the root. */
const ruleLists = ['filter/rule', 'nat/rule', 'nat/outbound/rule', 'nat/onetoone'] as const;

/** Gives addresses a name: one that rules name gets an alias, and some of the entries of an alias get one of their own. */
export const extractAlias: Refactoring = {
  kind: 'refactor.extract',
  offers: question => {
    const element = elementAsked(question);
    if (!element || element.hasChildren) return [];
    if (element.name === 'address' && itemAround(element, { items: 'aliases/alias' })) return extractEntries(question);
    return extractLiteral(question, element);
  },
};

function extractLiteral({ snapshot: { config, peer } }: Question, element: Element): readonly Offer[] {
  const text = config.text(element).trim();
  const type = literalType(text);
  if (!type || !takesAlias(config, element)) return [];
  const name = freeAliasName(peer ? [config, peer] : [config], [nameFor(text, type), '']);
  const all = placesOf(config, text);
  const here = (places: readonly Element[]) => editsFor(config, places, { name, text, type });
  const offers: Offer[] = [{ title: `Extract ${text} to an alias`, edits: () => editsOf(config, here([element])) }];
  if (all.length > 1) {
    const title = `Extract ${text} to an alias, in all ${all.length} places`;
    offers.push({ title, edits: () => editsOf(config, here(all)) });
  }
  const there = peer ? placesOf(peer, text) : [];
  if (peer && there.length > 0) {
    const edits = (): readonly DocumentEdit[] => [
      ...editsOf(config, here(all)),
      ...editsOf(peer, editsFor(peer, there, { name, text, type })),
    ];
    offers.push({ title: `Extract ${text} to an alias, in all places of both nodes`, edits });
  }
  return offers;
}

interface NewAlias {
  readonly name: string;
  readonly text: string;
  readonly type: 'host' | 'network';
}

function editsFor(config: Config, places: readonly Element[], { name, text, type }: NewAlias): readonly TextEdit[] {
  const address = type === 'host' ? text.replace(/\/.*$/, '') : text;
  const insertion = aliasInsertion(config, { name, type, address, descr: '', detail: '' });
  if (!insertion) return [];
  return [insertion, ...places.map(place => setText(config, place, name))].sort((one, other) => one.from - other.from);
}

function literalType(text: string): NewAlias['type'] | undefined {
  const subnet = parseSubnet(text);
  if (parseAddress(text)) return 'host';
  if (!subnet) return undefined;
  return subnet.first === subnet.last ? 'host' : 'network';
}

/** Whether the element is one of a rule, and an alias may be named there instead. */
function takesAlias(config: Config, element: Element): boolean {
  // An outbound target is given with the length of its prefix beside it, and with pool options of its own.
  if (element.name === 'target' && itemAround(element, { items: 'nat/outbound/rule' })) return false;
  // pf takes no table as the source of a 1:1 mapping (pf.conf(5), binat), and loads none of the rules then.
  if (element.parent?.name === 'source' && itemAround(element, { items: 'nat/onetoone' })) return false;
  if (!ruleLists.some(items => itemAround(element, { items }))) return false;
  return slotsAt(config, element).some(({ slot }) => slot.targets.some(({ kind }) => kind === 'alias'));
}

/** Every place of a rule that holds that text and may name an alias. */
function placesOf(config: Config, text: string): readonly Element[] {
  const places = ruleLists.flatMap(path => {
    const end = path.lastIndexOf('/');
    const rules = config.find(path.slice(0, end))?.childrenNamed(path.slice(end + 1)) ?? [];
    const texts = config.ofElements(readAddressTexts, rules);
    return rules.flatMap((rule, i) =>
      (texts[i] ?? []).flatMap(each => (each.text === text ? [new Element(rule.branch, rule.row + each.row)] : [])),
    );
  });
  return places.filter(place => takesAlias(config, place));
}

/** A text of a rule where addresses stand, and the row of its element, counted from the rule's own. */
interface AddressText {
  readonly row: number;
  readonly text: string;
}

const readAddressTexts: ElementQuery<readonly AddressText[]> = (rule, config) =>
  [rule.child('source'), rule.child('destination'), rule]
    .flatMap(part => ['address', 'network', 'target'].flatMap(name => part?.child(name) ?? []))
    .map(place => ({ row: place.row - rule.row, text: config.text(place).trim() }));

/** `Host_192_0_2_5`. */
function nameFor(text: string, type: NewAlias['type']): string {
  const written = text.replace(/\W+/g, '_').replace(/^_/, '');
  return type === 'host' ? `Host_${written.replace(/_(?:32|128)$/, '')}` : `Net_${written}`;
}
