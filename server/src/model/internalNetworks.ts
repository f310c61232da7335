import type { Element } from '../syntax/tree.ts';
import {
  containsSubnet,
  parseAddress,
  parsePrefixLength,
  parseSubnet,
  type Subnet,
  sameSubnet,
  subnetOf,
} from './address.ts';
import type { Config } from './config.ts';
import { readServedScopes } from './dhcpPools.ts';
import { readGateways } from './gateways.ts';
import { readPfsyncInterface } from './hasync.ts';
import { type Interface, readInterfaces } from './interfaces.ts';
import { hasFlag } from './read.ts';
import { readVirtualIps } from './virtualIps.ts';

/** A network behind this firewall, whose hosts outbound NAT translates. */
export interface InternalNetwork {
  readonly subnet: Subnet;
  /** What people call it: the interface's title, or where else the network comes from. */
  readonly title: string;
  /** Where the file says so. */
  readonly element: Element;
}

/**
 * Whether outbound NAT happens on this interface in automatic mode: it has a gateway, or its address comes from one
 * (interfaces.inc:interface_has_gateway), and it is no tunnel (filter.inc:filter_nat_rules_outbound_automatic).
 */
export function isOutbound(config: Config, { element, isEnabled, isTunnel }: Interface): boolean {
  if (!isEnabled || isTunnel) return false;
  if (/^(?:dhcp|pppoe|pptp|l2tp|ppp)$/.test(config.text(element.child('ipaddr')))) return true;
  return config.text(element.child('gateway')) !== '';
}

/**
 * The IPv4 networks that automatic outbound NAT translates (filter.inc:filter_nat_rules_automatic_tonathosts): those of
 * the interfaces without a gateway, private ones behind a static route, of OpenVPN and of mobile IPsec clients.
 *
 * Two differences. The loopback network is left out, whose connections are the node's own; so is the network of the
 * pfsync interface, where only the nodes themselves live behind it. Networks named by an alias are not seen.
 */
export function readInternalNetworks(config: Config): readonly InternalNetwork[] {
  const networks = [
    ...interfaceNetworks(config),
    ...routedNetworks(config),
    ...openvpnNetworks(config),
    ...ipsecNetworks(config),
  ];
  return networks.filter((each, i) => networks.findIndex(other => sameSubnet(other.subnet, each.subnet)) === i);
}

/** The pfsync interface, where nothing but the nodes lives behind it: no VIP stands on it, and no DHCP server runs. */
export function readNodesOnlyInterface(config: Config): Interface | undefined {
  const pfsync = config.query(readPfsyncInterface);
  if (!pfsync || config.query(readServedScopes).has(pfsync.key)) return undefined;
  return config.query(readVirtualIps).some(vip => vip.interfaceKey === pfsync.key) ? undefined : pfsync;
}

function* interfaceNetworks(config: Config): Iterable<InternalNetwork> {
  const nodesOnly = config.query(readNodesOnlyInterface);
  for (const each of config.query(readInterfaces).values()) {
    if (!each.isEnabled || each.isTunnel || !each.ipv4) continue;
    if (each.key === nodesOnly?.key || isOutbound(config, each)) continue;
    yield { subnet: each.ipv4.subnet, title: each.title, element: each.ipv4.address.element };
  }
}

function* routedNetworks(config: Config): Iterable<InternalNetwork> {
  const interfaces = config.query(readInterfaces);
  for (const route of config.top('staticroutes')?.childrenNamed('route') ?? []) {
    const element = route.child('network');
    const subnet = parseSubnet(config.text(element));
    if (!element || !subnet || hasFlag(route, 'disabled') || !isPrivate(subnet)) continue;
    const name = config.text(route.child('gateway'));
    const gateway = config.query(readGateways).find(each => each.name.value === name);
    const through = interfaces.get(gateway?.interface?.value ?? '');
    if (through?.isEnabled && !isOutbound(config, through)) yield { subnet, title: 'Static route', element };
  }
}

const privateNetworks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap(text => parseSubnet(text) ?? []);

function isPrivate(subnet: Subnet): boolean {
  return privateNetworks.some(network => containsSubnet(network, subnet));
}

function* openvpnNetworks(config: Config): Iterable<InternalNetwork> {
  for (const side of ['server', 'client']) {
    for (const instance of config.top('openvpn')?.childrenNamed(`openvpn-${side}`) ?? []) {
      const element = instance.child('tunnel_network');
      const subnet = parseSubnet(config.text(element));
      if (!element || subnet?.family !== 4 || hasFlag(instance, 'disable')) continue;
      yield { subnet, title: `OpenVPN ${side}`, element };
    }
  }
}

function* ipsecNetworks(config: Config): Iterable<InternalNetwork> {
  const client = config.find('ipsec/client');
  if (!client || !hasFlag(client, 'enable')) return;
  const element = client.child('pool_address');
  const address = parseAddress(config.text(element));
  const prefixLength = parsePrefixLength(config.text(client.child('pool_netbits')), 4);
  if (!element || address?.family !== 4 || prefixLength === undefined) return;
  yield { subnet: subnetOf(address, prefixLength), title: 'IPsec clients', element };
}
