import type { Element } from '../syntax/tree.ts';
import type { Config } from './config.ts';
import { type Interface, readInterfaces } from './interfaces.ts';

/** Gives the text along a path of names below the row; the empty string where there is nothing. */
type Text = (path: string) => string;

interface RowInput {
  readonly row: Element;
  readonly text: Text;
  /** The interface of that key; absent where the config has none. */
  readonly interface: (key: string) => Interface | undefined;
}

/** How a row of one list is called. The parts that are empty fall out. */
type Title = (input: RowInput) => readonly string[];

/**
 * What people call a row: `WAN (vmx0) 192.0.2.2/24`, `CARP 192.0.2.1 VHID 1 skew 0`, `block → any: Default deny`.
 *
 * @param path the names from below the root down to the row, such as `virtualip/vip`
 * @returns absent where the element is no row of a list that is known; never empty, never a secret
 */
export function rowTitle(config: Config, path: string, row: Element): string | undefined {
  const title = titleFor(path);
  if (!title) return undefined;
  const interfaces = config.query(readInterfaces);
  const parts = title({
    row,
    text: path => config.text(row.find(path)),
    interface: key => interfaces.get(key.toLowerCase()),
  });
  return parts.filter(part => part !== '').join(' ') || row.tag;
}

/** Whether the elements at that path are rows of a list that is known. */
export function isRowPath(path: string): boolean {
  return titleFor(path) !== undefined;
}

/** Whether rows of a list that is known may stand in the elements at that path, at any depth. */
export function holdsRows(path: string): boolean {
  const steps = path.split('/');
  return containers.some(
    each => each.length > steps.length && steps.every((step, i) => each[i] === step || each[i] === '*'),
  );
}

