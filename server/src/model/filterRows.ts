import { Column, Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { hasFlag } from './read.ts';

/**
 * What a filter rule of one interface takes, in words that mean the same in every rule (facts.md §2.6). Of the rule's own text
 * alone: what an alias holds is not in it.
 */
export interface FilterRow {
  /** The key or group that it is for. */
  readonly interface: string;
  readonly action: 'pass' | 'block';
  readonly families: readonly (4 | 6)[];
  /** `tcp`, `tcp/udp`, `icmp`, `icmp/echoreq` …; empty for any. */
  readonly protocol: string;
  /** `any`, a word such as `net:lan`, or an address, a network or an alias as `addr:…`; with `!` in front for all but that. */
  readonly source: string;
  readonly destination: string;
  /** `80`, `80-90`, an alias; empty for any. */
  readonly sourcePort: string;
  readonly destinationPort: string;
  /** Whether all that it describes stops at it, always. */
  readonly canCover: boolean;
  /** Whether it could be without effect behind another; not where something else is made of it too. */
  readonly canBeCovered: boolean;
}

/** The filter rules that hold anything, and what each takes where {@link readFilterRow} tells. */
export interface FilterRows {
  readonly elements: readonly Element[];
  readonly rows: readonly (FilterRow | undefined)[];
}

/** The filter rules in the order of the file; after an edit only those which it touched are read. */
export function readFilterRows(config: Config): FilterRows {
  const elements = config.query(readFilterElements);
  return { elements, rows: config.ofElements(readFilterRow, elements) };
}

/** The filter rules that hold anything, in the order of the file; one list for all who ask. */
export function readFilterElements(config: Config): readonly Element[] {
  const elements = config.top('filter')?.childrenNamed('rule') ?? [];
  return elements.every(each => each.hasChildren) ? elements : elements.filter(each => each.hasChildren);
}

/**
 * Reads a filter rule; absent where it is disabled, floating, or made in a way that is not known well enough: NAT64, ports without
 * a protocol that has ports, rules that a later pfSense puts elsewhere.
 */
export function readFilterRow(element: Element, config: Config): FilterRow | undefined {
  const texts = textsOf(element, config);
  const text = (name: string) => texts.get(name) ?? '';
  if (['disabled', 'floating', 'nat', 'force_category', 'separator'].some(name => texts.has(name))) return undefined;
  const [source, destination] = [
    readSide(element.child('source'), config),
    readSide(element.child('destination'), config),
  ];
  const protocol = text('protocol').toLowerCase().replace(/^any$/, '');
  const hasPorts = source.port !== '' || destination.port !== '';
  const type = text('type');
  if (text('interface') === '' || type === 'match') return undefined;
  if (hasPorts && !/^(?:tcp|udp|tcp\/udp|sctp)$/.test(protocol)) return undefined;
  const icmpTypes = protocol === 'icmp' ? text('icmptype').replace(/^any$/, '') : '';
  const action = type === 'block' || type === 'reject' ? 'block' : 'pass';
  return {
    interface: text('interface'),
    action,
    families: text('ipprotocol') === 'inet46' ? [4, 6] : text('ipprotocol') === 'inet6' ? [6] : [4],
    protocol: icmpTypes === '' ? protocol : `icmp/${icmpTypes}`,
    source: source.text,
    destination: destination.text,
    sourcePort: source.port,
    destinationPort: destination.port,
    canCover: conditions.every(name => text(name) === '' || text(name) === 'none') && !texts.has('tcpflags_any'),
    canBeCovered: text('associated-rule-id') === '' && !takesStrayPackets({ action, texts, protocol }),
  };
}

/**
 * What keeps a rule from taking everything that it describes: it is not always there (schedule; a gateway that is down may take it
 * away), looks at more than addresses and ports, or lets go what is beyond a limit (filter.inc:filter_generate_user_rule; pf.conf(5)).
 */
const conditions = [
  'sched',
  'gateway',
  'tagged',
  'os',
  'dscp',
  'vlanprio',
  'tcpflags1',
  'tcpflags2',
  'max',
  'max-src-nodes',
  'max-src-conn',
  'max-src-states',
  'max-src-conn-rate',
  'max-src-conn-rates',
  'source-track',
];

/**
 * Pass rules take a TCP connection by its first packet. A rule for other TCP packets, or one that blocks everything at the end, still
 * gets those which belong to no connection.
 */
function takesStrayPackets(rule: {
  readonly action: FilterRow['action'];
  readonly texts: ReadonlyMap<string, string>;
  readonly protocol: string;
}): boolean {
  const { action, texts, protocol } = rule;
  if (texts.has('tcpflags_any') || texts.get('tcpflags2')) return true;
  return action === 'block' && protocol === '' && texts.get('source') === 'any' && texts.get('destination') === 'any';
}

/** The texts of the children that matter here; of `source` and `destination` only whether they are anywhere. */
function textsOf({ branch, row: rule }: Element, config: Config): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const end = branch.at(Column.next, rule);
  for (let row = rule + 1; row < end; row = branch.at(Column.next, row)) {
    const name = branch.nameAt(row);
    if (!mattering.has(name)) continue;
    const child = new Element(branch, row);
    const isSide = name === 'source' || name === 'destination';
    texts.set(name, isSide ? (child.child('any') ? 'any' : '') : config.text(child));
  }
  return texts;
}

const mattering: ReadonlySet<string> = new Set([
  ...conditions,
  'associated-rule-id',
  'destination',
  'disabled',
  'floating',
  'force_category',
  'icmptype',
  'interface',
  'ipprotocol',
  'nat',
  'protocol',
  'separator',
  'source',
  'tcpflags_any',
  'type',
]);

function readSide(side: Element | undefined, config: Config): { readonly text: string; readonly port: string } {
  if (!side) return { text: 'any', port: '' };
  const text = (name: string) => config.text(side.child(name));
  const port = text('port')
    .replace(':', '-')
    .replace(/^(\d+)-\1$/, '$1')
    .replace(/^(?:any|1-65535)$/, '');
  const [network, address] = [text('network'), text('address')];
  if (hasFlag(side, 'any') || network === 'any' || (network === '' && address === '')) return { text: 'any', port };
  const not = hasFlag(side, 'not') ? '!' : '';
  return { text: network === '' ? `${not}addr:${address}` : `${not}net:${network}`, port };
}
