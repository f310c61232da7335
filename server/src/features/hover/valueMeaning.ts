import { parseAddress } from '../../model/address.ts';
import { readCertificate } from '../../model/certificate.ts';
import type { Config } from '../../model/config.ts';
import { definitionDetail } from '../../model/definitionDetails.ts';
import { certificateLines, definitionProse, type NodeAndPeer } from '../../model/definitionProse.ts';
import { formatEpoch } from '../../model/epoch.ts';
import { interfaceName } from '../../model/interfaces.ts';
import { holdersOf } from '../../model/nodeAddresses.ts';
import { readPorts } from '../../model/ports.ts';
import type { Line, Prose } from '../../model/prose.ts';
import { readDynamicGateways } from '../../model/references/dynamicGateways.ts';
import {
  type Definition,
  definitionsAt,
  type ReferenceUse,
  resolve,
  usesIn,
} from '../../model/references/references.ts';
import { readVersion, releaseOf } from '../../model/version.ts';
import type { LeafSchema } from '../../schema/elementSchema.ts';
import { interfaceNetwork } from '../../schema/references/targets.ts';
import type { SchemaPlace } from '../../schema/schemaPlace.ts';
import { type Element, spanOf } from '../../syntax/tree.ts';

/** One value of an element that is no secret. */
export interface Value {
  readonly element: Element;
  /** Absent where the schema does not know the element. */
  readonly place: SchemaPlace | undefined;
  /** As pfSense reads it; of a list one of its values. */
  readonly text: string;
  /** Where it stands in the document. */
  readonly from: number;
  readonly to: number;
}

/** What a value means beyond what it says: what it names, on either node, whose address it is, which date, which release. */
export function valueMeaning(value: Value, nodes: NodeAndPeer): Prose {
  const { element, place, text } = value;
  const named = namedBy(value, nodes);
  if (named.length > 0) return named;
  if (text === '') return [];
  if (place?.path === 'interfaces/*/if') return portMeaning(nodes.node, text);
  if (place?.path === 'version') {
    return [{ text: ['Release: ', { strong: releaseOf(nodes.node.query(readVersion)) }] }];
  }
  if (place?.path === 'cert/crt' || place?.path === 'ca/crt') {
    const facts = readCertificate(nodes.node.text(element));
    return facts ? [{ text: ['Certificate'], items: certificateLines(facts) }] : [];
  }
  const { schema } = place ?? {};
  return [...(schema?.kind === 'leaf' ? wordMeaning(schema, text) : []), ...addressMeaning(text, nodes)];
}

/** The things that are named there, or the one whose name it is; where only the other node has it, that one's. */
function namedBy({ element, from, to }: Value, nodes: NodeAndPeer): Prose {
  const { node, peer, peerName } = nodes;
  const uses = usesIn(node, element).filter(each => isAround(each, from, to));
  const [use, ...others] = uses;
  const all = others.some(({ from }) => from !== use?.from) ? allNamed(node, uses) : [];
  if (all.length > 0) return [{ text: ['What it names'], items: all }];
  const resolution = use && resolve(node, use.slot, use.text);
  const own = resolution?.is === 'defined' ? resolution.definitions[0] : definitionsAt(node, element)[0];
  if (own) return [...partMeaning(node, use, own), ...definitionProse(own, nodes)];
  const made = use && dynamicGateway(node, use);
  if (made) return made;
  const there = peer && use && resolution?.is === 'undefined' ? resolve(peer, use.slot, use.text) : undefined;
  const [theirs] = there?.is === 'defined' ? there.definitions : [];
  if (!peer || !theirs) return [];
  const [heading, ...rest] = definitionProse(theirs, { node: peer, peer: undefined, peerName });
  return heading ? [{ ...heading, text: [...heading.text, `, on ${peerName}`] }, ...rest] : [];
}

/** Names of a list beyond these are counted. */
const mostNames = 20;

