import {
  type Address,
  contains,
  containsSubnet,
  parseAddress,
  parseSubnet,
  type Subnet,
  sameAddress,
} from './address.ts';
import { type AddressRange, aliasContent } from './aliases.ts';
import type { Config } from './config.ts';

import { type Interface, readInterfaces } from './interfaces.ts';
import { isOutbound, readNodesOnlyInterface } from './internalNetworks.ts';
import { type OutboundPeer, type OutboundRule, readOutboundNat } from './outboundNat.ts';
import { hasFlag } from './read.ts';
import { readVirtualIps, type VirtualIp } from './virtualIps.ts';

/** An interface through which connections leave, with CARP VIPs that they should leave with. */
export interface OutboundInterface {
  readonly interface: Interface;
  /** The CARP VIPs of both families, those in the interface's own subnet first. */
  readonly vips: readonly CarpAddress[];
}

export interface CarpAddress {
  readonly vip: VirtualIp;
  readonly address: Address;
}

/** The interfaces on which outbound NAT has a CARP VIP to translate to, by key (`nonat` interfaces are translated nowhere). */
export function readOutboundInterfaces(config: Config): ReadonlyMap<string, OutboundInterface> {
  const found = new Map<string, OutboundInterface>();
  for (const each of config.query(readInterfaces).values()) {
    if (!isOutbound(config, each) || hasFlag(each.element, 'nonat')) continue;
    const vips = config.query(readVirtualIps).flatMap(vip => {
      return vip.mode === 'carp' && vip.interfaceKey === each.key && vip.address
        ? [{ vip, address: vip.address.value }]
        : [];
    });
    const [near, far] = [vips.filter(vip => isOn(each, vip.address)), vips.filter(vip => !isOn(each, vip.address))];
    if (vips.length > 0) found.set(each.key, { interface: each, vips: [...near, ...far] });
  }
  return found;
}

/** A rule that translates to an address which stays with one node. */
export interface OwnAddressRule {
  readonly rule: OutboundRule;
  readonly outbound: OutboundInterface;
  /** The CARP VIPs of the rule's family. */
  readonly vips: readonly [CarpAddress, ...CarpAddress[]];
  readonly owner: 'node' | 'peer';
  /** Absent for the interface's own, where that is not static. */
  readonly address: Address | undefined;
}

/**
 * The rules that translate to a node's own address where a CARP VIP is there, whatever the mode: whether they count,
 * {@link readOutboundNat} tells. Not those which should keep it: what the nodes themselves send, what goes to networks
 * right at the firewall (a modem, the other node), what is not synchronised on purpose, what stays untranslated.
 */
export function ownAddressRules(config: Config, peer: Config | undefined): readonly OwnAddressRule[] {
  const { rules } = config.query(readOutboundNat);
  const outbound = config.query(readOutboundInterfaces);
  return rules.flatMap((rule, i) => {
    const through = outbound.get(rule.interface?.value ?? '');
    if (!through || rule.isDisabled || rule.isNotSynchronised) return [];
    const [first, ...more] = through.vips.filter(vip => vip.address.family === familyOf(rule));
    const owned = first && ownerOf({ config, peer }, rule, through);
    if (!owned || isSentByNodes({ config, peer }, rule, through) || staysNear(config, rule.destination)) return [];
    // What is left for the last rule of all is what no rule before it takes: the nodes' own connections.
    if (isFromAnywhere(rule) && rules.slice(0, i).some(before => isToShared({ config, peer }, before, through)))
      return [];
    return [{ rule, outbound: through, vips: [first, ...more], ...owned }];
  });
}

/** Whether the rule takes connections from anywhere, the nodes' own included. */
export function isFromAnywhere({ source }: OutboundRule): boolean {
  return source.text === 'any' || source.isInverted;
}

/** A node, and the other one where it is known. */
export interface Nodes {
  readonly config: Config;
  readonly peer: Config | undefined;
}

/** Whether the nodes themselves send what the rule translates: from the loopback, from an address of either, from SYNC. */
export function isSentByNodes(
  { config, peer }: Nodes,
  { source }: OutboundRule,
  { interface: through }: OutboundInterface,
): boolean {
  if (source.isInverted) return false;
  if (source.text === '(self)' || source.text.startsWith('_loopback')) return true;
  const sync = config.query(readNodesOnlyInterface);
  // `wan` is the network in which the nodes themselves stand, `lanip` an address of theirs.
  if (source.text === through.key || source.text === sync?.key) return true;
  if (config.query(readInterfaces).has(/^(\w+)ip$/.exec(source.text)?.[1] ?? '')) return true;
  const interfaces = [through, sync].flatMap(each => [each?.ipv4?.subnet, each?.ipv6?.subnet]);
  const near = [loopback4, loopback6, ...interfaces].filter(each => each !== undefined);
  const isOwn = (range: AddressRange) =>
    near.some(subnet => isWithin(subnet, range)) || [config, peer].some(node => node && isOwnAddress(node, range));
  return rangesOf(config, source)?.every(isOwn) ?? false;
}

