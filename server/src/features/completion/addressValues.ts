import { type Address, formatAddress, hostRange, nextFreeAddress, type Subnet } from '../../model/address.ts';
import { type Interface, interfaceName, readInterfaces } from '../../model/interfaces.ts';
import { type NodeAddress, readNodeAddresses } from '../../model/nodeAddresses.ts';
import { takenAddresses } from '../../model/takenAddresses.ts';
import { readVirtualIps } from '../../model/virtualIps.ts';
import type { LeafSchema, ValueType } from '../../schema/elementSchema.ts';
import { peerName, type Snapshot } from '../snapshot.ts';
import type { Candidate, Writing } from './writing.ts';

/** The addresses that somebody may mean there: a free one where an address is given out, else those of both nodes. */
export function addressValues(writing: Writing): readonly Candidate[] {
  const { place, schema } = writing;
  if (!takesAddress(schema)) return [];
  const subnets = subnetsFor[place.path]?.(writing);
  if (subnets) return subnets.flatMap(each => freeAddress(writing, each));
  return knownAddresses(writing, familyOf(schema));
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

/** The elements that mean an address of the other node on one interface, and which that is. */
const peersOf: Readonly<Record<string, (writing: Writing) => string>> = {
  'hasync/synchronizetoip': syncInterface,
  'hasync/pfsyncpeerip': syncInterface,
  'dhcpd/*/failover_peerip': ({ element }) => element.parent?.name ?? '',
};

function syncInterface({ snapshot, element }: Writing): string {
  return snapshot.config.text(element.parent?.child('pfsyncinterface'));
}

/** VIPs before the nodes' own addresses, for what has to work after a fail-over. */
function knownAddresses(writing: Writing, family: 4 | 6 | undefined): readonly Candidate[] {
  const { config, peer } = writing.snapshot;
  const peerKey = peersOf[writing.place.path]?.(writing);
  const here = [...config.query(readNodeAddresses)].sort((one, other) => rankOf(one) - rankOf(other));
  const there = (peer?.query(readNodeAddresses) ?? []).filter(({ kind }) => kind === 'interface');
  const isWanted = ({ address }: NodeAddress) => family === undefined || address.family === family;
  const own = here.filter(isWanted).map(each => candidateOf(each, ''));
  const theirs = there.filter(isWanted);
  const first = theirs.filter(({ interfaceKey }) => interfaceKey === peerKey);
  const others = theirs.filter(each => !first.includes(each));
  const peers = (list: readonly NodeAddress[]) =>
    list.map(each => candidateOf(each, ` of ${peerName(writing.snapshot)}`));
  return [...peers(first), ...own, ...peers(others)];
}

function rankOf({ kind }: NodeAddress): number {
  return kind === 'vip' ? 0 : kind === 'interface' ? 1 : 2;
}

function candidateOf({ text, kind, title }: NodeAddress, of: string): Candidate {
  const detail = kind === 'vip' ? title : kind === 'gateway' ? `Gateway ${title}` : `${title} address${of}`;
  return { value: text, detail: () => detail, kind: 'address' };
}

function takesAddress({ value }: LeafSchema): boolean {
  return typesIn(value).some(({ type }) => type === 'address' || type === 'host');
}

/** The family that alone is taken. */
function familyOf({ value }: LeafSchema): 4 | 6 | undefined {
  for (const type of typesIn(value)) if (type.type === 'address') return type.family;
  return undefined;
}

function typesIn(value: ValueType | undefined): readonly ValueType[] {
  if (!value) return [];
  return value.type === 'either' ? value.of : [value];
}