/** On one line, and no longer than a line is wide. */
export function oneLine(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim().replace(/ : /g, ': ');
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

const longest = 120;

/** Thousands of elements are asked about at once, few of which are below keys such as `lan`. */
function titleFor(path: string): Title | undefined {
  if (Object.hasOwn(titles, path)) return titles[path];
  const section = path.slice(0, path.indexOf('/') + 1);
  const patterns = keyed.filter(each => each.startsWith(section));
  if (section === '' || patterns.length === 0) return undefined;
  const pattern = patterns.find(each => isOfPattern(path.split('/'), each.split('/')));
  return pattern === undefined ? undefined : titles[pattern];
}

function isOfPattern(steps: readonly string[], pattern: readonly string[]): boolean {
  return steps.length === pattern.length && pattern.every((each, i) => each === '*' || each === steps[i]);
}

const named: Title = ({ text }) => [text('name') || text('descr')];
const described: Title = ({ text }) => [text('descr') || text('description')];

/** By path. `*` stands for any name, where the names are keys (facts.md §2). */
const titles: Readonly<Record<string, Title>> = {
  'interfaces/*': ({ row, text, interface: find }) => {
    const title = find(row.name)?.title ?? row.name.toUpperCase();
    return [title, paren(text('if')), withBits(text('ipaddr'), text('subnet'))];
  },
  'virtualip/vip': vip,
  'filter/rule': filterRule,
  'nat/rule': ({ row, text, interface: find }) => [
    interfaceTitle(find, text('interface')),
    `${endpoint('destination', { row, text })} → ${[text('target'), text('local-port')].filter(Boolean).join(':')}`,
    colon(text('descr')),
  ],
  'nat/outbound/rule': ({ row, text, interface: find }) => [
    interfaceTitle(find, text('interface')),
    `${endpoint('source', { row, text })} → ${outboundTarget(row, text)}`,
    colon(text('descr')),
  ],
  'nat/onetoone': ({ row, text }) => [
    `${text('external')} ↔ ${endpoint('source', { row, text })}`,
    colon(text('descr')),
  ],
  'aliases/alias': ({ text }) => [text('name'), paren(text('type'))],
  'dhcpd/*': dhcpScope,
  'dhcpdv6/*': dhcpScope,
  'dhcpd/*/staticmap': staticMap,
  'gateways/gateway_item': ({ text }) => [text('name'), text('gateway')],
  'gateways/gateway_group': named,
  'staticroutes/route': ({ text }) => [`${text('network')} → ${text('gateway')}`, colon(text('descr'))],
  'vlans/vlan': ({ text }) => [text('vlanif') || `${text('if')}.${text('tag')}`, colon(text('descr'))],
  'laggs/lagg': ({ text }) => [text('laggif'), paren(text('members')), colon(text('descr'))],
  'bridges/bridged': ({ text }) => [text('bridgeif'), paren(text('members')), colon(text('descr'))],
  'gifs/gif': ({ text }) => [text('gifif'), colon(text('descr'))],
  'gres/gre': ({ text }) => [text('greif'), colon(text('descr'))],
  'ifgroups/ifgroupentry': ({ text }) => [text('ifname'), paren(text('members'))],
  'system/user': named,
  'system/group': named,
  'system/authserver': named,
  'schedules/schedule': named,
  'openvpn/openvpn-server': described,
  'openvpn/openvpn-client': described,
  'openvpn/openvpn-csc': ({ text }) => [text('common_name')],
  'ipsec/phase1': ({ text }) => [text('remote-gateway'), colon(text('descr'))],
  'ipsec/phase2': described,
  'unbound/hosts': hostOverride,
  'dnsmasq/hosts': hostOverride,
  'unbound/domainoverrides': ({ text }) => [text('domain')],
  'dnsmasq/domainoverrides': ({ text }) => [text('domain')],
  'wol/wolentry': ({ text }) => [text('mac'), colon(text('descr'))],
  'installedpackages/package': named,
  'installedpackages/service': named,
  ca: described,
  cert: described,
  crl: described,
};

/** The paths with a name in them that is a key. */
const keyed: readonly string[] = Object.keys(titles).filter(path => path.includes('*'));

/** The paths of the rows, step by step. */
const containers: readonly (readonly string[])[] = Object.keys(titles).map(path => path.split('/'));

/** The `mode` of a VIP as the GUI writes it out (facts.md §2.2). */
const vipKinds: Readonly<Record<string, string>> = {
  carp: 'CARP',
  ipalias: 'IP alias',
  proxyarp: 'Proxy ARP',
  other: 'Other',
};

function vip({ text, interface: find }: RowInput): readonly string[] {
  const mode = text('mode');
  const carp = mode === 'carp' ? [`VHID ${text('vhid')}`, `skew ${text('advskew') || '0'}`] : [];
  const on = mode === 'carp' ? '' : interfaceTitle(find, text('interface'));
  return [vipKinds[mode] ?? mode, text('subnet'), ...carp, on && `on ${on}`, colon(text('descr'))];
}

function filterRule({ row, text }: RowInput): readonly string[] {
  const source = endpoint('source', { row, text });
  const destination = endpoint('destination', { row, text });
  const type = text('type') || 'pass';
  return [type, source === 'any' ? '' : source, `→ ${destination}`, colon(text('descr'))];
}

function dhcpScope({ row, text, interface: find }: RowInput): readonly string[] {
  const pool = text('range/from') && `${text('range/from')} – ${text('range/to')}`;
  return [find(row.name)?.title ?? row.name.toUpperCase(), pool];
}

function staticMap({ text }: RowInput): readonly string[] {
  return [text('hostname') || text('mac') || text('cid'), text('ipaddr')];
}

function hostOverride({ text }: RowInput): readonly string[] {
  return [[text('host'), text('domain')].filter(Boolean).join('.'), text('ip')];
}

/** A rule's `source` or `destination`: `any`, `!lan`, `192.0.2.10:443` (facts.md §2.6). */
function endpoint(side: 'source' | 'destination', { row, text }: Pick<RowInput, 'row' | 'text'>): string {
  const element = row.child(side);
  if (!element) return 'any';
  const port = text(`${side}/port`);

  const where = text(`${side}/network`) || text(`${side}/address`) || text(side) || 'any';
  return `${element.child('not') ? '!' : ''}${where}${port && `:${port}`}`;
}

/** Where an outbound rule sends from. No target is the interface's own address (facts.md §2.4). */
function outboundTarget(row: Element, text: Text): string {
  if (row.child('nonat')) return 'no NAT';
  const target = text('target');
  if (target === 'other-subnet') return withBits(text('targetip'), text('targetip_subnet'));
  return withBits(target, text('target_subnet')) || 'interface address';
}

/** Floating rules name several interfaces, `wan,lan`. */
function interfaceTitle(find: RowInput['interface'], keys: string): string {
  return keys
    .split(',')
    .map(key => find(key)?.title ?? key)
    .join(', ');
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
