import { peerElementOf } from '../../model/peerElement.ts';
import { counterpartOf, nextFreeVhid } from '../../model/vipPairs.ts';
import { interfaceAddressOf, readVirtualIps, secondarySkew, skewOf, type VirtualIp } from '../../model/virtualIps.ts';
import { mayHoldPassword } from '../../schema/secrets.ts';
import { peerName } from '../snapshot.ts';
import type { Candidate, Writing } from './writing.ts';

/** Longer values are keys and certificates, which nobody picks from a list. */
const longestValue = 200;

/** What each node has for itself: what the other one has there would be wrong here. */
const ownToEachNode: ReadonlySet<string> = new Set([
  'system/hostname',
  'interfaces/*/ipaddr',
  'interfaces/*/ipaddrv6',
  'interfaces/*/spoofmac',
  'virtualip/vip/advskew',
  'hasync/pfhostid',
  'hasync/pfsyncpeerip',
  'hasync/synchronizetoip',
  'dhcpd/*/failover_peerip',
  ...['kea', 'kea6'].flatMap(kea =>
    ['role', 'localname', 'localip', 'remotename', 'remoteip'].map(name => `${kea}/ha/${name}`),
  ),
]);

/** What the other node has in the same element, as far as it can be picked from a list. */
export function peerValue({ snapshot, element, place, schema }: Writing): Candidate | undefined {
  const { config, peer } = snapshot;
  if (ownToEachNode.has(place.path) || schema.value?.type === 'base64') return undefined;
  const other = peer && peerElementOf(element, { node: config, peer });
  const value = other && !other.hasChildren ? peer.text(other) : '';
  const isOffered = value.length <= longestValue && !value.includes('\n') && !mayHoldPassword(value);
  if (value === '' || !isOffered || schema.separator !== undefined) return undefined;
  return { value, detail: () => `The value on ${peerName(snapshot)}`, kind: 'value' };
}

/** Numbers of a CARP VIP that are right for this node and free on both. */
export function vipValues(writing: Writing): readonly Candidate[] {
  return numbersFor[writing.place.path]?.(writing) ?? [];
}

const numbersFor: Readonly<Record<string, (writing: Writing) => readonly Candidate[]>> = {
  'virtualip/vip/vhid': freeVhid,
  'virtualip/vip/advskew': skews,
  'virtualip/vip/subnet_bits': prefixLength,
};

function freeVhid({ snapshot: { config, peer } }: Writing): readonly Candidate[] {
  const vhid = nextFreeVhid(peer ? [config, peer] : [config]);
  if (vhid === undefined) return [];
  return [{ value: `${vhid}`, detail: () => (peer ? 'Free on both nodes' : 'Free on every interface'), kind: 'value' }];
}

/** 0 on the primary, 100 more on the secondary (facts.md §1.8). */
function skews(writing: Writing): readonly Candidate[] {
  const { config, peer, role } = writing.snapshot;
  const primary: Candidate = { value: '0', detail: () => 'Usual on the primary', kind: 'value' };
  if (role === 'primary') return [primary];
  const vip = vipAround(writing);
  const other = vip && peer ? counterpartOf(vip, { node: config, peer }) : undefined;
  const theirs = (other && peer && skewOf(peer, other)) ?? 0;
  const detail = role === undefined ? 'Usual on the secondary' : `100 more than the primary's ${theirs}`;
  const secondary: Candidate = { value: `${secondarySkew(theirs)}`, detail: () => detail, kind: 'value' };
  return role === 'secondary' ? [secondary] : [primary, secondary];
}

function prefixLength(writing: Writing): readonly Candidate[] {
  const { config } = writing.snapshot;
  const vip = vipAround(writing);
  // Of these the prefix length is how many addresses there are: that of the interface would take all of its network.
  if (vip?.mode === 'proxyarp' || vip?.mode === 'other') {
    const isOne = config.text(vip.element.child('type')) !== 'network' && vip.address?.value.family === 4;
    return isOne ? [{ value: '32', detail: () => 'One address', kind: 'value' }] : [];
  }
  const own = vip && interfaceAddressOf(config, vip)?.prefixLength.value;
  return own === undefined ? [] : [{ value: `${own}`, detail: () => "The interface's", kind: 'value' }];
}

function vipAround({ snapshot, element }: Writing): VirtualIp | undefined {
  return snapshot.config.query(readVirtualIps).find(each => each.element.is(element.parent));
}
