import type { TextEdit } from '../syntax/xmlDocument.ts';
import {
  type Address,
  contains,
  formatAddress,
  formatSubnet,
  parseAddress,
  parseSubnet,
  sameAddress,
} from './address.ts';
import { aliasContent } from './aliases.ts';
import type { Config } from './config.ts';
import type { InterfaceAddress } from './interfaces.ts';
import { type InternalNetwork, readInternalNetworks } from './internalNetworks.ts';
import { type OutboundRule, readOutboundNat, readTargetSchema } from './outboundNat.ts';
import { insertBefore } from './outboundNatEdits.ts';
import { type OutboundInterface, readOutboundInterfaces } from './outboundTargets.ts';
import { readVirtualIps } from './virtualIps.ts';
import { elementSource, setText } from './write.ts';

/** A rule that gives the nodes' own connections an address which only the master answers. */
export interface TooWideRule {
  readonly rule: OutboundRule;
  readonly outbound: OutboundInterface;
  /** The node's own address on the interface, and its network. */
  readonly own: InterfaceAddress;
  /** The VIP to which the rule translates, the first of several. */
  readonly vip: Address;
}

/**
 * The first rule of each interface and family that translates what the nodes themselves send to a CARP VIP, in the modes in which
 * the file's rules count.
 *
 * Not where a rule before it takes the nodes' connections and leaves them their address; not rules for some ports or destinations
 * only; and not where the VIP is of another network than the interface, for then the nodes' own addresses may be good for nothing
 * but CARP, and only the master reaches the internet anyhow.
 */
export function readTooWideRules(config: Config): readonly TooWideRule[] {
  const { mode } = config.query(readOutboundNat);
  return mode === 'hybrid' || mode === 'advanced' ? tooWideRules(config) : [];
}

/** The same without regard to the mode: what would count if it were hybrid. */
export function tooWideRules(config: Config): readonly TooWideRule[] {
  const { rules } = config.query(readOutboundNat);
  return [...config.query(readOutboundInterfaces).values()].flatMap(outbound => {
    const own = [outbound.interface.ipv4, outbound.interface.ipv6].flatMap(each => each ?? []);
    return own.flatMap(each => firstTooWide(config, rules, { outbound, own: each }));
  });
}

function firstTooWide(
  config: Config,
  rules: readonly OutboundRule[],
  { outbound, own }: Pick<TooWideRule, 'outbound' | 'own'>,
): TooWideRule[] {
  for (const rule of rules) {
    if (rule.isDisabled || rule.interface?.value !== outbound.interface.key || isNarrow(rule)) continue;
    if (!isOfFamily(rule, own.subnet.family) || !takesOwn(config, rule, { outbound, own })) continue;
    const [vip] = sharedTargets(config, rule);
    const isNear = vip !== undefined && contains(own.subnet, vip);
    if (isNear) return [{ rule, outbound, own, vip }];
    // What is limited to a protocol takes only some of the connections from the rules behind it.
    if (!rule.protocol) return [];
  }
  return [];
}

function isNarrow({ sourcePort, destinationPort, destination }: OutboundRule): boolean {
  return Boolean(sourcePort ?? destinationPort) || (destination.text !== 'any' && !destination.isInverted);
}

function isOfFamily({ family, target }: OutboundRule, wanted: 4 | 6): boolean {
  if (family !== undefined) return family === wanted;
  return target.kind !== 'address' || target.address.family === wanted;
}

function takesOwn(
  config: Config,
  { source }: OutboundRule,
  { outbound, own }: Pick<TooWideRule, 'outbound' | 'own'>,
): boolean {
  const { key } = outbound.interface;
  if (source.text === 'any') return true;
  if (source.text === '(self)' || source.text === key || source.text === `${key}ip`) return !source.isInverted;
  const address = own.address.value;
  const single = parseAddress(source.text);
  const subnet = parseSubnet(source.text);
  if (single || subnet) {
    const isIn = single ? sameAddress(single, address) : subnet !== undefined && contains(subnet, address);
    return isIn !== source.isInverted;
  }
  const content = aliasContent(config, source.text);
  if (!content) return false;
  const isIn = content.ranges.some(
    range => range.family === address.family && range.first <= address.bits && address.bits <= range.last,
  );
  return source.isInverted ? content.isComplete && !isIn : isIn;
}

/** What a rule translates to, where all of that is CARP VIPs or IP aliases on them; else none. */
function sharedTargets(config: Config, { target }: OutboundRule): readonly Address[] {
  const targets =
    target.kind === 'address' ? [target.address] : target.kind === 'alias' ? listOf(config, target.name) : [];
  const vips = config.query(readVirtualIps).filter(vip => vip.mode === 'carp' || vip.parent?.kind === 'vip');
  const isShared = (address: Address) => vips.some(vip => vip.address && sameAddress(vip.address.value, address));
  return targets.every(isShared) ? targets : [];
}

function listOf(config: Config, name: string): readonly Address[] {
  const content = aliasContent(config, name);
  if (!content?.isComplete || content.ranges.some(range => range.first !== range.last)) return [];
  return content.ranges.map(range => ({ family: range.family, bits: range.first }));
}

/** The only internal network there is, which can stand for the source; absent where there are several, or the rule says “all but”. */
export function onlyInternalNetwork(config: Config, { rule, own }: TooWideRule): InternalNetwork | undefined {
  const [only, ...more] = config.query(readInternalNetworks);
  if (!only || more.length > 0 || own.subnet.family !== 4 || rule.source.isInverted) return undefined;
  return rule.source.element && only;
}

/** Gives a rule a network for its source, whatever it had. */
export function sourceEdit(config: Config, { rule }: TooWideRule, { subnet }: InternalNetwork): TextEdit | undefined {
  const { element } = rule.source;
  const text = formatSubnet(subnet);
  if (element?.name === 'network') return setText(config, element, text);
  if (element?.name !== 'any') return undefined;
  return { from: element.start, to: element.end, text: elementSource(config, 'network', text) };
}

/** Puts a rule above it that leaves what the nodes send from the interface's network untranslated. */
export function exemptionEdit(config: Config, { rule, outbound, own }: TooWideRule): TextEdit {
  const text = (tag: string, value = '') => elementSource(config, tag, value);
  const isOld = config.query(readTargetSchema) === 'targetip';
  const children = [
    `<source>\n\t\t${text('network', formatSubnet(own.subnet))}\n\t</source>`,
    text('sourceport'),
    text('descr', `Own connections of the nodes on ${outbound.interface.title}`),
    text('target'),
    ...(isOld ? [text('targetip'), text('targetip_subnet')] : [text('target_subnet')]),
    text('interface', outbound.interface.key),
    text('poolopts'),
    text('source_hash_key'),
    '<destination>\n\t\t<any></any>\n\t</destination>',
    text('nonat'),
  ];
  return insertBefore(rule.element, [`<rule>\n\t${children.join('\n\t')}\n</rule>`]);
}

export function ownAddressText({ own }: TooWideRule): string {
  return formatAddress(own.address.value);
}
