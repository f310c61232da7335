import { isListTag } from '../schema/listTags.ts';
import { isSecretName } from '../schema/secrets.ts';
import type { Element } from '../syntax/tree.ts';

/**
 * What tells the items of a list apart, by the list's tag: the paths of the children whose values do, the best first.
 * Several paths together are one key; `.` is the item's own text. Identifiers that pfSense gives (refid, tracker,
 * vpnid, uniqid) and names that must be unique come before what people write, which may stand twice. A command, a URL
 * or a key never is one: passwords stand in them.
 */
const naturalKeys: Readonly<Record<string, readonly (readonly string[])[]>> = {
  alias: [['name']],
  allowedhostname: [['hostname']],
  allowedip: [['ip']],
  authserver: [['refid'], ['name']],
  bridged: [['bridgeif']],
  ca: [['refid']],
  cert: [['refid']],
  checkipservice: [['name']],
  crl: [['refid']],
  dnsserver: [['.']],
  dnsupdate: [['interface', 'host'], ['host']],
  domainoverrides: [['domain', 'ip'], ['domain']],
  dyndns: [['id'], ['interface', 'host'], ['host']],
  'encryption-algorithm-option': [['name', 'keylen'], ['name']],
  gateway_group: [['name']],
  gateway_item: [['name']],
  gif: [['gifif']],
  gre: [['greif']],
  group: [['name']],
  'hash-algorithm-option': [['.']],
  hosts: [['host', 'domain'], ['host'], ['domain']],
  ifgroupentry: [['ifname']],
  igmpentry: [['ifname']],
  item: [['tunable'], ['name']],
  lagg: [['laggif']],
  laggroup: [['name']],
  lbpool: [['name']],
  lbprotocol: [['name']],
  member: [['.']],
  menu: [['name']],
  mobilekey: [['ident']],
  monitor_type: [['name']],
  npt: [['interface', 'destination/address'], ['descr'], ['created/time']],
  ntpserver: [['.']],
  onetoone: [['interface', 'external'], ['descr'], ['created/time']],
  'openvpn-client': [['vpnid']],
  'openvpn-csc': [['common_name']],
  'openvpn-server': [['vpnid']],
  package: [['internal_name'], ['name']],
  passthrumac: [['mac']],
  phase1: [['ikeid']],
  phase2: [['uniqid']],
  pool: [['range/from', 'range/to'], ['name']],
  ppp: [['ptpid'], ['if']],
  pppoe: [['pppoeid']],
  priv: [['.']],
  proxyarpnet: [['interface', 'network']],
  qinqentry: [['if', 'tag']],
  queue: [['name']],
  radnsserver: [['.']],
  roll: [['number']],
  route: [['network', 'gateway'], ['network']],
  rule: [['tracker'], ['associated-rule-id'], ['descr'], ['created/time']],
  schedule: [['name']],
  service: [['name']],
  staticmap: [['mac'], ['cid'], ['duid'], ['ipaddr'], ['ipaddrv6']],
  subqueue: [['name']],
  switch: [['device']],
  tunnel: [['name']],
  user: [['name']],
  vip: [['interface', 'vhid'], ['uniqid'], ['interface', 'subnet']],
  virtual_server: [['name']],
  vlan: [['if', 'tag'], ['vlanif']],
  vxlan: [['if']],
  wgpeer: [['descr']],
  winsserver: [['.']],
  wolentry: [['mac']],
};

/** The lists of which something is said here. */
export const listsWithKeys: readonly string[] = Object.keys(naturalKeys);

/** What may tell the items of a list of that tag apart, the best first; a path may lead to a secret. */
export function keysOfList(tag: string): readonly (readonly string[])[] {
  return naturalKeys[tag] ?? [];
}

/** What an element may be called by, the best first; nothing where it is no item of a list, or holds or stands in a secret. */
export function naturalKeysOf(element: Element): readonly (readonly string[])[] {
  const keys = isListTag(element.name) ? keysOfList(element.name) : [];
  for (let at: Element | undefined = element; at; at = at.parent) if (isSecretName(at.name)) return [];
  return keys.filter(paths => paths.every(path => path.split('/').every(name => !isSecretName(name))));
}
