import { parseAddress, parseSubnet } from '../../model/address.ts';
import { type Alias, readAliases } from '../../model/aliases.ts';
import type { Config } from '../../model/config.ts';
import { peerElementOf } from '../../model/peerElement.ts';
import { itemAround } from '../../model/references/items.ts';
import { packageUseOf } from '../../model/references/packageUses.ts';
import { replaceInText } from '../../model/references/places.ts';
import { type ReferenceUse, resolve, userOf, usesIn, usesOf } from '../../model/references/references.ts';
import { removeElement, setText } from '../../model/write.ts';
import { mergedEdits } from '../../syntax/edits.ts';
import { type Element, spanOf } from '../../syntax/tree.ts';
import type { TextEdit } from '../../syntax/xmlDocument.ts';
import { editsOf, elementAsked, type Offer, type Question, type Refactoring } from './refactoring.ts';

/** Puts what an alias stands for in the places that name it: in all of them, and the alias goes; or in one. */
export const inlineAlias: Refactoring = {
  kind: 'refactor.inline',
  offers: question => {
    const { config } = question.snapshot;
    const element = elementAsked(question);
    if (!element) return [];
    const aliases = config.query(readAliases);
    const use = useAsked(question, element);
    if (use) {
      const alias = aliases.get(use.text);
      return alias ? [...inlineHere(config, alias, use), ...inlineAll(question, alias)] : [];
    }
    const row = itemAround(element, { items: 'aliases/alias' });
    const alias = row && [...aliases.values()].find(each => each.element.is(row));
    return alias ? inlineAll(question, alias) : [];
  },
};

/** What keeps an alias from being put in a place, as a sentence; the new text otherwise. */
type Inlined = { readonly text: string } | { readonly refusal: string };

function useAsked({ snapshot: { config }, from, to }: Question, element: Element): ReferenceUse | undefined {
  return usesIn(config, element).find(use => {
    const { start, end } = spanOf(use.place);
    const resolution = resolve(config, use.slot, use.text);
    const isAlias = resolution.is === 'defined' && resolution.candidate.kind === 'alias';
    return isAlias && resolution.candidate.name === use.text && start <= to && from <= end;
  });
}

function inlineHere(config: Config, alias: Alias, use: ReferenceUse): readonly Offer[] {
  const title = `Inline alias ${alias.name.value} here`;
  const outcome = editsOfUses(config, alias, [use]);
  return ['refusal' in outcome ? { title, ...outcome } : { title, edits: () => editsOf(config, outcome.edits) }];
}

function inlineAll({ snapshot: { config, peer } }: Question, alias: Alias): readonly Offer[] {
  const { length } = usesOf(config, 'alias', alias.name.value);
  if (length === 0) return [];
  const places = length === 1 ? 'the place that names it' : `the ${length} places that name it`;
  const title = `Inline alias ${alias.name.value} in ${places} and remove it`;
  const here = allEdits(config, alias);
  if ('refusal' in here) return [{ title, ...here }];
  const offer: Offer = { title, edits: () => editsOf(config, here.edits) };
  const same = peer && peerElementOf(alias.element, { node: config, peer });
  const twin = same && [...peer.query(readAliases).values()].find(each => each.element.is(same));
  const there = twin && allEdits(peer, twin);
  if (!there || 'refusal' in there) return [offer];
  const edits = () => [...editsOf(config, here.edits), ...editsOf(peer, there.edits)];
  return [offer, { title: `Inline alias ${alias.name.value} on both nodes and remove it`, edits }];
}

type Edits = { readonly edits: readonly TextEdit[] } | { readonly refusal: string };

function allEdits(config: Config, alias: Alias): Edits {
  const name = alias.name.value;
  const path = packageUseOf(config, name);
  if (path !== undefined) {
    return { refusal: `${path} holds ${name} too, and what that means to the package is not known here.` };
  }
  const uses = editsOfUses(config, alias, usesOf(config, 'alias', name));
  if ('refusal' in uses) return uses;
  return { edits: mergedEdits([...uses.edits, removeElement(alias.element)]) };
}

