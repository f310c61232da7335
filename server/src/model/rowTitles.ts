import type { Element } from '../syntax/tree.ts';
import type { Config, ElementQuery } from './config.ts';
import { groupBy } from './grouping.ts';
import { readInterfaces, tunnelTitles } from './interfaces.ts';
import { cut } from './prose.ts';
import { readVirtualIps } from './virtualIps.ts';

/** Gives the text along a path of names below the row; the empty string where there is nothing. */
type Text = (path: string) => string;

interface RowInput {
  readonly row: Element;
  readonly text: Text;
}

/** What is named by the key of an interface, or by a VIP's identifier: {@link readKeyTitles} has what people call it. */
interface KeyedPart {
  readonly before: string;
  readonly keys: readonly string[];
  readonly behind: string;
}

type Part = string | KeyedPart;

/** How a row of one list is called. The parts that are empty fall out. */
type Title = (input: RowInput) => readonly Part[];

/** Elements that have the same names above them, up to the section: what is known of their title, and of those in them. */
export interface RowPlace {
  /** Absent where they are no rows of a list that is known. */
  readonly title: ElementQuery<string | readonly Part[]> | undefined;
  /** Whether rows of a list that is known may stand in them, at any depth. */
  readonly holdsRows: boolean;
  /** The place of those of a name in them; absent where nothing is known of it. */
  readonly below: (name: string) => RowPlace | undefined;
}

/** The place of the sections of a name; absent where nothing is known of their rows. */
export function placeOfSection(name: string): RowPlace | undefined {
  return top.below(name);
}

/**
 * What people call what rules and VIPs name by key: an interface, its address (`lanip`), a VIP by `_vip<uniqid>`. What is
 * not in it bears its key.
 */
export function readKeyTitles(config: Config): ReadonlyMap<string, string> {
  const titles = new Map<string, string>(Object.entries(tunnelTitles));
  for (const [key, { title }] of config.query(readInterfaces))
    titles.set(key, title).set(`${key}ip`, `${title} address`);
  for (const { uniqid, element } of config.query(readVirtualIps)) {
    const address = config.text(element.child('subnet'));
    if (uniqid && address !== '') titles.set(`_vip${uniqid.value}`, address);
  }
  return titles;
}

/**
 * What people call a row: `WAN (vmx0) 192.0.2.2/24`, `CARP 192.0.2.1 VHID 1 skew 0`, `block → any: Default deny`.
 *
 * @returns absent where the element is no row of a list that is known; never empty, never a secret, on one line of at most
 *   120 characters
 */
export function rowTitle(config: Config, place: RowPlace | undefined, row: Element): string | undefined {
  return place?.title && written(config.ofElement(place.title, row), config.query(readKeyTitles), row);
}

/** {@link rowTitle} of siblings in the place, in their order. Only what an edit has changed of thousands is worked out anew. */
export function rowTitles(
  config: Config,
  place: RowPlace | undefined,
  siblings: readonly Element[],
): readonly (string | undefined)[] {
  const keyTitles = config.query(readKeyTitles);
  const titles = new Map<number, string>();
  for (const [name, rows] of groupBy(siblings, each => each.name)) {
    const query = place?.below(name)?.title;
    if (!query) continue;
    const found = config.ofElements(query, rows);
    for (const [i, row] of rows.entries()) titles.set(row.row, written(found[i]!, keyTitles, row));
  }
  return siblings.map(({ row }) => titles.get(row));
}

/** On one line, and no longer than a line is wide. */
export function oneLine(title: string): string {
  return cut(title.replace(/\s+/g, ' ').trim().replace(/ : /g, ': '), longest);
}

const longest = 120;

function written(title: string | readonly Part[], keyTitles: ReadonlyMap<string, string>, { tag }: Element): string {
  if (typeof title === 'string') return title || oneLine(tag);
  const parts = title.map(part => {
    if (typeof part === 'string') return part;
    const names = part.keys.map(key => keyTitles.get(key.toLowerCase()) ?? key);
    return part.before + names.join(', ') + part.behind;
  });
  return joined(parts) || oneLine(tag);
}

function joined(parts: readonly string[]): string {
  return oneLine(parts.filter(part => part !== '').join(' '));
}

const named: Title = ({ text }) => [text('name') || text('descr')];
const described: Title = ({ text }) => [text('descr') || text('description')];

