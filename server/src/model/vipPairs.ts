import { formatAddress } from './address.ts';
import type { Config } from './config.ts';
import { readInterfaces } from './interfaces.ts';
import { addressText, findVip, readCarpVips, readVirtualIps, type VirtualIp, vhidOf } from './virtualIps.ts';

/** A VIP as the two nodes of a pair have it. */
export interface VipPair {
  readonly primary: VirtualIp;
  readonly secondary: VirtualIp;
}

export interface VipPairs {
  readonly pairs: readonly VipPair[];
  readonly primaryOnly: readonly VirtualIp[];
  readonly secondaryOnly: readonly VirtualIp[];
}

interface Nodes {
  readonly primary: Config;
  readonly secondary: Config;
}

/** What two VIPs must share to be the same one; absent where a VIP lacks it. */
type Identity = (vip: VirtualIp) => string | undefined;

/**
 * Which CARP VIPs of the two nodes are the same: on the same interface those with the same address and VHID, then those
 * with the same address, then those with the same VHID and family (the receiver of a synchronisation goes by interface
 * and VHID alone, xmlrpc.php). Each VIP is in one pair at most.
 */
export function pairCarpVips({ primary, secondary }: Nodes): VipPairs {
  const [here, there] = [primary.query(readCarpVips), secondary.query(readCarpVips)];
  const before = paired.get(here);
  if (before && before.there === there) return before.pairs;
  const pairs = match(here, there, [byAddressAndVhid, byAddress, byVhid]);
  paired.set(here, { there, pairs });
  return pairs;
}

/** What the VIPs of a node were paired with last: half a dozen rules ask for the same. */
const paired = new WeakMap<readonly VirtualIp[], { readonly there: readonly VirtualIp[]; readonly pairs: VipPairs }>();

/**
 * The CARP VIPs that both nodes have, without those whose interface is disabled on both, where no CARP runs. Their VHIDs or
 * their addresses may differ, which a rule of its own tells; the rest has to fit all the same once that is repaired.
 */
export function pairLiveCarpVips(nodes: Nodes): readonly VipPair[] {
  return pairCarpVips(nodes).pairs.filter(
    ({ primary, secondary }) => !(isDisabled(nodes.primary, primary) && isDisabled(nodes.secondary, secondary)),
  );
}

/** What a message calls a VIP that both nodes have: `VHID 1`, or `CARP VIP 192.0.2.1` where the VHIDs differ or there is none. */
export function pairName(secondary: Config, pair: VipPair): string {
  const vhid = pair.secondary.vhid?.value;
  const isShared = vhid !== undefined && pair.primary.vhid?.value === vhid;
  return isShared ? `VHID ${vhid}` : `CARP VIP ${addressText(secondary, pair.secondary)}`;
}

/** Which IP aliases on CARP VIPs are the same on both nodes: those with the same address on the same interface. */
export function pairAliasesOnCarp({ primary, secondary }: Nodes): VipPairs {
  return match(aliasesOnCarp(primary), aliasesOnCarp(secondary), [byAddress]);
}

/** What a CARP VIP of one node is on the other; absent where the other has none such. */
export function counterpartOf(
  vip: VirtualIp,
  nodes: { readonly node: Config; readonly peer: Config },
): VirtualIp | undefined {
  const { pairs } = pairCarpVips({ primary: nodes.node, secondary: nodes.peer });
  return pairs.find(pair => pair.primary.element.is(vip.element))?.secondary;
}

/**
 * A VHID that no CARP VIP of these nodes has on any interface, for two interfaces may share a broadcast domain: the one
 * behind the highest, as pfSense's form offers it, else the lowest. Absent where all 255 are taken.
 */
export function nextFreeVhid(nodes: readonly Config[]): number | undefined {
  const taken = new Set(nodes.flatMap(node => node.query(readCarpVips).map(vhidOf)));
  const highest = Math.max(0, ...[...taken].filter(vhid => vhid !== undefined));
  if (highest < 255) return highest + 1;
  return Array.from({ length: 255 }, (_, i) => i + 1).find(vhid => !taken.has(vhid));
}

/** Whether a CARP VIP of the node has the VHID of that one, on the interface that bears the same key. */
export function isVhidTaken(node: Config, wanted: VirtualIp): boolean {
  const vhid = vhidOf(wanted);
  return node
    .query(readCarpVips)
    .some(vip => vip.interfaceKey === wanted.interfaceKey && vhid !== undefined && vhidOf(vip) === vhid);
}

