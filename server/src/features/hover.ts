import type { Config } from '../model/config.ts';
import type { NodeAndPeer } from '../model/definitionProse.ts';
import { listPartAt } from '../model/listPart.ts';
import { peerElementOf } from '../model/peerElement.ts';
import { type Prose, shortened } from '../model/prose.ts';
import { slotsAt } from '../model/references/references.ts';
import { schemaPlaceOf } from '../model/schemaPlaces.ts';
import { schemaProse } from '../model/schemaProse.ts';
import { readVersion } from '../model/version.ts';
import type { SchemaPlace } from '../schema/schemaPlace.ts';
import { isSecretName, mayHoldPassword } from '../schema/secrets.ts';
import { elementAt } from '../syntax/elementAt.ts';
import { decodeReferences } from '../syntax/entities.ts';
import { type Element, type Place, spanOf } from '../syntax/tree.ts';
import { type Value, valueMeaning } from './hover/valueMeaning.ts';
import { firstSentence } from './hover/why.ts';
import { peerName, type Snapshot } from './snapshot.ts';

/** A finding at the place that is asked about, as far as it is explained here; what it says is shown by the editor. */
export interface HoverFinding {
  readonly rule: string;
  /** The rule's explanation, in Markdown. */
  readonly why: string;
  /** The address of the rule's page; absent where there is none. */
  readonly page: string | undefined;
}

/** What is said of a place. Offsets are of the present text. */
export interface Hover {
  readonly from: number;
  readonly to: number;
  /** Never empty, never with a secret in it, nor with the length of one. */
  readonly prose: Prose;
}

/** Longer values of the other node are cut. */
const longestValue = 200;

/**
 * What the element at an offset is and what its value means, what the other node has in its place, and why what was
 * found there matters. Absent between elements, and where there is nothing to say.
 */
export function hover(
  snapshot: Snapshot,
  { offset, findings }: { readonly offset: number; readonly findings: readonly HoverFinding[] },
): Hover | undefined {
  const { config: node, peer } = snapshot;
  const element = elementAt(node.document, offset);
  if (!element) return undefined;
  const place = schemaPlaceOf(element);
  const nodes: NodeAndPeer = { node, peer, peerName: peerName(snapshot) };
  const tag = tagAt(element, offset);
  if (!tag && element.hasChildren) return undefined;
  const value = isSecret(element)
    ? undefined
    : tag
      ? wholeValue(snapshot, element, place)
      : valueAt(node, element, { place, offset });
  const about = [place ? elementProse(element, place) : [], value ? valueMeaning(value, nodes) : []];
  const prose = [
    // On a tag what the element is comes first, on a value what that means.
    ...(tag ? about : about.reverse()).flat(),
    ...(value ? peerProse(value, nodes) : []),
    ...findings.map(findingProse),
  ];
  if (prose.length === 0) return undefined;
  const { start, end } = tag
    ? spanOf(tag)
    : { start: value?.from ?? element.contentStart, end: value?.to ?? element.contentEnd };
  return { from: start, to: end, prose };
}

/** The name in the tag at an offset; absent between the tags. */
function tagAt(element: Element, offset: number): Place | undefined {
  if (offset < element.contentStart || element.isSelfClosing) return element.namePlace;
  return offset >= element.contentEnd ? element.endTagNamePlace : undefined;
}

/** Whether the element holds a secret, or stands in one. */
function isSecret(element: Element): boolean {
  for (let at: Element | undefined = element; at; at = at.parent)
    if (isSecretName(at.name, at.parent?.name)) return true;
  return false;
}

function elementProse(element: Element, place: SchemaPlace): Prose {
  const [first, ...rest] = schemaProse(place);
  return first ? [{ ...first, text: [{ strong: element.tag }, ': ', ...first.text] }, ...rest] : [];
}

function wholeValue({ config }: Snapshot, element: Element, place: SchemaPlace | undefined): Value {
  const { start: from, contentEnd: to } = element;
  return { element, place, text: element.hasChildren ? '' : config.text(element), from, to };
}

/** The value at an offset, of a list the one that is meant; without the blanks around it. */
function valueAt(
  config: Config,
  element: Element,
  { place, offset }: Pick<Value, 'place'> & { readonly offset: number },
): Value {
  const { content, contentStart } = element;
  const separator = separatorOf(config, element, place);
  const cdata = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(content)?.[1];
  const start = cdata === undefined ? 0 : content.indexOf('[CDATA[') + '[CDATA['.length;
  const text = cdata ?? content;
  const at = Math.max(0, Math.min(offset - contentStart - start, text.length));
  const part = listPartAt(text, at, separator);
  const [from, to] = trimmed(text, part.from, part.to);
  const origin = contentStart + start;
  return {
    element,
    place,
    text: decodeReferences(text.slice(from, to), config.query(readVersion).form),
    from: origin + from,
    to: origin + to,
  };
}

/** Between the values of a list: what the schema says, or the table of references of an element that the schema does not have. */
function separatorOf(config: Config, element: Element, place: SchemaPlace | undefined): string | undefined {
  if (place?.schema.kind === 'leaf') return place.schema.separator;
  return slotsAt(config, element)[0]?.slot.separator;
}

function trimmed(text: string, start: number, end: number): readonly [number, number] {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from] ?? '')) from++;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to--;
  return [from, to];
}

/** What the other node has in the same element, where that is something else. */
function peerProse({ element, place }: Value, { node, peer, peerName }: NodeAndPeer): Prose {
  if (!peer || element.hasChildren) return [];
  const other = peerElementOf(element, { node, peer }) ?? onlyOther(element, { node, peer });
  if (other === 'none') return [{ text: [`Not set on ${peerName}.`] }];
  if (!other || other.hasChildren) return [];
  const [here, there] = [node.text(element), peer.text(other)];
  if (here === there) return [];
  if (there === '') return [{ text: [`Empty on ${peerName}.`] }];
  // Nobody reads Base64, in which anything may be.
  const isBase64 = place?.schema.kind === 'leaf' && place.schema.value?.type === 'base64';
  if (isBase64 || mayHoldPassword(there)) return [{ text: [`Different on ${peerName}.`] }];
  return [{ text: [`On ${peerName}: `, { code: shortened(there, longestValue) }] }];
}

/** Of an element that stands once, the one of that name on the other node; of several nobody knows which is the same. */
function onlyOther(
  element: Element,
  nodes: { readonly node: Config; readonly peer: Config },
): Element | 'none' | undefined {
  const { name, parent } = element;
  const around = parent && peerElementOf(parent, nodes);
  if (parent && !around) return undefined;
  const tops = (config: Config) => config.section(name).map(branch => branch.top);
  const own = parent ? parent.childrenNamed(name) : tops(nodes.node);
  const theirs = around ? around.childrenNamed(name) : tops(nodes.peer);
  if (own.length > 1 || theirs.length > 1) return undefined;
  return theirs[0] ?? 'none';
}

function findingProse({ rule, why, page }: HoverFinding): Prose[number] {
  const name = page === undefined ? { strong: rule } : { words: rule, href: page };
  return { text: [name, ': ', ...firstSentence(why)] };
}
