import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress, parsePrefixLength, parseSubnet, type Subnet, subnetOf } from './address.ts';
import type { Config } from './config.ts';
import { isPacketFilterOff } from './packetFilter.ts';
import { hasFlag, type Read, readText } from './read.ts';
import { readVersion } from './version.ts';

/** `advanced` is what the GUI calls manual. */
export type OutboundMode = 'automatic' | 'hybrid' | 'advanced' | 'disabled';

/**
 * How a file tells a rule's target (facts.md §2.4). `targetip`, before version 23.0: empty for the interface's address,
 * `other-subnet` with `targetip` and `targetip_subnet` for a network. `target_subnet`, from 23.0: `wanip` for the
 * interface's address, an address with `target_subnet` for a network.
 */
export type TargetSchema = 'targetip' | 'target_subnet';

/** What the source of a connection becomes. */
export type OutboundTarget =
  /** The address that the rule's interface has on the node which translates. */
  | { readonly kind: 'interface-address' }
  | { readonly kind: 'address'; readonly address: Address }
  | { readonly kind: 'subnet'; readonly subnet: Subnet }
  | { readonly kind: 'alias'; readonly name: string }
  /** The rule keeps the source as it is (`nonat`). */
  | { readonly kind: 'none' }
  /** A text that means none of these. */
  | { readonly kind: 'unknown'; readonly text: string };

/** A source or a destination as written: a network, an alias, `any`, `(self)` or a word such as `lan`. */
export interface OutboundPeer {
  /** `any` where the rule has none. */
  readonly text: string;
  readonly element: Element | undefined;
  /** Everything but this (`not`). */
  readonly isInverted: boolean;
}

export interface OutboundRule {
  readonly element: Element;
  readonly interface: Read<string> | undefined;
  readonly source: OutboundPeer;
  readonly sourcePort: Read<string> | undefined;
  readonly destination: OutboundPeer;
  readonly destinationPort: Read<string> | undefined;
  /** `tcp`, `udp`, `esp` …; absent for any. */
  readonly protocol: Read<string> | undefined;
  /** 4 or 6 where the rule says so; absent where its addresses do. */
  readonly family: 4 | 6 | undefined;
  readonly target: OutboundTarget;
  /** The element `target`, whatever it holds. */
  readonly targetElement: Element | undefined;
  readonly keepsPort: boolean;
  readonly isDisabled: boolean;
  /** Left out of the configuration sync. */
  readonly isNotSynchronised: boolean;
  readonly descr: Read<string> | undefined;
}

export interface OutboundNat {
  /** `nat/outbound`. */
  readonly element: Element | undefined;
  /** Automatic where the element is missing (filter.inc), disabled with pf itself; absent where it holds another word. */
  readonly mode: OutboundMode | undefined;
  readonly modeElement: Element | undefined;
  /** In the order in which they are tried. They stand in the file in every mode, and count in hybrid and advanced. */
  readonly rules: readonly OutboundRule[];
}

const modes: readonly OutboundMode[] = ['automatic', 'hybrid', 'advanced', 'disabled'];

export function readOutboundNat(config: Config): OutboundNat {
  const element = config.find('nat/outbound');
  const modeElement = element?.child('mode');
  const rules = (element?.childrenNamed('rule') ?? []).filter(rule => rule.hasChildren);
  return {
    element,
    mode: isPacketFilterOff(config) ? 'disabled' : modeOf(config, modeElement),
    modeElement,
    rules: rules.map(rule => readRule(config, rule)),
  };
}

/** How this file tells a rule's target: by its version, and by what its rules have where it has no version. */
export function readTargetSchema(config: Config): TargetSchema {
  const { number } = config.query(readVersion);
  if (number !== undefined) return number < 23 ? 'targetip' : 'target_subnet';
  const rules = config.find('nat/outbound')?.childrenNamed('rule') ?? [];
  return rules.some(rule => rule.child('targetip')) ? 'targetip' : 'target_subnet';
}

/** Before pfSense 2.0 a section of another name held the rules; what a missing mode means there is that section's to say. */
function modeOf(config: Config, modeElement: Element | undefined): OutboundMode | undefined {
  if (modeElement) return modes.find(mode => mode === config.text(modeElement));
  return config.find('nat/advancedoutbound') ? undefined : 'automatic';
}

function readRule(config: Config, element: Element): OutboundRule {
  const ipprotocol = config.text(element.child('ipprotocol'));
  return {
    element,
    interface: readText(config, element, 'interface'),
    source: readPeer(config, element.child('source')),
    sourcePort: readText(config, element, 'sourceport'),
    destination: readPeer(config, element.child('destination')),
    destinationPort: readText(config, element, 'dstport'),
    protocol: readText(config, element, 'protocol'),
    family: ipprotocol === 'inet' ? 4 : ipprotocol === 'inet6' ? 6 : undefined,
    target: readTarget(config, element),
    targetElement: element.child('target'),
    keepsPort: hasFlag(element, 'staticnatport'),
    isDisabled: hasFlag(element, 'disabled'),
    isNotSynchronised: hasFlag(element, 'nosync'),
    descr: readText(config, element, 'descr'),
  };
}

/** From 23.0 a destination is a `network`, before it was an `address`; a source is a `network` in both. */
function readPeer(config: Config, peer: Element | undefined): OutboundPeer {
  const named = peer && (readText(config, peer, 'network') ?? readText(config, peer, 'address'));
  if (!peer || !named || hasFlag(peer, 'any')) {
    return { text: 'any', element: peer?.child('any') ?? peer, isInverted: false };
  }
  return { text: named.value, element: named.element, isInverted: hasFlag(peer, 'not') };
}

function readTarget(config: Config, rule: Element): OutboundTarget {
  if (hasFlag(rule, 'nonat')) return { kind: 'none' };
  const text = config.text(rule.child('target'));
  if (text === '') return { kind: 'interface-address' };
  if (config.query(readTargetSchema) === 'targetip') return readOldTarget(config, { rule, text });
  const address = parseAddress(text);
  if (address) return addressOrSubnet(address, config.text(rule.child('target_subnet')));
  // The generator takes whatever is no address and no alias for the address of the rule's own interface (filter.inc).
  const key = /^(\w+)ip$/.exec(text)?.[1];
  if (key !== undefined && config.find(`interfaces/${key.toLowerCase()}`)) return { kind: 'interface-address' };
  return subnetOrAlias(text);
}

function readOldTarget(config: Config, { rule, text }: { readonly rule: Element; readonly text: string }) {
  if (text !== 'other-subnet') {
    const address = parseAddress(text);
    return address ? ({ kind: 'address', address } as const) : subnetOrAlias(text);
  }
  const address = parseAddress(config.text(rule.child('targetip')));
  if (!address) return { kind: 'unknown', text } as const;
  return addressOrSubnet(address, config.text(rule.child('targetip_subnet')));
}

/** A network of one address is that address. */
function addressOrSubnet(address: Address, bits: string): OutboundTarget {
  const prefixLength = parsePrefixLength(bits, address.family);
  const isHost = prefixLength === undefined || prefixLength === (address.family === 4 ? 32 : 128);
  return isHost ? { kind: 'address', address } : { kind: 'subnet', subnet: subnetOf(address, prefixLength) };
}

function subnetOrAlias(text: string): OutboundTarget {
  const subnet = parseSubnet(text);
  if (subnet) return { kind: 'subnet', subnet };
  return /^\w+$/.test(text) ? { kind: 'alias', name: text } : { kind: 'unknown', text };
}
