import type { Element, Place } from '../syntax/tree.ts';
import { type Address, contains, formatAddress, parseAddress, parseSubnet, sameAddress } from './address.ts';
import { aliasContent } from './aliases.ts';
import type { Config } from './config.ts';
import { readInterfaces } from './interfaces.ts';
import { readNatPeer } from './portForwards.ts';
import { hasFlag, valuePlace } from './read.ts';
import { findVip, readVirtualIps } from './virtualIps.ts';
import { readVpnEndpoints, type VpnEndpoint, type VpnService } from './vpnEndpoints.ts';

/** Something that is called at a CARP VIP, or at an IP alias on one. */
export interface VipService extends VpnService {
  /** The key of the interface on which the VIP stands. */
  readonly key: string;
  readonly address: Address;
  /** `UDP port 1194`, `ESP`. */
  readonly title: string;
  /** What is called, the first of several: `OpenVPN server (Road warriors)`. */
  readonly user: string;
  /** Where the file says that it uses the VIP. */
  readonly place: Place;
  /** Whether pfSense has a pass rule of its own for it (filter.inc:filter_generate_ipsec_rules). */
  readonly isPassedByItself: boolean;
}

/** What VPNs listen for on CARP VIPs; several tunnels on one VIP are one service each for IKE, NAT traversal and ESP. */
export function readVipServices(config: Config): readonly VipService[] {
  const hasVpnRules = config.find('system/disablevpnrules') === undefined;
  const services = new Map<string, VipService>();
  for (const endpoint of config.query(readVpnEndpoints)) {
    const vip = vipOf(config, endpoint);
    if (vip?.interfaceKey === undefined || !vip.address) continue;
    for (const service of endpoint.services) {
      const { protocol, port } = service;
      const key = [formatAddress(vip.address.value), protocol, port].join(' ');
      if (services.has(key)) continue;
      services.set(key, {
        ...service,
        key: vip.interfaceKey,
        address: vip.address.value,
        title: port === undefined ? protocol.toUpperCase() : `${protocol.toUpperCase()} port ${port}`,
        user: endpoint.title,
        place: valuePlace(endpoint.interface.element),
        isPassedByItself: endpoint.kind === 'ipsec' && hasVpnRules,
      });
    }
  }
  return [...services.values()];
}

function vipOf(config: Config, endpoint: VpnEndpoint) {
  if (endpoint.isEverywhere) return undefined;
  const written = endpoint.address?.value;
  const found = written
    ? config.query(readVirtualIps).find(vip => vip.address && sameAddress(vip.address.value, written))
    : findVip(config, endpoint.interface.value);
  return found && (found.mode === 'carp' || found.parent?.kind === 'vip') ? found : undefined;
}

/** What matters of a pass rule that counts. */
export interface PassRow {
  readonly interfaces: readonly string[];
  readonly isFloating: boolean;
  readonly isAssociated: boolean;
  readonly isNotSynchronised: boolean;
  readonly family: 4 | 6 | 'both';
  /** In lower case; empty for any. */
  readonly protocol: string;
  readonly destination: {
    readonly kind: 'any' | 'network' | 'address';
    readonly text: string;
    readonly isInverted: boolean;
  };
  /** Empty for any; a port, a range or an alias. */
  readonly ports: string;
}

/** Reads a filter rule; absent where it passes nothing in. */
export function readPassRow(element: Element, config: Config): PassRow | undefined {
  const text = (name: string) => config.text(element.child(name));
  if (/^(?:block|reject|match)$/.test(text('type')) || hasFlag(element, 'disabled')) return undefined;
  const isFloating = hasFlag(element, 'floating');
  if (isFloating && text('direction') === 'out') return undefined;
  const { kind, value, port, isInverted } = readNatPeer(config, element.child('destination'));
  const ipprotocol = text('ipprotocol');
  const protocol = text('protocol').toLowerCase();
  return {
    interfaces: text('interface')
      .split(',')
      .map(key => key.trim())
      .filter(Boolean),
    isFloating,
    isAssociated: text('associated-rule-id') !== '',
    isNotSynchronised: hasFlag(element, 'nosync'),
    family: ipprotocol === 'inet6' ? 6 : ipprotocol === 'inet46' ? 'both' : 4,
    protocol: protocol === 'any' ? '' : protocol,
    destination: { kind, text: value?.value ?? '', isInverted },
    ports: port?.value ?? '',
  };
}

/** Whether a rule passes a service, but for the address; a rule that names ports by an alias does not, for sure. */
export function fitsService(row: PassRow, service: VipService): boolean {
  return isForService(row, service) && (row.ports === '' || holdsPort(row.ports, service.port) === true);
}

/** Whether a rule may let a service in at its VIP. */
export function isLetIn(config: Config, row: PassRow, service: VipService): boolean {
  if (!isForService(row, service) || holdsPort(row.ports, service.port) === false) return false;
  const interfaces = config.query(readInterfaces);
  const isOn =
    row.interfaces.length === 0
      ? row.isFloating
      : row.interfaces.some(key => key === service.key || !interfaces.has(key));
  return isOn && mayReach(config, row, service.address);
}

function isForService(row: PassRow, service: VipService): boolean {
  if (row.family !== 'both' && row.family !== service.address.family) return false;
  if (row.protocol === '') return true;
  return row.protocol === service.protocol || (row.protocol === 'tcp/udp' && service.protocol !== 'esp');
}

/** Absent where an alias may hold it. */
function holdsPort(ports: string, port: number | undefined): boolean | undefined {
  if (ports === '' || port === undefined) return true;
  const range = /^(\d+)(?:[-:](\d+))?$/.exec(ports);
  return range ? Number(range[1]) <= port && port <= Number(range[2] ?? range[1]) : undefined;
}

/** Whether a destination may hold an address; what is not known for sure may. */
function mayReach(config: Config, { destination }: PassRow, address: Address): boolean {
  const { kind, text, isInverted } = destination;
  if (kind === 'any' || isInverted) return true;
  if (kind === 'network') return !/ip$/.test(text);
  const single = parseAddress(text);
  if (single) return sameAddress(single, address);
  const subnet = parseSubnet(text);
  if (subnet) return contains(subnet, address);
  const content = aliasContent(config, text);
  if (!content?.isComplete) return true;
  return content.ranges.some(
    range => range.family === address.family && range.first <= address.bits && address.bits <= range.last,
  );
}
