import { type Address, formatAddress, hostRange, nextFreeAddress, type Subnet } from '../../model/address.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { type NodeAddress, readNodeAddresses } from '../../model/nodeAddresses.ts';
import { takenAddresses } from '../../model/takenAddresses.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import type { LeafSchema } from '../../schema/elementSchema.ts';
import { peerName, type Snapshot } from '../snapshot.ts';
import type { Candidate, Writing } from './writing.ts';

/** The next free address of a network, where an address is given out. */
export function freeAddresses(writing: Writing): readonly Candidate[] {
  const subnets = subnetsFor[writing.place.path]?.(writing) ?? [];
  return subnets.flatMap(each => freeAddress(writing, each));
}

/** A network in which an address is to be given out. */
interface FreeIn {
  readonly subnet: Subnet;
  readonly title: string;
}

/** Where addresses are given out, and the networks that they may be of. */
const subnetsFor: Readonly<Record<string, (writing: Writing) => readonly FreeIn[]>> = {
  'interfaces/*/ipaddr': writing => subnetsOf(writing.snapshot, keyAround(writing), 4),
  'interfaces/*/ipaddrv6': writing => subnetsOf(writing.snapshot, keyAround(writing), 6),
  'virtualip/vip/subnet': writing => subnetsOf(writing.snapshot, vipInterface(writing)),
  'dhcpd/*/staticmap/ipaddr': writing => subnetsOf(writing.snapshot, writing.element.parent?.parent?.name, 4),
  'dhcpdv6/*/staticmap/ipaddrv6': writing => subnetsOf(writing.snapshot, writing.element.parent?.parent?.name, 6),
};

function keyAround({ element }: Writing): string | undefined {
  return element.parent?.name;
}

/** The interface of the VIP that is being written, through its CARP VIP where it stands on one. */
function vipInterface({ snapshot, element }: Writing): string | undefined {
  const { config } = snapshot;
  const row = element.parent;
  const vip = config.query(readVirtualIps).find(each => each.element.is(row));
  return vip?.interfaceKey ?? config.text(row?.child('interface'));
}

/** The networks of an interface; where it has no address yet, those that the other node has on it. */
function subnetsOf({ config, peer }: Snapshot, key: string | undefined, family?: 4 | 6): readonly FreeIn[] {
  if (key === undefined) return [];
  const title = interfaceName(config, key);
  const own = networksOf(config.query(readInterfaces).get(key), family);
  const subnets = own.length > 0 ? own : networksOf(peer?.query(readInterfaces).get(key), family);
  return subnets.map(subnet => ({ subnet, title }));
}

function networksOf(found: Interface | undefined, family: 4 | 6 | undefined): readonly Subnet[] {
  const all = [found?.ipv4, found?.ipv6].flatMap(each => (each ? [each.subnet] : []));
  return family === undefined ? all : all.filter(subnet => subnet.family === family);
}

function freeAddress({ snapshot }: Writing, { subnet, title }: FreeIn): readonly Candidate[] {
  const { config, peer } = snapshot;
  const isTaken = takenAddresses(peer ? [config, peer] : [config]);
  const { family, bits } = hostRange(subnet).first;
  // The first address of an IPv6 network is that of its routers (RFC 4291, 2.6.1).
  const from: Address = { family, bits: family === 6 ? bits + 1n : bits };
  const free = nextFreeAddress(subnet, from, isTaken);
  if (!free) return [];
  const detail = `Free on ${title}${peer ? ', on both nodes' : ''}`;
  return [{ value: formatAddress(free), detail: () => detail, kind: 'address' }];
}

/** Whose addresses somebody may mean at a place. */
interface Meant {
  readonly kinds: readonly NodeAddress['kind'][];
  readonly nodes: 'own' | 'peer' | 'both';
  /** The interface whose addresses come first; absent where all are as likely. */
  readonly near?: (writing: Writing) => string;
  /** pfSense takes no other than those of that interface. */
  readonly isOnlyNear?: true;
}

const ends: Meant = { kinds: ['vip', 'interface'], nodes: 'both' };
const translated: Meant = { kinds: ['vip', 'interface'], nodes: 'own', near: interfaceBeside };
const served: Meant = { kinds: ['vip', 'interface'], nodes: 'own', near: scopeAround };
const partner: Meant = { kinds: ['interface'], nodes: 'peer', near: syncInterface };

