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
function usesOf(
  config: Config,
  vip: VirtualIp,
): { readonly interface: Interface; readonly address: InterfaceAddress }[] {
  const enabled = [...config.query(readInterfaces).values()].filter(each => each.isEnabled);
  return enabled.flatMap(each =>
    [each.ipv4, each.ipv6]
      .filter(own => own !== undefined)
      .filter(own => vip.address && sameAddress(own.address.value, vip.address.value))
      .filter(own => !isLinkLocal(own.address.value) || vip.interfaceKey === each.key)
      .map(address => ({ interface: each, address })),
  );
}

function otherVip(node: Config, vip: VirtualIp): VirtualIp | undefined {
  const vips = node.query(readVirtualIps);
  const place = vips.indexOf(vip);
  return vips.find(
    (other, i) =>
      other !== vip &&
      other.address !== undefined &&
      vip.address !== undefined &&
      sameAddress(other.address.value, vip.address.value) &&
      (other.mode !== 'carp' || i < place) &&
      isSingle(other) &&
      (!isLinkLocal(vip.address.value) || other.interfaceKey === vip.interfaceKey),
  );
}

/** A proxy ARP or other VIP may stand for a network, whose first address is then no claim on that one address. */
function isSingle(vip: VirtualIp): boolean {
  return vip.mode === 'carp' || vip.mode === 'ipalias' || vip.type?.value !== 'network';
}