/** What the names of a list stand for, a line each: somebody asks for the whole of it. */
function allNamed(node: Config, uses: readonly ReferenceUse[]): readonly Line[] {
  const lines = new Map<number, Line>();
  for (const use of uses) {
    const resolution = resolve(node, use.slot, use.text);
    if (resolution.is !== 'defined') continue;
    const [first] = resolution.definitions;
    const part = first && partMeant(use, first);
    const detail = first ? definitionDetail(node, first) : '';
    const words = first && part !== undefined ? `${part} of ${interfaceName(node, first.name)}` : detail;
    lines.set(use.from, words === '' ? [{ code: use.text }] : [{ code: use.text }, `: ${words}`]);
  }
  const all = [...lines.values()];
  return all.length > mostNames ? [...all.slice(0, mostNames), [`and ${all.length - mostNames} more`]] : all;
}

/** What of an interface is meant, where it is not the interface itself. */
function partMeant({ slot, text }: ReferenceUse, { kind, name }: Definition): string | undefined {
  if (kind !== 'interface') return undefined;
  if (text.startsWith('_lloc')) return 'link-local address';
  if (!slot.slot.targets.includes(interfaceNetwork)) return undefined;
  return text === name ? 'network' : 'address';
}

function partMeaning(node: Config, use: ReferenceUse | undefined, definition: Definition): Prose {
  const part = use && partMeant(use, definition);
  if (!part) return [];
  const name = interfaceName(node, definition.name);
  return [{ text: [{ code: use.text }, ` is the ${part} of `, { strong: name }, '.'] }];
}

/** What makes a port, where the config does. */
function portMeaning(node: Config, name: string): Prose {
  const port = node.query(readPorts).find(each => each.name === name);
  return port ? [{ text: [{ strong: port.title }] }] : [];
}

/** A gateway that pfSense makes of an interface, and that the file does not hold. */
function dynamicGateway(node: Config, { slot, text }: ReferenceUse): Prose | undefined {
  if (!slot.slot.targets.some(({ kind }) => kind === 'gateway')) return undefined;
  const made = node.query(readDynamicGateways).find(({ name }) => name === text);
  if (!made) return undefined;
  const items = [['Dynamic'], [`On ${interfaceName(node, made.interfaceKey)}`]];
  return [{ text: ['Gateway ', { code: text }], items }];
}

function isAround({ place }: ReferenceUse, from: number, to: number): boolean {
  const span = spanOf(place);
  return span.start <= to && from <= span.end;
}

/** The web interface's name for a word, and the date of a number of seconds. */
function wordMeaning({ words, value }: LeafSchema, text: string): Prose {
  const title = words && Object.hasOwn(words, text) ? words[text] : undefined;
  if (title !== undefined && title !== '' && title.toLowerCase() !== text.toLowerCase()) {
    return [{ text: [{ code: text }, ' is ', { strong: title }, ' in the web interface.'] }];
  }
  const date = value?.type === 'epoch' ? formatEpoch(text) : undefined;
  return date === undefined ? [] : [{ text: [{ code: text }, ' is ', { strong: date }, '.'] }];
}

/** Which interface, VIP or gateway has an address, on either node. */
function addressMeaning(text: string, { node, peer, peerName }: NodeAndPeer): Prose {
  const address = parseAddress(text);
  if (!address) return [];
  const own = holdersOf(node, address);
  const theirs = (peer ? holdersOf(peer, address) : []).filter(
    ({ title, kind }) => !own.some(each => each.title === title && each.kind === kind),
  );
  const name = { interface: 'Address of', vip: 'VIP:', gateway: 'Gateway' } as const;
  const items = [
    ...own.map(({ kind, title }) => [`${name[kind]} ${title}`]),
    ...theirs.map(({ kind, title }) => [`${name[kind]} ${title}, on ${peerName}`]),
  ];
  return items.length === 0 ? [] : [{ text: [{ code: text }], items }];
}