/** The places where an address of this pair is meant. Elsewhere it would be a guess. */
const meantAt: Readonly<Record<string, Meant>> = {
  ...Object.fromEntries(
    ['filter/rule', 'nat/rule', 'nat/outbound/rule', 'nat/onetoone'].flatMap(item =>
      ['source', 'destination'].map(side => [`${item}/${side}/address`, ends]),
    ),
  ),
  'nat/outbound/rule/target': translated,
  'nat/onetoone/external': translated,
  'openvpn/openvpn-server/ipaddr': translated,
  'openvpn/openvpn-client/ipaddr': translated,
  ...Object.fromEntries(
    ['gateway', 'dnsserver', 'ntpserver', 'winsserver'].flatMap(name =>
      ['', 'pool/', 'staticmap/'].map(item => [
        `dhcpd/*/${item}${name}`,
        // The gateway lies in the subnet (services_dhcp.php).
        name === 'gateway' ? { ...served, isOnlyNear: true } : served,
      ]),
    ),
  ),
  'dhcpdv6/*/dnsserver': served,
  'dhcpdv6/*/ntpserver': served,
  'dhcpdv6/*/radnsserver': served,
  'unbound/hosts/ip': { kinds: ['vip', 'interface'], nodes: 'own' },
  'dnsmasq/hosts/ip': { kinds: ['vip', 'interface'], nodes: 'own' },
  // Beside the interfaces, which are named (system_authservers.php:build_radiusnas_list).
  'system/authserver/radius_nasip_attribute': { kinds: ['vip'], nodes: 'own' },
  'hasync/synchronizetoip': partner,
  'hasync/pfsyncpeerip': partner,
  'kea/ha/remoteip': partner,
  'kea6/ha/remoteip': partner,
  'kea/ha/localip': { ...partner, nodes: 'own' },
  'kea6/ha/localip': { ...partner, nodes: 'own' },
  'dhcpd/*/failover_peerip': { ...partner, near: scopeAround, isOnlyNear: true },
};

/** The DHCP scope in which the element stands is called by its interface. */
function scopeAround({ element }: Writing): string {
  let at = element;
  for (let above = at.parent; above?.parent; above = above.parent) at = above;
  return at.name;
}

function interfaceBeside({ snapshot, element }: Writing): string {
  return snapshot.config.text(element.parent?.child('interface'));
}

function syncInterface({ snapshot: { config } }: Writing): string {
  return config.text(config.find('hasync/pfsyncinterface'));
}

/** The addresses of the pair that somebody may mean there: VIPs, which work after a fail-over, before the nodes' own. */
export function knownAddresses(writing: Writing): readonly Candidate[] {
  const meant = meantAt[writing.place.path];
  if (!meant) return [];
  const { config, peer, role } = writing.snapshot;
  // The secondary copies its settings to nobody (facts.md §2.3).
  if (role === 'secondary' && writing.place.path === 'hasync/synchronizetoip') return [];
  const family = familyOf(writing.schema) ?? familyOfRule(writing);
  if (family === 'none') return [];
  const near = meant.near?.(writing);
  const isWanted = ({ kind, address, interfaceKey }: NodeAddress) =>
    meant.kinds.includes(kind) &&
    (family === undefined || address.family === family) &&
    (!meant.isOnlyNear || interfaceKey === near);
  const rankOf = ({ kind, interfaceKey }: NodeAddress) =>
    (interfaceKey === near && near !== undefined ? 0 : 2) + (kind === 'vip' ? 0 : 1);
  const sorted = (list: readonly NodeAddress[]) =>
    list.filter(isWanted).sort((one, other) => rankOf(one) - rankOf(other));
  const own = meant.nodes === 'peer' ? [] : sorted(config.query(readNodeAddresses));
  const theirs = meant.nodes === 'own' || !peer ? [] : sorted(peer.query(readNodeAddresses));
  const of = ` of ${peerName(writing.snapshot)}`;
  return [
    ...own.map(each => candidateOf(each, '')),
    ...theirs.filter(({ kind }) => kind === 'interface').map(each => candidateOf(each, of)),
  ];
}

/**
 * A rule for one address family takes no address of the other, and a firewall rule for both takes aliases alone
 * (firewall_rules_edit.php, firewall_nat_edit.php).
 */
function familyOfRule({ snapshot: { config }, element, place }: Writing): 4 | 6 | 'none' | undefined {
  if (!/^(?:filter|nat)\//.test(place.path)) return undefined;
  const side = /\/(?:source|destination)\//.test(place.path) ? element.parent : element;
  const protocol = config.text(side?.parent?.child('ipprotocol'));
  if (protocol === 'inet6') return 6;
  if (protocol === 'inet46' && place.path.startsWith('filter/')) return 'none';
  // Outbound rules and 1:1 mappings without one are for both.
  const isDefault = protocol === '' && /^(?:filter|nat)\/rule\//.test(place.path);
  return protocol === 'inet' || isDefault ? 4 : undefined;
}

function candidateOf({ text, kind, title }: NodeAddress, of: string): Candidate {
  const detail = kind === 'interface' ? `${title} address${of}` : title;
  return { value: text, detail: () => detail, kind: 'address' };
}

/** The family that alone is taken. */
function familyOf({ value }: LeafSchema): 4 | 6 | undefined {
  const types = value?.type === 'either' ? value.of : value ? [value] : [];
  for (const type of types) if (type.type === 'address') return type.family;
  return undefined;
}