/** By path. `*` stands for any name, where the names are keys (facts.md §2). */
const titles: Readonly<Record<string, Title>> = {
  'interfaces/*': ({ row, text }) => [ownInterface(row), paren(text('if')), withBits(text('ipaddr'), text('subnet'))],
  'virtualip/vip': vip,
  'filter/rule': filterRule,
  'nat/rule': ({ row, text }) => [
    keyed(text('interface')),
    endpoint('destination', { row, text }),
    `→ ${[text('target'), text('local-port')].filter(Boolean).join(':')}`,
    colon(text('descr')),
  ],
  'nat/outbound/rule': ({ row, text }) => [
    keyed(text('interface')),
    endpoint('source', { row, text }),
    keyed(outboundTarget(row, text), '→ '),
    colon(text('descr')),
  ],
  'nat/onetoone': ({ row, text }) => [`${text('external')} ↔`, endpoint('source', { row, text }), colon(text('descr'))],
  'nat/npt': ({ row, text }) => [
    keyed(text('interface')),
    endpoint('source', { row, text }),
    endpoint('destination', { row, text }, '→ '),
    colon(text('descr')),
  ],
  'aliases/alias': ({ text }) => [text('name'), paren(text('type'))],
  'dhcpd/*': dhcpScope,
  'dhcpdv6/*': dhcpScope,
  'dhcpd/*/staticmap': staticMap,
  'dhcpd/*/pool': ({ text }) => [poolOf(text), colon(text('descr'))],
  'cron/item': cronJob,
  'gateways/gateway_item': ({ text }) => [text('name'), text('gateway')],
  'gateways/gateway_group': named,
  'staticroutes/route': ({ text }) => [`${text('network')} → ${text('gateway')}`, colon(text('descr'))],
  'vlans/vlan': ({ text }) => [text('vlanif') || `${text('if')}.${text('tag')}`, colon(text('descr'))],
  'laggs/lagg': ({ text }) => [text('laggif'), paren(text('members')), colon(text('descr'))],
  'bridges/bridged': ({ text }) => [text('bridgeif'), paren(text('members')), colon(text('descr'))],
  'gifs/gif': ({ text }) => [text('gifif'), colon(text('descr'))],
  'gres/gre': ({ text }) => [text('greif'), colon(text('descr'))],
  'qinqs/qinqentry': ({ text }) => [text('vlanif'), paren(text('members')), colon(text('descr'))],
  'ppps/ppp': ({ text }) => [text('if'), paren(text('ports')), colon(text('descr'))],
  'wireless/clone': ({ text }) => [text('cloneif'), colon(text('descr'))],
  'ifgroups/ifgroupentry': ({ text }) => [text('ifname'), paren(text('members'))],
  'system/user': named,
  'system/group': named,
  'system/authserver': named,
  'schedules/schedule': named,
  'shaper/queue': named,
  'shaper/queue/queue': named,
  'shaper/queue/queue/queue': named,
  'dnshaper/queue': named,
  'dnshaper/queue/queue': named,
  'openvpn/openvpn-server': ({ text }) => [text('description') || (text('vpnid') && `ovpns${text('vpnid')}`)],
  'openvpn/openvpn-client': ({ text }) => [text('description') || text('server_addr')],
  'openvpn/openvpn-csc': ({ text }) => [text('common_name')],
  'ipsec/phase1': ({ text }) => [text('remote-gateway'), colon(text('descr'))],
  'ipsec/phase2': ({ text }) => [tunnelEnd('localid', text), tunnelEnd('remoteid', text, '→ '), colon(text('descr'))],
  'unbound/hosts': hostOverride,
  'dnsmasq/hosts': hostOverride,
  'unbound/acls': ({ text }) => [text('aclname'), paren(text('aclaction'))],
  'unbound/domainoverrides': ({ text }) => [text('domain')],
  'dnsmasq/domainoverrides': ({ text }) => [text('domain')],
  'dyndnses/dyndns': ({ text }) => [text('host') || text('descr'), paren(text('type'))],
  'dnsupdates/dnsupdate': ({ text }) => [text('host') || text('descr')],
  'igmpproxy/igmpentry': ({ text }) => [keyed(text('ifname')), paren(text('type')), colon(text('descr'))],
  'captiveportal/*/allowedip': ({ text }) => [withBits(text('ip'), text('sn')), colon(text('descr'))],
  'captiveportal/*/allowedhostname': ({ text }) => [text('hostname'), colon(text('descr'))],
  'captiveportal/*/passthrumac': ({ text }) => [text('mac'), colon(text('descr'))],
  'wol/wolentry': ({ text }) => [text('mac'), colon(text('descr'))],
  'installedpackages/package': named,
  'installedpackages/service': named,
  ca: described,
  cert: described,
  crl: described,
};

/** The `mode` of a VIP as the GUI writes it out (facts.md §2.2). */
const vipKinds: Readonly<Record<string, string>> = {
  carp: 'CARP',
  ipalias: 'IP alias',
  proxyarp: 'Proxy ARP',
  other: 'Other',
};

function vip({ text }: RowInput): readonly Part[] {
  const mode = text('mode');
  const carp = mode === 'carp' ? [`VHID ${text('vhid')}`, `skew ${text('advskew') || '0'}`] : [];
  const on = mode === 'carp' ? '' : keyed(text('interface'), 'on ');
  return [vipKinds[mode] ?? mode, text('subnet'), ...carp, on, colon(text('descr'))];
}

/** `pass LAN → any`; on which interface is said where the source does not tell. */
function filterRule({ row, text }: RowInput): readonly Part[] {
  const [key, source] = [text('interface'), endpoint('source', { row, text })];
  const tells = key !== '' && [key, `${key}ip`].includes(text('source/network')) && !row.find('source/not');
  return [
    text('type') || 'pass',
    tells ? '' : interfacesOf(key),
    source === 'any' ? '' : source,
    endpoint('destination', { row, text }, '→ '),
    colon(text('descr')),
  ];
}

