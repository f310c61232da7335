import type { Element } from '../syntax/tree.ts';
import { type Address, parseAddress } from './address.ts';
import type { Config } from './config.ts';
import { hasFlag, type Read, readAs, readText } from './read.ts';
import { readVersion } from './version.ts';

/** Where this node's end of a VPN is: an OpenVPN server that listens, or an IPsec phase 1 (facts.md §2.7). */
export interface VpnEndpoint {
  readonly kind: 'openvpn' | 'ipsec';
  readonly element: Element;
  /** What a message calls it: `OpenVPN server (Road warriors)`. */
  readonly title: string;
  /** `wan`, `_vip…`, a gateway group; of OpenVPN also `any` and `lo0`. */
  readonly interface: Read<string>;
  /** OpenVPN's `ipaddr`, which goes before the interface's own address (openvpn.inc). */
  readonly address: Read<Address> | undefined;
  readonly family: 4 | 6 | 'both';
  /** Whether it answers on every address of the node, whatever its interface is. */
  readonly isEverywhere: boolean;
  /** What reaches it; OpenVPN has one, IPsec ISAKMP, NAT traversal and ESP. */
  readonly services: readonly VpnService[];
}

export interface VpnService {
  readonly protocol: 'tcp' | 'udp' | 'esp';
  /** Absent for ESP. */
  readonly port: number | undefined;
}

/** The ends of VPNs that are switched on, OpenVPN servers first, in the order of the file. */
export function readVpnEndpoints(config: Config): readonly VpnEndpoint[] {
  const servers = config.top('openvpn')?.childrenNamed('openvpn-server') ?? [];
  const phases = config.top('ipsec')?.childrenNamed('phase1') ?? [];
  return [
    ...servers.filter(each => !hasFlag(each, 'disable')).flatMap(each => readServer(config, each)),
    ...phases.filter(each => !hasFlag(each, 'disabled')).flatMap(each => readPhase(config, each)),
  ];
}

function readServer(config: Config, element: Element): VpnEndpoint[] {
  const on = readText(config, element, 'interface');
  if (!on) return [];
  const protocol = config.text(element.child('protocol'));
  const family = openvpnFamily(config, protocol);
  const port = Number(config.text(element.child('local_port')) || 1194);
  return [
    {
      kind: 'openvpn',
      element,
      title: titled('OpenVPN server', config.text(element.child('description'))),
      interface: on,
      address: readAs(config, element.child('ipaddr'), parseAddress),
      family,
      isEverywhere: family === 'both' || on.value === 'any',
      services: [{ protocol: /^tcp/i.test(protocol) ? 'tcp' : 'udp', port }],
    },
  ];
}

/** From pfSense 2.4 on `UDP` and `TCP` mean both families on every address (openvpn.inc: multihome), before that IPv4. */
function openvpnFamily(config: Config, protocol: string): VpnEndpoint['family'] {
  if (protocol.endsWith('6')) return 6;
  const { number } = config.query(readVersion);
  return /^(?:UDP|TCP)$/.test(protocol) && (number === undefined || number >= 17) ? 'both' : 4;
}

function readPhase(config: Config, element: Element): VpnEndpoint[] {
  const on = readText(config, element, 'interface');
  if (!on) return [];
  const protocol = config.text(element.child('protocol'));
  return [
    {
      kind: 'ipsec',
      element,
      title: titled('IPsec phase 1', config.text(element.child('descr'))),
      interface: on,
      address: undefined,
      family: protocol === 'both' ? 'both' : protocol === 'inet6' ? 6 : 4,
      isEverywhere: false,
      services: [
        { protocol: 'udp', port: 500 },
        { protocol: 'udp', port: 4500 },
        { protocol: 'esp', port: undefined },
      ],
    },
  ];
}

function titled(what: string, name: string): string {
  return name === '' ? what : `${what} (${name})`;
}
