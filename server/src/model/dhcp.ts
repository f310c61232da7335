import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress } from './address.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';
import { readStaticMappings, type StaticMappings } from './staticMappings.ts';

/** A stretch of addresses that clients get, both ends included (facts.md §2.5). */
export interface DhcpRange {
  readonly element: Element;
  readonly from: Read<Address>;
  readonly to: Read<Address>;
}

/** What is handed out with an address, wherever it is set: for the interface, a pool or one client. */
export interface DhcpOptions {
  /** `dhcpd/KEY`, a `pool` or a `staticmap` of it. */
  readonly element: Element;
  /**
   * As written: an address, or `none` for no gateway at all. Absent where empty: the interface's own address is
   * handed out then, and a pool or a client inherits what the interface has (services.inc).
   */
  readonly gateway: Read<string> | undefined;
  readonly dnsServers: readonly Read<string>[];
}

export interface DhcpPool extends DhcpOptions {
  /** Absent where an end is missing or no IPv4 address. */
  readonly range: DhcpRange | undefined;
  /** Whether only clients with a static mapping get an address (`denyunknown`). */
  readonly deniesUnknownClients: boolean;
}

/** The IPv4 DHCP server on one interface: `dhcpd/KEY`. */
export interface DhcpScope {
  /** The interface's key. */
  readonly key: string;
  readonly element: Element;
  readonly isEnabled: boolean;
  /** The interface's own pool first, then the additional ones in the order of the file. */
  readonly pools: readonly [DhcpPool, ...DhcpPool[]];
  readonly staticMappings: StaticMappings;
  /** As written: the other node's address on this interface. Kea does not read it. */
  readonly failoverPeer: Read<string> | undefined;
}

/** Which DHCP server runs: `dhcpbackend`, absent in files before 2.7.1 and where nobody chose (pfsense-utils.inc:dhcp_is_backend). */
export interface DhcpBackend {
  readonly value: 'isc' | 'kea';
  readonly element: Element | undefined;
}

export function readDhcpBackend(config: Config): DhcpBackend {
  const element = config.top('dhcpbackend');
  return { value: config.text(element) === 'kea' ? 'kea' : 'isc', element };
}

/** The IPv4 DHCP server of each interface by the interface's key, in the order of the file. */
export function readDhcpScopes(config: Config): ReadonlyMap<string, DhcpScope> {
  const scopes = new Map<string, DhcpScope>();
  for (const element of config.top('dhcpd')?.children() ?? []) {
    if (element.hasChildren && !scopes.has(element.name)) scopes.set(element.name, readScope(config, element));
  }
  return scopes;
}

function readScope(config: Config, element: Element): DhcpScope {
  const items = (name: string) => element.childrenNamed(name).filter(item => item.hasChildren);
  return {
    key: element.name,
    element,
    isEnabled: hasFlag(element, 'enable'),
    pools: [readPool(config, element), ...items('pool').map(item => readPool(config, item))],
    staticMappings: readStaticMappings(config, element),
    failoverPeer: readText(config, element, 'failover_peerip'),
  };
}

function readPool(config: Config, element: Element): DhcpPool {
  return {
    ...readOptions(config, element),
    range: readRange(config, element.child('range')),
    deniesUnknownClients: hasFlag(element, 'denyunknown') && config.text(element.child('denyunknown')) !== 'disabled',
  };
}

function readOptions(config: Config, element: Element): DhcpOptions {
  const servers = element.childrenNamed('dnsserver').map(item => readAs(config, item, text => text || undefined));
  return {
    element,
    gateway: readText(config, element, 'gateway'),
    dnsServers: servers.filter(server => server !== undefined),
  };
}

function readRange(config: Config, element: Element | undefined): DhcpRange | undefined {
  const from = readAs(config, element?.child('from'), parseIpv4);
  const to = readAs(config, element?.child('to'), parseIpv4);
  return element && from && to ? { element, from, to } : undefined;
}

function parseIpv4(text: string): Address | undefined {
  const address = parseAddress(text);
  return address?.family === 4 ? address : undefined;
}
