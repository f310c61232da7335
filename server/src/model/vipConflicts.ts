import {
  type Address,
  broadcastAddress,
  contains,
  isLinkLocal,
  networkAddress,
  type Subnet,
  sameAddress,
} from './address.ts';
import type { Config } from './config.ts';
import { groupBy } from './grouping.ts';
import { type Interface, type InterfaceAddress, readInterfaces } from './interfaces.ts';
import { interfaceAddressOf, readVirtualIps, type VirtualIp } from './virtualIps.ts';

/** What else the address of a CARP VIP belongs to. */
export type VipConflict =
  | { readonly kind: 'network' | 'broadcast'; readonly subnet: Subnet }
  /** `own` is an interface of the VIP's node, `peer` one of the other. */
  | { readonly kind: 'own' | 'peer'; readonly interface: Interface; readonly address: InterfaceAddress }
  | { readonly kind: 'vip'; readonly vip: VirtualIp };

/**
 * What a CARP VIP's address cannot be at the same time (firewall_virtual_ip.inc): a network's first or last address in
 * IPv4 shorter than /31, the address of an enabled interface of either node, the address of another VIP. Of two CARP VIPs
 * with one address the later has the conflict. Link-local addresses count on one interface only.
 */
export function conflictsOf(
  vip: VirtualIp,
  { node, peer }: { readonly node: Config; readonly peer: Config | undefined },
): readonly VipConflict[] {
  const address = vip.address?.value;
  if (!address) return [];
  const conflicts: VipConflict[] = [];
  const subnet = subnetAround(node, vip);
  const reserved = subnet && reservedName(subnet, address);
  if (subnet && reserved) conflicts.push({ kind: reserved, subnet });
  for (const use of usesOf(node, vip)) conflicts.push({ kind: 'own', ...use });
  for (const use of peer ? usesOf(peer, vip) : []) conflicts.push({ kind: 'peer', ...use });
  const other = otherVip(node, vip);
  if (other) conflicts.push({ kind: 'vip', vip: other });
  return conflicts;
}

/** The interface's subnet where the VIP is in it, for the VIP's own mask may be wrong; else what its own mask makes. */
function subnetAround(node: Config, vip: VirtualIp): Subnet | undefined {
  const own = interfaceAddressOf(node, vip)?.subnet;
  return own && vip.address && contains(own, vip.address.value) ? own : vip.subnet;
}

function reservedName(subnet: Subnet, address: Address): 'network' | 'broadcast' | undefined {
  const [network, broadcast] = [networkAddress(subnet), broadcastAddress(subnet)];
  if (network && sameAddress(network, address)) return 'network';
  return broadcast && sameAddress(broadcast, address) ? 'broadcast' : undefined;
}

/** The enabled interfaces of a node that have the VIP's address for their own. */
function usesOf(config: Config, vip: VirtualIp): readonly InterfaceUse[] {
  const address = vip.address?.value;
  const uses = (address && config.query(readUses).get(keyOf(address))) ?? [];
  return uses.filter(use => !isLinkLocal(use.address.address.value) || vip.interfaceKey === use.interface.key);
}

interface InterfaceUse {
  readonly interface: Interface;
  readonly address: InterfaceAddress;
}

/** Which enabled interfaces have an address: a node may have hundreds of both, so that each VIP looks its own up. */
function readUses(config: Config): ReadonlyMap<string, readonly InterfaceUse[]> {
  const uses = [...config.query(readInterfaces).values()]
    .filter(({ isEnabled }) => isEnabled)
    .flatMap(each => [each.ipv4, each.ipv6].flatMap(address => (address ? [{ interface: each, address }] : [])));
  return groupBy(uses, ({ address }) => keyOf(address.address.value));
}

function otherVip(node: Config, vip: VirtualIp): VirtualIp | undefined {
  const address = vip.address?.value;
  const sharing = (address && node.query(readVipsByAddress).get(keyOf(address))) ?? [];
  const place = sharing.indexOf(vip);
  return sharing.find(
    (other, i) =>
      other !== vip &&
      (other.mode !== 'carp' || i < place) &&
      isSingle(other) &&
      (!address || !isLinkLocal(address) || other.interfaceKey === vip.interfaceKey),
  );
}

/** The VIPs of each address, in the order of the file. */
function readVipsByAddress(config: Config): ReadonlyMap<string, readonly VirtualIp[]> {
  const withAddress = config.query(readVirtualIps).filter(({ address }) => address !== undefined);
  return groupBy(withAddress, ({ address }) => keyOf(address!.value));
}

function keyOf({ family, bits }: Address): string {
  return `${family} ${bits}`;
}

/** A proxy ARP or other VIP may stand for a network, whose first address is then no claim on that one address. */
function isSingle(vip: VirtualIp): boolean {
  return vip.mode === 'carp' || vip.mode === 'ipalias' || vip.type?.value !== 'network';
}
