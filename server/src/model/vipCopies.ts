import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, sameAddress } from './address.ts';
import type { Config } from './config.ts';
import { readInterfaces } from './interfaces.ts';
import { isKeyTaken } from './references/takenKeys.ts';
import { readVersion } from './version.ts';
import { conflictsOf } from './vipConflicts.ts';
import { isVhidTaken, parentOf, type VipPairs } from './vipPairs.ts';
import { insertVip, type VipField } from './virtualIpEdits.ts';
import { prefixLengthFor, readVirtualIps, secondarySkew, skewOf, type VirtualIp, vhidOf } from './virtualIps.ts';

/** A VIP that one node has, and the two configs. */
interface Copy {
  readonly vip: VirtualIp;
  readonly from: Config;
  readonly to: Config;
}

/**
 * Copies a VIP of the primary to the secondary as the configuration sync would, with an advskew of 100 more. Absent where
 * the secondary cannot take it as it is.
 */
export function copyToSecondary(copy: Copy, carp: VipPairs): TextEdit | undefined {
  if (!isFit(copy)) return undefined;
  if (copy.vip.mode !== 'carp') return copyAlias(copy, otherParent(copy, carp, 'secondary'));
  const skew = skewOf(copy.from, copy.vip);
  if (skew === undefined || skew === 254) return undefined;
  return insertVip(copy.to, copy.vip, { advskew: String(secondarySkew(skew)) });
}

/**
 * Copies a VIP of the secondary to the primary, with an advskew of 100 less, 0 at least. Absent where the primary cannot
 * take it as it is.
 */
export function copyToPrimary(copy: Copy, carp: VipPairs): TextEdit | undefined {
  if (!isFit(copy)) return undefined;
  if (copy.vip.mode !== 'carp') return copyAlias(copy, otherParent(copy, carp, 'primary'));
  const skew = skewOf(copy.from, copy.vip);
  return skew === undefined ? undefined : insertVip(copy.to, copy.vip, { advskew: String(primarySkew(skew)) });
}

/** The advskew on the primary that goes with one on the secondary. */
export function primarySkew(skew: number): number {
  return Math.max(skew - 100, 0);
}

/** Whether an enabled interface or a VIP of the node has that address. */
export function isAddressTaken(config: Config, address: Address): boolean {
  const interfaces = [...config.query(readInterfaces).values()].filter(each => each.isEnabled);
  const own = interfaces.flatMap(({ ipv4, ipv6 }) => [ipv4?.address.value, ipv6?.address.value]);
  const vips = config.query(readVirtualIps).map(vip => vip.address?.value);
  return [...own, ...vips].some(each => each !== undefined && sameAddress(each, address));
}

/** Whether nothing on the node stands in a VIP's way: its interface is there, and its VHID, address, mask and uniqid fit. */
function canTake({ vip, from, to: config }: Copy): boolean {
  const interfaces = config.query(readInterfaces);
  if (vip.interfaceKey === undefined || !vip.address || !vip.prefixLength) return false;
  if (interfaces.size > 0 && !interfaces.get(vip.interfaceKey)?.isEnabled) return false;
  // An element that stands twice would be refused there as well, and a CARP VIP needs a static address below it.
  if (new Set(vip.element.children().map(child => child.name)).size < vip.element.children().length) return false;
  const kind = interfaces.get(vip.interfaceKey)?.kind ?? 'none';
  if (vip.mode === 'carp' && vip.address.value.family === 4 && kind !== 'static' && kind !== 'none') return false;
  if (vip.mode === 'carp') {
    const wanted = prefixLengthFor(config, vip);
    if (wanted && wanted.value !== vip.prefixLength.value) return false;
    if (vhidOf(vip) === undefined || isVhidTaken(config, vip)) return false;
  }
  // Also a row that is no VIP to pfSense, such as one without a mode, keeps its uniqid.
  if (isKeyTaken(config, { item: vip.element, from })) return false;
  return !isAddressTaken(config, vip.address.value);
}

/** Whether the VIP is right where it is and the other node can take it, and both files encode text in one way. */
function isFit(copy: Copy): boolean {
  const { vip, from, to } = copy;
  if (from.query(readVersion).entities !== to.query(readVersion).entities) return false;
  return canTake(copy) && conflictsOf(vip, { node: from, peer: to }).length === 0;
}

function copyAlias({ vip, to }: Copy, parent: VirtualIp | undefined): TextEdit | undefined {
  if (!parent?.uniqid || vip.parent?.kind !== 'vip') return undefined;
  const changed: Partial<Record<VipField, string>> =
    vip.parent.uniqid === parent.uniqid.value ? {} : { interface: `_vip${parent.uniqid.value}` };
  return insertVip(to, vip, changed);
}

/** The CARP VIP of the other node that is the one on which an alias stands. */
function otherParent({ vip, from }: Copy, carp: VipPairs, side: 'primary' | 'secondary'): VirtualIp | undefined {
  const parent = parentOf(from, vip);
  const here = side === 'primary' ? 'secondary' : 'primary';
  return parent && carp.pairs.find(pair => pair[here].element.is(parent.element))?.[side];
}
