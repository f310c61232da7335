import type { Element, Place } from '../syntax/tree.ts';
import type { TextEdit } from '../syntax/xmlDocument.ts';
import type { Config } from './config.ts';
import { asTold } from './prose.ts';
import { hasFlag } from './read.ts';
import { setText } from './write.ts';

/** A `_vip<uniqid>` by which something says on which VIP it stands, listens or sends (facts.md §2.2). */
export interface VipReference {
  /** The element that holds it, perhaps with others beside it. */
  readonly element: Element;
  readonly uniqid: string;
  /** Its text alone, without those beside it. */
  readonly place: Place;
  /** What refers to the VIP, as a message calls it: `OpenVPN server (Road warriors)`. */
  readonly user: string;
  /** Whether that is switched on; what is off binds to nothing anyhow. */
  readonly isActive: boolean;
}

/** Where references stand: the rows along a path, and the element in each that holds one, or several with commas between. */
interface Source {
  readonly rows: string;
  readonly child: string;
  readonly user: string;
  readonly isActive: (row: Element, config: Config) => boolean;
}

const always = () => true;
const withEnable = (row: Element) => hasFlag(row, 'enable');
const withoutDisable = (row: Element) => !hasFlag(row, 'disable');

/** A CARP VIP can stand on no other VIP, whichever it names: `carp-interface-missing`. */
const notCarp = (row: Element, config: Config) => config.text(row.child('mode')) !== 'carp';

/** The last step of `rows` may stand several times; `*` is any child, such as the interface keys of `dhcpdv6`. */
const sources: readonly Source[] = [
  { rows: 'virtualip/vip', child: 'interface', user: 'IP alias', isActive: notCarp },
  { rows: 'openvpn/openvpn-server', child: 'interface', user: 'OpenVPN server', isActive: withoutDisable },
  {
    rows: 'openvpn/openvpn-server',
    child: 'serverbridge_interface',
    user: 'OpenVPN server (bridge)',
    isActive: withoutDisable,
  },
  { rows: 'openvpn/openvpn-client', child: 'interface', user: 'OpenVPN client', isActive: withoutDisable },
  { rows: 'ipsec/phase1', child: 'interface', user: 'IPsec phase 1', isActive: row => !hasFlag(row, 'disabled') },
  { rows: 'gifs/gif', child: 'if', user: 'GIF tunnel', isActive: always },
  { rows: 'gres/gre', child: 'if', user: 'GRE tunnel', isActive: always },
  { rows: 'ppps/ppp', child: 'ports', user: 'Dial-up link', isActive: always },
  { rows: 'gateways/gateway_group', child: 'item', user: 'Gateway group', isActive: always },
  { rows: 'unbound', child: 'active_interface', user: 'DNS Resolver', isActive: withEnable },
  { rows: 'unbound', child: 'outgoing_interface', user: 'DNS Resolver (outgoing)', isActive: withEnable },
  { rows: 'dnsmasq', child: 'interface', user: 'DNS Forwarder', isActive: withEnable },
  { rows: 'dhcrelay', child: 'carpstatusvip', user: 'DHCP relay', isActive: withEnable },
  { rows: 'dhcrelay6', child: 'carpstatusvip', user: 'DHCPv6 relay', isActive: withEnable },
  {
    rows: 'dhcpdv6/*',
    child: 'rainterface',
    user: 'Router advertisement',
    isActive: (row, config) => config.text(row.child('ramode')) !== 'disabled',
  },
  { rows: 'ntpd', child: 'interface', user: 'NTP', isActive: always },
  { rows: 'dyndnses/dyndns', child: 'interface', user: 'Dynamic DNS', isActive: withEnable },
  { rows: 'dnsupdates/dnsupdate', child: 'interface', user: 'RFC 2136 update', isActive: withEnable },
  { rows: 'dnsupdates/dnsupdate', child: 'updatesource', user: 'RFC 2136 update (source)', isActive: withEnable },
  { rows: 'snmpd', child: 'bindip', user: 'SNMP', isActive: withEnable },
  { rows: 'syslog', child: 'sourceip', user: 'Remote logging', isActive: withEnable },
];

/** The references to VIPs in the places that pfSense has for them, by section. */
export function readVipReferences(config: Config): readonly VipReference[] {
  return sources.flatMap(source =>
    rowsOf(config, source.rows).flatMap(row =>
      row.childrenNamed(source.child).flatMap(element => referencesIn(config, element, { source, row })),
    ),
  );
}

/** The uniqids of a node's VIPs, of rows in a mode that pfSense does not know too: that is another mistake. */
export function readVipIds(config: Config): ReadonlySet<string> {
  const rows = config.top('virtualip')?.childrenNamed('vip') ?? [];
  return new Set(rows.map(row => config.text(row.child('uniqid'))).filter(uniqid => uniqid !== ''));
}

/** The edits that make every reference to one VIP a reference to another. */
export function retarget(config: Config, change: { readonly from: string; readonly to: string }): readonly TextEdit[] {
  const elements: Element[] = [];
  for (const { element, uniqid } of config.query(readVipReferences)) {
    if (uniqid === change.from && !elements.some(each => each.is(element))) elements.push(element);
  }
  return elements.map(element => retargetIn(config, element, change));
}

/** The edit that makes the references to one VIP in one element references to another. */
export function retargetIn(
  config: Config,
  element: Element,
  change: { readonly from: string; readonly to: string },
): TextEdit {
  const parts = config.text(element).split(separators);
  return setText(
    config,
    element,
    parts.map(part => (part === `_vip${change.from}` ? `_vip${change.to}` : part)).join(''),
  );
}

/** What stands between references: commas in lists of interfaces, bars in the members of gateway groups. Kept by split. */
const separators = /([,|\s]+)/;

function rowsOf(config: Config, path: string): readonly Element[] {
  const [section = '', row] = path.split('/');
  const top = config.top(section);
  if (!top) return [];
  if (row === undefined) return [top];
  return row === '*' ? top.children() : top.childrenNamed(row);
}

function referencesIn(
  config: Config,
  element: Element,
  { source, row }: { readonly source: Source; readonly row: Element },
): VipReference[] {
  const references = config
    .text(element)
    .split(separators)
    .filter(part => /^_vip./.test(part));
  if (references.length === 0) return [];
  const user = nameOf(config, row, source.user);
  const isActive = source.isActive(row, config);
  return references.map(reference => ({
    element,
    uniqid: reference.slice('_vip'.length),
    place: placeOf(element, reference),
    user,
    isActive,
  }));
}

function nameOf(config: Config, row: Element, user: string): string {
  const names = ['name', 'descr', 'description', 'host'].map(name => asTold(config.text(row.child(name))));
  const name = row.name === 'vip' ? config.text(row.child('subnet')) : names.find(text => text !== '');
  return name ? `${user} (${name})` : user;
}

/** The reference within the element's content, where it is written there as it is read. */
function placeOf(element: Element, reference: string): Place {
  const whole = element.contentPlace;
  let at = 0;
  for (const part of element.content.split(separators)) {
    if (part === reference) return { ...whole, from: whole.from + at, to: whole.from + at + part.length };
    at += part.length;
  }
  return whole;
}
