import type { Config } from './config.ts';
import { groupBy } from './grouping.ts';
import { type Interface, readInterfaces } from './interfaces.ts';
import { type OrderedKey, readNicOrder } from './nic.ts';

/** An interface of both nodes: the same key on either. */
export interface InterfacePair {
  readonly key: string;
  readonly primary: Interface;
  readonly secondary: Interface;
}

/**
 * The interfaces that both nodes have and use, in the order of the primary's file. Tunnels are left out, because what
 * makes them (OpenVPN, WireGuard, IPsec, GIF, GRE) gives either node what it needs, and so is what either node has disabled.
 */
export function sharedInterfaces(primary: Config, secondary: Config): readonly InterfacePair[] {
  const others = secondary.query(readInterfaces);
  return [...primary.query(readInterfaces).values()].flatMap(one => {
    const other = others.get(one.key);
    if (!other || !isUsed(one) || !isUsed(other)) return [];
    return [{ key: one.key, primary: one, secondary: other }];
  });
}

/** Keys that may be held against each other, whose NICs come in another order on the secondary than on the primary. */
export interface OrderMismatch {
  /** All keys that were compared, in the order of the NICs on either node. */
  readonly primaryOrder: readonly string[];
  readonly secondaryOrder: readonly string[];
  /** Those that stand at another place on the secondary, each with the NIC that is there at its place on the primary. */
  readonly misplaced: readonly { readonly pair: InterfacePair; readonly expectedNic: string }[];
}

/**
 * Where the keys' NICs come in another order on the secondary than on the primary; nothing where all is well.
 *
 * Only like is compared with like: cards with cards, LAGGs with LAGGs, VLANs with VLANs. Where the two nodes have other
 * drivers, `em0` and `em1` against `vmx0` and `vmx1` is the same order; with several drivers on a node, whose order
 * among each other tells nothing then, only keys that share a driver on either node are compared. A key on the same VLAN
 * on both nodes, whose tag no other key has, is in the same network, whatever NIC the trunk comes in by.
 */
export function orderMismatches(primary: Config, secondary: Config): readonly OrderMismatch[] {
  const shared = new Map(sharedInterfaces(primary, secondary).map(pair => [pair.key, pair]));
  const here = primary.query(readNicOrder).filter(({ one }) => shared.has(one.key));
  const there = secondary.query(readNicOrder).filter(({ one }) => shared.has(one.key));
  return comparable(here, there).flatMap(([first, second]) => {
    const misplaced = first.flatMap(({ one }, place) => {
      const [pair, found] = [shared.get(one.key), second[place]?.one];
      return pair && found?.nic && found.key !== one.key ? [{ pair, expectedNic: found.nic.value }] : [];
    });
    if (misplaced.length === 0) return [];
    const keysOf = (order: Order) => order.map(({ one }) => one.key);
    return [{ primaryOrder: keysOf(first), secondaryOrder: keysOf(second), misplaced }];
  });
}

type Order = readonly OrderedKey[];

/** Splits both orders into groups of the same keys that may be held against each other. */
function comparable(here: Order, there: Order): readonly (readonly [Order, Order])[] {
  const others = new Map(there.map(ordered => [ordered.one.key, ordered]));
  const isAlone = (order: Order, tag: number) => order.filter(({ nic }) => nic.tag === tag).length === 1;
  const both = here.flatMap(first => {
    const second = others.get(first.one.key);
    const kind = kindOf(first);
    if (!second || kindOf(second) !== kind) return [];
    const { tag } = first.nic;
    if (tag !== undefined && tag === second.nic.tag && isAlone(here, tag) && isAlone(there, tag)) return [];
    return [{ key: first.one.key, kind, first, second }];
  });
  const groups = [...groupBy(both, each => each.kind).values()].flatMap(group => {
    const isSame = driversOf(group.map(each => each.first)) === driversOf(group.map(each => each.second));
    if (isSame) return [group];
    return [...groupBy(group, each => `${each.first.nic.driver} ${each.second.nic.driver}`).values()];
  });
  return groups.map(group => {
    const keys = new Set(group.map(each => each.key));
    return [here.filter(({ one }) => keys.has(one.key)), there.filter(({ one }) => keys.has(one.key))];
  });
}

function driversOf(order: Order): string {
  return [...new Set(order.map(({ nic }) => nic.driver))].sort().join(' ');
}

function kindOf({ nic }: OrderedKey): string {
  return `${nic.driver === 'lagg' ? 'lagg' : 'card'}${nic.tag === undefined ? '' : ' vlan'}`;
}

function isUsed(one: Interface): boolean {
  return one.isEnabled && !one.isTunnel;
}
