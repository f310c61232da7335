import { type ReferenceKind, referenceKinds } from '../schema/references.ts';
import type { Element } from '../syntax/tree.ts';
import { type CertificateFacts, readCertificate } from './certificate.ts';
import type { Config } from './config.ts';
import { aliasEntries, definitionDetail, interfaceAddresses, vipTitle } from './definitionDetails.ts';
import { formatTime } from './epoch.ts';
import { readGatewayGroups } from './gateways.ts';
import { interfaceName, readInterfaces } from './interfaces.ts';
import type { Line, Prose } from './prose.ts';
import { shortened } from './prose.ts';
import { type Definition, labelOf } from './references/references.ts';
import { schemaPlaceAt } from './schemaPlaces.ts';
import { counterpartOf } from './vipPairs.ts';
import { readVirtualIps, skewOf } from './virtualIps.ts';

/** The node that something is asked of, and the other one of its pair. */
export interface NodeAndPeer {
  readonly node: Config;
  readonly peer: Config | undefined;
  /** What a sentence calls the other one: `the secondary`. */
  readonly peerName: string;
}

/** Entries of an alias or a group beyond these are counted. */
const mostItems = 10;
/** A longer description is cut. */
const longestText = 200;

/** What a name stands for, for a person who looks at a place that names it. Never a secret. */
export function definitionProse(definition: Definition, nodes: NodeAndPeer): Prose {
  const { kind, name } = definition;
  const label = labelOf(nodes.node, definition);
  const isRefid = kind === 'certificate' || kind === 'ca' || kind === 'crl';
  const called = isRefid || kind === 'user' ? (label ?? name) : kind === 'vip' ? '' : name;
  // The title ends in a number of its own.
  const title = kind === 'phase1' ? 'IPsec phase 1, IKE id' : capitalised(referenceKinds[kind].title);
  const heading: Line = [title, ...(called === '' ? [] : [' ', { code: called }])];
  const items = itemsOf[kind]?.(definition, nodes) ?? plainItems(definition, nodes, called);
  return [{ text: heading, ...(items.length > 0 && { items }) }];
}

type Items = (definition: Definition, nodes: NodeAndPeer) => readonly Line[];

const itemsOf: Readonly<Partial<Record<ReferenceKind, Items>>> = {
  alias: aliasItems,
  interface: interfaceItems,
  gateway: gatewayItems,
  'gateway-group': gatewayGroupItems,
  schedule: scheduleItems,
  certificate: certificateItems,
  ca: certificateItems,
  vip: vipItems,
};

function plainItems(definition: Definition, { node }: NodeAndPeer, called: string): readonly Line[] {
  const detail = definitionDetail(node, definition);
  return detail === '' || detail === called ? [] : [[detail]];
}

function aliasItems({ element }: Definition, { node }: NodeAndPeer): readonly Line[] {
  const details = node.text(element.child('detail')).split('||');
  const entries = aliasEntries(node, element);
  const shown = entries.slice(0, mostItems).map((entry, i): Line => {
    const detail = details[i]?.trim() ?? '';
    return detail === '' ? [{ code: entry }] : [{ code: entry }, `: ${shortened(detail, longestText)}`];
  });
  return [
    ...described(node, element, [aliasType(node.text(element.child('type')))]),
    ...shown,
    ...(entries.length > mostItems ? [[`and ${entries.length - mostItems} more`]] : []),
  ];
}

/** What the web interface calls a type of alias. */
function aliasType(type: string): string {
  const schema = schemaPlaceAt('aliases/alias/type')?.schema;
  return (schema?.kind === 'leaf' ? schema.words?.[type] : undefined) ?? type;
}

function interfaceItems({ name }: Definition, { node, peer, peerName }: NodeAndPeer): readonly Line[] {
  const own = node.query(readInterfaces).get(name);
  if (!own) return [];
  const other = peer?.query(readInterfaces).get(name);
  const items: Line[] = [[{ strong: own.title }, ...(own.isEnabled ? [] : [', disabled'])]];
  if (own.nic) items.push(['Network port ', { code: own.nic.value }]);
  for (const address of interfaceAddresses(node, own)) items.push(['Address ', { code: address }]);
  if (peer && other) {
    for (const address of interfaceAddresses(peer, other)) items.push([`Address on ${peerName} `, { code: address }]);
  }
  return items;
}

function gatewayItems({ element }: Definition, { node }: NodeAndPeer): readonly Line[] {
  const text = (child: string) => node.text(element.child(child));
  const items: Line[] = [];
  const address = text('gateway');
  if (address !== '') items.push(['Address ', { code: address }]);
  if (text('interface') !== '') items.push([`On ${interfaceName(node, text('interface'))}`]);
  if (text('monitor') !== '') items.push(['Probed at ', { code: text('monitor') }]);
  if (element.child('disabled')) items.push(['Disabled']);
  return [...items, ...described(node, element, [])];
}

function gatewayGroupItems({ name, element }: Definition, { node }: NodeAndPeer): readonly Line[] {
  const group = node.query(readGatewayGroups).find(each => each.name.value === name);
  const members = (group?.members ?? []).slice(0, mostItems);
  return [
    ...members.map(({ gateway, tier }): Line => [{ code: gateway }, ` in tier ${tier}`]),
    ...described(node, element, []),
  ];
}

function scheduleItems({ element }: Definition, { node }: NodeAndPeer): readonly Line[] {
  const ranges = element.childrenNamed('timerange').slice(0, mostItems);
  const hours = ranges.map(range => node.text(range.child('hour'))).filter(hour => hour !== '');
  return [...described(node, element, []), ...hours.map((hour): Line => ['Hours ', { code: hour }])];
}

function certificateItems({ name, element }: Definition, { node }: NodeAndPeer): readonly Line[] {
  const facts = readCertificate(node.text(element.child('crt')));
  return [...(facts ? certificateLines(facts) : []), ['refid ', { code: name }]];
}

/** Whom a certificate is for, who has signed it, and until when it holds. */
export function certificateLines({ subject, issuer, notAfter }: CertificateFacts): readonly Line[] {
  const lines: Line[] = [['Ends on ', { strong: formatTime(notAfter) }]];
  if (subject !== undefined) lines.push(['For ', { code: shortened(subject, longestText) }]);
  if (issuer !== undefined) lines.push(['Signed by ', { code: shortened(issuer, longestText) }]);
  return lines;
}

function vipItems({ element }: Definition, { node, peer, peerName }: NodeAndPeer): readonly Line[] {
  const vip = node.query(readVirtualIps).find(each => each.element.is(element));
  if (!vip) return [];
  const items: Line[] = [[{ strong: vipTitle(node, vip) }]];
  const other = peer && vip.mode === 'carp' ? counterpartOf(vip, { node, peer }) : undefined;
  const skew = vip.mode === 'carp' ? skewOf(node, vip) : undefined;
  if (skew !== undefined) items.push(['Skew ', { code: `${skew}` }, ...otherSkew()]);
  return [...items, ...described(node, element, [])];

  function otherSkew(): Line {
    const there = other && peer ? skewOf(peer, other) : undefined;
    return there === undefined ? [] : [`, on ${peerName} `, { code: `${there}` }];
  }
}

/** The description of an element, behind other words. */
function described(config: Config, element: Element, words: readonly string[]): readonly Line[] {
  const descr = shortened(config.text(element.child('descr')), longestText);
  const text = [...words, descr].filter(each => each !== '').join(': ');
  return text === '' ? [] : [[text]];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