function isOn({ ipv4, ipv6 }: Interface, address: Address): boolean {
  return [ipv4, ipv6].some(each => each !== undefined && contains(each.subnet, address));
}

/** A rule that names no family and no address of one is taken for IPv4. */
function familyOf({ family, source, destination }: OutboundRule): 4 | 6 {
  return family ?? familyOfText(source.text) ?? familyOfText(destination.text) ?? 4;
}

function familyOfText(text: string): 4 | 6 | undefined {
  return (parseAddress(text) ?? parseSubnet(text))?.family;
}

/** Whose address the rule translates to; absent where it is neither node's. */
function ownerOf(
  { config, peer }: Nodes,
  rule: OutboundRule,
  { interface: through }: OutboundInterface,
): Pick<OwnAddressRule, 'owner' | 'address'> | undefined {
  const own = addressOf(through, familyOf(rule));
  if (rule.target.kind === 'interface-address') return { owner: 'node', address: own };
  const targets = singleAddresses(config, rule);
  const other = addressOf(peer?.query(readInterfaces).get(through.key), familyOf(rule));
  if (own && targets.length > 0 && targets.every(target => sameAddress(target, own))) {
    return { owner: 'node', address: own };
  }
  if (other && targets.length > 0 && targets.every(target => sameAddress(target, other))) {
    return { owner: 'peer', address: other };
  }
  return undefined;
}

/** What an address or a fully known alias of addresses is translated to; empty for anything else. */
function singleAddresses(config: Config, { target }: OutboundRule): readonly Address[] {
  if (target.kind === 'address') return [target.address];
  const content = target.kind === 'alias' ? aliasContent(config, target.name) : undefined;
  if (!content?.isComplete || content.ranges.some(range => range.first !== range.last)) return [];
  return content.ranges.map(range => ({ family: range.family, bits: range.first }));
}

function addressOf(through: Interface | undefined, family: 4 | 6): Address | undefined {
  return (family === 4 ? through?.ipv4 : through?.ipv6)?.address.value;
}

/** Whether the rule counts on that interface and translates to something that both nodes share. */
function isToShared(nodes: Nodes, rule: OutboundRule, through: OutboundInterface): boolean {
  if (rule.isDisabled || rule.interface?.value !== through.interface.key || rule.target.kind === 'none') return false;
  return ownerOf(nodes, rule, through) === undefined;
}

/** Whether the destination is a network right at the firewall. An alias that is not fully known may be one. */
function staysNear(config: Config, destination: OutboundPeer): boolean {
  if (destination.text === 'any' || destination.isInverted) return false;
  const ranges = rangesOf(config, destination);
  if (!ranges) return true;
  const interfaces = [...config.query(readInterfaces).values()];
  const subnets = interfaces.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6].flatMap(each => each?.subnet ?? []));
  return ranges.every(range => subnets.some(subnet => isWithin(subnet, range)));
}

/** What a source or destination stands for; absent for words, and for aliases that are not fully known. */
function rangesOf(config: Config, { text }: OutboundPeer): readonly AddressRange[] | undefined {
  const address = parseAddress(text);
  if (address) return [{ family: address.family, first: address.bits, last: address.bits }];
  const subnet = parseSubnet(text);
  if (subnet) return [subnet];
  const content = aliasContent(config, text);
  return content?.isComplete && content.ranges.length > 0 ? content.ranges : undefined;
}

function isWithin(subnet: Subnet, range: AddressRange): boolean {
  return subnet.family === range.family && subnet.first <= range.first && range.last <= subnet.last;
}

function isOwnAddress(config: Config, range: AddressRange): boolean {
  if (range.first !== range.last) return false;
  const address: Address = { family: range.family, bits: range.first };
  return [...config.query(readInterfaces).values()].some(({ ipv4, ipv6 }) =>
    [ipv4, ipv6].some(each => each !== undefined && sameAddress(each.address.value, address)),
  );
}

/** Whether the rule takes everything that the network sends through that interface. */
export function takesAllOf(config: Config, rule: OutboundRule, network: Subnet): boolean {
  if (rule.isDisabled || rule.protocol || rule.sourcePort || rule.destinationPort || rule.family === 6) return false;
  if (rule.destination.text !== 'any' || rule.source.isInverted) return false;
  if (rule.source.text === 'any') return true;
  const word = config.query(readInterfaces).get(rule.source.text)?.ipv4?.subnet;
  if (word) return containsSubnet(word, network);
  return (rangesOf(config, rule.source) ?? []).some(
    range => range.family === network.family && range.first <= network.first && network.last <= range.last,
  );
}

const loopback4 = parseSubnet('127.0.0.0/8');
const loopback6 = parseSubnet('::1/128');