/** The edits of places that name an alias: of the aliases among them each once, whatever they hold of it. */
function editsOfUses(config: Config, alias: Alias, uses: readonly ReferenceUse[]): Edits {
  if (!written.has(alias.type?.value ?? '')) {
    return { refusal: 'What it holds is loaded by the firewall and does not stand in the file.' };
  }
  if (alias.entries.length === 0) return { refusal: 'It holds nothing.' };
  const edits: TextEdit[] = [];
  const lists = new Set<number>();
  for (const use of uses) {
    if (use.slot.source.items === 'aliases/alias') {
      if (use.item.is(alias.element)) return { refusal: 'It contains itself.' };
      if (use.element.name !== 'address')
        return { refusal: `${userOf(config, use)} takes it among URLs only by its name.` };
      if (!lists.has(use.item.row)) edits.push(...listEdits(config, alias, use.item));
      lists.add(use.item.row);
      continue;
    }
    const inlined = inRule(config, alias, use);
    if ('refusal' in inlined) return inlined;
    const span = { from: use.from, to: use.from + use.text.length };
    edits.push(replaceInText(config, use.element, { ...span, text: inlined.text }));
  }
  return { edits: edits.sort((one, other) => one.from - other.from) };
}

/** Types whose entries stand in the file. */
const written: ReadonlySet<string> = new Set(['host', 'network', 'port']);

/** In another alias the entries take the place of the name, each with its own detail. */
function listEdits(config: Config, alias: Alias, row: Element): readonly TextEdit[] {
  const [address, detail] = [row.child('address'), row.child('detail')];
  if (!address) return [];
  const isNetwork = config.text(row.child('type')) === 'network';
  const own = detailsOf(config, alias.element);
  const details = detailsOf(config, row);
  const entries = config.text(address).split(/\s+/).filter(Boolean);
  const inlined = entries.flatMap((text, i) => {
    if (text !== alias.name.value) return [{ text, detail: details[i] ?? '' }];
    return alias.entries.map((entry, n) => ({
      text: isNetwork ? asNetwork(entry) : entry,
      detail: own[n] || (details[i] ?? ''),
    }));
  });
  const texts = [setText(config, address, inlined.map(({ text }) => text).join(' '))];
  if (detail && config.text(detail) !== '') {
    texts.push(setText(config, detail, inlined.map(each => each.detail).join('||')));
  }
  return texts;
}

function detailsOf(config: Config, row: Element): readonly string[] {
  return config.text(row.child('detail')).split('||');
}

/** What a rule says in place of an alias: it takes one address, network or port; OpenVPN takes networks with commas between. */
function inRule(config: Config, { name, entries }: Alias, use: ReferenceUse): Inlined {
  const user = userOf(config, use);
  if (entries.length > 1 && !takesList(use)) {
    return { refusal: `${user} takes one entry, and ${name.value} holds ${entries.length}.` };
  }
  const inlined = entries.map(entry => inPlace(config, entry, use));
  const refused = inlined.find(each => 'refusal' in each);
  return refused ?? { text: inlined.map(each => ('text' in each ? each.text : '')).join(',') };
}

function takesList({ element, slot }: ReferenceUse): boolean {
  return slot.source.items.startsWith('openvpn/') && !element.name.startsWith('tunnel_');
}

function inPlace(config: Config, entry: string, use: ReferenceUse): Inlined {
  const user = userOf(config, use);
  const { name } = use.element;
  if (/port$/.test(name)) {
    return /^\d{1,5}$/.test(entry) ? { text: entry } : { refusal: `${user} cannot take ${entry} as a port.` };
  }
  const subnet = parseSubnet(entry);
  const family = parseAddress(entry)?.family ?? subnet?.family;
  if (family === undefined || (name === 'target' && subnet)) {
    return { refusal: `${user} cannot take ${entry} but by an alias.` };
  }
  if (!familiesOf(config, use).includes(family)) {
    return { refusal: `${user} is not for IPv${family} alone, so that it takes such an address by an alias only.` };
  }
  // Of OpenVPN's networks pfSense makes one without a length a route to everywhere (openvpn.inc:openvpn_gen_route_ipv4).
  return { text: /network(?:v6)?$/.test(name) ? asNetwork(entry) : entry };
}

/** The families of which an address may stand there; none where it may be neither by itself. */
function familiesOf(config: Config, { item, element, slot }: ReferenceUse): readonly (4 | 6)[] {
  const { items } = slot.source;
  if (items.startsWith('openvpn/')) return element.name.endsWith('v6') ? [6] : [4];
  if (items === 'staticroutes/route') return [4, 6];
  const wanted = config.text(item.child('ipprotocol'));
  // Outbound NAT for no family is for both, one rule at a time.
  if (wanted === '' && items === 'nat/outbound/rule') return [4, 6];
  if (wanted === 'inet46') return [];
  return wanted === 'inet6' ? [6] : [4];
}

/** A host among networks is one of full length. */
function asNetwork(entry: string): string {
  const address = parseAddress(entry);
  if (!address) return entry;
  return `${entry}/${address.family === 4 ? 32 : 128}`;
}
