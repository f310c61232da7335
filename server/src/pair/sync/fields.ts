import type { Config } from '../../model/config.ts';
import { Column, Element } from '../../syntax/tree.ts';

/**
 * What an element says, in a form to be compared: for each name of a child what stands there. Values are decoded, the
 * order of children of different names is gone, repeated ones (list tags) keep theirs. An empty element says as much as
 * none, but for those that say yes by standing there.
 *
 * The texts may be secrets: they are compared, never shown.
 */
export type Fields = ReadonlyMap<string, string>;

/** Characters that XML 1.0 cannot hold, so that no text is taken for structure. */
const Mark = {
  name: '\u0001',
  next: '\u0002',
  item: '\u0003',
  flag: '\u0004',
  open: '\u0005',
  close: '\u0006',
} as const;

/** The fields of an element without the children of these names. */
export function readFields(element: Element, config: Config, without: ReadonlySet<string>): Map<string, string> {
  const fields = new Map<string, string>();
  const { branch } = element;
  const end = branch.at(Column.next, element.row);
  for (let row = element.row + 1; row < end; row = branch.at(Column.next, row)) {
    const name = branch.nameAt(row);
    if (!without.has(name)) addField(fields, new Element(branch, row), config);
  }
  return fields;
}

/** The fields that some children of an element make. */
export function fieldsOfChildren(children: readonly Element[], config: Config): Map<string, string> {
  const fields = new Map<string, string>();
  for (const child of children) addField(fields, child, config);
  return fields;
}

function addField(fields: Map<string, string>, child: Element, config: Config): void {
  const { name } = child;
  const value = sayingOf(child, config);
  if (value === '' && !flags.has(name)) return;
  const before = fields.get(name);
  const own = flags.has(name) ? Mark.flag + value : value;
  fields.set(name, before === undefined ? own : before + Mark.item + own);
}

/** Fields as one text, the same for the same fields; empty where there are none. */
export function joinFields(fields: Fields): string {
  const parts: string[] = [];
  for (const name of [...fields.keys()].sort()) parts.push(name + Mark.name + fields.get(name));
  return parts.join(Mark.next);
}

function sayingOf(element: Element, config: Config): string {
  if (!element.hasChildren) return config.text(element);
  const inner = joinFields(readFields(element, config, nothing));
  return inner === '' ? '' : Mark.open + inner + Mark.close;
}

const nothing: ReadonlySet<string> = new Set();

/**
 * The elements of synchronised sections that pfSense asks for by `isset` or `path_enabled`: empty, they say yes.
 * Others, such as OpenVPN's `gwredir`, must hold a text to say so.
 */
const flags: ReadonlySet<string> = new Set(
  `acceptunencryptedmainmode action_disable aggressivensec allowopts alwaysbroadcast any arp_table_static_entry
  async_crypto borrow ddnsforcehostname ddnsupdate denyunknown dhcpfirst dhcpleaseinlocaltime disable
  disable_auto_added_access_control disable_auto_added_host_entries disableauthoritative disabled disablepingcheck
  disablereplyto dns64 dnsreg dnssec dnssecstripped dpinger_dont_add_static_route duplicate_cn earlydnsreg enable enabled
  enablebackwardsync enableinterfacesuse enablessl floating force_down forward_tls_upstream forwarding hideidentity
  hideversion hogs httpslogin ignorebootp ignoreclientuids ldap_allow_unauthenticated ldap_nostrip_at ldap_rfc2307
  ldap_utf8 linkshare linkshare3 localauth_priv log logoutwin_enable makebeforebreak mobile monitor_disable mutualtls
  netboot nobinat noconcurrentlogins nohttpsforwards nomacfilter nonak nonat nonlocalgateway noexpand nopfsync nordr
  noshuntlaninterfaces nosync not nottagged passthrumacadd peruserbw pref64 prefetch prefetchkey preservedb python
  qname-minimisation qname-minimisation-strict quick radacct_enable radiusperuserbw radiussession_timeout
  radiustraffic_quota realtime realtime3 reauthenticate regdhcp regdhcpstatic regovpnclients reverseacct sloppy
  source-track splitconn staticarp staticnatport statsgraph strictbind strictcrlpolicy strictout tcpflags_any tls
  uefihttpboot unityplugin upperlimit upperlimit3`
    .trim()
    .split(/\s+/),
);