function aliasesOnCarp(config: Config): readonly VirtualIp[] {
  return config
    .query(readVirtualIps)
    .filter(vip => vip.mode === 'ipalias' && vip.parent?.kind === 'vip' && parentOf(config, vip)?.mode === 'carp');
}

/** The CARP VIP on which an IP alias stands. */
export function parentOf(config: Config, vip: VirtualIp): VirtualIp | undefined {
  return vip.parent?.kind === 'vip' ? findVip(config, `_vip${vip.parent.uniqid}`) : undefined;
}

function match(
  primary: readonly VirtualIp[],
  secondary: readonly VirtualIp[],
  identities: readonly Identity[],
): VipPairs {
  const pairs: VipPair[] = [];
  let [here, there] = [primary, secondary];
  for (const identity of identities) {
    const waiting = new Map<string, VirtualIp[]>();
    for (const vip of there) {
      const key = identity(vip);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), vip]);
    }
    const left: VirtualIp[] = [];
    for (const vip of here) {
      const partner = waiting.get(identity(vip) ?? '')?.shift();
      if (partner) pairs.push({ primary: vip, secondary: partner });
      else left.push(vip);
    }
    const paired = new Set(pairs.map(pair => pair.secondary));
    here = left;
    there = there.filter(vip => !paired.has(vip));
  }
  const order = new Map(primary.map((vip, i) => [vip, i]));
  pairs.sort((a, b) => (order.get(a.primary) ?? 0) - (order.get(b.primary) ?? 0));
  return { pairs, primaryOnly: here, secondaryOnly: there };
}

function byAddressAndVhid(vip: VirtualIp): string | undefined {
  const address = byAddress(vip);
  return address === undefined || !vip.vhid ? undefined : `${address} ${vip.vhid.value}`;
}

function byAddress({ interfaceKey, address }: VirtualIp): string | undefined {
  return interfaceKey === undefined || !address ? undefined : `${interfaceKey} ${formatAddress(address.value)}`;
}

function byVhid({ interfaceKey, vhid, address }: VirtualIp): string | undefined {
  return interfaceKey === undefined || !vhid
    ? undefined
    : `${interfaceKey} ${vhid.value} ${address?.value.family ?? ''}`;
}

function isDisabled(config: Config, { interfaceKey }: VirtualIp): boolean {
  return interfaceKey !== undefined && config.query(readInterfaces).get(interfaceKey)?.isEnabled === false;
}

/** A VHID that a VIP can have in place of its own, and the VIPs that must get it for both nodes to agree. */
export interface VhidChange {
  readonly vhid: number;
  readonly targets: readonly { readonly config: Config; readonly vip: VirtualIp }[];
}

/**
 * The VHID that a VIP can have in place of one that it cannot keep: the peer's for the same VIP, where this node has no
 * other VIP with it on the interface, else the next free one, for the peer's VIP too. Absent where none is free.
 */
export function replacementVhid(
  vip: VirtualIp,
  { node, peer }: { readonly node: Config; readonly peer: Config | undefined },
): VhidChange | undefined {
  if (!vip.address) return undefined;
  if (isAmbiguous(vip, peer ? [node, peer] : [node])) return undefined;
  const other = peer && counterpartOf(vip, { node, peer });
  const theirs = other && vhidOf(other);
  if (other && theirs !== undefined && theirs !== vhidOf(vip) && !isVhidTaken(node, other)) {
    return { vhid: theirs, targets: [{ config: node, vip }] };
  }
  const vhid = nextFreeVhid(peer ? [node, peer] : [node]);
  if (vhid === undefined) return undefined;
  const here = { config: node, vip };
  return { vhid, targets: peer && other ? [here, { config: peer, vip: other }] : [here] };
}

/** Whether its address stands more than once on one of these nodes: which VIP of the other one is the same is anybody's guess then. */
export function isAmbiguous(vip: VirtualIp, nodes: readonly Config[]): boolean {
  return nodes.some(node => vipsLike(node, vip).length > 1);
}

/** The CARP VIPs of a node that have the interface and address of that one. */
function vipsLike(node: Config, wanted: VirtualIp): readonly VirtualIp[] {
  const identity = byAddress(wanted);
  return node.query(readCarpVips).filter(vip => identity !== undefined && byAddress(vip) === identity);
}
