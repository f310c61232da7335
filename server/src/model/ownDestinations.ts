import type { TextEdit } from '../syntax/xmlDocument.ts';
import { type Address, formatAddress, parseAddress } from './address.ts';
import { type CarpAddress, carpAddressesOn } from './carpAddresses.ts';
import type { Config } from './config.ts';
import { readInterfaces } from './interfaces.ts';
import type { Read } from './read.ts';
import { elementSource, setText } from './write.ts';

/** An address that stays with one node, where a rule names it as the destination. */
export interface OwnDestination {
  /** The key of the interface that has the address. */
  readonly key: string;
  readonly owner: 'node' | 'peer';
  /** Absent for the interface's own by name (`wanip`). */
  readonly address: Address | undefined;
  /** The CARP VIPs on that interface: at least one. */
  readonly vips: readonly CarpAddress[];
}

/** A node, and the other one where it is known. */
export interface Nodes {
  readonly node: Config;
  readonly peer: Config | undefined;
}

/** The key of the interface by each address that is its own, static one. */
export function readOwnAddresses(config: Config): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  for (const each of config.query(readInterfaces).values()) {
    for (const found of [each.ipv4, each.ipv6]) {
      if (found) own.set(formatAddress(found.address.value), each.key);
    }
  }
  return own;
}

/**
 * What `wanip` or an address in a rule names, where it is an interface's own address and the interface has a CARP VIP of
 * the family to be reached at instead; absent for everything else.
 */
export function ownDestination(nodes: Nodes, text: string, family: 4 | 6 | 'both'): OwnDestination | undefined {
  const { node, peer } = nodes;
  const word = /^(\w+)ip$/.exec(text)?.[1];
  const address = parseAddress(text);
  const written = address && formatAddress(address);
  const here = written === undefined ? word : node.query(readOwnAddresses).get(written);
  const there = written === undefined ? undefined : peer?.query(readOwnAddresses).get(written);
  const key = here ?? there;
  if (key === undefined || !node.query(readInterfaces).has(key)) return undefined;
  const vips = carpAddressesOn(node, key, address?.family ?? family);
  // Where a VIP is a node's own address too, that comes first, and another rule tells of it.
  if (vips.length === 0 || vips.some(vip => isOwnAddress(nodes, vip.address))) return undefined;
  return { key, owner: here === undefined ? 'peer' : 'node', address, vips };
}

/** Whether an address stays with one of the nodes, the loopback included. */
export function isOwnAddress({ node, peer }: Nodes, address: Address): boolean {
  if (address.family === 4 ? address.bits >> 24n === 127n : address.bits === 1n) return true;
  const text = formatAddress(address);
  return [node, peer].some(each => each?.query(readOwnAddresses).has(text));
}

/** Names an address where a rule's destination names another or, with `network`, a word such as `wanip`. */
export function redirect(config: Config, { element }: Read<string>, address: Address): TextEdit {
  const text = formatAddress(address);
  if (element.name === 'address') return setText(config, element, text);
  return { from: element.start, to: element.end, text: elementSource(config, 'address', text) };
}