/** When it runs and which program; what is given to the program may hold a password. */
function cronJob({ text }: RowInput): readonly string[] {
  const times = ['minute', 'hour', 'mday', 'month', 'wday'].map(text);
  return [...times, programOf(text('command'))];
}

/** The first word behind variables that are set, and behind `nice`; empty where that is no plain name. */
function programOf(command: string): string {
  const [, program = ''] =
    /^\s*(?:\w+=[\w./:-]*\s+)*(?:(?:\/usr\/bin\/)?nice\s+(?:-\S+\s+(?:\d+\s+)?)*)?(\S+)/.exec(command) ?? [];
  return /^[\w./+-]+$/.test(program) ? program : '';
}

function dhcpScope({ row, text }: RowInput): readonly Part[] {
  return [ownInterface(row), poolOf(text)];
}

function poolOf(text: Text): string {
  return text('range/from') && `${text('range/from')} – ${text('range/to')}`;
}

/** One end of a phase 2: an address, a network, or the network of an interface. */
function tunnelEnd(side: 'localid' | 'remoteid', text: Text, before: '' | '→ ' = ''): Part {
  const [type, address] = [text(`${side}/type`), text(`${side}/address`)];
  if (address !== '') return `${before}${withBits(address, text(`${side}/netbits`))}`;
  return keyed(type, before);
}

function staticMap({ text }: RowInput): readonly string[] {
  return [text('hostname') || text('mac') || text('cid'), text('ipaddr')];
}

function hostOverride({ text }: RowInput): readonly string[] {
  return [[text('host'), text('domain')].filter(Boolean).join('.'), text('ip')];
}

/** A rule's `source` or `destination`: `any`, `!LAN`, `192.0.2.10:443` (facts.md §2.6). */
function endpoint(
  side: 'source' | 'destination',
  { row, text }: Pick<RowInput, 'row' | 'text'>,
  before: '' | '→ ' = '',
): Part {
  const element = row.child(side);
  if (!element) return `${before}any`;
  const port = text(`${side}/port`);
  const behind = port && `:${port}`;
  const start = `${before}${element.child('not') ? '!' : ''}`;
  const network = text(`${side}/network`);
  if (network !== '') return { before: start, keys: [network], behind };
  return `${start}${text(`${side}/address`) || text(side) || 'any'}${behind}`;
}

/** Where an outbound rule sends from. No target is the interface's own address (facts.md §2.4). */
function outboundTarget(row: Element, text: Text): string {
  if (row.child('nonat')) return 'no NAT';
  const target = text('target');
  if (target === 'other-subnet') return withBits(text('targetip'), text('targetip_subnet'));
  return withBits(target, text('target_subnet')) || 'interface address';
}

/** Floating rules name several interfaces, `wan,lan`; many are counted. */
function interfacesOf(keys: string): Part {
  const count = keys.split(',').length;
  return count > mostInterfaces ? `on ${count} interfaces` : keyed(keys, 'on ');
}

const mostInterfaces = 3;

/** @param keys of interfaces or VIPs, with commas between them */
function keyed(keys: string, before = ''): Part {
  return keys === '' ? '' : { before, keys: keys.split(','), behind: '' };
}

/** The interface whose key is the row's name; in capitals, as pfSense has it, where it has no other name. */
function ownInterface({ name }: Element): Part {
  return { before: '', keys: [name.toUpperCase()], behind: '' };
}

function withBits(address: string, bits: string): string {
  return address && bits ? `${address}/${bits}` : address;
}

function paren(text: string): string {
  return text && `(${text})`;
}

function colon(text: string): string {
  return text && `: ${text}`;
}

/** The titles by the names on the way to their rows. */
const top = placeOf(Object.entries(titles).map(([path, title]) => ({ steps: path.split('/'), title })));

interface TitleBelow {
  readonly steps: readonly string[];
  readonly title: Title;
}

/** @param below the titles of the rows there and in them, by their names from there on */
function placeOf(below: readonly TitleBelow[]): RowPlace {
  const own = below.find(({ steps }) => steps.length === 0);
  const deeper = below.filter(({ steps }) => steps.length > 0);
  const places = new Map<string, RowPlace>();
  for (const [name, each] of groupBy(deeper, ({ steps }) => steps[0]!)) {
    places.set(name, placeOf(each.map(({ steps, title }) => ({ steps: steps.slice(1), title }))));
  }
  return {
    title: own && queryOf(own.title),
    holdsRows: places.size > 0,
    below: name => places.get(name) ?? places.get('*'),
  };
}

/** What no other element has a say in is put together once. */
function queryOf(title: Title): ElementQuery<string | readonly Part[]> {
  return (row, config) => {
    const parts = title({ row, text: path => config.text(row.find(path)) });
    return parts.every(part => typeof part === 'string') ? joined(parts) : parts;
  };
}
